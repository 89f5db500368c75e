"""Reporting periods and what is owed for them: period keys, closing windows, first late instants, obligations.

Windows with the closing `decree` are those of Decree 09/2019/NĐ-CP, article 12: they end on the 14th. The nine months
are not in it and follow the same pattern.
"""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from intake.errors import ConfigError
from intake.model import Agency, ReportType
from intake.rules.deadlines.calendar import WorkingDays
from intake.rules.deadlines.due import OnDate, parse_due
from intake.rules.names.directory import Directory
from intake.rules.verdicts import Owed, Round

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)
DECREE_CLOSING_DAY = 14

_DAY = timedelta(days=1)
_YEAR = r"(?P<year>19\d\d|2[01]\d\d)"


@dataclass(frozen=True, slots=True)
class Period:
    """A reporting period, both ends included. `end` is its closing date."""

    key: str
    start: date
    end: date


@dataclass(frozen=True, slots=True)
class _Months:
    """A frequency whose periods span whole months: the n-th of a year ends with month n * span."""

    span: int
    key: str
    pattern: str
    example: str

    @property
    def numbers(self) -> range:
        return range(1, 12 // self.span + 1)


_MONTHS = {
    "monthly": _Months(1, "{year}-{number:02}", _YEAR + r"-(?P<number>0[1-9]|1[0-2])", "2019-10"),
    "quarterly": _Months(3, "{year}-Q{number}", _YEAR + r"-Q(?P<number>[1-4])", "2019-Q3"),
    "half_yearly": _Months(6, "{year}-H{number}", _YEAR + r"-H(?P<number>[12])", "2019-H1"),
    "nine_monthly": _Months(9, "{year}-9M", _YEAR + r"-9M", "2019-9M"),
    "yearly": _Months(12, "{year}", _YEAR, "2019"),
}
_DAILY = re.compile(_YEAR + r"-\d\d-\d\d")
_WEEKLY = re.compile(_YEAR + r"-W(?P<week>\d\d)")


def parse_period(report_type: ReportType, key: str) -> Period:
    """The period that a key such as `2019-10` names for this report type.

    Raises `ConfigError` with what would be right; always for an `ad_hoc` type, whose period comes with its request.
    """
    wanted = key.strip()
    if report_type.frequency == "once":
        period = _once(report_type) if wanted.casefold() == report_type.code.casefold() else None
    elif report_type.frequency == "ad_hoc":
        raise ConfigError(f"{report_type.code} is due on request only: its period comes with the request")
    else:
        period = _parse_regular(report_type, wanted.upper())
    if period is None:
        raise ConfigError(f"{key!r} is no period of {report_type.code}: {_right_key(report_type)}")
    return period


def periods_ending(report_type: ReportType, first: date, last: date) -> list[Period]:
    """The type's periods whose last day lies from `first` to `last`, in order; none for an `ad_hoc` type."""
    first, last = max(first, FIRST_DAY), min(last, LAST_DAY)
    return [period for period in _candidates(report_type, first, last) if first <= period.end <= last]


def due_at(report_type: ReportType, period: Period, working_days: WorkingDays, zone: ZoneInfo) -> datetime:
    """The first instant that is late, aware and in `zone`.

    Raises `ConfigError` for an `ad_hoc` type without a due form: its deadline comes with the request.
    """
    return parse_due(report_type.due, report_type.frequency).late_at(period.end, report_type.roll, working_days, zone)


def owed(
    directory: Directory, working_days: WorkingDays, zone: ZoneInfo, due_from: datetime, due_to: datetime
) -> list[Owed]:
    """Every obligation that falls due from `due_from` until just before `due_to`, in the order of falling due."""
    found = [
        _owed(agency, report_type, period, late_at)
        for report_type in directory.report_types.values()
        for period, late_at in _falling_due(report_type, working_days, zone, due_from, due_to)
        for agency in directory.owing(report_type, period.end)
    ]
    return sorted(found, key=lambda one: (one.due_at, one.agency, one.report_type))


def rounds(
    directory: Directory, working_days: WorkingDays, zone: ZoneInfo, due_from: datetime, due_to: datetime
) -> list[Round]:
    """The same as `owed`, by report type and period."""
    return [
        Round(
            report_type.code,
            period.key,
            period.start,
            period.end,
            late_at,
            tuple(agency.code for agency in directory.owing(report_type, period.end)),
        )
        for report_type in directory.report_types.values()
        for period, late_at in _falling_due(report_type, working_days, zone, due_from, due_to)
    ]


def owed_for(
    directory: Directory,
    report_type: ReportType,
    period: Period,
    agency: Agency,
    working_days: WorkingDays,
    zone: ZoneInfo,
) -> Owed | None:
    """What one agency owes for one period; None if it does not owe it, or if only a request could say when."""
    if not directory.owes(agency, report_type, period.end) or not report_type.due:
        return None
    return _owed(agency, report_type, period, due_at(report_type, period, working_days, zone))


def _falling_due(
    report_type: ReportType, working_days: WorkingDays, zone: ZoneInfo, due_from: datetime, due_to: datetime
) -> Iterator[tuple[Period, datetime]]:
    if report_type.frequency == "ad_hoc":
        return
    reach = parse_due(report_type.due, report_type.frequency).reach
    first = max(max(due_from.astimezone(zone).date(), FIRST_DAY) - reach, report_type.active_from or FIRST_DAY)
    last = min(min(due_to.astimezone(zone).date(), LAST_DAY) + reach, report_type.active_to or LAST_DAY)
    for period in periods_ending(report_type, first, last):
        late_at = due_at(report_type, period, working_days, zone)
        if due_from <= late_at < due_to:
            yield period, late_at


def _owed(agency: Agency, report_type: ReportType, period: Period, late_at: datetime) -> Owed:
    return Owed(agency.code, report_type.code, period.key, period.start, period.end, late_at)


def _candidates(report_type: ReportType, first: date, last: date) -> Iterator[Period]:
    """The periods around the two days, in order: all that end between them, and perhaps a few more."""
    frequency = report_type.frequency
    if frequency == "once":
        yield _once(report_type)
    elif frequency == "daily":
        yield from (_day(first + number * _DAY) for number in range((last - first).days + 1))
    elif frequency == "weekly":
        monday = first - first.weekday() * _DAY
        yield from (_week(monday + number * _DAY) for number in range(0, (last - monday).days + 1, 7))
    elif frequency in _MONTHS:
        for year in range(first.year, last.year + 1):
            yield from (_months(report_type, year, number) for number in _MONTHS[frequency].numbers)


def _day(day: date) -> Period:
    return Period(day.isoformat(), day, day)


def _week(monday: date) -> Period:
    year, week, _ = monday.isocalendar()
    return Period(f"{year}-W{week:02}", monday, monday + 6 * _DAY)


def _months(report_type: ReportType, year: int, number: int) -> Period:
    months = _MONTHS[report_type.frequency]
    last_month = number * months.span
    start, end = date(year, last_month - months.span + 1, 1), date(year, last_month, monthrange(year, last_month)[1])
    if report_type.closing == "decree":
        start, end = (start - _DAY).replace(day=DECREE_CLOSING_DAY + 1), end.replace(day=DECREE_CLOSING_DAY)
    return Period(months.key.format(year=year, number=number), start, end)


def _once(report_type: ReportType) -> Period:
    form = parse_due(report_type.due, "once").form
    assert isinstance(form, OnDate)
    return Period(report_type.code, form.on, form.on)


def _parse_regular(report_type: ReportType, key: str) -> Period | None:
    """The period of a daily, weekly or longer type; None for a key of another form, or of a day that there is not."""
    try:
        if report_type.frequency == "daily":
            return _day(date.fromisoformat(key)) if _DAILY.fullmatch(key) else None
        if report_type.frequency == "weekly":
            found = _WEEKLY.fullmatch(key)
            return _week(date.fromisocalendar(int(found["year"]), int(found["week"]), 1)) if found else None
    except ValueError:
        return None
    months = _MONTHS[report_type.frequency]
    found = re.fullmatch(months.pattern, key)
    return _months(report_type, int(found["year"]), int(found.groupdict().get("number", 1))) if found else None


def _right_key(report_type: ReportType) -> str:
    frequency = report_type.frequency
    if frequency == "once":
        return f"it is due once, and its period is {report_type.code}"
    example = {"daily": "2019-11-04", "weekly": "2019-W44"}.get(frequency) or _MONTHS[frequency].example
    return f"it is {frequency.replace('_', '-')}, so a period is written as {example}"
