"""Mails in line, each being read or read by now; what each is out, recorded, several of them to a commit.

What one commit takes is written together at its end. Where one of its mails breaks the program, nothing of it stays and
each is recorded by itself: that one is marked failed and holds up none of the others. Fetched and imported mails go
this one way.
"""

import time
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from typing import TypeVar

import structlog

from intake.desk import Desk
from intake.documents.frames import Examined
from intake.errors import PermanentError, TemporaryError
from intake.model import Message
from intake.records.case import Case
from intake.records.judging import judge
from intake.records.outcome import Outcome, outcome_of, outcome_of_case
from intake.rules.verdicts import Opinion
from intake.store.engine import Session

# So many mails for each worker are in hand: enough that none waits for work, few enough that an urgent one comes soon.
AHEAD = 6
# So long others may wait for the database while several mails are recorded in one commit.
PATIENCE_SECONDS = 0.1

Mail = TypeVar("Mail")
Reading = Future[Examined]
# Gives the row to be judged, or what became of the mail before, or None for one that is not ours any more.
Take = Callable[[Mail], Message | Outcome | None]

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
    taking: Callable[[Session], Take[Mail]],
    stopping: Callable[[], bool] = lambda: False,
) -> Iterator[Outcome]:
    """Records the first in line, and those behind it that are read by then, unless somebody waits for the database.

    Gives each outcome after its commit; what was recorded is in the line no more.
    """
    await_reading(line[0][1])
    tried = list[Mail]()
    try:
        outcomes = _record_together(desk, line, taking, stopping, tried)
    except TemporaryError:
        raise
    except Exception as cause:
        log.warning("mails could not be recorded in one commit, each has its own now", mails=len(tried), cause=cause)
        for _ in tried:
            outcome = record_alone(desk, *line[0], taking)
            line.popleft()
            if outcome:
                yield outcome
        return
    for _ in tried:
        line.popleft()
    yield from filter(None, outcomes)


def _record_together(
    desk: Desk,
    line: deque[tuple[Mail, Reading]],
    taking: Callable[[Session], Take[Mail]],
    stopping: Callable[[], bool],
    tried: list[Mail],
) -> list[Outcome | None]:
    """In one commit. `tried` names what was, whether the commit came about or not."""
    outcomes = list[Outcome | None]()
    with desk.database.writing() as session:
        turn = Turn(desk, stopping)
        desk.database.alone(session, "judge")
        take = taking(session)
        for mail, reading in line:
            if tried and (not reading.done() or turn.is_over):
                break
            tried.append(mail)
            outcomes.append(_recorded(desk, session, take(mail), reading))
    return outcomes


def record_alone(desk: Desk, mail: Mail, reading: Reading, taking: Callable[[Session], Take[Mail]]) -> Outcome | None:
    """In a commit of its own; what keeps the mail from being judged is kept with it instead, in front of a person.

    Raises `TemporaryError` if it must wait.
    """
    await_reading(reading)
    try:
        with desk.database.writing() as session:
            desk.database.alone(session, "judge")
            return _recorded(desk, session, taking(session)(mail), reading)
    except TemporaryError:
        raise
    except Exception as cause:
        with desk.database.writing() as session:
            taken = taking(session)(mail)
            return _failed(desk, session, taken, cause) if isinstance(taken, Message) else taken


def await_reading(reading: Reading) -> None:
    """Waits, outside of any transaction."""
    reading.exception()


def _recorded(desk: Desk, session: Session, taken: Message | Outcome | None, reading: Reading) -> Outcome | None:
    if not isinstance(taken, Message):
        return taken
    unread = reading.exception()
    if isinstance(unread, PermanentError):
        return _failed(desk, session, taken, unread)
    taken.claimed_by = None
    examined = reading.result()
    opinion = examined.opinion if _still_stands(examined.opinion, desk, taken) else None
    case = Case(desk, session, taken, examined.reading, opinion)
    judge(case)
    return outcome_of_case(case)


def _still_stands(opinion: Opinion | None, desk: Desk, message: Message) -> bool:
    """Whether it rests on what is known now, and was formed for the moment that the message has in its row."""
    asked = desk.grounds.key, message.received_at
    return opinion is not None and (opinion.grounds, opinion.received_at) == asked


def _failed(desk: Desk, session: Session, message: Message, cause: Exception) -> Outcome:
    log.error("message could not be processed", id=message.id, source=message.source, exc_info=cause)
    message.status, message.claimed_by, message.processed_at = "failed", None, desk.now
    message.error = f"{type(cause).__name__}: {cause}"
    return outcome_of(session, message)
