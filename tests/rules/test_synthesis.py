"""From when to when a synthesis tells, and how each deadline stands in it."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from intake.model import Obligation, Submission
from intake.rules.deadlines.calendar import WorkingDays
from intake.rules.deadlines.synthesis import (
    Span,
    due_until,
    last_versions,
    latest_moment,
    looks_ahead_to,
    span_due,
    span_of,
    stand,
)

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
AT = time(17, 30)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


@pytest.mark.parametrize(
    ("now", "moment"),
    [
        ("2026-11-16 17:29:59", "2026-11-15 17:30"),
        ("2026-11-16 17:30", "2026-11-16 17:30"),
        ("2026-11-17 08:00", "2026-11-16 17:30"),
        ("2026-02-17 23:00", "2026-02-17 17:30"),
    ],
)
def test_the_latest_synthesis_is_that_of_today_or_of_the_day_before(now, moment):
    assert latest_moment(at(now), AT, ZONE) == at(moment)


def test_a_day_reaches_from_the_synthesis_before_to_its_own():
    since, until = at("2026-11-15 17:30"), at("2026-11-16 17:30")
    whole = Span(date(2026, 11, 16), since, until, since, until)
    assert span_of(date(2026, 11, 16), AT, ZONE, at("2026-11-20 08:00")) == whole
    assert span_of(date(2026, 11, 16), AT, ZONE, at("2026-11-16 09:00")).until == at("2026-11-16 09:00")


@pytest.mark.parametrize(
    ("now", "made_at", "day", "since", "told_at"),
    [
        ("2026-11-16 17:30:20", "2026-11-15 17:30:10", 16, "2026-11-15 17:30", "2026-11-15 17:30:10"),
        ("2026-11-17 08:00", "2026-11-12 20:00", 16, "2026-11-12 17:30", "2026-11-12 20:00"),
        ("2026-11-17 08:00", "", 16, "2026-11-15 17:30", "2026-11-15 17:30"),
    ],
)
def test_what_is_due_tells_all_since_the_last_one(now, made_at, day, since, told_at):
    span = span_due(at(now), AT, ZONE, at(made_at) if made_at else None)
    until = at(f"2026-11-{day} 17:30")
    assert span == Span(date(2026, 11, day), at(since), until, at(told_at), at(now))


def test_what_was_made_is_not_due_again():
    assert span_due(at("2026-11-17 08:00"), AT, ZONE, at("2026-11-16 17:30")) is None


def test_what_may_be_sent_until_the_end_of_the_day_is_due_at_its_midnight():
    assert due_until(date(2026, 11, 16), ZONE) == at("2026-11-17 00:00")


@pytest.mark.parametrize(("day", "ahead"), [("2026-11-16", "2026-11-17"), ("2026-11-20", "2026-11-23")])
def test_it_looks_ahead_to_the_next_working_day(day, ahead):
    assert looks_ahead_to(date.fromisoformat(day), WorkingDays("VN")) == date.fromisoformat(ahead)


def owed(status: str = "open", received_at: str = "") -> Obligation:
    return Obligation(
        agency_code="STC",
        report_type_code="BC",
        period="2026-11",
        period_start=date(2026, 10, 15),
        period_end=date(2026, 11, 14),
        due_at=at("2026-11-16 17:00"),
        opened_at=at("2026-11-01 00:00"),
        status=status,  # type: ignore[arg-type]
        received_at=at(received_at) if received_at else None,
    )


@pytest.mark.parametrize(
    ("obligation", "until", "doubt", "wanted"),
    [
        (owed("on_time", "2026-11-16 16:00"), "2026-11-16 17:30", "", "on_time"),
        (owed("late", "2026-11-16 17:10"), "2026-11-16 17:30", "", "late"),
        (owed("incomplete", "2026-11-16 16:00"), "2026-11-16 17:30", "", "incomplete"),
        (owed("late", "2026-11-16 20:00"), "2026-11-16 17:30", "", "missing"),
        (owed(), "2026-11-16 17:00", "", "missing"),
        (owed(), "2026-11-16 17:30", "waiting", "waiting"),
        (owed(), "2026-11-16 17:30", "blind", "unknown"),
        (owed(), "2026-11-16 16:59", "blind", "still_open"),
    ],
)
def test_nothing_is_missing_that_has_come_or_may_have_come_or_has_time(obligation, until, doubt, wanted):
    assert stand(obligation, at(until), doubt) == wanted


def version(obligation_id: int, number: int, received_at: str) -> Submission:
    return Submission(
        obligation_id=obligation_id,
        message_id=None,
        version=number,
        status="accepted",
        timeliness="on_time",
        receipt="2026/00001",
        received_at=at(received_at),
    )


def test_of_several_versions_the_last_one_tells():
    first, second = version(1, 1, "2026-11-16 09:00"), version(1, 2, "2026-11-16 10:00")
    other = version(2, 1, "2026-11-16 09:30")
    for one, number in zip((first, second, other), range(1, 4), strict=True):
        one.id = number
    assert last_versions([second, first, other]) == [other, second]
