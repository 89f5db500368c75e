"""Raw messages, kept as received: written once under the SHA-256 of their bytes, never changed, never deleted."""

import hashlib
import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from intake.errors import TemporaryError
from intake.store.packed import PackedMessages


class RawMessages:
    """A folder of raw messages. Putting the same bytes twice keeps one file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.packed = PackedMessages(folder / "packed")

    def path_of(self, sha256: str) -> Path:
        """The message as a file. One that was packed is taken out of its archive, until messages are packed next."""
        path = self.loose_path(sha256)
        if not path.exists():
            self.packed.take_out(sha256, path)
        return path

    def loose_path(self, sha256: str) -> Path:
        """Where the message lies as a file, if it is not packed."""
        return self.folder / sha256[:2] / f"{sha256}.eml"

    def read(self, sha256: str) -> bytes:
        return self.path_of(sha256).read_bytes()

    def put(self, raws: Iterable[bytes]) -> list[str]:
        """Stores the messages and returns their SHA-256, in order. When it returns they are on the disk.

        Raises `TemporaryError` if the disk cannot take them.
        """
        try:
            return self._put(raws)
        except OSError as cause:
            raise TemporaryError(f"messages cannot be stored in {self.folder}: {cause}") from cause

    def free_bytes(self) -> int:
        """How much more the disk can take."""
        place = next(one for one in (self.folder, *self.folder.parents) if one.exists())
        return shutil.disk_usage(place).free

    def try_out(self) -> None:
        """Writes and removes a file of no message. Raises `TemporaryError` if the disk cannot take it."""
        draft = self.folder / f"check.{os.getpid()}.tmp"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            draft.write_bytes(b"Written by intake check.\n")
            draft.unlink()
        except OSError as cause:
            raise TemporaryError(f"nothing can be stored in {self.folder}: {cause}") from cause

    def _put(self, raws: Iterable[bytes]) -> list[str]:
        names: list[str] = []
        folders: set[Path] = set()
        for raw in raws:
            sha256 = hashlib.sha256(raw).hexdigest()
            path = self.loose_path(sha256)
            names.append(sha256)
            if not path.exists():
                path.parent.mkdir(parents=True, exist_ok=True)
                _write(path, raw)
                folders.update((path.parent, self.folder))
        for folder in folders:
            _sync_folder(folder)
        return names


def _write(path: Path, raw: bytes) -> None:
    draft = path.with_suffix(f".{os.getpid()}.tmp")
    with draft.open("wb") as file:
        file.write(raw)
        file.flush()
        os.fsync(file.fileno())
    draft.rename(path)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
