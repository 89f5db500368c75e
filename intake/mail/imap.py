"""An IMAP folder as a mailbox (RFC 3501; IDLE, MOVE and UIDPLUS where the server has them).

Asks by UID only, never for the structure of a mail, and takes big ones in slices.
"""

import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from types import TracebackType
from typing import Any, Self

from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientAbortError, IMAPClientError

from intake.clock import Clock
from intake.config import ImapOrMaildir
from intake.mail.imap_connection import SEARCH_WINDOW, Answer, Connection
from intake.mail.imap_session import drop, in_words
from intake.mail.incoming import HEADER_BYTES, Incoming, header_of, plausible, received_at_of

BATCH = 50
SLICE = 1_048_576
IDLE_SECONDS = 240
LOOK_UP_SECONDS = 1.0
LONGEST_PAUSE = 30.0


@dataclass(frozen=True, slots=True)
class Description:
    """One mail before its content is asked for."""

    uid: int
    size: int
    internal_date: datetime | None


class ImapMailbox:
    """A `Mailbox` on an IMAP server."""

    def __init__(self, settings: ImapOrMaildir, clock: Clock, heard: Callable[[], None]) -> None:
        self._settings = settings
        self._clock = clock
        self._line = Connection(settings, heard)
        self._highest_uid = 0
        self._pause = 0.0

    def __enter__(self) -> Self:
        self._line.open()
        self._highest_uid = self._line.folder.uid_next - 1
        return self

    def __exit__(
        self, kind: type[BaseException] | None, cause: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind:
            drop(self._client)
        else:
            self._client.__exit__(kind, cause, trace)

    @property
    def uid_validity(self) -> int:
        """See `Mailbox`."""
        return self._line.folder.uid_validity

    @property
    def uid_next(self) -> int:
        """See `Mailbox`."""
        return self._line.folder.uid_next

    @property
    def _client(self) -> IMAPClient:
        return self._line.client

    def new_messages(self, after_uid: int) -> Iterator[Incoming]:
        """See `Mailbox`."""
        uids = self._line.uids_from(after_uid + 1)
        self._highest_uid = max([after_uid, self._highest_uid, *uids[-1:]])
        yield from self.read(uids)

    def count_after(self, uid: int) -> int:
        """See `Mailbox`."""
        return len(self._line.uids_from(uid + 1))

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
        began = time.monotonic()
        if self._client.has_capability("IDLE"):
            with in_words(self._settings):
                self._idle(min(seconds, IDLE_SECONDS), stop)
        else:
            stop.wait(seconds)
        if self._has_news():
            self._pause = 0.0
            return True
        self._rest(seconds - (time.monotonic() - began), stop)
        return False

    def _rest(self, left: float, stop: threading.Event) -> None:
        """A server that told of mail where there is none is listened to again only after a while, each time longer."""
        if left > LOOK_UP_SECONDS:
            self._pause = min(max(LOOK_UP_SECONDS, 2 * self._pause), LONGEST_PAUSE)
            stop.wait(min(left, self._pause))

    def _has_news(self) -> bool:
        """Whether mail came since anybody last asked or read."""
        newer = self._line.uids_from(self._highest_uid + 1)
        self._highest_uid = max([self._highest_uid, *newer[-1:]])
        return bool(newer)

    def _read(self, uids: Sequence[int]) -> Iterator[Incoming]:
        answers = self._line.fetch(uids, "RFC822.SIZE", "INTERNALDATE")
        described = {uid: _description(uid, answer) for uid, answer in answers.items()}
        small = [uid for uid, one in described.items() if one and one.size <= min(SLICE, self._settings.max_size)]
        contents = self._line.fetch(small, "BODY.PEEK[]") if small else {}

        def mail_of(uid: int) -> Incoming | None:
            if description := described[uid]:
                return self._content(description, contents.pop(uid, None))
            return self._undescribed(uid, answers[uid])

        # Through `map`, so that nothing here holds on to one large mail while the next is fetched.
        yield from filter(None, map(mail_of, sorted(described)))

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
        raw = bytes(answer.items.pop(b"BODY[]"))
        if len(raw) > self._settings.max_size:
            return self._too_large(one, len(raw), header_of(raw))
        return Incoming(one.uid, len(raw), self._received_at(one, raw), raw)

    def _in_slices(self, one: Description) -> Answer:
        """The whole content, held once. Servers may tell a wrong size: the last slice is the one that is not full."""
        raw = BytesIO()
        while (start := raw.tell()) <= self._settings.max_size:
            answer = self._line.fetch_alone(one.uid, f"BODY.PEEK[]<{start}.{SLICE}>")
            key = b"BODY[]<%d>" % start
            if key not in answer.items:
                return answer
            piece = answer.items[key] or b""
            raw.write(piece)
            if not piece or (len(piece) < SLICE and raw.tell() >= one.size):
                break
        return Answer({b"BODY[]": raw.getvalue()})

    def _header_only(self, one: Description) -> Incoming | None:
        answer = self._line.fetch_alone(one.uid, f"BODY.PEEK[HEADER]<0.{HEADER_BYTES}>")
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
        if not self._line.holds(one.uid):
            return None
        reason = problem or "the server gives no content"
        where = f"UID {one.uid} in {self._settings.folder}"
        return Incoming(one.uid, one.size, self._received_at(one, b""), b"", f"{where} cannot be fetched: {reason}")

    def _received_at(self, one: Description, raw: bytes) -> datetime:
        return one.internal_date or received_at_of(raw, self._clock())

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
            self._line.open_again()
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


def _description(uid: int, answer: Answer) -> Description | None:
    size = answer.items.get(b"RFC822.SIZE")
    if not isinstance(size, int):
        return None
    return Description(uid, size, plausible(answer.items.get(b"INTERNALDATE")))
