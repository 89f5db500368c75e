"""Stored messages in; submissions, obligation states, incidents, review cases and queued notices out.

One message, one transaction. A message that breaks the program is marked failed and holds up none of the others.
"""

from collections.abc import Callable

import structlog

from intake.desk import Desk
from intake.errors import TemporaryError
from intake.model import Message
from intake.records.case import Case
from intake.records.judging import judge
from intake.records.outcome import Outcome, outcome_of
from intake.store import mails

BATCH = 50

log = structlog.get_logger()


def process(
    desk: Desk, tell: Callable[[Outcome], None] = lambda outcome: None, stopping: Callable[[], bool] = lambda: False
) -> None:
    """Processes everything that waits. `tell` hears of each outcome after its commit."""
    while not stopping():
        with desk.database.reading() as session:
            waiting = mails.waiting_messages(session, BATCH)
        if not waiting:
            return
        for message in waiting:
            if stopping():
                return
            tell(process_message(desk, message))


def process_message(desk: Desk, message: Message) -> Outcome:
    """Reads one stored message in a worker and records what it is. Raises `TemporaryError` if it must wait."""
    try:
        reading = desk.readers.read(desk.raw_messages.path_of(message.sha256))
        with desk.database.writing() as session:
            row = mails.message_numbered(session, message.id)
            judge(Case(desk, session, row, reading))
            outcome = outcome_of(session, row)
    except TemporaryError:
        raise
    except Exception as cause:
        return _failed(desk, message, cause)
    log.info("message processed", id=message.id, disposition=outcome.disposition, agency=outcome.agency)
    return outcome


def _failed(desk: Desk, message: Message, cause: Exception) -> Outcome:
    """Keeps the failure with the message, in front of a person; `intake replay` runs it again."""
    log.exception("message could not be processed", id=message.id)
    with desk.database.writing() as session:
        row = mails.message_numbered(session, message.id)
        row.status, row.error = "failed", f"{type(cause).__name__}: {cause}"
        return outcome_of(session, row)
