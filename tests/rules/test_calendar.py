"""The office's working days, against what was announced for past years."""

from datetime import date

import pytest

from intake.errors import ConfigError
from intake.rules.deadlines.calendar import WorkingDays

VIETNAM = WorkingDays("VN")
OFFICE = WorkingDays("VN", off=[date(2026, 1, 2)], working=[date(2026, 1, 10)])


@pytest.mark.parametrize(
    "day",
    ["2019-01-05", "2019-05-04", "2024-05-04", "2025-04-26", "2026-08-22", "2019-11-18", "2014-12-27", "2050-06-01"],
)
def test_a_weekday_or_an_announced_make_up_saturday_is_worked(day: str) -> None:
    assert VIETNAM.is_working(date.fromisoformat(day))


@pytest.mark.parametrize(
    "day",
    [
        "2018-12-31", "2019-02-04", "2019-04-15", "2019-04-29", "2024-04-29", "2025-05-02", "2026-02-16", "2026-02-20",
        "2026-04-27", "2026-08-31", "2026-11-24", "2019-11-16", "2019-11-17", "2050-01-01", "2100-04-30",
    ],
)  # fmt: skip
def test_a_weekend_a_holiday_its_make_up_day_or_a_swapped_day_is_not_worked(day: str) -> None:
    assert not VIETNAM.is_working(date.fromisoformat(day))


def test_the_order_of_asking_changes_no_answer() -> None:
    days = [date(2018, 12, 31), date(2019, 1, 5), date(2020, 1, 1)]
    forwards, backwards = WorkingDays("VN"), WorkingDays("VN")
    asked_forwards = {day: forwards.is_working(day) for day in days}
    assert {day: backwards.is_working(day) for day in reversed(days)} == asked_forwards


def test_the_offices_own_days_win_over_the_library() -> None:
    assert not OFFICE.is_working(date(2026, 1, 2))
    assert OFFICE.is_working(date(2026, 1, 10))
    assert VIETNAM.is_working(date(2026, 1, 2))


@pytest.mark.parametrize(
    ("day", "n", "wanted"),
    [
        ("2019-09-14", 2, "2019-09-17"), ("2019-11-14", 2, "2019-11-18"), ("2026-01-14", 2, "2026-01-16"),
        ("2026-02-14", 2, "2026-02-24"), ("2026-04-14", 2, "2026-04-16"), ("2026-08-14", 2, "2026-08-18"),
        ("2026-11-14", 2, "2026-11-17"), ("2026-08-21", 1, "2026-08-22"), ("2019-11-19", -1, "2019-11-18"),
        ("2026-02-23", -1, "2026-02-13"), ("2019-11-16", 0, "2019-11-16"), ("2025-12-31", 1, "2026-01-05"),
    ],
)  # fmt: skip
def test_working_days_are_counted_on_and_back(day: str, n: int, wanted: str) -> None:
    assert OFFICE.shift(date.fromisoformat(day), n) == date.fromisoformat(wanted)


@pytest.mark.parametrize(
    ("day", "roll", "wanted"),
    [
        ("2026-04-25", "next", "2026-04-28"), ("2026-08-22", "next", "2026-08-22"),
        ("2026-08-31", "next", "2026-09-03"), ("2019-11-25", "next", "2019-11-25"),
        ("2026-01-25", "next", "2026-01-26"), ("2026-02-25", "next", "2026-02-25"),
        ("2019-10-19", "previous", "2019-10-18"), ("2026-04-26", "previous", "2026-04-24"),
        ("2019-10-19", "none", "2019-10-19"),
    ],
)  # fmt: skip
def test_a_last_day_that_is_not_worked_rolls(day: str, roll: str, wanted: str) -> None:
    assert OFFICE.roll(date.fromisoformat(day), roll) == date.fromisoformat(wanted)  # type: ignore[arg-type]


def test_a_year_is_provisional_until_the_library_or_the_office_knows_its_swapped_days() -> None:
    assert not VIETNAM.is_provisional(2026)
    assert VIETNAM.is_provisional(2099)
    assert not WorkingDays("VN", off=[date(2099, 1, 2)]).is_provisional(2099)
    assert not WorkingDays("FR").is_provisional(2099)


def test_the_first_and_the_last_year_of_the_calendar_can_be_asked_for() -> None:
    assert VIETNAM.is_working(date.min)
    assert VIETNAM.is_working(date.max)


def test_an_unknown_country_is_a_mistake_of_the_config() -> None:
    with pytest.raises(ConfigError, match="'XX' is not known"):
        WorkingDays("XX")


def test_a_day_both_off_and_worked_is_a_mistake_of_the_config() -> None:
    with pytest.raises(ConfigError, match="2026-01-02 stands in both"):
        WorkingDays("VN", off=[date(2026, 1, 2)], working=[date(2026, 1, 2)])


def test_a_calendar_is_known_by_the_days_that_are_worked() -> None:
    assert VIETNAM.fingerprint([2025]) == OFFICE.fingerprint([2025])
    assert VIETNAM.fingerprint([2026]) != OFFICE.fingerprint([2026])
