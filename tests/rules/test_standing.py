"""How an obligation stands, minute by minute around its edges."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from intake.model import ObligationStatus
from intake.rules.deadlines.standing import last_day_in_time, standing, timeliness

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


MONTH = (date(2019, 11, 14), at("2019-11-19T00:00"))
DAY = (date(2019, 11, 4), at("2019-11-04T17:00"))
THURSDAY = (date(2019, 11, 3), at("2019-11-01T00:00"))


@pytest.mark.parametrize(
    ("obligation", "now", "wanted"),
    [
        (MONTH, "2019-11-13T23:59:59", "upcoming"),
        (MONTH, "2019-11-14T00:00", "open"),
        (MONTH, "2019-11-18T23:59:59", "open"),
        (MONTH, "2019-11-19T00:00", "overdue"),
        (DAY, "2019-11-03T23:59", "upcoming"),
        (DAY, "2019-11-04T00:00", "open"),
        (DAY, "2019-11-04T17:00", "overdue"),
        (THURSDAY, "2019-10-30T23:59", "upcoming"),
        (THURSDAY, "2019-10-31T00:00", "open"),
        (THURSDAY, "2019-11-01T00:00", "overdue"),
    ],
)
def test_an_open_obligation_is_upcoming_then_open_then_overdue(
    obligation: tuple[date, datetime], now: str, wanted: str
) -> None:
    assert standing("open", *obligation, at(now), ZONE) == wanted


@pytest.mark.parametrize("status", ["incomplete", "on_time", "late", "waived"])
@pytest.mark.parametrize("now", ["2019-11-01T00:00", "2019-11-20T00:00"])
def test_every_other_status_stands_as_it_is_stored(status: ObligationStatus, now: str) -> None:
    assert standing(status, *MONTH, at(now), ZONE) == status


def test_the_day_begins_in_the_offices_zone_and_not_in_utc() -> None:
    assert standing("open", *MONTH, datetime(2019, 11, 13, 17, tzinfo=UTC), ZONE) == "open"
    assert standing("open", *MONTH, datetime(2019, 11, 13, 16, 59, tzinfo=UTC), ZONE) == "upcoming"


@pytest.mark.parametrize(
    ("obligation", "received", "wanted"),
    [
        (MONTH, "2019-11-12T09:00", "early"),
        (MONTH, "2019-11-14T23:59:59", "early"),
        (MONTH, "2019-11-15T00:00", "on_time"),
        (MONTH, "2019-11-18T23:59:59", "on_time"),
        (MONTH, "2019-11-19T00:00", "late"),
        (DAY, "2019-11-04T16:59:59", "early"),
        (DAY, "2019-11-04T17:00", "late"),
        (THURSDAY, "2019-11-01T07:55", "late"),
    ],
)
def test_a_report_is_early_before_the_last_day_has_passed_and_late_from_due_at(
    obligation: tuple[date, datetime], received: str, wanted: str
) -> None:
    assert timeliness(at(received), *obligation, ZONE) == wanted


@pytest.mark.parametrize(
    ("due_at", "wanted"), [("2019-11-19T00:00", date(2019, 11, 18)), ("2019-11-19T17:00", date(2019, 11, 19))]
)
def test_the_last_day_in_time_is_the_day_before_a_midnight(due_at: str, wanted: date) -> None:
    assert last_day_in_time(at(due_at), ZONE) == wanted
