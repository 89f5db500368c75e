"""Stored messages in; submissions, obligation states, incidents, review cases and queued notices out.

It takes messages in hand and has them read; `records.recording` judges them, several to a commit.
"""

from collections import deque
from collections.abc import Callable
from concurrent.futures import wait
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
# So long the first in line is waited for before it is looked what else could be done.
LOOK_UP_SECONDS = 0.5
# So many times the usual number may be in hand while the first in line, a scan, is still being read.
MOST_BEHIND_A_SLOW_ONE = 4

Read = tuple[Message, Reading]

log = structlog.get_logger()


@dataclass
class Line:
    """The mails in hand, in the order in which they are judged, each being read or read by now."""

    desk: Desk
    reading: deque[Read] = field(default_factory=deque)
    unseen: set[int] = field(default_factory=set)

    def fill(self) -> None:
        """Takes more in hand, when half of it is done; behind one that takes long, when half of it is read."""
        usual = most_in_hand(self.desk)
        while (busy := self._being_done()) <= usual // 2 and len(self.reading) < MOST_BEHIND_A_SLOW_ONE * usual:
            if not self._take(usual - busy):
                return

    def _being_done(self) -> int:
        if not self.reading or self.reading[0][1].done():
            return len(self.reading)
        return sum(not reading.done() for _, reading in self.reading)

    def first_is_read(self) -> bool:
        """Waits a while for the first in line. Where it takes longer, what is urgent and came meanwhile goes before."""
        if wait([self.reading[0][1]], LOOK_UP_SECONDS).done:
            return True
        room = (MOST_BEHIND_A_SLOW_ONE + 1) * most_in_hand(self.desk) - len(self.reading)
        if room > 0:
            self._take(room, only_urgent=True)
        return False

    def _take(self, limit: int, *, only_urgent: bool = False) -> bool:
        """Takes some; False if there are none. A raw file that only another machine sees is left to that one."""
        desk = self.desk
        with desk.database.writing() as session:
            desk.database.alone(session, "claim")
            claimed = mails.claim_messages(session, desk.presence.holder, limit, self.unseen, only_urgent=only_urgent)
            elsewhere = {one.id for one in claimed if _may_be_elsewhere(desk, session, one)}
            mails.put_back(session, elsewhere)
        self.unseen |= elsewhere
        for message in claimed:
            if message.id not in elsewhere:
                self._read(message)
        return bool(claimed)

    def _read(self, message: Message) -> None:
        is_urgent = message.rank == 0
        read = message, self.desk.examine(message.sha256, message.received_at, before_others=is_urgent)
        if is_urgent:
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
            if not line.reading:
                if not more():
                    return
            elif line.first_is_read():
                _record_some(line, tell, stopping)
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
