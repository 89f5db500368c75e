"""Period keys, closing windows and what falls due, one line a vector, and nine years against a second computation."""

import csv
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from intake.errors import ConfigError
from intake.model import OFFICE, Agency, ReportType
from intake.rules.deadlines.calendar import WorkingDays
from intake.rules.deadlines.periods import Period, due_at, owed, owed_for, parse_period, periods_ending, rounds
from intake.rules.names.directory import Directory
from intake.rules.verdicts import Owed

ONE = timedelta(1)
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
WORKING_DAYS = WorkingDays("VN", off=[date(2026, 1, 2)], working=[date(2026, 1, 10)])
REGISTRY = Path(__file__).parents[1] / "corpus/registry/departments-merged-and-districts-ended"


def report_type(frequency: str, closing: str = "calendar", due: str = "closing +2wd", roll: str = "next") -> ReportType:
    return ReportType(
        code="BC", name="Báo cáo", frequency=frequency, closing=closing, due=due, roll=roll, groups=["so"]
    )


@pytest.mark.parametrize(
    ("frequency", "closing", "key", "start", "end"),
    [
        ("monthly", "decree", "2019-10", "2019-09-15", "2019-10-14"),
        ("monthly", "decree", "2020-01", "2019-12-15", "2020-01-14"),
        ("monthly", "decree", "2020-03", "2020-02-15", "2020-03-14"),
        ("quarterly", "decree", "2019-Q1", "2018-12-15", "2019-03-14"),
        ("quarterly", "decree", "2019-Q3", "2019-06-15", "2019-09-14"),
        ("quarterly", "decree", "2019-Q4", "2019-09-15", "2019-12-14"),
        ("half_yearly", "decree", "2019-H1", "2018-12-15", "2019-06-14"),
        ("half_yearly", "decree", "2019-H2", "2019-06-15", "2019-12-14"),
        ("nine_monthly", "decree", "2019-9M", "2018-12-15", "2019-09-14"),
        ("yearly", "decree", "2019", "2018-12-15", "2019-12-14"),
        ("monthly", "calendar", "2020-02", "2020-02-01", "2020-02-29"),
        ("monthly", "calendar", "2019-12", "2019-12-01", "2019-12-31"),
        ("quarterly", "calendar", "2019-Q3", "2019-07-01", "2019-09-30"),
        ("half_yearly", "calendar", "2019-H2", "2019-07-01", "2019-12-31"),
        ("nine_monthly", "calendar", "2019-9M", "2019-01-01", "2019-09-30"),
        ("yearly", "calendar", "2019", "2019-01-01", "2019-12-31"),
        ("weekly", "calendar", "2019-W44", "2019-10-28", "2019-11-03"),
        ("weekly", "calendar", "2020-W01", "2019-12-30", "2020-01-05"),
        ("weekly", "calendar", "2020-W53", "2020-12-28", "2021-01-03"),
        ("weekly", "decree", "2019-W44", "2019-10-28", "2019-11-03"),
        ("daily", "calendar", "2020-02-29", "2020-02-29", "2020-02-29"),
    ],
)
def test_a_key_names_its_window(frequency: str, closing: str, key: str, start: str, end: str) -> None:
    kind = report_type(frequency, closing)
    wanted = Period(key, date.fromisoformat(start), date.fromisoformat(end))
    assert parse_period(kind, key) == wanted
    assert periods_ending(kind, wanted.end, wanted.end) == [wanted]


@pytest.mark.parametrize(("frequency", "key"), [("weekly", " 2019-w44 "), ("quarterly", "2019-q3")])
def test_a_key_is_read_whatever_its_case_and_outer_spaces(frequency: str, key: str) -> None:
    assert parse_period(report_type(frequency), key).key == key.strip().upper()


@pytest.mark.parametrize(
    ("frequency", "key", "right"),
    [
        ("monthly", "2019-13", "2019-10"),
        ("monthly", "2019-1", "2019-10"),
        ("monthly", "10/2019", "2019-10"),
        ("monthly", "2019-Q3", "2019-10"),
        ("monthly", "3019-10", "2019-10"),
        ("quarterly", "2019-Q5", "2019-Q3"),
        ("half_yearly", "2019-H3", "2019-H1"),
        ("nine_monthly", "2019-09", "2019-9M"),
        ("yearly", "2019-12", "2019"),
        ("weekly", "2019-W53", "2019-W44"),
        ("weekly", "2019-44", "2019-W44"),
        ("daily", "2019-02-29", "2019-11-04"),
        ("daily", "20191104", "2019-11-04"),
    ],
)
def test_a_key_of_another_form_is_refused_with_what_would_be_right(frequency: str, key: str, right: str) -> None:
    with pytest.raises(ConfigError, match=f"is no period of BC: .* written as {right}$"):
        parse_period(report_type(frequency), key)


def test_what_is_reported_once_has_the_types_code_as_its_period_and_its_deadline_as_its_only_day() -> None:
    once = report_type("once", due="2019-12-10 17:00", roll="none")
    day = date(2019, 12, 10)
    assert parse_period(once, "bc") == Period("BC", day, day)
    assert periods_ending(once, date(2019, 1, 1), date(2019, 12, 31)) == [Period("BC", day, day)]
    assert periods_ending(once, date(2020, 1, 1), date(2020, 12, 31)) == []
    with pytest.raises(ConfigError, match="it is due once, and its period is BC"):
        parse_period(once, "2019")


def test_what_is_reported_on_request_has_no_periods_of_its_own() -> None:
    ad_hoc = report_type("ad_hoc", due="")
    assert periods_ending(ad_hoc, date(2019, 1, 1), date(2019, 12, 31)) == []
    with pytest.raises(ConfigError, match="comes with the request"):
        parse_period(ad_hoc, "BAO-SO-5")
    with pytest.raises(ConfigError, match="comes with the request"):
        due_at(ad_hoc, Period("BAO-SO-5", date(2019, 11, 1), date(2019, 11, 2)), WORKING_DAYS, ZONE)


@pytest.mark.parametrize(
    ("frequency", "first", "last", "keys"),
    [
        ("monthly", "2019-11-30", "2020-01-30", ["2019-11", "2019-12"]),
        ("quarterly", "2019-03-31", "2019-12-30", ["2019-Q1", "2019-Q2", "2019-Q3"]),
        ("weekly", "2019-12-29", "2020-01-05", ["2019-W52", "2020-W01"]),
        ("daily", "2019-02-28", "2019-03-01", ["2019-02-28", "2019-03-01"]),
        ("yearly", "1200-01-01", "1901-01-01", ["1900"]),
        ("yearly", "2198-12-31", "9999-12-31", ["2198", "2199"]),
        ("monthly", "2019-12-01", "2019-11-01", []),
    ],
)
def test_the_periods_that_end_between_two_days_are_listed_in_order(
    frequency: str, first: str, last: str, keys: list[str]
) -> None:
    found = periods_ending(report_type(frequency), date.fromisoformat(first), date.fromisoformat(last))
    assert [period.key for period in found] == keys


@pytest.mark.parametrize("closing", ["decree", "calendar"])
@pytest.mark.parametrize("frequency", ["monthly", "quarterly", "half_yearly", "yearly", "weekly"])
def test_three_centuries_of_periods_are_read_back_from_their_keys_and_leave_no_gap(
    frequency: str, closing: str
) -> None:
    kind = report_type(frequency, closing)
    periods = periods_ending(kind, date(1900, 1, 1), date(2199, 12, 25))
    assert [parse_period(kind, period.key) for period in periods[1:]] == periods[1:]
    assert all(one.end + ONE == after.start for one, after in pairwise(periods))


@pytest.mark.parametrize(
    ("frequency", "closing", "due", "roll", "key", "wanted"),
    [
        ("monthly", "decree", "closing +2wd", "next", "2019-11", "2019-11-19T00:00"),
        ("monthly", "decree", "closing +2wd", "next", "2026-01", "2026-01-17T00:00"),
        ("monthly", "decree", "closing +2wd", "next", "2026-02", "2026-02-25T00:00"),
        ("monthly", "decree", "closing +2wd", "next", "2026-04", "2026-04-17T00:00"),
        ("monthly", "decree", "closing +2wd", "next", "2026-08", "2026-08-19T00:00"),
        ("monthly", "decree", "closing +2wd", "next", "2026-11", "2026-11-18T00:00"),
        ("monthly", "decree", "day 25", "next", "2019-11", "2019-11-26T00:00"),
        ("monthly", "decree", "day 25", "next", "2026-01", "2026-01-27T00:00"),
        ("monthly", "decree", "day 25", "next", "2026-02", "2026-02-26T00:00"),
        ("monthly", "decree", "day 25", "next", "2026-04", "2026-04-29T00:00"),
        ("monthly", "calendar", "day 22", "next", "2026-08", "2026-08-23T00:00"),
        ("monthly", "calendar", "day 31", "next", "2026-08", "2026-09-04T00:00"),
        ("monthly", "calendar", "day 31", "none", "2026-02", "2026-03-01T00:00"),
        ("monthly", "calendar", "day 5 next month", "next", "2019-09", "2019-10-08T00:00"),
        ("monthly", "calendar", "day 5 next month 11:30", "none", "2019-10", "2019-11-05T11:30"),
        ("monthly", "decree", "before day 20", "previous", "2019-10", "2019-10-19T00:00"),
        ("quarterly", "decree", "day 20", "previous", "2025-Q3", "2025-09-20T00:00"),
        ("quarterly", "decree", "closing +2wd 17:00", "next", "2019-Q3", "2019-09-17T17:00"),
        ("half_yearly", "decree", "before day 20", "next", "2026-H1", "2026-06-20T00:00"),
        ("half_yearly", "calendar", "closing +3d", "next", "2019-H2", "2020-01-04T00:00"),
        ("nine_monthly", "decree", "closing +3d", "previous", "2019-9M", "2019-09-18T00:00"),
        ("yearly", "decree", "closing +3d", "next", "2019", "2019-12-18T00:00"),
        ("yearly", "calendar", "day 5 next month", "next", "2019", "2020-01-07T00:00"),
        ("weekly", "calendar", "thu", "previous", "2019-W44", "2019-11-01T00:00"),
        ("weekly", "calendar", "thu", "previous", "2026-W08", "2026-02-14T00:00"),
        ("weekly", "calendar", "fri 15:00", "none", "2019-W45", "2019-11-08T15:00"),
        ("daily", "calendar", "17:00", "none", "2019-11-03", "2019-11-03T17:00"),
        ("daily", "calendar", "17:00", "next", "2019-11-03", "2019-11-04T17:00"),
        ("once", "calendar", "2019-12-10 17:00", "none", "BC", "2019-12-10T17:00"),
        ("once", "calendar", "2026-01-10", "next", "BC", "2026-01-11T00:00"),
        ("once", "calendar", "2026-01-02", "next", "BC", "2026-01-06T00:00"),
    ],
)
def test_a_report_is_late_from_this_instant_on(
    frequency: str, closing: str, due: str, roll: str, key: str, wanted: str
) -> None:
    kind = report_type(frequency, closing, due, roll)
    assert due_at(kind, parse_period(kind, key), WORKING_DAYS, ZONE).isoformat() == f"{wanted}:00+07:00"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


ENDED = Agency(code="A", name="Sở A", groups=["so"], active_to=date(2019, 10, 31))
FOUNDED = Agency(code="B", name="Sở B", groups=["so", "rung"], active_from=date(2019, 11, 1))
ELSEWHERE = Agency(code="C", name="Huyện C", groups=["huyen"])
RECEIVING = Agency(code=OFFICE, name="Văn phòng", groups=["so"])
MONTHLY = report_type("monthly", due="day 5 next month")


def directory(*types: ReportType) -> Directory:
    return Directory([FOUNDED, ENDED, ELSEWHERE, RECEIVING], [], types)


def test_an_agency_owes_the_periods_on_whose_last_day_it_is_active() -> None:
    found = owed(directory(MONTHLY), WORKING_DAYS, ZONE, at("2019-10-01"), at("2020-01-01"))
    assert [(one.agency, one.period) for one in found] == [("A", "2019-09"), ("A", "2019-10"), ("B", "2019-11")]


def test_rounds_are_what_is_owed_by_many_at_once() -> None:
    span = at("2019-01-01"), at("2020-01-01")
    one_by_one = owed(directory(MONTHLY), WORKING_DAYS, ZONE, *span)
    found = rounds(directory(MONTHLY), WORKING_DAYS, ZONE, *span)
    assert [(one.period, one.due_at, code) for one in found for code in one.agencies] == [
        (one.period, one.due_at, one.agency) for one in one_by_one
    ]


def test_the_first_instant_asked_for_counts_and_the_last_does_not() -> None:
    due = at("2019-10-08")
    assert len(owed(directory(MONTHLY), WORKING_DAYS, ZONE, due, due + timedelta(seconds=1))) == 1
    assert owed(directory(MONTHLY), WORKING_DAYS, ZONE, due - timedelta(days=1), due) == []


def test_a_type_is_owed_only_for_periods_that_end_while_it_is_active() -> None:
    november = report_type("daily", due="17:00", roll="none")
    november.active_from, november.active_to = date(2019, 11, 2), date(2019, 11, 3)
    found = owed(directory(november), WORKING_DAYS, ZONE, at("2019-01-01"), at("2020-01-01"))
    assert [one.period for one in found] == ["2019-11-02", "2019-11-03"]


def test_what_is_due_on_request_is_owed_by_nobody_beforehand() -> None:
    ad_hoc = report_type("ad_hoc", due="")
    assert owed(directory(ad_hoc), WORKING_DAYS, ZONE, at("2019-01-01"), at("2020-01-01")) == []
    storm = Period("BAO-SO-5", date(2019, 11, 1), date(2019, 11, 2))
    assert owed_for(directory(ad_hoc), ad_hoc, storm, FOUNDED, WORKING_DAYS, ZONE) is None


def test_one_agency_can_be_asked_about_alone() -> None:
    october = parse_period(MONTHLY, "2019-10")
    wanted = Owed("A", "BC", "2019-10", date(2019, 10, 1), date(2019, 10, 31), at("2019-11-06"))
    assert owed_for(directory(MONTHLY), MONTHLY, october, ENDED, WORKING_DAYS, ZONE) == wanted
    for agency in (FOUNDED, ELSEWHERE, RECEIVING):
        assert owed_for(directory(MONTHLY), MONTHLY, october, agency, WORKING_DAYS, ZONE) is None


# The second computation: written from the decree and the announced holidays, sharing no code with the first.

DAYS_OFF = {
    2018: "1231", 2019: "0101 0204 0205 0206 0207 0208 0415 0429 0430 0501 0902",
    2020: "0101 0123 0124 0127 0128 0129 0402 0430 0501 0902",
    2021: "0101 0210 0211 0212 0215 0216 0421 0430 0503 0902 0903",
    2022: "0103 0131 0201 0202 0203 0204 0411 0502 0503 0901 0902",
    2023: "0102 0120 0123 0124 0125 0126 0501 0502 0503 0901 0904",
    2024: "0101 0208 0209 0212 0213 0214 0418 0429 0430 0501 0902 0903",
    2025: "0101 0127 0128 0129 0130 0131 0407 0430 0501 0502 0901 0902",
    2026: "0101 0102 0216 0217 0218 0219 0220 0427 0430 0501 0831 0901 0902 1124",
    2027: "0101 0204 0205 0208 0209 0210 0416 0430 0503 0902 0903 1124",
    2028: "0103 0124 0125 0126 0127 0128",
}  # fmt: skip
OFF = {date(year, int(day[:2]), int(day[2:])) for year, days in DAYS_OFF.items() for day in days.split()}
WORKED = {date(2019, 1, 5), date(2019, 5, 4), date(2024, 5, 4), date(2025, 4, 26), date(2026, 1, 10), date(2026, 8, 22)}
MONTHS_LONG = {"monthly": 1, "quarterly": 3, "half_yearly": 6, "nine_monthly": 9, "yearly": 12}


def is_worked(day: date) -> bool:
    return day in WORKED or (day.isoweekday() < 6 and day not in OFF)


def key_of(frequency: str, day: date, decree: bool) -> str | None:
    """The key of the period that closes on this very day, if one does."""
    if frequency == "daily":
        return str(day)
    if frequency == "weekly":
        return day.strftime("%G-W%V") if day.isoweekday() == 7 else None
    closes = day.day == 14 if decree else (day + ONE).day == 1
    if not closes or day.month % MONTHS_LONG[frequency]:
        return None
    count = day.month // MONTHS_LONG[frequency]
    tail = {"monthly": f"-{day:%m}", "quarterly": f"-Q{count}", "half_yearly": f"-H{count}", "nine_monthly": "-9M"}
    return f"{day.year}{tail.get(frequency, '')}"


def last_day_of(due: str, closing: date) -> date:
    words = due.split()
    day = closing
    if words[0] == "closing":
        number = int(words[1].strip("+wd"))
        while number:
            day += ONE
            number -= 1 if "wd" not in words[1] or is_worked(day) else 0
        return day
    if words[0] in ("day", "before"):
        while day.day != 1:
            day -= ONE
        if "next" in words:
            day = (day + 31 * ONE).replace(day=1)
        number = int(words[1] if words[0] == "day" else words[2])
        return day.replace(day=number) if words[0] == "day" else day.replace(day=number) - ONE
    if words[0] in ("thu", "fri"):
        while day.strftime("%a").lower() != words[0]:
            day -= ONE
    return day


def computed_again(row: dict[str, str], closing: date) -> datetime:
    due, _, clock = row["due"].rpartition(" ") if ":" in row["due"] else (row["due"], "", "")
    last = last_day_of(due or "today", closing)
    while row["roll"] != "none" and not is_worked(last):
        last = last + ONE if row["roll"] == "next" else last - ONE
    if clock:
        return datetime.combine(last, time.fromisoformat(clock), ZONE)
    return datetime.combine(last + ONE, time(0), ZONE)


def rows(name: str) -> list[dict[str, str]]:
    with (REGISTRY / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def active(row: dict[str, str], day: date) -> bool:
    return (row["active_from"] or "0000") <= str(day) <= (row["active_to"] or "9999")


def owed_again(first: datetime, last: datetime) -> Iterator[tuple[datetime, str, str, str]]:
    agencies = [row for row in rows("agencies") if row["code"] != "office"]
    for row in rows("report_types"):
        if row["frequency"] == "ad_hoc":
            continue
        closing = first.date() - 100 * ONE
        while closing <= last.date() + 100 * ONE:
            if row["frequency"] == "once":
                key = row["code"] if str(closing) == row["due"][:10] else None
            else:
                key = key_of(row["frequency"], closing, row["closing"] == "decree")
            if key and active(row, closing) and first <= (late := computed_again(row, closing)) < last:
                for agency in agencies:
                    if active(agency, closing) and set(agency["groups"].split(";")) & set(row["groups"].split(";")):
                        yield late, agency["code"], row["code"], key
            closing += ONE


def from_registry() -> Directory:
    def day(text: str) -> date | None:
        return date.fromisoformat(text) if text else None

    agencies = [
        Agency(code=row["code"], name=row["name"], groups=row["groups"].split(";"),
               active_from=day(row["active_from"]), active_to=day(row["active_to"]))
        for row in rows("agencies")
    ]  # fmt: skip
    types = [
        ReportType(code=row["code"], name=row["name"], frequency=row["frequency"], closing=row["closing"],
                   due=row["due"], roll=row["roll"], groups=row["groups"].split(";"),
                   active_from=day(row["active_from"]), active_to=day(row["active_to"]))
        for row in rows("report_types")
    ]  # fmt: skip
    return Directory(agencies, [], types)


def test_nine_years_of_a_whole_registry_agree_with_a_second_computation() -> None:
    first, last = at("2019-01-01"), at("2028-01-01")
    found = owed(from_registry(), WORKING_DAYS, ZONE, first, last)
    assert [(one.due_at, one.agency, one.report_type, one.period) for one in found] == sorted(owed_again(first, last))
    assert len(found) > 50_000
