"""Mails in line, each being read or read by now; what each is out, recorded, several of them to a commit.

Each mail is a part of its own within a transaction that takes several: it is recorded whole or not at all. One that
breaks the program is marked failed and holds up none of the others. Fetched and imported mails go this one way.
"""

import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

import structlog

from intake.desk import Desk
from intake.errors import TemporaryError
from intake.model import Message
from intake.records.case import Case
from intake.records.judging import judge
from intake.records.outcome import Outcome, outcome_of
from intake.rules.reading import MailReading
from intake.store.engine import Session

# So many mails for each worker are in hand: enough that none waits for work, few enough that an urgent one comes soon.
AHEAD = 6
# So long others may wait for the database while several mails are recorded in one commit.
PATIENCE_SECONDS = 0.1

Mail = TypeVar("Mail")
Reading = Future[MailReading]

log = structlog.get_logger()


def most_in_hand(desk: Desk) -> int:
    return AHEAD * desk.config.daemon.workers


class Turn:
    """How long one transaction may take."""

    def __init__(self, desk: Desk, stopping: Callable[[], bool]) -> None:
        self._desk, self._stopping, self._began = desk, stopping, time.monotonic()

    @property
    def is_over(self) -> bool:
        late = time.monotonic() - self._began > PATIENCE_SECONDS
        return (late and self._desk.database.is_wanted) or self._stopping()


def record_some(
    desk: Desk,
    line: deque[tuple[Mail, Reading]],
    record: Callable[[Session, Mail, Reading], Outcome | None],
    stopping: Callable[[], bool] = lambda: False,
) -> list[Outcome]:
    """Records the first in line, and those behind it that are read by then, unless somebody waits for the database.

    Gives the outcomes after the commit; what was recorded is in the line no more.
    """
    done = list[Outcome | None]()
    await_reading(line[0][1])
    with desk.database.writing() as session:
        turn = Turn(desk, stopping)
        desk.database.alone(session, "judge")
        for mail, reading in line:
            if done and (not reading.done() or turn.is_over):
                break
            done.append(record(session, mail, reading))
    for _ in done:
        line.popleft()
    return [outcome for outcome in done if outcome]


def await_reading(reading: Reading) -> None:
    """Waits, outside of any transaction."""
    reading.exception()


def recorded(desk: Desk, session: Session, message: Message, reading: Reading) -> Outcome:
    """Judges a message; what keeps it from being judged is kept with it instead, in front of a person."""
    try:
        with desk.database.part_of(session):
            message.claimed_by = None
            judge(Case(desk, session, message, reading.result()))
            return outcome_of(session, message)
    except TemporaryError:
        raise
    except Exception as cause:
        log.exception("message could not be processed", id=message.id, source=message.source)
        message.status, message.claimed_by, message.processed_at = "failed", None, desk.now
        message.error = f"{type(cause).__name__}: {cause}"
        return outcome_of(session, message)
