"""Stored messages in; submissions, obligation states, incidents, review cases and queued notices out.

Each message is a part of its own within a transaction that takes several: it is recorded whole or not at all. One that
breaks the program is marked failed and holds up none of the others.
"""

import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import timedelta

import structlog

from intake.desk import Desk
from intake.errors import TemporaryError
from intake.model import Message
from intake.records.case import Case
from intake.records.judging import judge
from intake.records.outcome import Outcome, outcome_of
from intake.rules.reading import MailReading
from intake.store import mails
from intake.store.engine import Session

# So many mails for each worker are in hand: enough that none waits for work, few enough that an urgent one comes soon.
AHEAD = 6
# So long others may wait for the database while several mails are recorded in one commit.
PATIENCE_SECONDS = 0.1
LEFT_TO_OTHERS = timedelta(minutes=10)

Read = tuple[Message, Future[MailReading]]

log = structlog.get_logger()


@dataclass
class Line:
    """The mails in hand, in the order in which they are judged, each being read or read by now."""

    desk: Desk
    reading: deque[Read] = field(default_factory=deque)
    unseen: set[int] = field(default_factory=set)

    def fill(self) -> None:
        """Takes more in hand, when half of it is done."""
        most = AHEAD * self.desk.config.daemon.workers
        while len(self.reading) <= most // 2 and self._take(most - len(self.reading)):
            pass

    def _take(self, limit: int) -> bool:
        """Takes some; False if there are none. A raw file that only another machine sees is left to that one."""
        desk = self.desk
        with desk.database.writing() as session:
            desk.database.alone(session, "claim")
            claimed = mails.claim_messages(session, desk.presence.holder, limit, self.unseen)
            elsewhere = {one.id for one in claimed if _may_be_elsewhere(desk, session, one)}
            mails.put_back(session, elsewhere)
        self.unseen |= elsewhere
        for message in claimed:
            if message.id not in elsewhere:
                self._read(message)
        return bool(claimed)

    def _read(self, message: Message) -> None:
        read = message, self.desk.readers.submit(self.desk.raw_messages.path_of(message.sha256))
        if message.rank == 0:
            self.reading.appendleft(read)
        else:
            self.reading.append(read)

    def let_go(self) -> None:
        """What is not judged yet is anybody's again."""
        for _, reading in self.reading:
            reading.cancel()
        with self.desk.database.writing() as session:
            mails.put_back(session, [message.id for message, _ in self.reading])
        self.reading.clear()


class Turn:
    """How long one transaction may take."""

    def __init__(self, desk: Desk, stopping: Callable[[], bool]) -> None:
        self._desk, self._stopping, self._began = desk, stopping, time.monotonic()

    @property
    def is_over(self) -> bool:
        late = time.monotonic() - self._began > PATIENCE_SECONDS
        return (late and self._desk.database.is_wanted) or self._stopping()


def process(
    desk: Desk,
    tell: Callable[[Outcome], None] = lambda outcome: None,
    stopping: Callable[[], bool] = lambda: False,
    more: Callable[[], bool] = lambda: False,
) -> None:
    """Processes everything that waits, the next mails being read while some are recorded.

    `tell` hears of each outcome after its commit. `more` is asked when nothing waits; it may take its time to answer.
    """
    with desk.database.writing() as session:
        mails.release_messages(session, desk.presence)
    line = Line(desk)
    try:
        while not stopping():
            line.fill()
            if line.reading:
                _record_some(line, tell, stopping)
            elif not more():
                return
    finally:
        line.let_go()


def _record_some(line: Line, tell: Callable[[Outcome], None], stopping: Callable[[], bool]) -> None:
    """Records the next mail, and those behind it that are read by then, unless somebody waits for the database."""
    desk, done = line.desk, list[tuple[Read, Outcome | None]]()
    _await(line.reading[0])
    with desk.database.writing() as session:
        turn = Turn(desk, stopping)
        desk.database.alone(session, "judge")
        for read in tuple(line.reading):
            if done and (not read[1].done() or turn.is_over):
                break
            message = mails.claimed_message(session, read[0].id, desk.presence.holder)
            done.append((read, _recorded(desk, session, message, read[1]) if message else None))
    for read, outcome in done:
        line.reading.remove(read)
        if outcome:
            log.info("message processed", id=outcome.id, disposition=outcome.disposition, agency=outcome.agency)
            tell(outcome)


def process_message(desk: Desk, message: Message, reading: Future[MailReading]) -> Outcome:
    """Records what one message is, once a worker has read it. Raises `TemporaryError` if it must wait."""
    _await((message, reading))
    with desk.database.writing() as session:
        desk.database.alone(session, "judge")
        return _recorded(desk, session, mails.message_numbered(session, message.id), reading)


def _await(read: Read) -> None:
    """Waits outside of any transaction."""
    read[1].exception()


def _recorded(desk: Desk, session: Session, message: Message, reading: Future[MailReading]) -> Outcome:
    """Judges a message; what keeps it from being judged is kept with it instead, in front of a person."""
    try:
        with desk.database.part_of(session):
            judge(Case(desk, session, message, reading.result()))
            message.claimed_by = None
            return outcome_of(session, message)
    except TemporaryError:
        raise
    except Exception as cause:
        log.exception("message could not be processed", id=message.id)
        message.status, message.claimed_by, message.processed_at = "failed", None, desk.now
        message.error = f"{type(cause).__name__}: {cause}"
        return outcome_of(session, message)


def _may_be_elsewhere(desk: Desk, session: Session, message: Message) -> bool:
    """Whether another machine may see a raw file that this one does not, and has not had long to take the message."""
    if desk.raw_messages.path_of(message.sha256).exists() or desk.now - message.stored_at > LEFT_TO_OTHERS:
        return False
    return desk.presence.has_company(session)
