"""The clockwork's own pulse: when it last got on, what it did how often and for how long.

Kept in memory by the process that does the work, read from the thread that serves the figures, gone with the process.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

WHOLE = "pass"


@dataclass
class Turns:
    """How often one thing was done, what it took in all and the last time, and how often it ended in an error."""

    count: int = 0
    seconds: float = 0.0
    last_seconds: float = 0.0
    failures: int = 0


@dataclass
class Pulse:
    """`on_beat` hears of signs of progress: that is what a watchdog is fed with.

    It hears nothing more while one thread at work has not got on for `hung_after` seconds, whatever the others do.
    """

    on_beat: Callable[[], None] = lambda: None
    monotonic: Callable[[], float] = time.monotonic
    hung_after: float = float("inf")
    turns: dict[str, Turns] = field(default_factory=dict)
    worker_deaths: int = 0
    _beaten_at: float | None = None
    _at_work: dict[int, float] = field(default_factory=dict)
    _waiting: set[int] = field(default_factory=set)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def beat(self) -> None:
        """The clockwork got on: a job ended, a mail was stored, read or sent, or it looked whether anything is due."""
        thread, now = threading.get_ident(), self.monotonic()
        with self._lock:
            if thread in self._waiting:
                return
            self._at_work[thread] = self._beaten_at = now
            all_get_on = now - min(self._at_work.values()) < self.hung_after
        if all_get_on:
            self.on_beat()

    def beating(self, stopping: Callable[[], bool]) -> Callable[[], bool]:
        """The same question; but jobs ask it between one mail and the next, so to ask it is progress."""

        def asked() -> bool:
            self.beat()
            return stopping()

        return asked

    @contextmanager
    def waiting(self) -> Iterator[None]:
        """Within it this thread waits for what another one does, and whatever it asks is no progress."""
        thread = threading.get_ident()
        with self._lock:
            self._waiting.add(thread)
            self._at_work.pop(thread, None)
        try:
            yield
        finally:
            with self._lock:
                self._waiting.discard(thread)
                self._at_work[thread] = self.monotonic()

    @property
    def still_for(self) -> float | None:
        """Seconds since it, or a part of it, last got on; None in a process that has no clockwork."""
        with self._lock:
            if self._beaten_at is None:
                return None
            return self.monotonic() - min(self._at_work.values(), default=self._beaten_at)

    @contextmanager
    def turn(self, name: str) -> Iterator[None]:
        """Counts and times one turn; one that raises has failed."""
        turns, began = self.turns.setdefault(name, Turns()), self.monotonic()
        try:
            yield
        except BaseException:
            turns.failures += 1
            raise
        finally:
            turns.count += 1
            turns.last_seconds = self.monotonic() - began
            turns.seconds += turns.last_seconds
            self.beat()
            with self._lock:
                self._at_work.pop(threading.get_ident(), None)

    def worker_died(self) -> None:
        self.worker_deaths += 1
