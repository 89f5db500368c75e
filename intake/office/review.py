"""What waits for a person, and what the person decides about it. Every decision is an audit event."""

from dataclasses import dataclass
from typing import Any

from intake.desk import Desk
from intake.errors import ConfigError
from intake.jobs.process import process_message
from intake.model import Message, Notice
from intake.office.decisions import owed_obligation
from intake.records import answers
from intake.records.booking import file_report
from intake.records.bounces import is_tried_again
from intake.records.case import Case
from intake.records.outcome import Outcome, outcome_of
from intake.rules.letterhead import read_letterhead
from intake.rules.reading import MailReading
from intake.rules.verdicts import Booking
from intake.store import audit, mails, outbox
from intake.store.engine import Session
from intake.store.obligations import submissions_from


@dataclass(frozen=True, slots=True)
class Waiting:
    """All that needs a person: messages, and notices that were refused or came back."""

    messages: list[Outcome]
    notices: list[Notice]


def waiting(desk: Desk) -> Waiting:
    with desk.database.reading() as session:
        messages = [outcome_of(session, message) for message in mails.for_person(session)]
        return Waiting(messages, list(outbox.failed_notices(session)))


def accept(desk: Desk, message_id: int, agency: str, report_type: str, period: str, who: str) -> Outcome:
    """Files a message as the report that a person says it is, and acknowledges it."""
    with desk.database.reading() as session:
        stored = mails.message_numbered(session, message_id)
    refuse_settled(stored)
    if not stored.processed_at:
        raise ConfigError(f"message {message_id} was never read; `intake replay {message_id}` first")
    reading = desk.readers.read(desk.raw_messages.path_of(stored.sha256))
    if reading.secrecy:
        raise ConfigError(f"message {message_id} bears a secrecy mark: it is not taken as a report by ordinary mail")
    documents = tuple(n for n, one in enumerate(reading.documents) if one.kind not in ("archive", "message"))
    with desk.database.writing() as session:
        message = mails.message_numbered(session, message_id)
        obligation = owed_obligation(desk, session, agency, report_type, period)
        case = Case(desk, session, message, reading)
        evidence = [f"decided by {who}"]
        message.agency_code = agency
        number = _own_number(reading, documents)
        filed = file_report(case, obligation, Booking(agency, report_type, period, documents, number, tuple(evidence)))
        settle(desk, session, message, "report", f"accepted by {who}", who)
        message.evidence = [*message.evidence, *evidence]
        answers.acknowledge(case, [filed])
        return outcome_of(session, message)


def _own_number(reading: MailReading, documents: tuple[int, ...]) -> str | None:
    """The number that the documents bear in their head, if they agree on one."""
    numbers = {read_letterhead(reading.documents[index].text).number for index in documents} - {None}
    return numbers.pop() if len(numbers) == 1 else None


def dismiss(desk: Desk, message_id: int, why: str, who: str) -> Outcome:
    """Settles a message without booking anything. It keeps its disposition."""
    with desk.database.writing() as session:
        message = mails.message_numbered(session, message_id)
        refuse_settled(message)
        settle(desk, session, message, message.disposition, f"dismissed by {who}: {why}", who, why)
        return outcome_of(session, message)


def dismiss_notice(desk: Desk, notice_id: int, why: str, who: str) -> Notice:
    """Settles a notice that could not be delivered: somebody has seen to it."""
    with desk.database.writing() as session:
        notice = outbox.failed_notice(session, notice_id)
        notice.settled_at = desk.now
        audit.record(session, desk.now, "notice settled", f"notice:{notice.id}", who=who, why=why)
        return notice


def retry_notice(desk: Desk, notice_id: int, who: str) -> Notice:
    """Sends a notice once more that could not be delivered, with its own Message-ID."""
    with desk.database.writing() as session:
        notice = outbox.failed_notice(session, notice_id)
        notice.status, notice.bounced_at, notice.error = "queued", None, ""
        notice.queued_at = notice.next_attempt_at = desk.now
        is_tried_again(desk, session, notice)
        audit.record(session, desk.now, "notice retried", f"notice:{notice.id}", who=who)
        return notice


def replay(desk: Desk, message_id: int) -> Outcome:
    """Processes a stored message again after a failure, or after the registry has learned more."""
    with desk.database.reading() as session:
        message = mails.message_numbered(session, message_id)
        if submissions_from(session, message_id):
            raise ConfigError(f"message {message_id} is booked already; nothing is left to replay")
    refuse_settled(message)
    path = desk.raw_messages.path_of(message.sha256)
    if message.processed_at is None and path.stat().st_size != message.size:
        raise ConfigError(f"message {message_id} was never fetched whole: see to it in the mailbox ({message.error})")
    return process_message(desk, message, desk.readers.submit(desk.raw_messages.path_of(message.sha256)))


def refuse_settled(message: Message) -> None:
    """Raises `ConfigError` if nobody has to decide about the message any more."""
    needs_person = message.status == "failed" or message.disposition in mails.NEEDS_PERSON
    if message.settled_at or not needs_person:
        raise ConfigError(f"message {message.id} does not wait for a decision: {message.reason}")


def settle(
    desk: Desk, session: Session, message: Message, disposition: str | None, reason: str, who: str, why: str = ""
) -> None:
    """Notes the decision about a message, within the caller's transaction."""
    before: dict[str, Any] = {"disposition": message.disposition, "reason": message.reason}
    message.disposition, message.reason, message.settled_at = disposition, reason, desk.now
    after = {"disposition": disposition, "reason": reason}
    audit.record(
        session, desk.now, "review decided", f"message:{message.id}", who=who, why=why, before=before, after=after
    )
