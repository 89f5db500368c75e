"""How far a long work has come, with a rate and the time left: a bar on a terminal, elsewhere now and then a log line.

It stands on stderr, so that stdout holds only what was asked for. Little work goes by unseen.
"""

import sys
import time
from collections.abc import Callable
from datetime import timedelta
from types import TracebackType
from typing import Self

import structlog
from rich import progress as rich
from rich.console import Console
from rich.text import Text

FEW = 20
LINE_EVERY_SECONDS = 10.0

log = structlog.get_logger()


class Progress:
    """To be used in a `with`, from any thread. What is expected may grow, or shrink, while work goes on."""

    def __init__(
        self, what: str, console: Console | None = None, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        console = console or Console(stderr=True)
        self._is_seen = console.is_terminal
        self._what, self._monotonic = what, monotonic
        # Bound now, so that what the work itself logs may be kept quiet meanwhile.
        self._log = log.bind()
        self._bar = rich.Progress(
            rich.TextColumn("{task.description}"), rich.BarColumn(), rich.MofNCompleteColumn(), _Rate(),
            rich.TimeRemainingColumn(), console=console, transient=True, get_time=monotonic,
            # A terminal on stderr says nothing of stdout: lines for another program must not go to the terminal.
            redirect_stdout=sys.stdout.isatty(),
        )  # fmt: skip
        self._bar.add_task(what, total=None)
        [self._task] = self._bar.tasks
        self._began_at = self._told_at = monotonic()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._is_seen:
            self._bar.stop()
        if self._began_at < self._told_at < self._monotonic():
            self._tell()

    def expect(self, more: int) -> None:
        """So many more pieces of work are known of; fewer, where some turn out to be done already."""
        if more:
            self._bar.update(self._task.id, total=(self._task.total or 0) + more)
        if self._is_seen and (self._task.total or 0) > FEW:
            self._bar.start()

    def advance(self, _done: object = None) -> None:
        """One more piece is done."""
        self._bar.advance(self._task.id)
        if not self._is_seen and self._monotonic() - self._told_at >= LINE_EVERY_SECONDS:
            self._tell()

    def _tell(self) -> None:
        self._told_at = self._monotonic()
        done, total = int(self._task.completed), int(self._task.total or 0)
        a_second = done / max(self._told_at - self._began_at, 1e-9)
        left = timedelta(seconds=round((total - done) / a_second)) if a_second else "unknown"
        self._log.info(self._what, done=done, of=total, a_second=round(a_second, 1), left=str(left))


class _Rate(rich.ProgressColumn):
    def render(self, task: rich.Task) -> Text:
        return Text(f"{task.finished_speed or task.speed or 0:.1f}/s", style="progress.data.speed")
