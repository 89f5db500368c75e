"""A period key taken apart, for those who put it into words."""

import re
from typing import Literal, NamedTuple, Protocol

Unit = Literal["day", "week", "month", "quarter", "half", "nine_months", "year"]

_KEY = re.compile(
    r"(?P<year>\d{4})"
    r"(?:-(?:W(?P<week>\d\d)|Q(?P<quarter>[1-4])|H(?P<half>[12])|(?P<nine_months>9)M|(?P<month>\d\d)(?:-(?P<day>\d\d))?))?"
)


class Periodic(Protocol):
    """What a report line and an obligation line have in common."""

    @property
    def report_type(self) -> str: ...
    @property
    def report_name(self) -> str: ...
    @property
    def period(self) -> str: ...


class PeriodParts(NamedTuple):
    """`number` is the week, month, quarter, half or day of the month; `month` is 0 but for days and months."""

    unit: Unit
    year: int
    number: int
    month: int = 0


def period_parts(line: Periodic) -> PeriodParts | None:
    """None where the period is not one of the calendar: the code of a `once` type, or of a request."""
    found = _KEY.fullmatch(line.period)
    if not found or line.period == line.report_type:
        return None
    year = int(found["year"])
    if found["day"]:
        return PeriodParts("day", year, int(found["day"]), int(found["month"]))
    for unit in ("week", "month", "quarter", "half", "nine_months"):
        if found[unit]:
            number = int(found[unit])
            return PeriodParts(unit, year, number, number if unit == "month" else 0)
    return PeriodParts("year", year, year)
