"""The deadline column of the registry: "closing +2wd", "before day 20", "thu 15:00" to a rule, and to an instant.

A due form finds the last day; the roll moves it to a working day; a time, where one stands, is strict.
"""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import cast
from zoneinfo import ZoneInfo

from intake.errors import ConfigError
from intake.rules.deadlines.calendar import Roll, WorkingDays

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

# Nothing is told apart in less: what ends at midnight is in time up to an instant before.
INSTANT = timedelta(microseconds=1)

_DAY = timedelta(days=1)
# The longest run of days off that a roll, or the holidays among counted working days, can meet.
_LONGEST_BREAK = 30


@dataclass(frozen=True, slots=True)
class AfterClosing:
    """`closing +2wd`, `closing +3d`; with no days, the closing date itself, as for a daily report."""

    days: int = 0
    only_working: bool = False

    @property
    def reach(self) -> int:
        return 2 * self.days + _LONGEST_BREAK

    def last_day(self, closing: date, working_days: WorkingDays) -> date:
        return working_days.shift(closing, self.days) if self.only_working else closing + self.days * _DAY


@dataclass(frozen=True, slots=True)
class DayOfMonth:
    """`day 20`, `day 5 next month`, `before day 20`. Past the end of a short month it is the month's last day."""

    day: int
    next_month: bool = False
    before: bool = False

    @property
    def reach(self) -> int:
        return 62

    def last_day(self, closing: date, working_days: WorkingDays) -> date:
        first = closing.replace(day=1)
        if self.next_month:
            first = (first + 31 * _DAY).replace(day=1)
        wanted = self.day - 1 if self.before else self.day
        return first + (min(wanted, monthrange(first.year, first.month)[1]) - 1) * _DAY


@dataclass(frozen=True, slots=True)
class DayOfWeek:
    """`thu`: that day of the ISO week that closes."""

    weekday: int

    @property
    def reach(self) -> int:
        return 6

    def last_day(self, closing: date, working_days: WorkingDays) -> date:
        return closing + (self.weekday - closing.weekday()) * _DAY


@dataclass(frozen=True, slots=True)
class OnDate:
    """`2026-03-31`, for what is reported once."""

    on: date

    @property
    def reach(self) -> int:
        return 0

    def last_day(self, closing: date, working_days: WorkingDays) -> date:
        return self.on


# Each finds the last day in time from a period's closing date, at most `reach` days from it.
DueForm = AfterClosing | DayOfMonth | DayOfWeek | OnDate


@dataclass(frozen=True, slots=True)
class DueRule:
    """A deadline: how the last day is found and, where `at` is given, the time of that day at which it is late."""

    form: DueForm
    at: time | None = None

    @property
    def reach(self) -> timedelta:
        """How far the first late instant can lie from the closing date, either way."""
        return (self.form.reach + _LONGEST_BREAK) * _DAY

    def late_at(self, closing: date, roll: str, working_days: WorkingDays, zone: ZoneInfo) -> datetime:
        """The first instant that is late."""
        last_day = working_days.roll(self.form.last_day(closing, working_days), cast(Roll, roll))
        return midnight(last_day + _DAY, zone) if self.at is None else datetime.combine(last_day, self.at, zone)


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """The instant at which a day begins in the zone."""
    return datetime.combine(day, time(), zone)


@lru_cache(maxsize=4096)
def parse_due(text: str, frequency: str) -> DueRule:
    """The deadline that the registry's column `due` states for a frequency.

    Raises `ConfigError` with what would be right; also for the empty text, which only an `ad_hoc` type may leave.
    """
    found = _TIMED.fullmatch(" ".join(text.lower().split()))
    assert found
    rest, clock = found["rest"].strip(), found["clock"]
    form = AfterClosing() if not rest and clock and frequency in _TIME_ALONE else _form(rest, frequency)
    if form is None:
        stated = f"the deadline {text!r}" if text else "an empty deadline"
        right = _RIGHT.get(frequency, _RIGHT["monthly"])
        raise ConfigError(f"{stated} is none for the frequency {frequency}: {right}")
    return DueRule(form, _clock(clock) if clock else None)


def _form(text: str, frequency: str) -> DueForm | None:
    for pattern, frequencies, build in _FORMS:
        found = pattern.fullmatch(text)
        if found and frequency in frequencies:
            return build(found)
    return None


def _after_closing(found: re.Match[str]) -> DueForm:
    return AfterClosing(int(found["days"]), found["unit"] == "wd")


def _day_of_month(found: re.Match[str]) -> DueForm:
    day = int(found["day"])
    if not 1 <= day <= 31:
        raise ConfigError(f"the deadline {found[0]!r} needs a day from 1 to 31")
    return DayOfMonth(day, next_month=bool(found["next"]), before=bool(found["before"]))


def _day_of_week(found: re.Match[str]) -> DueForm:
    return DayOfWeek(WEEKDAYS.index(found[0]))


def _on_date(found: re.Match[str]) -> DueForm:
    try:
        return OnDate(date.fromisoformat(found[0]))
    except ValueError:
        raise ConfigError(f"the deadline {found[0]!r} is no day of the calendar; a date such as 2026-03-31") from None


def _clock(text: str) -> time:
    hour, minute = map(int, text.split(":"))
    if hour > 23 or minute > 59:
        raise ConfigError(
            f"the deadline's time {text!r} lies outside 00:00 to 23:59; with no time the whole last day counts"
        )
    return time(hour, minute)


_BY_MONTHS = frozenset({"monthly", "quarterly", "half_yearly", "nine_monthly", "yearly"})
_TIME_ALONE = frozenset({"daily", "ad_hoc"})

_TIMED = re.compile(r"(?P<rest>.*?)(?P<clock>(?:^|(?<= ))\d{1,2}:\d\d)?")
_FORMS: tuple[tuple[re.Pattern[str], frozenset[str], Callable[[re.Match[str]], DueForm]], ...] = (
    (
        re.compile(r"closing ?\+ ?(?P<days>\d{1,3}) ?(?P<unit>wd|d)"),
        _BY_MONTHS | {"daily", "weekly", "ad_hoc"},
        _after_closing,
    ),
    (re.compile(r"(?P<before>before )?day (?P<day>\d{1,2})(?P<next> next month)?"), _BY_MONTHS, _day_of_month),
    (re.compile("|".join(WEEKDAYS)), frozenset({"weekly"}), _day_of_week),
    (re.compile(r"\d{4}-\d\d-\d\d"), frozenset({"once"}), _on_date),
)
_RIGHT = {
    "daily": 'a time such as "17:00"',
    "weekly": 'a day such as "thu" or "fri 15:00", or "closing +2wd"',
    "monthly": '"closing +2wd", "closing +3d", "day 20", "day 5 next month" or "before day 20"; a time may follow',
    "once": 'a date such as "2026-03-31" or "2026-03-31 17:00"',
    "ad_hoc": 'nothing, as the deadline comes with the request, or a form such as "closing +1d 17:00"',
}
