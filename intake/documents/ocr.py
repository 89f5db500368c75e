"""Text in pictures, by Tesseract where the machine has it with Vietnamese."""

import os
import shutil
import subprocess
from functools import cache

_PROGRAM = "tesseract"
_ENVIRONMENT = {"OMP_THREAD_LIMIT": "1"}


@cache
def available() -> bool:
    """Whether Tesseract and its Vietnamese model are installed."""
    if shutil.which(_PROGRAM) is None:
        return False
    return "vie" in _run(["--list-langs"], b"").split()


def text_of(picture: bytes) -> str:
    """What stands in one picture (PNG, JPEG, TIFF, PNM …); "" where Tesseract cannot read it."""
    return _run(["-", "-", "-l", "vie"], picture)


def _run(arguments: list[str], stdin: bytes) -> str:
    program = shutil.which(_PROGRAM) or _PROGRAM
    done = subprocess.run(  # noqa: S603 - a fixed program without a shell; the picture goes in by stdin
        [program, *arguments], input=stdin, capture_output=True, check=False, env=os.environ | _ENVIRONMENT
    )
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else ""
