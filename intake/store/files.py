"""Raw messages, kept as received: written once under the SHA-256 of their bytes, never changed, never deleted."""

import ctypes
import hashlib
import os
import shutil
import threading
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TypeVar

from intake.errors import TemporaryError
from intake.store.packed import PackedMessages

# So much is brought to the disk in one go: many mails share one wait for it, and few of them stand in memory.
BATCH_MESSAGES = 50
BATCH_BYTES = 16_000_000

Mail = TypeVar("Mail")


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
        """All drafts reach the disk before any of them bears its name: what bears a name is whole, come what may."""
        names: list[str] = []
        drafts: dict[Path, Path] = {}
        try:
            for raw in raws:
                sha256 = hashlib.sha256(raw).hexdigest()
                path = self.loose_path(sha256)
                names.append(sha256)
                if path not in drafts and not path.exists():
                    drafts[path] = path.with_suffix(f".{os.getpid()}.{threading.get_ident()}.tmp")
                    path.parent.mkdir(parents=True, exist_ok=True)
                    drafts[path].write_bytes(raw)
            if drafts:
                sync_disk(self.folder)
            for path, draft in drafts.items():
                draft.rename(path)
            if drafts:
                sync_disk(self.folder)
        except OSError:
            for draft in drafts.values():
                draft.unlink(missing_ok=True)
            raise
        return names


def in_batches(mails: Iterable[Mail], size: Callable[[Mail], int]) -> Iterator[list[Mail]]:
    """The mails, as many at a time as are to be put in one go. None is held on to while the next ones are had."""
    rest = iter(mails)
    return iter(lambda: list(_batch(rest, size)), [])


def _batch(mails: Iterator[Mail], size: Callable[[Mail], int]) -> Iterator[Mail]:
    count = filled = 0
    for one in mails:
        count, filled = count + 1, filled + size(one)
        yield one
        if count >= BATCH_MESSAGES or filled >= BATCH_BYTES:
            return


def sync_disk(folder: Path) -> None:
    """Puts all that was written to the folder's file system on the disk, names and bytes: one wait for many files.

    Raises `OSError` if some of it cannot be written (Linux 5.8 and newer; syncfs, which Python has no name for).
    """
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        if _LIBC.syncfs(handle) != 0:
            error = ctypes.get_errno()
            raise OSError(error, os.strerror(error))
    finally:
        os.close(handle)


_LIBC = ctypes.CDLL(None, use_errno=True)
