"""Days and times as people type them at a prompt or into a form, turned into moments in the office's zone.

All of it is ISO 8601. What is none raises `ConfigError`.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from intake.errors import ConfigError
from intake.rules.deadlines.due import midnight


def day_of(text: str) -> date:
    """A date, or the date of a moment."""
    try:
        return datetime.fromisoformat(text).date()
    except ValueError as cause:
        raise ConfigError(f"{text!r} is not a date; write it as 2019-11-18") from cause


def moment_of(text: str, zone: ZoneInfo) -> datetime:
    """A moment; without an offset it is the office's time, and a day alone its first instant."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as cause:
        raise ConfigError(f"{text!r} is not a time; write it as 2019-11-18T08:00+07:00") from cause
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def first_instant(text: str, zone: ZoneInfo) -> datetime:
    """The first instant of a day."""
    return midnight(day_of(text), zone)


def last_instant(text: str, zone: ZoneInfo) -> datetime:
    """The instant that ends a day."""
    return midnight(day_of(text) + timedelta(days=1), zone)


def late_moment(text: str, zone: ZoneInfo) -> datetime:
    """The first instant that is late: a day counts to its end, a time is strict."""
    return moment_of(text, zone) if "T" in text or ":" in text else last_instant(text, zone)


def if_given(read: Callable[[str, ZoneInfo], datetime], text: str, zone: ZoneInfo) -> datetime | None:
    """What was typed, read in one of these ways; None where nothing was."""
    return read(text, zone) if text else None
