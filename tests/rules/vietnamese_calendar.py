"""Which days a Vietnamese office works, computed from the moon, the sun and the law: a second opinion for the tests.

Nothing here is taken from the program or from the library that it asks. New moons and the sun's longitude are those of
Jean Meeus, "Astronomical Algorithms" (chapters 25 and 49, shortened), at the meridian of UTC+7. The days off are those
of article 115 of the Labour Code of 2012 and article 112 of that of 2019, with the swaps that were announced.
"""

from datetime import date, timedelta
from functools import cache
from math import floor, pi, sin

ONE = timedelta(1)
_JULIAN_OF_ORDINAL_0 = 1721424.5
_NEW_MOON_OF_2000 = 2451550.09766
_MONTH = 29.530588861
# Off, and the Saturday that was worked instead.
SWAPS = {
    date(2015, 1, 2): date(2014, 12, 27), date(2015, 2, 16): date(2015, 2, 14), date(2015, 4, 29): date(2015, 4, 25),
    date(2018, 12, 31): date(2019, 1, 5), date(2019, 4, 29): date(2019, 5, 4), date(2024, 4, 29): date(2024, 5, 4),
    date(2025, 5, 2): date(2025, 4, 26), date(2026, 1, 2): date(2026, 1, 10), date(2026, 8, 31): date(2026, 8, 22),
}  # fmt: skip
# Of which day beside 2 September the law's second day off was made, by the weekday of 2 September (Monday is 0).
_BESIDE_NATIONAL_DAY = {0: 1, 1: -1, 2: -1, 3: 1, 4: -1, 5: -1, 6: 1}


def _new_moon(number: int) -> date:
    """The day, at UTC+7, of the new moon that is so many months after that of January 2000."""
    t = number / 1236.85
    sun = (2.5534 + 29.1053567 * number) * pi / 180
    moon = (201.5643 + 385.81693528 * number) * pi / 180
    latitude = (160.7108 + 390.67050284 * number) * pi / 180
    e = 1 - 0.002516 * t
    terms = (
        -0.4072 * sin(moon) + 0.17241 * e * sin(sun) + 0.01608 * sin(2 * moon) + 0.01039 * sin(2 * latitude)
        + 0.00739 * e * sin(moon - sun) - 0.00514 * e * sin(moon + sun) + 0.00208 * e * e * sin(2 * sun)
        - 0.00111 * sin(moon - 2 * latitude) - 0.00057 * sin(moon + 2 * latitude)
        + 0.00056 * e * sin(2 * moon + sun) - 0.00042 * sin(3 * moon) + 0.00042 * e * sin(sun + 2 * latitude)
        + 0.00038 * e * sin(sun - 2 * latitude) - 0.00024 * e * sin(2 * moon - sun)
    )  # fmt: skip
    terrestrial = _NEW_MOON_OF_2000 + _MONTH * number + 0.00015437 * t * t + terms
    universal = terrestrial - 72 / 86400
    return date.fromordinal(floor(universal + 7 / 24 - _JULIAN_OF_ORDINAL_0))


def _sun_at_midnight(day: date) -> float:
    """The sun's apparent longitude, in degrees, where the day begins at UTC+7."""
    t = (day.toordinal() + _JULIAN_OF_ORDINAL_0 - 7 / 24 - 2451545) / 36525
    mean = 280.46646 + 36000.76983 * t
    anomaly = (357.52911 + 35999.05029 * t) * pi / 180
    centre = (1.914602 - 0.004817 * t) * sin(anomaly) + 0.019993 * sin(2 * anomaly) + 0.000289 * sin(3 * anomaly)
    node = (125.04 - 1934.136 * t) * pi / 180
    return (mean + centre - 0.00569 - 0.00478 * sin(node)) % 360


def _sign(first: date) -> int:
    return int(_sun_at_midnight(first) // 30)


@cache
def _month_eleven(year: int) -> int:
    """The number of the new moon that begins the month with the winter solstice of that year."""
    number = round((date(year, 12, 21).toordinal() + _JULIAN_OF_ORDINAL_0 - _NEW_MOON_OF_2000) / _MONTH)
    solstice = next(
        day for day in (date(year, 12, 19) + n * ONE for n in range(6)) if _sun_at_midnight(day + ONE) >= 270
    )
    while _new_moon(number) > solstice:
        number -= 1
    while _new_moon(number + 1) <= solstice:
        number += 1
    return number


@cache
def lunar_day(year: int, month: int, day: int) -> date:
    """The day of a lunar month from 1 to 10 of the lunar year that begins in `year`, leap months left out."""
    before, after = _month_eleven(year - 1), _month_eleven(year)
    number = before + month + 1
    if after - before == 13:
        leap = next(n for n in range(before + 1, after) if _sign(_new_moon(n)) == _sign(_new_moon(n + 1)))
        number += leap <= number
    return _new_moon(number) + (day - 1) * ONE


def is_weekend(day: date) -> bool:
    return day.isoweekday() >= 6


@cache
def days_off(year: int) -> frozenset[date]:
    """The days of rest by law and practice, weekends left out."""
    tet = lunar_day(year, 1, 1)
    festive = [tet + n * ONE for n in range(-1, 4)]
    single = [date(year, 1, 1), lunar_day(year, 3, 10), date(year, 4, 30), date(year, 5, 1), date(year, 9, 2)]
    if year >= 2026:
        single.append(date(year, 11, 24))
    off = {*festive, *single}
    if year >= 2021:
        off.add(date(year, 9, 2) + _BESIDE_NATIONAL_DAY[date(year, 9, 2).weekday()] * ONE)
    off |= {swapped for swapped in SWAPS if swapped.year == year}
    for day in festive:
        # By practice since 2014 a Saturday of Tết is made up for before it, and a Sunday after it.
        if is_weekend(day):
            off.add(_next_free(day, -ONE if day.isoweekday() == 6 else ONE, off))
    for day in sorted(single):
        if is_weekend(day):
            off.add(_next_free(day, ONE, off))
    return frozenset(day for day in off if not is_weekend(day))


def _next_free(day: date, step: timedelta, taken: set[date]) -> date:
    while is_weekend(day) or day in taken:
        day += step
    return day


WORKED_SATURDAYS = frozenset(SWAPS.values())


def is_worked(day: date, off: frozenset[date] = frozenset(), worked: frozenset[date] = frozenset()) -> bool:
    """Whether the office works that day; its own days off and days worked win."""
    if day in off or day in worked:
        return day in worked
    return day in WORKED_SATURDAYS or not (is_weekend(day) or day in days_off(day.year))
