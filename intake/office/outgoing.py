"""What leaves, as a person looks through it: by stage, one page at a time, and each mail as it was or would be sent."""

from dataclasses import dataclass
from datetime import datetime

from intake.config import Limits
from intake.desk import Desk
from intake.errors import ConfigError, IntakeError
from intake.mail.message import parse_message
from intake.model import AuditEvent, Notice
from intake.records.outgoing import mime_of
from intake.store import audit, outbox_listing
from intake.store.outbox_listing import STAGES

AT_ONCE = 50
LONGEST_SEARCH = 100


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """One notice in the list. `stage` is the first of the stages that it is at; `at` is when it got there."""

    id: int
    name: str
    recipient: str
    recipient_name: str
    reference: str
    agency: str
    message: int | None
    stage: str
    at: datetime
    queued_at: datetime
    attempts: int
    error: str
    settled_at: datetime | None

    @property
    def needs_person(self) -> bool:
        return self.stage in ("failed", "bounced") and self.settled_at is None


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One page of the notices at a stage, and how many there are at each."""

    stage: str
    words: str
    notices: tuple[NoticeLine, ...]
    counts: tuple[tuple[str, int], ...]
    page: int
    pages: int
    found: int


@dataclass(frozen=True, slots=True)
class Happened:
    """What a person did about a notice."""

    at: datetime
    who: str
    action: str
    why: str


@dataclass(frozen=True, slots=True)
class NoticeMail:
    """One notice with its mail. `was_made` tells that these bytes were sent or tried; else they would be, now."""

    notice: NoticeLine
    subject: str
    lines: tuple[str, ...]
    html: str
    raw: bytes
    was_made: bool
    attachments: tuple[str, ...]
    problem: str
    happened: tuple[Happened, ...]


def outgoing(desk: Desk, stage: str, words: str = "", page: int = 1) -> Outgoing:
    """The notices at a stage that have all of the words in their address, reference, agency or name."""
    stage, words, page = stage if stage in STAGES else "waiting", words[:LONGEST_SEARCH], max(page, 1)
    with desk.database.reading() as session:
        counts = tuple((one, outbox_listing.count_notices(session, one)) for one in STAGES)
        found = outbox_listing.count_notices(session, stage, words) if words else dict(counts)[stage]
        rows = outbox_listing.listed_notices(session, stage, words, (page - 1) * AT_ONCE, AT_ONCE)
        notices = tuple(_line(row) for row in rows)
    return Outgoing(stage, words, notices, counts, page, max(1, -(-found // AT_ONCE)), found)


def notice_mail(desk: Desk, number: int) -> NoticeMail:
    """One notice as the mail that left, or that would leave now. Raises `ConfigError` where there is none."""
    with desk.database.reading() as session:
        notice = outbox_listing.found_notice(session, number)
        happened = tuple(_happened(one) for one in audit.events_about(session, f"notice:{number}"))
    if notice is None:
        raise ConfigError(f"there is no notice {number}")
    line = _line(notice)
    try:
        raw = notice.mime or mime_of(desk, notice)
    except IntakeError as cause:
        return NoticeMail(line, "", (), "", b"", False, (), cause.sentence, happened)
    parsed = parse_message(raw, Limits())
    lines, files = tuple(parsed.text.splitlines()), tuple(one.filename for one in parsed.attachments)
    return NoticeMail(line, parsed.subject, lines, parsed.html, raw, notice.mime is not None, files, "", happened)


def _line(row: Notice) -> NoticeLine:
    stage, at = _stage(row)
    return NoticeLine(
        row.id, row.name, row.recipient, row.recipient_name, row.reference, row.agency_code or "", row.message_id,
        stage, at, row.queued_at, row.attempts, row.error, row.settled_at,
    )  # fmt: skip


def _stage(row: Notice) -> tuple[str, datetime]:
    if row.bounced_at:
        return "bounced", row.bounced_at
    if row.status == "sent":
        return "sent", row.sent_at or row.queued_at
    if row.status in ("queued", "claimed", "sending"):
        return "waiting", row.next_attempt_at
    return ("withdrawn" if row.status == "unsure" else row.status), row.queued_at


def _happened(event: AuditEvent) -> Happened:
    return Happened(event.at, event.who, event.action, event.why)
