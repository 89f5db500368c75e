"""Which days are worked: the country's public holidays, and the office's own days, which win.

Knows make-up Saturdays where the `holidays` library does. Computes a year when it is first asked for.
"""

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta
from typing import TYPE_CHECKING, Literal

from intake.errors import ConfigError

if TYPE_CHECKING:
    from holidays import HolidayBase

Roll = Literal["next", "previous", "none"]

DayKind = Literal["working_day", "weekend", "holiday", "own_day_off", "own_working_day", "make_up_day"]

_DAY = timedelta(days=1)
_SATURDAY = 5
_ROLL_STEPS: dict[Roll, int] = {"next": 1, "previous": -1, "none": 0}


@dataclass(frozen=True, slots=True)
class DayNature:
    """One day of the calendar: of which kind, and by which name if it is a holiday."""

    day: date
    kind: DayKind
    name: str = ""

    @property
    def is_worked(self) -> bool:
        return self.kind in ("working_day", "own_working_day", "make_up_day")


class WorkingDays:
    """The office's working days. Raises `ConfigError` for an unknown country or a day both off and worked."""

    def __init__(self, country: str = "VN", off: Iterable[date] = (), working: Iterable[date] = ()) -> None:
        self._country = country
        self._off = frozenset(off)
        self._worked = frozenset(working)
        self._own_years = {day.year for day in self._off | self._worked}
        self._years: dict[int, frozenset[date]] = {}
        self._last_announced = _last_announced_year(_holidays(country, ()))
        if both := sorted(self._off & self._worked):
            raise ConfigError(f"calendar: {both[0]} stands in both off and working; a day is one or the other")

    def is_working(self, day: date) -> bool:
        return day in self._year(day.year)

    def nature_of(self, day: date) -> DayNature:
        """Why a day is worked or not, with the holiday's own name where it is one."""
        calendar = _holidays(self._country, [day.year])
        if day in self._off or day in self._worked:
            return DayNature(day, "own_day_off" if day in self._off else "own_working_day")
        if not self.is_working(day):
            name = calendar.get(day)
            return DayNature(day, "holiday", name) if name else DayNature(day, "weekend")
        return DayNature(day, "make_up_day" if day.weekday() >= _SATURDAY else "working_day")

    def shift(self, day: date, n: int) -> date:
        """The n-th working day after `day`, or before it where n is negative; `day` itself for 0."""
        step = _DAY if n > 0 else -_DAY
        for _ in range(abs(n)):
            day = self._nearest(day + step, step)
        return day

    def roll(self, day: date, roll: Roll) -> date:
        """Where a last day that is not a working day moves."""
        return self._nearest(day, _ROLL_STEPS[roll] * _DAY)

    def is_provisional(self, year: int) -> bool:
        """Whether the year's swapped days may still be announced: neither the library nor the office knows any yet."""
        return year > self._last_announced and year not in self._own_years

    def fingerprint(self, years: Iterable[int]) -> str:
        """The same as long as the same days of these years are worked."""
        days = [day.isoformat() for year in years for day in sorted(self._year(year))]
        return hashlib.sha256(" ".join(days).encode()).hexdigest()[:16]

    def _year(self, year: int) -> frozenset[date]:
        if year not in self._years:
            self._years[year] = self._working_days_of(year)
        return self._years[year]

    def _nearest(self, day: date, step: timedelta) -> date:
        while step and not self.is_working(day):
            day += step
        return day

    def _working_days_of(self, year: int) -> frozenset[date]:
        # A day swapped across New Year is listed under the year of the day off, so the neighbours are asked too.
        calendar = _holidays(self._country, range(max(MINYEAR, year - 1), min(MAXYEAR, year + 1) + 1))
        first = date(year, 1, 1)
        days = (first + number * _DAY for number in range((date(year, 12, 31) - first).days + 1))
        return frozenset(
            day for day in days if day in self._worked or (day not in self._off and calendar.is_working_day(day))
        )


def _holidays(country: str, years: Collection[int]) -> "HolidayBase":
    # Half of the commands ask for no day, and the library holds up their start.
    from holidays import country_holidays

    try:
        return country_holidays(country, years=years, language="vi")
    except NotImplementedError:
        raise ConfigError(f'calendar: the country {country!r} is not known; give its code, such as "VN"') from None


def _last_announced_year(calendar: "HolidayBase") -> int:
    """The last year for which the library knows swapped days; where a country has none, nothing is to be announced."""
    return max(getattr(calendar, "special_public_holidays", {}), default=MAXYEAR)
