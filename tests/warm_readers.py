"""Reading processes that stay between tests: real ones, started once for each kind of settings, not for each desk."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from intake.config import Limits
from intake.documents.sandbox import Readers


class WarmReaders:
    """Stands in for the making of `Readers`. `end` lets all of them go."""

    def __init__(self) -> None:
        self._kept: dict[Any, Readers] = {}

    def __call__(
        self,
        limits: Limits,
        probes: tuple[str, ...],
        workers: int,
        trust_store: Path | None = None,
        on_death: Callable[[], None] = lambda: None,
    ) -> Readers:
        kind = (limits, probes, workers, trust_store)
        if kind not in self._kept:
            self._kept[kind] = _Lasting(*kind)
        self._kept[kind]._on_death = on_death
        return self._kept[kind]

    def end(self) -> None:
        for readers in self._kept.values():
            Readers.__exit__(readers, None, None, None)
        self._kept.clear()


class _Lasting(Readers):
    """Outlives the desk that it reads for."""

    def __exit__(self, *_: object) -> None:
        """The next desk goes on with it."""
