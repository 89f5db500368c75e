"""Old raw messages in dated zip archives: what was a file each becomes an entry, with a manifest that says what it is.

An archive is written beside its name, brought to the disk, read back and checked byte for byte, and only then named;
a loose file goes only once an archive that holds the same bytes has its name. So a crash at any moment leaves each
message in one place at least, and the next run goes on from there.
"""

import fcntl
import hashlib
import json
import os
import shutil
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

from intake.errors import PermanentError, TemporaryError

MANIFEST = "manifest.jsonl"
CHUNK = 1_048_576


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a manifest. `received_at` is ISO 8601; `source` says where the message was taken from."""

    sha256: str
    size: int
    received_at: str
    message_id: str
    source: str


class PackedMessages:
    """A folder of archives named after a month, such as 2025-10.zip; what comes late for it makes 2025-10.2.zip."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def archives(self, month: str = "") -> list[Path]:
        """The archives, the latest first; or those of one month."""
        return sorted(self.folder.glob(f"{month}*.zip"), reverse=True)

    def take_out(self, sha256: str, place: Path) -> bool:
        """Puts a packed message back as a file, if any archive holds it. Raises `PermanentError` if it is damaged."""
        for archive in self.archives():
            with _opened(archive) as packed:
                if _name(sha256) in packed.namelist():
                    _extract(packed, sha256, place)
                    return True
        return False

    def held(self, month: str) -> dict[str, Path]:
        """Which messages the archives of a month hold, by SHA-256."""
        found: dict[str, Path] = {}
        for archive in self.archives(month):
            with _opened(archive) as packed:
                found |= {Path(name).stem: archive for name in packed.namelist() if name != MANIFEST}
        return found

    def holds_whole(self, archive: Path, sha256: str) -> bool:
        """Whether an archive gives back exactly these bytes."""
        with _opened(archive) as packed, packed.open(_name(sha256)) as file:
            return _digest(file) == sha256

    def add(self, month: str, entries: Sequence[Entry], path_of: Callable[[str], Path]) -> Path:
        """A new archive of these messages, on the disk and proved when this returns. Raises `TemporaryError`."""
        archive = self._free_name(month)
        draft = archive.with_suffix(".part")
        try:
            _write(draft, entries, path_of)
            for entry in entries:
                if not self.holds_whole(draft, entry.sha256):
                    raise TemporaryError(f"{draft} does not give back {entry.sha256}: nothing was packed")
            draft.rename(archive)
            _sync(self.folder)
        except OSError as cause:
            raise TemporaryError(f"{archive} cannot be written: {cause}") from cause
        finally:
            draft.unlink(missing_ok=True)
        return archive

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Only one process packs at a time. Raises `TemporaryError` while another does."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "lock").open("ab") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as cause:
                raise TemporaryError("another process packs messages just now") from cause
            yield

    def _free_name(self, month: str) -> Path:
        number = len(self.archives(month)) + 1
        return self.folder / (f"{month}.zip" if number == 1 else f"{month}.{number}.zip")


def _name(sha256: str) -> str:
    return f"{sha256}.eml"


@contextmanager
def _opened(archive: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(archive) as packed:
            yield packed
    except (zipfile.BadZipFile, zlib.error, EOFError) as cause:
        raise PermanentError(f"the archive {archive} is damaged: {cause}") from cause
    except OSError as cause:
        raise TemporaryError(f"nothing can be taken out of {archive} now: {cause}") from cause


def _write(draft: Path, entries: Sequence[Entry], path_of: Callable[[str], Path]) -> None:
    with draft.open("wb") as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, strict_timestamps=False) as packed:
            for sha256 in dict.fromkeys(entry.sha256 for entry in entries):
                packed.write(path_of(sha256), _name(sha256))
            lines = (json.dumps(asdict(entry), ensure_ascii=False) + "\n" for entry in entries)
            packed.writestr(MANIFEST, "".join(lines))
        file.flush()
        os.fsync(file.fileno())


def _extract(packed: zipfile.ZipFile, sha256: str, place: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    draft = place.with_suffix(f".{os.getpid()}.tmp")
    try:
        with packed.open(_name(sha256)) as file, draft.open("wb") as target:
            shutil.copyfileobj(file, target, CHUNK)
        with draft.open("rb") as written:
            if _digest(written) != sha256:
                raise PermanentError(f"the archive {packed.filename} is damaged: {sha256} has other bytes")
        draft.rename(place)
    finally:
        draft.unlink(missing_ok=True)


def _digest(file: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while chunk := file.read(CHUNK):
        digest.update(chunk)
    return digest.hexdigest()


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
