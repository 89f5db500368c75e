"""A Maildir as a mailbox, and how a mail is delivered into one.

A file's identity is its base name, which stays when it moves from new to cur or changes its flags. The UIDs that
go with the names stand in `intake-uidlist` beside them, as Dovecot keeps them.
"""

import os
import secrets
import socket
import threading
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Self

from intake.clock import Clock, system_clock
from intake.config import ImapOrMaildir
from intake.errors import PermanentError, TemporaryError
from intake.mail.incoming import HEADER_BYTES, Incoming, header_of, received_at_of
from intake.mail.uid_list import UidList, base_name, locked

LOOK_UP_SECONDS = 1.0
PARTS = ("new", "cur")

_delivered = count(1)


class MaildirMailbox:
    """A `Mailbox` in a Maildir, which is made where there is none."""

    uid_validity: int
    uid_next: int

    def __init__(self, settings: ImapOrMaildir, clock: Clock) -> None:
        assert settings.path is not None
        self._folder = settings.path
        self._settings = settings
        self._clock = clock
        self._known: set[str] = set()
        self._path_by_uid: dict[int, Path] = {}
        self._changed_at: tuple[int, ...] = ()
        self._listed_at: tuple[int, ...] = ()

    def __enter__(self) -> Self:
        try:
            make_maildir(self._folder)
            with locked(self._folder):
                uids = UidList.open(self._folder)
                self.uid_validity, self.uid_next = uids.uid_validity, uids.uid_next
        except (PermissionError, FileExistsError, NotADirectoryError) as cause:
            raise PermanentError(f"the Maildir {self._folder} cannot be used ({cause}); check path") from cause
        except OSError as cause:
            raise TemporaryError(f"the Maildir {self._folder} cannot be used now: {cause}") from cause
        self._known = set(self._paths())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, cause: BaseException | None, trace: TracebackType | None
    ) -> None:
        return None

    def new_messages(self, after_uid: int) -> Iterator[Incoming]:
        """See `Mailbox`. UIDs are given in the order in which our server took the mails."""
        yield from self.read(sorted(uid for uid in self._mails() if uid > after_uid))

    def read(self, uids: Sequence[int]) -> Iterator[Incoming]:
        """See `Mailbox`."""
        paths = self._mails()
        for uid in uids:
            path = paths.get(uid)
            incoming = self._read(uid, path) if path else None
            if incoming:
                yield incoming

    def count_after(self, uid: int) -> int:
        """See `Mailbox`."""
        return sum(one > uid for one in self._mails())

    def count(self) -> int:
        """See `Mailbox`."""
        return len(self._mails())

    def uids_between(self, low: int, high: int) -> set[int]:
        """See `Mailbox`."""
        return {uid for uid in self._mails() if low <= uid <= high}

    def dispose(self, uids: Sequence[int]) -> None:
        """See `Mailbox`. A Maildir has no keywords: a flagged mail goes from new to cur, without a flag."""
        if not uids or self._settings.after == "keep":
            return
        flagging = self._settings.after == "flag"
        target = self._folder if flagging else self._folder / f".{self._settings.move_to}"
        try:
            make_maildir(target)
            for uid in uids:
                self._put_away(uid, target / "cur")
        except OSError as cause:
            raise TemporaryError(f"mails in {self._folder} cannot be put away: {cause}") from cause

    def _put_away(self, uid: int, target: Path) -> None:
        if uid not in self._path_by_uid or not self._path_by_uid[uid].exists():
            self._path_by_uid = self._numbered()
        path = self._path_by_uid.get(uid)
        if path and path.parent != target:
            path.rename(target / (path.name if ":2," in path.name else f"{path.name}:2,"))

    def wait(self, seconds: float, stop: threading.Event | None = None) -> bool:
        """See `Mailbox`. Looks into the folder every second."""
        stop = stop or threading.Event()
        left = seconds
        while not (arrived := self._has_news()) and left > 0:
            if stop.wait(min(left, LOOK_UP_SECONDS)):
                break
            left -= LOOK_UP_SECONDS
        return arrived

    def _has_news(self) -> bool:
        """Whether mail came since anybody last asked or read."""
        changed_at = self._state()
        if changed_at == self._changed_at:
            return False
        self._changed_at = changed_at
        names = self._paths().keys()
        newer = names - self._known
        self._known |= names
        return bool(newer)

    def _paths(self) -> dict[str, Path]:
        """Each mail by its base name. `cur` is listed last: a mail that moves meanwhile is seen there."""
        try:
            return {
                base_name(entry.name): Path(entry.path)
                for part in PARTS
                for entry in os.scandir(self._folder / part)
                if not entry.name.startswith(".") and entry.is_file()
            }
        except OSError as cause:
            raise TemporaryError(f"the Maildir {self._folder} cannot be listed: {cause}") from cause

    def _mails(self) -> dict[int, Path]:
        """Each mail by its UID, listed anew only if something came or went since."""
        listed_at = self._state()
        if listed_at != self._listed_at:
            self._path_by_uid, self._listed_at = self._numbered(), listed_at
        return self._path_by_uid

    def _state(self) -> tuple[int, ...]:
        """Changes with each mail that comes, goes or is renamed."""
        try:
            return tuple((self._folder / part).stat().st_mtime_ns for part in PARTS)
        except OSError as cause:
            raise TemporaryError(f"the Maildir {self._folder} cannot be listed: {cause}") from cause

    def _numbered(self) -> dict[int, Path]:
        """Each mail by its UID; new ones are given theirs for good."""
        try:
            with locked(self._folder):
                uids = UidList.open(self._folder)
                paths = self._paths()
                if uids.uid_by_name.keys() - paths.keys():
                    # Renaming while we list can hide a file: it is gone only if a second look misses it too.
                    paths |= self._paths()
                if uids.uid_by_name.keys() != paths.keys():
                    uids.keep_only(paths.keys())
                    uids.number(sorted(paths.keys() - uids.uid_by_name.keys(), key=lambda name: _age(paths[name])))
                    uids.write(self._folder)
        except OSError as cause:
            raise TemporaryError(f"the list of UIDs in {self._folder} cannot be kept: {cause}") from cause
        if uids.uid_validity != self.uid_validity:
            raise TemporaryError(f"the list of UIDs in {self._folder} was lost while it was being read")
        self._known = set(paths)
        return {uid: paths[name] for name, uid in uids.uid_by_name.items()}

    def _read(self, uid: int, path: Path) -> Incoming | None:
        try:
            size = path.stat().st_size
            too_large = size > self._settings.max_size
            with path.open("rb") as file:
                raw = header_of(file.read(HEADER_BYTES)) if too_large else file.read()
            received_at = received_at_of(raw, _written_at(path))
        except FileNotFoundError:
            return self._read_again(uid, path)
        except OSError as cause:
            return Incoming(uid, 0, self._clock(), b"", f"{path.name} cannot be read: {cause.strerror}")
        if too_large:
            limit = self._settings.max_size
            problem = f"the mail has {size:,} bytes, more than the {limit:,} that max_size allows"
            return Incoming(uid, size, received_at, raw, problem, too_large=True)
        return Incoming(uid, len(raw), received_at, raw)

    def _read_again(self, uid: int, path: Path) -> Incoming | None:
        """A mail that has another path by now; None if it is gone."""
        moved = self._paths().get(base_name(path.name))
        return self._read(uid, moved) if moved and moved != path else None


def make_maildir(folder: Path) -> None:
    """Makes the three folders of a Maildir where they are missing."""
    for part in ("tmp", *PARTS):
        (folder / part).mkdir(parents=True, exist_ok=True)


def deliver(folder: Path, mail: bytes) -> Path:
    """Puts a mail into the Maildir as an MTA does, on disk when this returns. Raises `OSError`."""
    make_maildir(folder)
    name = _unique_name()
    written, delivered = folder / "tmp" / name, folder / "new" / name
    try:
        with written.open("xb") as file:
            file.write(mail)
            file.flush()
            os.fsync(file.fileno())
        written.rename(delivered)
    except OSError:
        written.unlink(missing_ok=True)
        raise
    sync_folder(folder / "new")
    return delivered


def sync_folder(folder: Path) -> None:
    """Puts the names in a folder on disk, as fsync does the bytes of a file."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _unique_name() -> str:
    now = system_clock()
    host = socket.gethostname().replace("/", r"\057").replace(":", r"\072")
    return f"{int(now.timestamp())}.M{now:%f}P{os.getpid()}Q{next(_delivered):06}R{secrets.token_hex(4)}.{host}"


def _written_at(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)


def _age(path: Path) -> tuple[datetime, str]:
    """What new mails are put in order by."""
    try:
        with path.open("rb") as file:
            return received_at_of(file.read(HEADER_BYTES), _written_at(path)), path.name
    except OSError:
        return datetime.max.replace(tzinfo=UTC), path.name
