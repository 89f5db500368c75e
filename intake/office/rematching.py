"""What in the queue the registry in force would settle by now: tried without leaving a trace, or done when asked."""

from collections.abc import Iterator

from intake.desk import Desk
from intake.model import Message
from intake.office.review import replay
from intake.office.undoing import ABOUT_MESSAGES, UNDONE
from intake.records.case import Case
from intake.records.judging import judge
from intake.records.outcome import Outcome, outcome_of
from intake.store import audit, mails
from intake.store.engine import Session


def would_settle(desk: Desk) -> list[Outcome]:
    """The messages in review that would no longer need a person, as what they would be recorded. Stores nothing."""
    return [outcome for outcome in _judged_again(desk) if outcome.disposition not in mails.NEEDS_PERSON]


def settle(desk: Desk) -> list[Outcome]:
    """Processes again what `would_settle` names, each as if it came now; one may settle another."""
    return [replay(desk, outcome.id) for outcome in would_settle(desk)]


def _judged_again(desk: Desk) -> Iterator[Outcome]:
    with desk.database.reading() as session:
        waiting = [one for one in mails.for_person(session) if _is_open(session, one)]
    for message in waiting:
        reading = desk.readers.read(desk.raw_messages.path_of(message.sha256))
        with desk.database.trying() as session:
            row = mails.message_numbered(session, message.id)
            judge(Case(desk, session, row, reading))
            yield outcome_of(session, row)


def _is_open(session: Session, message: Message) -> bool:
    """Whether the service may judge it: what a person took back to the queue is for a person to decide."""
    by_people = {one.action for one in audit.events_about(session, f"message:{message.id}")} & {*ABOUT_MESSAGES, UNDONE}
    return message.disposition == "review" and message.status == "processed" and not by_people
