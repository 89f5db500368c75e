"""The mailbox of the fair clerk's world, as `fetch` sees any other, and the letters that come into it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime

from intake.errors import TemporaryError
from intake.mail.mailbox import Incoming
from intake.model import Notice

AWAY = "the mailbox is away"
MOST = 1_000_000


@dataclass
class Letter:
    """One letter that the world knows of: from whom, about what, and how the office stands to it."""

    sender: str
    raw: bytes
    received_at: datetime
    agency: str = ""
    report: tuple[str, str] | None = None
    may_be_answered: bool = True
    waits: bool = False
    read: bool = False


@dataclass
class WorldMailbox:
    """A `Mailbox` that may be away, and whose server may number its mails anew."""

    letters: list[Letter] = field(default_factory=list)
    uid_validity: int = 1
    first_uid: int = 1
    is_up: bool = True

    def __enter__(self):
        if not self.is_up:
            raise TemporaryError(AWAY)
        return self

    def __exit__(self, *_):
        return None

    @property
    def uid_next(self) -> int:
        return self.first_uid + len(self.letters)

    def new_messages(self, after_uid: int) -> Iterator[Incoming]:
        yield from self.read(sorted(self.uids_between(after_uid + 1, MOST)))

    def read(self, uids: Sequence[int]) -> Iterator[Incoming]:
        for uid in uids:
            letter = self.letters[uid - self.first_uid]
            yield Incoming(uid, len(letter.raw), letter.received_at, letter.raw)

    def count(self) -> int:
        return len(self.letters)

    def count_after(self, uid: int) -> int:
        return len(self.uids_between(uid + 1, MOST))

    def uids_between(self, low: int, high: int) -> set[int]:
        return {uid for uid in range(self.first_uid, self.uid_next) if low <= uid <= high}

    def dispose(self, uids: Sequence[int]) -> None:
        return None

    def number_anew(self) -> None:
        self.uid_validity += 1
        self.first_uid += 1000


def bounce_of(notice: Notice, status: str, now: datetime) -> bytes:
    return f"""From: MAILER-DAEMON@mx.xa.example
Return-Path: <>
Date: {format_datetime(now)}
Message-ID: <{notice.id}-{now.timestamp()}@mx.xa.example>
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.xa.example

Final-Recipient: rfc822; {notice.recipient}
Action: failed
Status: {status}

--b
Content-Type: text/rfc822-headers

Message-ID: {notice.mail_id}

--b--
""".encode()
