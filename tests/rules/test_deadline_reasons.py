"""The steps to a deadline, each with the days that it passed."""

from datetime import date, time
from zoneinfo import ZoneInfo

import pytest

from intake.model import ReportType
from intake.rules.deadlines.calendar import WorkingDays
from intake.rules.deadlines.deadline_reasons import reasons_for
from intake.rules.deadlines.periods import due_at, parse_period

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
DAYS = WorkingDays("VN", off=[date(2026, 4, 15)], working=[date(2026, 4, 18)])


def reasons(frequency, period, due, closing="decree", roll="next", days=DAYS):
    kind = ReportType(code="BC", name="Báo cáo", frequency=frequency, closing=closing, due=due, roll=roll)
    found = reasons_for(kind, parse_period(kind, period), days, ZONE)
    assert found.late_at == due_at(kind, parse_period(kind, period), days, ZONE)
    return found


def test_each_day_counted_says_of_which_kind_it_is():
    found = reasons("monthly", "2026-04", "closing +2wd")
    assert [(one.day.day, one.kind, one.is_worked) for one in found.counted] == [
        (15, "own_day_off", False), (16, "working_day", True), (17, "working_day", True),
    ]  # fmt: skip
    assert (found.paragraph, found.form, found.amount, found.rolled) == (1, "working_days_after", 2, ())


def test_a_day_off_is_named_and_passed_in_the_direction_of_the_roll():
    onwards = reasons("monthly", "2026-04", "day 25", "calendar")
    assert [one.kind for one in onwards.rolled] == ["weekend", "holiday", "holiday"]
    assert onwards.rolled[1].name.startswith("Ngày Giỗ Tổ Hùng Vương")
    assert (onwards.found_on, onwards.last_day) == (date(2026, 4, 25), date(2026, 4, 28))
    back = reasons("monthly", "2026-04", "day 26", "calendar", roll="previous")
    assert [one.day.day for one in back.rolled] == [26, 25]
    assert reasons("monthly", "2026-04", "day 26", "calendar", roll="none").rolled == ()


@pytest.mark.parametrize(
    ("frequency", "period", "due", "paragraph", "form", "amount"),
    [
        ("quarterly", "2026-Q1", "day 20", 2, "day_of_month", 20),
        ("half_yearly", "2026-H1", "day 5 next month", 3, "day_of_month", 5),
        ("yearly", "2026", "before day 20", 4, "before_day_of_month", 20),
        ("nine_monthly", "2026-9M", "closing +3d", 0, "days_after", 3),
        ("weekly", "2026-W17", "thu 15:00", 0, "weekday", 3),
        ("once", "BC", "2026-03-31", 0, "date", 0),
    ],
)
def test_every_form_of_deadline_is_told(frequency, period, due, paragraph, form, amount):
    found = reasons(frequency, period, due)
    assert (found.paragraph, found.form, found.amount) == (paragraph, form, amount)
    assert found.next_month is (due == "day 5 next month")


def test_a_time_is_strict_and_on_the_last_day_itself():
    found = reasons("weekly", "2026-W17", "thu 15:00", "calendar")
    assert (found.at, found.last_day) == (time(15), date(2026, 4, 23))


def test_make_up_days_and_the_offices_own_days_are_told_apart():
    assert DAYS.nature_of(date(2026, 4, 18)).kind == "own_working_day"
    assert WorkingDays("VN").nature_of(date(2024, 5, 4)).kind == "make_up_day"
    assert DAYS.nature_of(date(2026, 9, 2)).kind == "holiday"
