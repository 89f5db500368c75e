"""What people type into forms, turned into what the functions of the office take."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from intake.errors import ConfigError
from intake.rules.due import midnight


def day_of(text: str) -> date:
    """A day as a form gives it. Raises `ConfigError`."""
    try:
        return date.fromisoformat(text[:10])
    except ValueError as cause:
        raise ConfigError(f"{text!r} is not a date; write it as 2019-11-18") from cause


def first_instant(text: str, zone: ZoneInfo) -> datetime:
    """The first instant of a day. Raises `ConfigError`."""
    return midnight(day_of(text), zone)


def last_instant(text: str, zone: ZoneInfo) -> datetime:
    """The instant that ends a day; of a day with a time, that very minute. Raises `ConfigError`."""
    if "T" in text:
        try:
            return datetime.fromisoformat(text).replace(tzinfo=zone)
        except ValueError as cause:
            raise ConfigError(f"{text!r} is not a time; write it as 2019-11-18T08:00") from cause
    return first_instant(text, zone) + timedelta(days=1)
