"""What waits for a person: messages, and notices that did not arrive; and what is done about those."""

from dataclasses import dataclass
from typing import Any

from intake.desk import Desk
from intake.errors import ConfigError
from intake.jobs.process import process_message
from intake.model import Notice
from intake.office.deciding import refuse_settled
from intake.office.states import notice_state
from intake.records.bounces import is_tried_again
from intake.records.outcome import Outcome, outcome_of
from intake.store import audit, mails, outbox
from intake.store.engine import Session
from intake.store.submissions import submissions_from


@dataclass(frozen=True, slots=True)
class Waiting:
    """All that needs a person: messages, and notices that were refused or came back."""

    messages: list[Outcome]
    notices: list[Notice]


def undelivered(desk: Desk) -> list[Notice]:
    """Notices that were refused or came back, and that nobody has seen to."""
    with desk.database.reading() as session:
        return list(outbox.failed_notices(session))


def waiting(desk: Desk) -> Waiting:
    with desk.database.reading() as session:
        messages = [outcome_of(session, message) for message in mails.for_person(session)]
        return Waiting(messages, list(outbox.failed_notices(session)))


def dismiss_notice(desk: Desk, notice_id: int, why: str, who: str) -> Notice:
    """Settles a notice that could not be delivered: somebody has seen to it."""
    with desk.database.writing() as session:
        notice = outbox.failed_notice(session, notice_id)
        before = notice_state(notice)
        notice.settled_at = desk.now
        _record(desk, session, "notice settled", notice, who, why, before)
        return notice


def retry_notice(desk: Desk, notice_id: int, who: str) -> Notice:
    """Sends a notice once more that could not be delivered, with its own Message-ID."""
    with desk.database.writing() as session:
        notice = outbox.failed_notice(session, notice_id)
        before = notice_state(notice)
        notice.status, notice.bounced_at, notice.error = "queued", None, ""
        notice.queued_at = notice.next_attempt_at = desk.now
        is_tried_again(desk, session, notice)
        _record(desk, session, "notice retried", notice, who, "", before)
        return notice


def _record(
    desk: Desk, session: Session, action: str, notice: Notice, who: str, why: str, before: dict[str, Any]
) -> None:
    subject = f"notice:{notice.id}"
    after = notice_state(notice)
    audit.record(session, desk.now, action, subject, who=who, why=why, before=before, after=after)


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
    return process_message(desk, message, desk.examine(message.sha256, message.received_at))
