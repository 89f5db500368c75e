"""The only place where the time is read. Everything else is given an instant."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """The current instant, aware, in UTC."""
    return datetime.now(UTC)


def clock_at(moment: datetime) -> Clock:
    """A clock that stands still at `moment`, so that any day can be replayed with `--at`."""
    frozen = moment.astimezone(UTC)
    return lambda: frozen


def clock_from(moment: datetime) -> Clock:
    """A clock that reads `moment` now and runs on from there at the ordinary pace."""
    offset: timedelta = moment.astimezone(UTC) - system_clock()
    return lambda: system_clock() + offset
