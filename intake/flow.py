"""Mail in, judged and answered, side by side: while one batch is judged the next is fetched, and answers leave.

Only what tells of no silence leaves meanwhile: a reminder waits until every mailbox was read. The three jobs meet in
the tables and nowhere else; what passes between them here is that there is something to look at, and that judging has
come so far ahead of the answers that it had better wait for them.
"""

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from intake.desk import Desk
from intake.jobs.deliver import Delivered, deliver
from intake.jobs.fetch import Course, Fetched, fetch
from intake.jobs.process import process
from intake.records.outcome import Outcome
from intake.store import mails
from intake.store.outbox import ALERTS, ANSWERS

LOOK_UP_SECONDS = 0.5
# So many mails may be judged before the answers to the first of them have left: judging is the quicker of the two.
MOST_UNANSWERED = 50

Guard = Callable[[str, Callable[[], None]], None]


class Flow:
    """One pass of the mail. `fetched` and `delivered` are there when `run` has ended.

    `tell` hears of each outcome, `expect` of mails that are known to come. `guard` runs each job under its name, so
    that one that fails holds up none of the others. `stirred` is set when a watched mailbox says that mail came.
    """

    def __init__(
        self,
        desk: Desk,
        tell: Callable[[Outcome], None],
        expect: Callable[[int], None],
        stopping: Callable[[], bool],
        guard: Guard,
        stirred: threading.Event,
    ) -> None:
        self.fetched: list[Fetched] = []
        self.delivered: list[Delivered] = []
        self._desk, self._tell, self._expect, self._stopping, self._guard = desk, tell, expect, stopping, guard
        self._stirred = stirred
        self._reading = True
        self._stored, self._idle = threading.Event(), threading.Event()
        self._answers = _Answers(stopping)

    def run(self) -> None:
        with ThreadPoolExecutor(2, thread_name_prefix="flow") as beside:
            others = [
                beside.submit(self._guard, "fetch", self._fetch),
                beside.submit(self._guard, "answer", self._answer),
            ]
            try:
                self._guard("process", self._process)
            finally:
                self._idle.set()
                self._answers.look_up()
        for other in others:
            other.result()
        if self._stored.is_set():
            self._guard("process", self._process)

    def _expect_what_waits(self) -> None:
        with self._desk.database.reading() as session:
            self._expect(mails.count_waiting(session))

    def _fetch(self) -> None:
        """Looks into the mailboxes again when one stirs, and at each poll, as long as judging what was there takes."""
        try:
            self._expect_what_waits()
            while True:
                self._reading = True
                self.fetched += fetch(self._desk, Course(self._stopping, self._stored.set, self._expect))
                self._reading = False
                self._stored.set()
                if self._idles_until_the_next_look():
                    return
        finally:
            self._reading = False
            self._stored.set()

    def _idles_until_the_next_look(self) -> bool:
        """Waits until it is time to look again; True when all is judged: the next pass looks then."""
        until = time.monotonic() + self._desk.config.daemon.poll_every.total_seconds()
        with self._desk.pulse.waiting():
            while not self._stirred.is_set() and time.monotonic() < until:
                if self._idle.wait(LOOK_UP_SECONDS) or self._stopping():
                    return True
        if self._idle.is_set() or self._stopping():
            return True
        self._stirred.clear()
        return False

    def _process(self) -> None:
        self._stored.clear()
        process(self._desk, self._hear, self._stopping, self._more_is_stored)

    def _answer(self) -> None:
        try:
            self.delivered.append(deliver(self._desk, self._stopping, (*ALERTS, *ANSWERS), self._more_is_judged))
        finally:
            self._answers.end()

    def _hear(self, outcome: Outcome) -> None:
        self._tell(outcome)
        with self._desk.pulse.waiting():
            self._answers.owe_one()

    def _more_is_stored(self) -> bool:
        """Waits until there may be something to judge; False when the mailboxes were read to their end."""
        with self._desk.pulse.waiting():
            while not self._stored.wait(LOOK_UP_SECONDS if self._reading else 0):
                if self._stopping() or not self._reading:
                    return False
        self._stored.clear()
        return True

    def _more_is_judged(self) -> bool:
        """Waits until there may be something to send; False when all is judged."""
        with self._desk.pulse.waiting():
            return self._answers.sweep(self._idle.is_set)


class _Answers:
    """How far the sending of answers is behind the judging. Whoever waits is woken when that changes."""

    def __init__(self, over: Callable[[], bool]) -> None:
        self._changed = threading.Condition()
        self._judged = self._sweeping = self._swept = 0
        self._has_ended = False
        self._over = over

    def owe_one(self) -> None:
        """A mail was judged: there may be something to send. Waits where the answers fall behind."""
        with self._changed:
            self._judged += 1
            self._changed.notify_all()
            while self._judged - self._swept >= MOST_UNANSWERED and not (self._has_ended or self._over()):
                self._changed.wait(LOOK_UP_SECONDS)

    def sweep(self, is_all: Callable[[], bool]) -> bool:
        """Nothing of what was owed is left. Waits until more is; False when `is_all` that ever will be."""
        with self._changed:
            self._swept = self._sweeping
            self._changed.notify_all()
            while self._judged == self._sweeping:
                if is_all() or self._over():
                    return False
                self._changed.wait(LOOK_UP_SECONDS)
            self._sweeping = self._judged
            return True

    def end(self) -> None:
        """No answer is sent any more in this pass, as when the mail server is away: nobody is to wait for one."""
        self._has_ended = True
        self.look_up()

    def look_up(self) -> None:
        with self._changed:
            self._changed.notify_all()
