"""One connection to an IMAP folder that is opened anew when it breaks, and what the server tells over it.

A mail on which the server fails is told apart from a server that fails: it is tried again, alone, on new connections,
and then another mail is asked for. A server that gives that one neither is away, and nothing is held against a mail.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientAbortError, IMAPClientError

from intake.config import ImapOrMaildir
from intake.errors import TemporaryError
from intake.mail.imap_session import Folder, drop, in_words, log_in, plain_words, select

# A response line over 1,000,000 bytes is an error to imaplib, and a UID with its blank takes up to 11.
SEARCH_WINDOW = 80_000
TRIES = 2
NEIGHBOURS = 500
PROBES = 2
PROBE = "BODY.PEEK[]<0.64>"

# What a server says without sense leaves imapclient in many shapes.
BROKEN = (IMAPClientError, OSError, ValueError, LookupError, TypeError, AttributeError, AssertionError)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server told of one mail, or in words why it did not."""

    items: dict[bytes, Any] = field(default_factory=dict)
    problem: str = ""


class Connection:
    """The selected folder. `client` is another one after each failure."""

    client: IMAPClient
    folder: Folder

    def __init__(self, settings: ImapOrMaildir, heard: Callable[[], None]) -> None:
        self._settings, self._heard = settings, heard
        self._bad: set[int] = set()

    def open(self) -> None:
        with in_words(self._settings):
            self.client = log_in(self._settings, self._heard)
            try:
                self.folder = select(self.client, self._settings)
            except BaseException:
                drop(self.client)
                raise

    def open_again(self) -> None:
        """Raises `TemporaryError` where the folder is not the one that was read so far."""
        known = self.folder.uid_validity
        drop(self.client)
        self.open()
        if self.folder.uid_validity != known:
            raise TemporaryError(f"the folder {self._settings.folder} was replaced while it was being read")

    def uids_from(self, low: int) -> list[int]:
        """The UIDs from `low` on, ascending. `n:*` tells the last one even where it is below n (RFC 3501, 6.4.8)."""
        first, found = low, list[int]()
        with in_words(self._settings):
            self.client.noop()
            while self.folder.exists > SEARCH_WINDOW and low + SEARCH_WINDOW < self.folder.uid_next:
                found += self.client.search(["UID", f"{low}:{low + SEARCH_WINDOW - 1}"])
                low += SEARCH_WINDOW
            found += self.client.search(["UID", f"{low}:*"])
        return sorted({one for one in found if one >= first})

    def holds(self, uid: int) -> bool:
        """Whether the mail is still there."""
        with in_words(self._settings):
            return bool(self.client.search(["UID", str(uid)]))

    def fetch(self, uids: Sequence[int], item: str, *more: str) -> dict[int, Answer]:
        """What the server tells of each; a mail that it fails on does not take the others with it.

        One that is gone is left out. `item` is what has to be told, without which a mail is asked for again.
        """
        wanted, items = _key(item), [item, *more]
        try:
            told = _answers(self.client, uids, items)
        except BROKEN:
            self.open_again()
            told = {}
        whole = {uid: answer for uid, answer in told.items() if answer.items.get(wanted) is not None}
        alone = {uid: self.fetch_alone(uid, item, *more) for uid in uids if uid not in whole}
        return whole | {uid: answer for uid, answer in alone.items() if answer.items or answer.problem}

    def fetch_alone(self, uid: int, item: str, *more: str) -> Answer:
        """What the server tells of one mail: nothing if it is gone, a problem if it fails on new connections too.

        Raises `TemporaryError` where it fails on another mail as well.
        """
        problem = ""
        for _ in range(TRIES):
            try:
                return _answers(self.client, [uid], [item, *more]).get(uid, Answer())
            except BROKEN as cause:
                problem, answered = plain_words(cause), _is_an_answer(cause)
                self.open_again()
        self._bad.add(uid)
        self._make_sure_of_server(uid, problem, answered)
        return Answer(problem=problem)

    def _make_sure_of_server(self, uid: int, problem: str, answered: bool) -> None:
        """Raises `TemporaryError` unless another mail can be had; where there is no other, a clear no counts."""
        others = self._neighbours(uid)
        for other in others[-PROBES:]:
            try:
                if _answers(self.client, [other], [PROBE]).get(other, Answer()).items.get(_key(PROBE)) is not None:
                    return
            except BROKEN:
                self.open_again()
        if others or not answered:
            raise TemporaryError(f"{self._settings.host} gives the content of no mail now: {problem}")

    def _neighbours(self, uid: int) -> list[int]:
        window = f"{max(1, uid - NEIGHBOURS)}:{uid + NEIGHBOURS}"
        with in_words(self._settings):
            return [one for one in sorted(self.client.search(["UID", window])) if one not in self._bad]


def _answers(client: IMAPClient, uids: Sequence[int], items: Sequence[str]) -> dict[int, Answer]:
    wanted = set(uids)
    told = client.fetch(uids, items)
    return {uid: Answer(dict(answer)) for uid, answer in told.items() if uid in wanted}


def _is_an_answer(cause: BaseException) -> bool:
    """Whether the server said no, in a line that could be understood."""
    return isinstance(cause, IMAPClientError) and not isinstance(cause, IMAPClientAbortError)


def _key(item: str) -> bytes:
    """Under which name the answer comes: without PEEK and without the length (RFC 3501, section 7.4.2)."""
    name, begins, part = item.replace(".PEEK", "").partition("<")
    return f"{name}{begins}{part.partition('.')[0]}{'>' if begins else ''}".encode()
