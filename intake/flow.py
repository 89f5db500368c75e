"""Mail in, judged and answered, side by side: while one batch is judged the next is fetched, and answers leave.

Only what tells of no silence leaves meanwhile: a reminder waits until every mailbox was read. The three jobs meet in
the tables and nowhere else; what passes between them here is that there is something to look at.
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
        self._stored, self._judged, self._idle = threading.Event(), threading.Event(), threading.Event()

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
                self._judged.set()
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
        self.delivered.append(deliver(self._desk, self._stopping, (*ALERTS, *ANSWERS), self._more_is_judged))

    def _hear(self, outcome: Outcome) -> None:
        self._judged.set()
        self._tell(outcome)

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
            while not self._judged.is_set():
                if self._idle.is_set() or self._stopping():
                    return False
                self._judged.wait(LOOK_UP_SECONDS)
        self._judged.clear()
        return True
