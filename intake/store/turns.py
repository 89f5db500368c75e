"""A lock whose holder can see that somebody waits for it, and that goes round in the order of asking.

SQLite lets one transaction write at a time and makes the others poll for it. The threads of one process take turns here
instead, so that a long transaction can end early for the sake of a short one.
"""

import threading
from collections import deque
from types import TracebackType


class Turns:
    """Not reentrant, as little as SQLite's own lock."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._waiting: deque[threading.Lock] = deque()
        self._taken = False

    @property
    def wanted(self) -> bool:
        return bool(self._waiting)

    def __enter__(self) -> None:
        with self._guard:
            if not self._taken:
                self._taken = True
                return
            gate = threading.Lock()
            gate.acquire()
            self._waiting.append(gate)
        try:
            gate.acquire()
        except BaseException:
            self._give_up(gate)
            raise

    def __exit__(
        self, kind: type[BaseException] | None, cause: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pass_on()

    def _give_up(self, gate: threading.Lock) -> None:
        """Interrupted while waiting: steps out of the line, or passes on a turn that came meanwhile."""
        with self._guard:
            if gate in self._waiting:
                self._waiting.remove(gate)
                return
        self._pass_on()

    def _pass_on(self) -> None:
        with self._guard:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._taken = False
