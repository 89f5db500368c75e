"""The UIDs of the mails in a Maildir: a small text file, replaced as a whole, never edited in place."""

import fcntl
import os
import secrets
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self
from urllib.parse import quote, unquote_to_bytes

FILE = "intake-uidlist"
VERSION = "1"


def base_name(name: str) -> str:
    """A file's name without its flags: what stays the same while a mail is in the Maildir."""
    return name.partition(":2,")[0]


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Alone with the list, among all processes of this machine."""
    with (folder / f"{FILE}.lock").open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@dataclass(slots=True)
class UidList:
    """Which UID each base name has. A UID is never given twice while `uid_validity` stays."""

    # Any other number than the last one will do where a list is lost.
    uid_validity: int = field(default_factory=lambda: 1 + secrets.randbelow(2**31 - 1))
    uid_next: int = 1
    uid_by_name: dict[str, int] = field(default_factory=dict)

    @classmethod
    def open(cls, folder: Path) -> Self:
        """The list on disk; where there is none that can be understood, a new one with a new UIDVALIDITY."""
        try:
            return cls._parse((folder / FILE).read_text("ascii"))
        except (FileNotFoundError, ValueError):
            uids = cls()
            uids.write(folder)
            return uids

    @classmethod
    def _parse(cls, text: str) -> Self:
        first, *lines = text.splitlines()
        version, uid_validity, uid_next = first.split()
        if version != VERSION:
            raise ValueError(f"a list of version {version}")
        pairs = [line.split() for line in lines]
        return cls(
            int(uid_validity), int(uid_next), {os.fsdecode(unquote_to_bytes(name)): int(uid) for uid, name in pairs}
        )

    def write(self, folder: Path) -> None:
        """Replaces the list on disk at once."""
        lines = [f"{VERSION} {self.uid_validity} {self.uid_next}"]
        lines += [f"{uid} {quote(os.fsencode(name), safe=',=+@')}" for name, uid in self.uid_by_name.items()]
        written = folder / f"{FILE}.new"
        with written.open("w", encoding="ascii") as file:
            file.write("\n".join(lines) + "\n")
            file.flush()
            os.fsync(file.fileno())
        written.replace(folder / FILE)

    def keep_only(self, names: Collection[str]) -> None:
        """Forgets the mails that are gone."""
        self.uid_by_name = {name: uid for name, uid in self.uid_by_name.items() if name in names}

    def number(self, names: Iterable[str]) -> None:
        """Gives each of these the next UID."""
        for name in names:
            self.uid_by_name[name] = self.uid_next
            self.uid_next += 1
