"""Hangs up on a server that never falls silent for long and never comes to an end either.

A socket's timeout is for one wait. A server that sends a byte a second is never waited for too long, so what one
command waits for altogether has a limit, too: twice that time, and more for what is long.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

SLOWEST_BYTES = 10_000
LOOK_UP_SECONDS = 0.5


class Watchdog:
    """Watches what one connection waits for. `hang_up` ends the wait; it is called from another thread."""

    def __init__(self, seconds: float, hang_up: Callable[[], object]) -> None:
        self._seconds, self._hang_up = seconds, hang_up
        self._waited, self._since, self._allowed = 0.0, 0.0, 0.0
        self._over = threading.Event()
        self.begin()
        threading.Thread(target=self._watch, name="watchdog", daemon=True).start()

    def begin(self) -> None:
        """Another command: what was waited for so far is forgotten."""
        self._waited, self._allowed = 0.0, 2 * self._seconds

    @contextmanager
    def waiting(self, size: int = 0) -> Iterator[None]:
        """Within it the server is waited for, which may take longer for `size` bytes."""
        self._allowed += size / SLOWEST_BYTES
        began = self._since = time.monotonic()
        try:
            yield
        finally:
            self._waited += time.monotonic() - began
            self._since = 0.0

    def end(self) -> None:
        """The connection is closed: there is nothing to watch any more."""
        self._over.set()

    def _watch(self) -> None:
        while not self._over.wait(min(LOOK_UP_SECONDS, self._seconds)):
            if self._since and self._waited + time.monotonic() - self._since > self._allowed:
                self._hang_up()
                return
