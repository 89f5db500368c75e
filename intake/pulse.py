"""The clockwork's own pulse: when it last got on, what it did how often and for how long.

Kept in memory by the process that does the work, read from the thread that serves the figures, gone with the process.
"""

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
    """`on_beat` hears of each sign of progress: that is what a watchdog is fed with."""

    on_beat: Callable[[], None] = lambda: None
    monotonic: Callable[[], float] = time.monotonic
    turns: dict[str, Turns] = field(default_factory=dict)
    worker_deaths: int = 0
    _beaten_at: float | None = None

    def beat(self) -> None:
        """The clockwork got on: a job ended, a mail was stored, read or sent, or it looked whether anything is due."""
        self._beaten_at = self.monotonic()
        self.on_beat()

    def beating(self, stopping: Callable[[], bool]) -> Callable[[], bool]:
        """The same question; but jobs ask it between one mail and the next, so to ask it is progress."""

        def asked() -> bool:
            self.beat()
            return stopping()

        return asked

    @property
    def still_for(self) -> float | None:
        """Seconds since it last got on; None in a process that has no clockwork."""
        return None if self._beaten_at is None else self.monotonic() - self._beaten_at

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

    def worker_died(self) -> None:
        self.worker_deaths += 1
