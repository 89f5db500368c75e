"""What the periods named in a text mean on the day that a mail came: keys of the registry, or why none is certain.

A year that is not written is the one in which such a report would arrive that day. A period that had hardly begun, or
that ended long ago, is a slip of the pen or the wrong document: it is doubtful, never booked.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from intake.rules.language.period_patterns import NO_SUCH, PeriodMention

_DAY = timedelta(days=1)
# How many days after its first day a period may be reported on, and until how many days after its last.
_REPORTABLE = {
    "daily": (0, 14),
    "weekly": (-3, 60),
    "monthly": (6, 200),
    "quarterly": (45, 200),
    "half_yearly": (110, 92),
    "nine_monthly": (200, 200),
    "yearly": (288, 250),
}
_SHORTEST_WEEK = 3
_SPAN = {"monthly": 1, "quarterly": 3, "half_yearly": 6, "nine_monthly": 9, "yearly": 12}
_NUMBERED = ("monthly", "quarterly", "half_yearly")
_KEY = {"monthly": "{}-{:02}", "quarterly": "{}-Q{}", "half_yearly": "{}-H{}", "nine_monthly": "{}-9M", "yearly": "{}"}


@dataclass(frozen=True, slots=True)
class Meaning:
    """The periods meant, as keys, and the words of those that cannot be believed or that leave open which is meant."""

    keys: tuple[str, ...] = ()
    doubtful: tuple[str, ...] = ()

    @property
    def certain(self) -> str | None:
        return self.keys[0] if len(self.keys) == 1 and not self.doubtful else None


def meaning(mentions: Iterable[PeriodMention], frequency: str, on: date) -> Meaning:
    """What those mentions mean that stand in the reported part and have the frequency's unit."""
    keys: dict[str, None] = {}
    doubtful: dict[str, None] = {}
    for mention in mentions:
        if mention.unit == frequency and not mention.planned:
            key = _key(mention, on)
            (keys if key else doubtful)[key or mention.words] = None
    return Meaning(tuple(keys), tuple(doubtful))


def without_next(mentions: Iterable[PeriodMention], on: date) -> list[PeriodMention]:
    """The mentions but those of a period to come right behind another: "quý I/2026 - quý II/2026" has the plan, too."""
    given = list(mentions)
    spans = [_span(one) for one in given]
    ends = {(one.unit, span[1]) for one, span in zip(given, spans, strict=True) if span}
    return [
        one
        for one, span in zip(given, spans, strict=True)
        if not (span and span[0] > on and (one.unit, span[0] - _DAY) in ends)
    ]


def _span(mention: PeriodMention) -> tuple[date, date] | None:
    if mention.unit not in _NUMBERED or mention.number in (None, NO_SUCH) or not mention.year:
        return None
    return _bounds(mention.unit, mention.year, mention.number)


def is_reported_on(frequency: str, key: str, day: date) -> bool:
    """Whether a report for a span of months may have been written on a day; true of other periods."""
    if frequency not in _SPAN:
        return True
    numbers = re.findall(r"\d+", key)
    number = int(numbers[1]) if frequency in _NUMBERED else 1
    return _reportable(frequency, *_bounds(frequency, int(numbers[0]), number), day)


def _key(mention: PeriodMention, on: date) -> str | None:
    years = [mention.year] if mention.year else [on.year - 1, on.year, on.year + 1]
    found = {key for year in years for key in _keys_in(mention, year, on)}
    return found.pop() if len(found) == 1 else None


def _keys_in(mention: PeriodMention, year: int, on: date) -> list[str]:
    """The keys that the mention can mean in a year and that could be reported on that day."""
    if mention.number == NO_SUCH:
        return []
    if mention.unit == "daily":
        day = _date(year, mention.number, mention.day)
        return [day.isoformat()] if day and _reportable("daily", day, day, on) else []
    if mention.unit == "weekly":
        monday = _monday(mention, year)
        return [_week_key(monday)] if monday and _reportable("weekly", monday, monday + 6 * _DAY, on) else []
    numbers = [mention.number] if mention.number and mention.unit != "nine_monthly" else _open_numbers(mention.unit)
    return [
        _KEY[mention.unit].format(year, number)
        for number in numbers
        if _reportable(mention.unit, *_bounds(mention.unit, year, number), on)
    ]


def _open_numbers(unit: str) -> list[int]:
    """ "6 tháng" alone may be either half of the year: the day of the mail tells which, or nobody can."""
    return [1, 2] if unit == "half_yearly" else [1]


def _bounds(unit: str, year: int, number: int) -> tuple[date, date]:
    last_month = number * _SPAN[unit]
    after = date(year + last_month // 12, last_month % 12 + 1, 1)
    return date(year, last_month - _SPAN[unit] + 1, 1), after - _DAY


def _reportable(unit: str, start: date, end: date, on: date) -> bool:
    first, last = _REPORTABLE[unit]
    return start + first * _DAY <= on <= end + last * _DAY


def _monday(mention: PeriodMention, year: int) -> date | None:
    """The Monday of the ISO week meant; None if there is no such week, or if the dates are not within one."""
    if mention.dates:
        return _monday_of(*days_of(mention, year))
    try:
        return date.fromisocalendar(year, mention.number or 0, 1)
    except ValueError:
        return None


def days_of(mention: PeriodMention, year: int) -> tuple[date | None, date | None]:
    """The first and the last day that a mention names, in a year unless it names its own; None for no such day."""
    first, last = (_date(stated or mention.year or year, month, day) for day, month, stated in mention.dates)
    if first and last and first > last and not mention.dates[0][2]:
        first = _date(last.year - 1, first.month, first.day) or first
    return first, last


def _monday_of(first: date | None, last: date | None) -> date | None:
    if first is None or last is None:
        return None
    monday = first - first.weekday() * _DAY
    return monday if first <= last <= monday + 6 * _DAY and (last - first).days >= _SHORTEST_WEEK else None


def _week_key(monday: date) -> str:
    year, week, _ = monday.isocalendar()
    return f"{year}-W{week:02}"


def _date(year: int, month: int | None, day: int | None) -> date | None:
    try:
        return date(year, month or 0, day or 0)
    except ValueError:
        return None
