"""An IMAP folder as a mailbox (RFC 3501; IDLE, MOVE and UIDPLUS where the server has them).

Asks by UID only, never for the structure of a mail, and takes big ones in slices. A mail on which the server fails
is told apart from a server that is away by trying it again, alone, on a new connection.
"""

import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from types import TracebackType
from typing import Any, Self

from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientAbortError, IMAPClientError

from intake.clock import Clock
from intake.config import ImapOrMaildir
from intake.errors import TemporaryError
from intake.mail.imap_session import drop, in_words, log_in, plain_words, select
from intake.mail.incoming import HEADER_BYTES, Incoming, header_of, plausible, received_at_of

BATCH = 50
SLICE = 1_048_576
# A response line over 1,000,000 bytes is an error to imaplib, and a UID with its blank takes up to 11.
SEARCH_WINDOW = 80_000
TRIES = 2
IDLE_SECONDS = 240
LOOK_UP_SECONDS = 1.0

_BROKEN = (IMAPClientError, OSError)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server told of one mail, or in words why it did not."""

    items: dict[bytes, Any] = field(default_factory=dict)
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Description:
    """One mail before its content is asked for."""

    uid: int
    size: int
    internal_date: datetime | None


class ImapMailbox:
    """A `Mailbox` on an IMAP server."""

    uid_validity: int

    def __init__(self, settings: ImapOrMaildir, clock: Clock) -> None:
        self._settings = settings
        self._clock = clock
        self._client: IMAPClient
        self._exists = 0
        self._uid_next = 0
        self._highest_uid = 0

    def __enter__(self) -> Self:
        self._connect()
        self._highest_uid = self._uid_next - 1
        return self

    def __exit__(
        self, kind: type[BaseException] | None, cause: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind:
            drop(self._client)
        else:
            self._client.__exit__(kind, cause, trace)

    def new_messages(self, after_uid: int) -> Iterator[Incoming]:
        """See `Mailbox`."""
        uids = self._uids_after(after_uid)
        self._highest_uid = max([after_uid, self._highest_uid, *uids[-1:]])
        yield from self.read(uids)

    def count_after(self, uid: int) -> int:
        """See `Mailbox`."""
        return len(self._uids_after(uid))

    def count(self) -> int:
        """See `Mailbox`."""
        with in_words(self._settings):
            told = self._client.folder_status(self._settings.folder, ["MESSAGES"])
        return int(told[b"MESSAGES"])

    def uids_between(self, low: int, high: int) -> set[int]:
        """See `Mailbox`."""
        found: set[int] = set()
        with in_words(self._settings):
            for start in range(low, high + 1, SEARCH_WINDOW):
                found.update(self._client.search(["UID", f"{start}:{min(start + SEARCH_WINDOW - 1, high)}"]))
        return found

    def read(self, uids: Sequence[int]) -> Iterator[Incoming]:
        """See `Mailbox`."""
        for start in range(0, len(uids), BATCH):
            yield from self._read(list(uids[start : start + BATCH]))

    def dispose(self, uids: Sequence[int]) -> None:
        """See `Mailbox`."""
        if not uids or self._settings.after == "keep":
            return
        with in_words(self._settings):
            if self._settings.after == "flag":
                self._client.add_flags(uids, [self._settings.keyword], silent=True)
            else:
                self._move(uids)

    def wait(self, seconds: float, stop: threading.Event | None = None) -> bool:
        """See `Mailbox`. A server without IDLE is asked when the time is over."""
        stop = stop or threading.Event()
        if self._has_news():
            return True
        if self._client.has_capability("IDLE"):
            with in_words(self._settings):
                self._idle(min(seconds, IDLE_SECONDS), stop)
        else:
            stop.wait(seconds)
        return self._has_news()

    def _has_news(self) -> bool:
        """Whether mail came since anybody last asked or read."""
        newer = self._uids_after(self._highest_uid)
        self._highest_uid = max([self._highest_uid, *newer[-1:]])
        return bool(newer)

    def _connect(self) -> None:
        with in_words(self._settings):
            self._client = log_in(self._settings)
            try:
                folder = select(self._client, self._settings)
            except BaseException:
                drop(self._client)
                raise
        self.uid_validity, self._uid_next, self._exists = folder.uid_validity, folder.uid_next, folder.exists

    def _reconnect(self) -> None:
        known = self.uid_validity
        drop(self._client)
        self._connect()
        if self.uid_validity != known:
            raise TemporaryError(f"the folder {self._settings.folder} was replaced while it was being read")

    def _uids_after(self, uid: int) -> list[int]:
        """The UIDs above `uid`, ascending. `n:*` tells the last one even where it is below n (RFC 3501, 6.4.8)."""
        found: list[int] = []
        low = uid + 1
        with in_words(self._settings):
            self._client.noop()
            while self._exists > SEARCH_WINDOW and low + SEARCH_WINDOW < self._uid_next:
                found += self._client.search(["UID", f"{low}:{low + SEARCH_WINDOW - 1}"])
                low += SEARCH_WINDOW
            found += self._client.search(["UID", f"{low}:*"])
        return sorted({one for one in found if one > uid})

    def _read(self, uids: list[int]) -> Iterator[Incoming]:
        answers = self._fetch(uids, ["RFC822.SIZE", "INTERNALDATE"])
        described = {uid: _description(uid, answer) for uid, answer in answers.items()}
        small = [uid for uid, one in described.items() if one and one.size <= min(SLICE, self._settings.max_size)]
        contents = self._fetch(small, ["BODY.PEEK[]"]) if small else {}
        for uid, description in sorted(described.items()):
            if description is None:
                incoming = self._undescribed(uid, answers[uid])
            else:
                incoming = self._content(description, contents.get(uid))
            if incoming:
                yield incoming

    def _undescribed(self, uid: int, answer: Answer) -> Incoming | None:
        problem = answer.problem or "the server does not tell its size"
        return self._unreadable(Description(uid, 0, None), problem)

    def _content(self, one: Description, answer: Answer | None) -> Incoming | None:
        """The mail with its content; None if it is gone by now."""
        if one.size > self._settings.max_size:
            return self._header_only(one)
        if one.size > SLICE:
            answer = self._in_slices(one)
        if answer is None or answer.items.get(b"BODY[]") is None:
            return self._unreadable(one, answer.problem if answer else "")
        raw = bytes(answer.items[b"BODY[]"])
        if len(raw) > self._settings.max_size:
            return self._too_large(one, len(raw), header_of(raw))
        return Incoming(one.uid, len(raw), self._received_at(one, raw), raw)

    def _in_slices(self, one: Description) -> Answer:
        """The whole content. Servers may tell a wrong size, so the last slice is the one that is not full."""
        raw = bytearray()
        while len(raw) <= self._settings.max_size:
            start = len(raw)
            answer = self._fetch_alone(one.uid, [f"BODY.PEEK[]<{start}.{SLICE}>"])
            key = b"BODY[]<%d>" % start
            if key not in answer.items:
                return answer
            piece = answer.items[key] or b""
            raw += piece
            if not piece or (len(piece) < SLICE and len(raw) >= one.size):
                break
        return Answer({b"BODY[]": bytes(raw)})

    def _header_only(self, one: Description) -> Incoming | None:
        answer = self._fetch_alone(one.uid, [f"BODY.PEEK[HEADER]<0.{HEADER_BYTES}>"])
        header = answer.items.get(b"BODY[HEADER]<0>")
        if header is None:
            return self._unreadable(one, answer.problem)
        return self._too_large(one, one.size, bytes(header))

    def _too_large(self, one: Description, size: int, header: bytes) -> Incoming:
        limit = self._settings.max_size
        problem = f"the mail has {size:,} bytes, more than the {limit:,} that max_size allows; only its header was read"
        return Incoming(one.uid, size, self._received_at(one, header), header, problem, too_large=True)

    def _unreadable(self, one: Description, problem: str) -> Incoming | None:
        """Says why a mail has no content; None if it has none because somebody took it away."""
        with in_words(self._settings):
            if not self._client.search(["UID", str(one.uid)]):
                return None
        reason = problem or "the server gives no content"
        where = f"UID {one.uid} in {self._settings.folder}"
        return Incoming(one.uid, one.size, self._received_at(one, b""), b"", f"{where} cannot be fetched: {reason}")

    def _received_at(self, one: Description, raw: bytes) -> datetime:
        return one.internal_date or received_at_of(raw, self._clock())

    def _fetch(self, uids: list[int], items: list[str]) -> dict[int, Answer]:
        """What the server tells of each; a mail that it fails on does not take the others with it."""
        try:
            return _answers(self._client, uids, items)
        except _BROKEN:
            self._reconnect()
        alone = {uid: self._fetch_alone(uid, items) for uid in uids}
        return {uid: answer for uid, answer in alone.items() if answer.items or answer.problem}

    def _fetch_alone(self, uid: int, items: list[str]) -> Answer:
        """What the server tells of one mail: nothing if it is gone, a problem if it fails on new connections too."""
        problem = ""
        for _ in range(TRIES):
            try:
                return _answers(self._client, [uid], items).get(uid, Answer())
            except _BROKEN as cause:
                problem = plain_words(cause)
                self._reconnect()
        return Answer(problem=problem)

    def _move(self, uids: Sequence[int]) -> None:
        folder = self._settings.move_to
        if not self._client.folder_exists(folder):
            self._client.create_folder(folder)
        if self._client.has_capability("MOVE"):
            self._client.move(uids, folder)
            return
        self._client.copy(uids, folder)
        self._client.add_flags(uids, [b"\\Deleted"], silent=True)
        # A bare EXPUNGE would remove what other people have marked as deleted.
        if self._client.has_capability("UIDPLUS"):
            self._client.uid_expunge(uids)

    def _idle(self, seconds: float, stop: threading.Event) -> None:
        """Hears out the server. Whether mail came is for a search to say: IDLE may end before it tells."""
        try:
            self._client.idle()
        except IMAPClientAbortError:
            raise
        except IMAPClientError as cause:
            # A server may tell of mail before it says that it idles, which imapclient takes for a mistake.
            self._reconnect()
            if "EXISTS" not in str(cause):
                stop.wait(seconds)
            return
        _listen(self._client, time.monotonic() + seconds, stop)
        self._client.idle_done()


def _listen(client: IMAPClient, until: float, stop: threading.Event) -> None:
    """Listens, looking up often, until mail comes, the time is over, or the line is dead."""
    while not stop.is_set() and (left := until - time.monotonic()) > 0:
        pause = min(left, LOOK_UP_SECONDS)
        began = time.monotonic()
        lines = client.idle_check(pause)
        # On a closed connection idle_check returns nothing, at once, for ever; idle_done then says so.
        dead = not lines and time.monotonic() - began < pause / 2
        if dead or _tells_of_mail(lines):
            return


def _tells_of_mail(lines: Iterable[Any]) -> bool:
    return any(len(line) > 1 and line[1] in (b"EXISTS", b"RECENT") for line in lines)


def _answers(client: IMAPClient, uids: list[int], items: list[str]) -> dict[int, Answer]:
    wanted = set(uids)
    told = client.fetch(uids, items)
    return {uid: Answer(dict(answer)) for uid, answer in told.items() if uid in wanted}


def _description(uid: int, answer: Answer) -> Description | None:
    size = answer.items.get(b"RFC822.SIZE")
    if not isinstance(size, int):
        return None
    return Description(uid, size, plausible(answer.items.get(b"INTERNALDATE")))
