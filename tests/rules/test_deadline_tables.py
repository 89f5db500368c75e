"""Every deadline of 2015 to 2040, and every step of a reminder policy, beside what a clerk with a wall calendar finds.

The clerk writes on each day of which period it is part, puts the days of one period together, and goes over them with
a finger. He shares no code with the program: his days off are those of `vietnamese_calendar`.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import cache
from itertools import product
from zoneinfo import ZoneInfo

import pytest
from vietnamese_calendar import ONE, is_worked, lunar_day

from intake.config import Policy, Step
from intake.model import ReportType
from intake.rules.deadlines.calendar import WorkingDays
from intake.rules.deadlines.periods import due_at, parse_period, periods_ending
from intake.rules.deadlines.reminders import SendingTimes, plan_steps
from intake.rules.dealings.requests import Later

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
FIRST, LAST = date(2015, 1, 1), date(2040, 12, 31)
OWN_OFF = frozenset({date(2026, 1, 2), date(2020, 1, 22), date(2019, 5, 4), date(2031, 1, 21), date(2027, 9, 4)})
OWN_WORKED = frozenset({date(2026, 1, 10), date(2020, 2, 1), date(2019, 4, 29), date(2031, 1, 25), date(2027, 9, 2)})
OFFICES = {
    "as announced": (frozenset({date(2026, 1, 2)}), frozenset({date(2026, 1, 10)}), frozenset(range(2015, 2041))),
    "with days of its own": (OWN_OFF, OWN_WORKED, frozenset({2019, 2020, 2026, 2027, 2031})),
}
FREQUENCIES = ("monthly", "quarterly", "half_yearly", "nine_monthly", "yearly")
FORMS = (
    "closing +0d", "closing +1d", "closing +10d", "closing +0wd", "closing +1wd", "closing +2wd", "closing +5wd",
    "closing +20wd", "day 1", "day 14", "day 20", "day 29", "day 30", "day 31", "before day 1", "before day 20",
    "before day 30", "before day 31", "day 1 next month", "day 5 next month", "day 29 next month", "day 30 next month",
    "day 31 next month", "before day 1 next month", "before day 5 next month", "before day 31 next month",
    "day 20 17:00", "closing +2wd 11:30", "before day 20 00:00", "day 5 next month 23:59",
)  # fmt: skip
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@pytest.fixture(params=OFFICES, scope="module")
def office(request: pytest.FixtureRequest) -> "Clerk":
    return Clerk(*OFFICES[request.param])


class Clerk:
    """The wall calendar of one office, and the finger that goes over it."""

    def __init__(self, off: frozenset[date], worked: frozenset[date], years: frozenset[int]) -> None:
        self.years = years
        self.of_the_program = WorkingDays("VN", off, worked)
        self.days = [date(2013, 1, 1) + n * ONE for n in range(30 * 366)]
        self.works = {day: is_worked(day, off, worked) for day in self.days}
        self.pages: dict[int, list[date]] = defaultdict(list)
        for day in self.days:
            self.pages[day.year * 12 + day.month].append(day)

    def late_from(self, due: str, roll: str, closing: date) -> datetime:
        words = due.split()
        clock = time.fromisoformat(words.pop()) if ":" in words[-1] else None
        last = self._rolled(self._last_day(words, closing), roll)
        return datetime.combine(last, clock, ZONE) if clock else datetime.combine(last + ONE, time(), ZONE)

    def _last_day(self, words: list[str], closing: date) -> date:
        if not words:
            return closing
        if words[0] == "closing":
            return self._counted(words[1], closing)
        if words[0] in WEEKDAYS:
            return next(day for day in _back_from(closing) if day.strftime("%a").lower() == words[0])
        if words[0][0] == "2":
            return date.fromisoformat(words[0])
        month = self._month(closing, "next" in words)
        number = int(words[words.index("day") + 1])
        if words[0] == "before":
            return max(day for day in [month[0] - ONE, *month] if day < month[0] or day.day < number)
        return max(day for day in month if day.day <= number)

    def _month(self, closing: date, later: bool) -> list[date]:
        """The days on the calendar's page on which a day stands, or on the page behind it."""
        return self.pages[closing.year * 12 + closing.month + later]

    def _counted(self, count: str, closing: date) -> date:
        number, only_worked = int(count.strip("+wd")), count.endswith("wd")
        counted = [closing]
        day = closing
        while len(counted) <= number:
            day += ONE
            if self.works[day] or not only_worked:
                counted.append(day)
        return counted[number]

    def _rolled(self, day: date, roll: str) -> date:
        around = {"next": [day + n * ONE for n in range(40)], "previous": list(_back_from(day)), "none": []}[roll]
        return next((one for one in around if self.works[one]), day)


def _back_from(day: date) -> Iterator[date]:
    return (day - n * ONE for n in range(40))


def labels(frequency: str, decree: bool, day: date) -> str | None:
    """Of which period a day is part, or of none. By Decree 09/2019 a month begins on the 15th of the one before."""
    if frequency == "daily":
        return f"{day:%Y-%m-%d}"
    if frequency == "weekly":
        return f"{day:%G}-W{day:%V}"
    year, month = day.year, day.month
    if decree and day.day >= 15:
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return {
        "monthly": f"{year}-{month:02}",
        "quarterly": f"{year}-Q{'111222333444'[month - 1]}",
        "half_yearly": f"{year}-H{'111111222222'[month - 1]}",
        "nine_monthly": f"{year}-9M" if month <= 9 else None,
        "yearly": str(year),
    }[frequency]


@cache
def periods_of(frequency: str, decree: bool) -> dict[str, tuple[date, date]]:
    """The first and the last day of each period that closes within the years asked for."""
    found: dict[str, list[date]] = defaultdict(list)
    for day in (FIRST - 400 * ONE + n * ONE for n in range((LAST - FIRST).days + 800)):
        label = labels(frequency, decree, day)
        if label:
            found[label].append(day)
    return {key: (days[0], days[-1]) for key, days in found.items() if FIRST <= days[-1] <= LAST}


def kind(frequency: str, closing: str = "calendar", due: str = "", roll: str = "next") -> ReportType:
    return ReportType(code="BC", name="Báo cáo", frequency=frequency, closing=closing, due=due, roll=roll)


@pytest.mark.parametrize("closing", ["decree", "calendar"])
@pytest.mark.parametrize("frequency", [*FREQUENCIES, "weekly", "daily"])
def test_the_periods_of_26_years_are_those_that_the_days_are_labelled_with(frequency: str, closing: str) -> None:
    wanted = periods_of(frequency, closing == "decree")
    found = periods_ending(kind(frequency, closing), FIRST, LAST)
    assert {one.key: (one.start, one.end) for one in found} == wanted
    assert [one.key for one in found] == sorted(wanted, key=lambda key: wanted[key][1])


def differences(office: Clerk, kinds: list[ReportType]) -> tuple[list[str], int]:
    """Each deadline on which the program and the clerk do not agree, and how many there were."""
    found, count = [], 0
    for one in kinds:
        for key, (_, end) in periods_of(one.frequency, one.closing == "decree").items():
            count += end.year in office.years
            if end.year not in office.years:
                continue
            ours = due_at(one, parse_period(one, key), office.of_the_program, ZONE)
            theirs = office.late_from(one.due, one.roll, end)
            if ours != theirs or ours.utcoffset() != timedelta(hours=7):
                found.append(f"{one.frequency} {one.closing} {one.due} {one.roll} {key}: {ours} and {theirs}")
    return found, count


def test_every_deadline_by_months_is_that_of_the_clerk(office: Clerk) -> None:
    kinds = [kind(*of) for of in product(FREQUENCIES, ("decree", "calendar"), FORMS, ("next", "previous", "none"))]
    found, count = differences(office, kinds)
    assert found == []
    assert count > (90_000 if len(office.years) > 20 else 15_000)


def test_every_deadline_by_weeks_is_that_of_the_clerk_week_53_too(office: Clerk) -> None:
    forms = [*WEEKDAYS, "thu 15:00", "closing +1d", "closing +2wd", "closing +2wd 09:00"]
    kinds = [kind("weekly", "calendar", *of) for of in product(forms, ("next", "previous", "none"))]
    found, count = differences(office, kinds)
    assert found == []
    assert count > (40_000 if len(office.years) > 20 else 8_000)
    assert [key for key in periods_of("weekly", False) if key.endswith("W53")] == [
        "2015-W53", "2020-W53", "2026-W53", "2032-W53", "2037-W53"
    ]  # fmt: skip


def test_every_daily_deadline_is_that_of_the_clerk(office: Clerk) -> None:
    kinds = [kind("daily", "calendar", "17:00", roll) for roll in ("next", "previous", "none")]
    kinds += [kind("daily", "calendar", due) for due in ("closing +1d", "closing +1wd 09:30")]
    assert differences(office, kinds)[0] == []


def test_what_is_due_once_is_due_on_its_day_or_where_that_rolls_to(office: Clerk) -> None:
    for day, clock, roll in product(office.days, ("", " 16:30"), ("next", "previous", "none")):
        if day.year in office.years and day.day in (1, 2, 15, 29, 30, 31):
            once = kind("once", due=f"{day}{clock}", roll=roll)
            wanted = office.late_from(once.due, roll, day)
            assert due_at(once, parse_period(once, "BC"), office.of_the_program, ZONE) == wanted, once.due


def test_the_working_days_of_26_years_are_those_of_the_moon_and_the_law(office: Clerk) -> None:
    days = [day for day in office.days if FIRST <= day <= LAST]
    assert [day for day in days if office.of_the_program.is_working(day) != office.works[day]] == []


def test_years_whose_swapped_days_nobody_knows_yet_are_provisional() -> None:
    known = WorkingDays("VN", *OFFICES["as announced"][:2])
    assert [year for year in range(2015, 2041) if known.is_provisional(year)] == list(range(2027, 2041))


@pytest.mark.parametrize(
    ("year", "tet", "kings"),
    [
        (2019, "0205", "0414"),
        (2020, "0125", "0402"),
        (2023, "0122", "0429"),
        (2026, "0217", "0426"),
        (2030, "0202", "0412"),
    ],
)
def test_the_second_opinion_knows_the_lunar_days_that_were_announced(year: int, tet: str, kings: str) -> None:
    # In 2030 the new year begins a day earlier in Viet Nam than in China.
    assert [f"{lunar_day(year, *day):%m%d}" for day in ((1, 1), (3, 10))] == [tet, kings]


@pytest.mark.parametrize("days", [1, 2, 5])
@pytest.mark.parametrize("unit", ["d", "wd"])
def test_so_many_days_more_end_on_the_day_that_the_clerk_counts_to(office: Clerk, days: int, unit: str) -> None:
    for late_from in some_deadlines(office):
        last = (late_from - timedelta(minutes=1)).date()
        asked = Later(days=days, only_working=unit == "wd").late_at(late_from, office.of_the_program, ZONE)
        assert asked == office.late_from(f"closing +{days}{unit}", "none", last)


# Steps: the instants of a policy around a deadline, and when their notices leave.

OFFSETS = ("-30d", "-3d", "-1d", "-10wd", "-2wd", "-1wd", "-4h", "+0h", "+2h", "+1d", "+1wd", "+5wd", "+10d")
HOURS = (time(7), time(17, 30))


def moment_of(office: Clerk, offset: str, late_from: datetime) -> datetime:
    number = int(offset.rstrip("dwh"))
    if offset.endswith("h"):
        return late_from + timedelta(hours=number)
    day, sign = late_from.date(), 1 if number > 0 else -1
    while number:
        day += sign * ONE
        if offset[-2:] != "wd" or office.works[day]:
            number -= sign
    return datetime.combine(day, late_from.time(), ZONE)


def leaves(office: Clerk, moment: datetime) -> datetime:
    if office.works[moment.date()] and HOURS[0] <= moment.time() < HOURS[1]:
        return moment
    openings = (datetime.combine(moment.date() + n * ONE, HOURS[0], ZONE) for n in range(40))
    return next(one for one in openings if one > moment and office.works[one.date()])


def some_deadlines(office: Clerk) -> Iterator[datetime]:
    for due, decree in (("closing +2wd", True), ("day 25", True), ("day 20 17:00", False), ("day 1 next month", False)):
        for _, end in periods_of("monthly", decree).values():
            if end.year > 2015 and end.year in office.years:
                yield office.late_from(due, "next", end)


def test_every_step_is_at_the_clerks_moment_and_leaves_when_he_is_in(office: Clerk) -> None:
    times = SendingTimes(office.of_the_program, ZONE, HOURS)
    for late_from, offset in product(some_deadlines(office), OFFSETS):
        [step] = plan_steps(Policy(steps=(Step(at=offset, notice="reminder", to=("head",)),)), late_from, times).steps
        wanted = moment_of(office, offset, late_from)
        assert (step.at, step.leaves_at) == (wanted, leaves(office, wanted)), f"{offset} of {late_from}"


def test_nothing_leaves_at_tet_at_night_or_on_a_day_of_rest(office: Clerk) -> None:
    steps = tuple(Step(at=offset, notice="reminder", to=("head",)) for offset in OFFSETS)
    times = SendingTimes(office.of_the_program, ZONE, HOURS)
    for late_from in some_deadlines(office):
        for step in plan_steps(Policy(steps=steps), late_from, times).if_silent():
            assert office.works[step.leaves_at.date()]
            assert HOURS[0] <= step.leaves_at.time() < HOURS[1]


def test_at_each_half_hour_the_step_that_is_right_is_the_last_that_the_clerk_would_have_come_to(office: Clerk) -> None:
    steps = tuple(Step(at=offset, notice="reminder", to=("head",)) for offset in ("-3d", "-1wd", "+0h", "+2wd", "+5wd"))
    times = SendingTimes(office.of_the_program, ZONE, HOURS)
    for late_from in list(some_deadlines(office))[::25]:
        plan = plan_steps(Policy(steps=steps), late_from, times)
        moments = {one.at: moment_of(office, one.at, late_from) for one in steps}
        for half_hours in range(-8 * 48, 12 * 48, 5):
            now = late_from + timedelta(minutes=30 * half_hours)
            passed = [moment for moment in moments.values()
                      if leaves(office, moment) <= now and (moment >= late_from) == (now >= late_from)]  # fmt: skip
            wanted = {one for one, moment in moments.items() if moment == max(passed, default=None)}
            assert {one.step.at for one in plan.current(now)} == wanted, f"{now}, due {late_from}"
