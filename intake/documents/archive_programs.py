"""Archives that need a program of the machine: RAR by rarfile, 7z and rarer ones by `lsar` and `unar`."""

import io
import json
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from intake.documents.archive_names import base_name, is_leftover
from intake.documents.archive_space import Space
from intake.documents.contents import File, UnreadableError

# The codec of 7z's encryption, which stands in the clear where even the names are encrypted.
_AES = b"\x06\xf1\x07\x01"


def rar(file: File, space: Space) -> Iterator[File]:
    """The files of a RAR archive, unpacked by `unar` or whatever rarfile finds. Raises `UnreadableError`."""
    import rarfile

    try:
        with rarfile.RarFile(io.BytesIO(file.content)) as archive:
            entries = [entry for entry in archive.infolist() if entry.is_file()]
            if archive.needs_password() or any(entry.needs_password() for entry in entries):
                raise UnreadableError("encrypted", "the archive asks for a password")
            yield from other(file, space) if _programs() else _rar_entries(archive, entries, space)
    except rarfile.RarCannotExec as cause:
        raise UnreadableError("unsupported", "no program for RAR archives is installed") from cause
    except rarfile.Error as cause:
        raise UnreadableError("broken", "the archive is damaged") from cause


def _rar_entries(archive: Any, entries: list[Any], space: Space) -> Iterator[File]:
    for entry in entries:
        name = base_name(entry.filename)
        if not is_leftover(entry.filename):
            space.expect(entry.file_size, entry.compress_size)
            with archive.open(entry) as stream:
                yield File(name, space.read(stream))


def other(file: File, space: Space) -> Iterator[File]:
    """The files of an archive that `unar` knows. Raises `UnreadableError`."""
    programs = _programs()
    if programs is None:
        raise UnreadableError("unsupported", "no program for this kind of archive is installed")
    lsar, unar = programs
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "archive")
        path.write_bytes(file.content)
        for entry in _listing(lsar, path):
            name = base_name(str(entry["XADFileName"]))
            is_file = not (entry.get("XADIsDirectory") or entry.get("XADIsLink"))
            if is_file and not is_leftover(str(entry["XADFileName"])):
                size = int(entry.get("XADFileSize", 0))
                space.expect(size)
                content = _extracted(unar, path, int(entry["XADIndex"]), space)
                if len(content) < size:
                    raise UnreadableError("broken", "the archive is damaged")
                yield File(name, content)


def _programs() -> tuple[str, str] | None:
    lsar, unar = shutil.which("lsar"), shutil.which("unar")
    return (lsar, unar) if lsar and unar else None


def _listing(lsar: str, path: Path) -> list[dict[str, Any]]:
    done = subprocess.run([lsar, "-j", path], capture_output=True, check=False)  # noqa: S603 - no shell, our own path
    listing: dict[str, Any] = {}
    with suppress(ValueError):
        listing = json.loads(done.stdout)
    entries: list[dict[str, Any]] = listing.get("lsarContents", [])
    if listing.get("lsarEncrypted") or any(entry.get("XADIsEncrypted") for entry in entries):
        raise UnreadableError("encrypted", "the archive asks for a password")
    if not entries and _AES in path.read_bytes():
        raise UnreadableError("encrypted", "the archive asks for a password to show its names")
    if done.returncode != 0 or listing.get("lsarError"):
        raise UnreadableError("broken", "the archive is damaged")
    return entries


def _extracted(unar: str, path: Path, index: int, space: Space) -> bytes:
    command = [unar, "-quiet", "-output-directory", "-", "-indexes", str(path), str(index)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:  # noqa: S603
        assert process.stdout is not None
        try:
            return space.read(process.stdout)
        finally:
            process.kill()
