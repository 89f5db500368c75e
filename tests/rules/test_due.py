"""Every due form of the registry, from its words to its first late instant."""

from datetime import date, time
from zoneinfo import ZoneInfo

import pytest

from intake.errors import ConfigError
from intake.rules.deadlines.calendar import WorkingDays
from intake.rules.deadlines.due import AfterClosing, DayOfMonth, DayOfWeek, DueForm, OnDate, parse_due

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
WORKING_DAYS = WorkingDays("VN")


@pytest.mark.parametrize(
    ("text", "frequency", "form", "at"),
    [
        ("closing +2wd", "monthly", AfterClosing(2, only_working=True), None),
        ("closing +3d", "nine_monthly", AfterClosing(3), None),
        ("Closing  + 2 wd  17:00", "quarterly", AfterClosing(2, only_working=True), time(17)),
        ("closing +1d", "weekly", AfterClosing(1), None),
        ("closing +1wd 9:30", "daily", AfterClosing(1, only_working=True), time(9, 30)),
        ("day 20", "yearly", DayOfMonth(20), None),
        ("day 5 next month 11:30", "monthly", DayOfMonth(5, next_month=True), time(11, 30)),
        ("before day 20", "half_yearly", DayOfMonth(20, before=True), None),
        ("before day 5 next month", "monthly", DayOfMonth(5, next_month=True, before=True), None),
        ("thu", "weekly", DayOfWeek(3), None),
        ("Fri 15:00", "weekly", DayOfWeek(4), time(15)),
        ("17:00", "daily", AfterClosing(), time(17)),
        ("2026-03-31", "once", OnDate(date(2026, 3, 31)), None),
        ("2019-12-10 17:00", "once", OnDate(date(2019, 12, 10)), time(17)),
    ],
)
def test_a_due_form_is_read(text: str, frequency: str, form: DueForm, at: time | None) -> None:
    rule = parse_due(text, frequency)
    assert (rule.form, rule.at) == (form, at)


@pytest.mark.parametrize(
    ("text", "frequency", "right"),
    [
        ("", "monthly", 'an empty deadline is none .* "closing \\+2wd"'),
        ("", "daily", 'a time such as "17:00"'),
        ("17:00", "monthly", '"day 20"'),
        ("thu", "monthly", '"day 20"'),
        ("day 20", "weekly", '"thu"'),
        ("day 20", "daily", '"17:00"'),
        ("2026-03-31", "yearly", '"day 20"'),
        ("day 20", "once", '"2026-03-31"'),
        ("2026-02-30", "once", "no day of the calendar"),
        ("31/03/2026", "once", '"2026-03-31"'),
        ("day 32", "monthly", "a day from 1 to 31"),
        ("day 0", "monthly", "a day from 1 to 31"),
        ("day 20 25:00", "monthly", "outside 00:00 to 23:59"),
        ("24:00", "daily", "the whole last day counts"),
        ("12:60", "daily", "outside 00:00 to 23:59"),
        ("closing -2wd", "monthly", '"closing \\+2wd"'),
        ("closing +2", "monthly", '"closing \\+2wd"'),
        ("thuu", "weekly", '"thu"'),
        ("whenever", "ad_hoc", "comes with the request"),
    ],
)
def test_a_wrong_due_form_is_refused_with_what_would_be_right(text: str, frequency: str, right: str) -> None:
    with pytest.raises(ConfigError, match=right):
        parse_due(text, frequency)


@pytest.mark.parametrize(
    ("form", "closing", "wanted"),
    [
        (DayOfMonth(31), "2019-02-28", "2019-02-28"),
        (DayOfMonth(29), "2020-02-14", "2020-02-29"),
        (DayOfMonth(31, next_month=True), "2019-01-31", "2019-02-28"),
        (DayOfMonth(5, next_month=True), "2019-12-31", "2020-01-05"),
        (DayOfMonth(1, before=True), "2020-03-14", "2020-02-29"),
        (DayOfMonth(1, next_month=True, before=True), "2019-11-14", "2019-11-30"),
        (DayOfMonth(31, before=True), "2019-04-14", "2019-04-30"),
        (DayOfWeek(3), "2019-11-03", "2019-10-31"),
        (DayOfWeek(6), "2019-11-03", "2019-11-03"),
    ],
)
def test_a_form_finds_the_last_day(form: DueForm, closing: str, wanted: str) -> None:
    last_day = form.last_day(date.fromisoformat(closing), WORKING_DAYS)
    assert last_day == date.fromisoformat(wanted)
    assert abs((last_day - date.fromisoformat(closing)).days) <= form.reach


@pytest.mark.parametrize(
    ("text", "roll", "closing", "wanted"),
    [
        ("before day 20", "previous", "2019-10-14", "2019-10-19T00:00:00+07:00"),
        ("before day 20", "next", "2019-10-14", "2019-10-22T00:00:00+07:00"),
        ("before day 20", "none", "2019-10-14", "2019-10-20T00:00:00+07:00"),
        ("day 19 17:00", "previous", "2019-10-14", "2019-10-18T17:00:00+07:00"),
    ],
)
def test_the_roll_applies_to_the_last_day_and_a_time_to_the_day_it_rolled_to(
    text: str, roll: str, closing: str, wanted: str
) -> None:
    late_at = parse_due(text, "monthly").late_at(date.fromisoformat(closing), roll, WORKING_DAYS, ZONE)
    assert late_at.isoformat() == wanted


def test_what_is_due_once_is_within_reach_of_its_own_day() -> None:
    assert parse_due("2026-03-31", "once").form.reach == 0
