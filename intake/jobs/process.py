"""Stored messages in; submissions, obligation states, incidents, review cases and queued notices out.

One message, one transaction. A message that breaks the program is marked failed and holds up none of the others.
"""

from collections.abc import Callable, Iterable
from concurrent.futures import Future

import structlog

from intake.desk import Desk
from intake.errors import TemporaryError
from intake.model import Message
from intake.records.case import Case
from intake.records.judging import judge
from intake.records.outcome import Outcome, outcome_of
from intake.rules.reading import MailReading
from intake.store import mails

BATCH = 50

log = structlog.get_logger()


def process(
    desk: Desk, tell: Callable[[Outcome], None] = lambda outcome: None, stopping: Callable[[], bool] = lambda: False
) -> None:
    """Processes everything that waits, the next mails being read while one is recorded.

    `tell` hears of each outcome after its commit.
    """
    while not stopping():
        with desk.database.reading() as session:
            waiting = mails.waiting_messages(session, BATCH)
        if not waiting:
            return
        readings = [desk.readers.submit(desk.raw_messages.path_of(one.sha256)) for one in waiting]
        for message, reading in zip(waiting, readings, strict=True):
            if stopping():
                _cancel(readings)
                return
            tell(process_message(desk, message, reading))


def process_message(desk: Desk, message: Message, reading: Future[MailReading]) -> Outcome:
    """Records what one stored message is, once a worker has read it. Raises `TemporaryError` if it must wait."""
    try:
        read = reading.result()
        with desk.database.writing() as session:
            row = mails.message_numbered(session, message.id)
            judge(Case(desk, session, row, read))
            outcome = outcome_of(session, row)
    except TemporaryError:
        raise
    except Exception as cause:
        return _failed(desk, message, cause)
    log.info("message processed", id=message.id, disposition=outcome.disposition, agency=outcome.agency)
    return outcome


def _cancel(readings: Iterable[Future[MailReading]]) -> None:
    for reading in readings:
        reading.cancel()


def _failed(desk: Desk, message: Message, cause: Exception) -> Outcome:
    """Keeps the failure with the message, in front of a person; `intake replay` runs it again."""
    log.exception("message could not be processed", id=message.id)
    with desk.database.writing() as session:
        row = mails.message_numbered(session, message.id)
        row.status, row.error, row.processed_at = "failed", f"{type(cause).__name__}: {cause}", desk.now
        return outcome_of(session, row)
