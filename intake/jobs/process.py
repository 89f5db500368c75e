"""Stored messages in; submissions, obligation states, incidents, review cases and queued notices out.

It takes messages in hand and has them read; `records.recording` judges them, several to a commit.
"""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

import structlog

from intake.desk import Desk
from intake.model import Message
from intake.records.outcome import Outcome
from intake.records.recording import Reading, most_in_hand, record_alone, record_some
from intake.store import mails
from intake.store.engine import Session

LEFT_TO_OTHERS = timedelta(minutes=10)

Read = tuple[Message, Reading]

log = structlog.get_logger()


@dataclass
class Line:
    """The mails in hand, in the order in which they are judged, each being read or read by now."""

    desk: Desk
    reading: deque[Read] = field(default_factory=deque)
    unseen: set[int] = field(default_factory=set)

    def fill(self) -> None:
        """Takes more in hand, when half of it is done."""
        most = most_in_hand(self.desk)
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
        read = message, self.desk.examine(message.sha256, message.received_at)
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
    desk = line.desk

    def taking(session: Session) -> Callable[[Message], Message | None]:
        in_hand = [message.id for message, _ in line.reading]
        ours = mails.claimed_messages(session, in_hand, desk.presence.holder)
        return lambda message: ours.get(message.id)

    for outcome in record_some(desk, line.reading, taking, stopping):
        log.info("message processed", id=outcome.id, disposition=outcome.disposition, agency=outcome.agency)
        tell(outcome)


def process_message(desk: Desk, message: Message, reading: Reading) -> Outcome:
    """Records what one message is, once a worker has read it. Raises `TemporaryError` if it must wait."""

    def taking(session: Session) -> Callable[[Message], Message]:
        return lambda one: mails.message_numbered(session, one.id)

    outcome = record_alone(desk, message, reading, taking)
    assert outcome
    return outcome


def _may_be_elsewhere(desk: Desk, session: Session, message: Message) -> bool:
    """Whether another machine may see a raw file that this one does not, and has not had long to take the message."""
    if desk.raw_messages.path_of(message.sha256).exists() or desk.now - message.stored_at > LEFT_TO_OTHERS:
        return False
    return desk.presence.has_company(session)
