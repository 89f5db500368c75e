"""PPT of PowerPoint 97 to 2003, read by the program `catppt` where the machine has it."""

import shutil
import subprocess
import tempfile

from intake.documents.contents import Asked, Contents, File, Format, UnreadableError, within

_PROGRAM = "catppt"
_STREAM = "PowerPoint Document"
_SECONDS = 10


def read(file: File, asked: Asked) -> Contents:
    """The text of all slides and notes."""
    program = shutil.which(_PROGRAM)
    if program is None:
        raise UnreadableError("unsupported", "no program for old presentations is installed")
    with tempfile.NamedTemporaryFile() as copy:
        copy.write(file.content)
        copy.flush()
        done = _run([program, "-dutf-8", copy.name])
    if done.returncode != 0:
        raise UnreadableError("broken", "the presentation cannot be opened")
    return within(done.stdout.decode("utf-8", "replace"), asked.limits)


def _run(command: list[str]) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(command, capture_output=True, check=False, timeout=_SECONDS)  # noqa: S603 - no shell
    except subprocess.TimeoutExpired as cause:
        raise UnreadableError("hostile", "reading it took too long") from cause


def _is_ppt(file: File) -> bool:
    return _STREAM in file.ole_streams


FORMATS = (Format("ppt", _is_ppt, read),)
