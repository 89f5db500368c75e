"""Why a deadline is what it is: the window, the last day that the due form finds, each day passed on the way, the roll.

Takes the same steps as `due`, one after the other, and says what it met. What it comes to is what `due` comes to.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from intake.model import ReportType
from intake.rules.deadlines.calendar import DayNature, WorkingDays
from intake.rules.deadlines.due import AfterClosing, DayOfMonth, DayOfWeek, DueForm, parse_due
from intake.rules.deadlines.periods import Period

FormKind = Literal["working_days_after", "days_after", "day_of_month", "before_day_of_month", "weekday", "date"]

# The paragraph of article 12 of Decree 09/2019/NĐ-CP that closes a frequency's periods. It has none for nine months.
_PARAGRAPHS = {"monthly": 1, "quarterly": 2, "half_yearly": 3, "yearly": 4}
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DeadlineReasons:
    """`counted` are the days from the closing date to the last day, `rolled` those passed in moving off days off."""

    frequency: str
    closing: str
    paragraph: int
    period_start: date
    period_end: date
    due: str
    form: FormKind
    amount: int
    next_month: bool
    found_on: date
    counted: tuple[DayNature, ...]
    roll: str
    rolled: tuple[DayNature, ...]
    last_day: date
    at: time | None
    late_at: datetime
    is_provisional: bool


def reasons_for(report_type: ReportType, period: Period, working_days: WorkingDays, zone: ZoneInfo) -> DeadlineReasons:
    """The steps to a deadline. Raises `ConfigError` for a type whose deadline comes with its request."""
    rule = parse_due(report_type.due, report_type.frequency)
    found_on = rule.form.last_day(period.end, working_days)
    late_at = rule.late_at(period.end, report_type.roll, working_days, zone)
    last_day = late_at.date() if rule.at else late_at.date() - _DAY
    form, amount = _form(rule.form)
    return DeadlineReasons(
        frequency=report_type.frequency,
        closing=report_type.closing,
        paragraph=_PARAGRAPHS.get(report_type.frequency, 0) if report_type.closing == "decree" else 0,
        period_start=period.start,
        period_end=period.end,
        due=report_type.due,
        form=form,
        amount=amount,
        next_month=isinstance(rule.form, DayOfMonth) and rule.form.next_month,
        found_on=found_on,
        counted=_days(period.end + _DAY, found_on, working_days) if form == "working_days_after" else (),
        roll=report_type.roll,
        rolled=_passed(found_on, last_day, working_days),
        last_day=last_day,
        at=rule.at,
        late_at=late_at,
        is_provisional=working_days.is_provisional(last_day.year),
    )


def _form(form: DueForm) -> tuple[FormKind, int]:
    match form:
        case AfterClosing(days=days, only_working=only_working):
            return ("working_days_after" if only_working else "days_after"), days
        case DayOfMonth(day=day, before=before):
            return ("before_day_of_month" if before else "day_of_month"), day
        case DayOfWeek(weekday=weekday):
            return "weekday", weekday
        case _:
            return "date", 0


def _days(first: date, last: date, working_days: WorkingDays) -> tuple[DayNature, ...]:
    return tuple(working_days.nature_of(first + number * _DAY) for number in range((last - first).days + 1))


def _passed(found_on: date, last_day: date, working_days: WorkingDays) -> tuple[DayNature, ...]:
    """The days off between what the due form finds and where it was moved to, in the direction of moving."""
    if last_day >= found_on:
        return _days(found_on, last_day - _DAY, working_days)
    return tuple(reversed(_days(last_day + _DAY, found_on, working_days)))
