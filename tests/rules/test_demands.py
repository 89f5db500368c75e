"""What is owed about an urgent matter by the hour, and what a report of it answers."""

from datetime import time

import pytest
from builders import ZONE, at

from intake.model import Demand
from intake.rules.deadlines.demands import Watch, answered, following_watch, next_watch, owes_watch


@pytest.mark.parametrize(
    ("times", "now", "since", "due"),
    [
        ((time(17),), "2026-11-18 08:00", "2026-11-18 00:00", "2026-11-18 17:00"),
        ((time(17),), "2026-11-18 17:00", "2026-11-19 00:00", "2026-11-19 17:00"),
        ((time(7), time(17)), "2026-11-18 07:30", "2026-11-18 07:00", "2026-11-18 17:00"),
        ((time(7), time(17)), "2026-11-21 23:00", "2026-11-22 00:00", "2026-11-22 07:00"),
        ((time(17),), "2026-12-31 18:00", "2027-01-01 00:00", "2027-01-01 17:00"),
    ],
)
def test_the_report_of_the_day_is_due_on_every_day_of_the_year(times, now, since, due):
    assert next_watch(times, at(now), ZONE) == Watch(at(since), at(due))


def test_a_category_without_hours_asks_for_no_report_of_the_day():
    assert next_watch((), at("2026-11-18 08:00"), ZONE) is None


@pytest.mark.parametrize(
    ("times", "due"),
    [((time(17),), "2026-11-19 17:00"), ((time(7), time(11), time(17)), "2026-11-18 17:00"), ((), None)],
)
def test_whoever_has_just_told_owes_the_next_report_that_begins_after_it(times, due):
    watch = following_watch(times, at("2026-11-18 08:00"), ZONE)
    assert (watch.due_at if watch else None) == (at(due) if due else None)


WATCH = Watch(at("2026-11-19 00:00"), at("2026-11-19 17:00"))


@pytest.mark.parametrize(
    ("told", "asked", "owes"),
    [
        (["2026-11-18 15:00"], [], True),
        (["2026-11-18 15:00", "2026-11-18 23:59"], [], True),
        (["2026-11-18 15:00", "2026-11-19 06:00"], [], False),
        ([], [], False),
        (["2026-11-18 15:00"], ["report"], False),
        (["2026-11-18 15:00"], ["closing"], False),
        (["2026-11-18 15:00"], ["update"], True),
    ],
)
def test_who_told_of_a_matter_owes_the_next_days_report_unless_it_owes_another(told, asked, owes):
    assert owes_watch(WATCH, [at(one) for one in told], asked) is owes


def demand(kind, opened="2026-11-18 17:00", since=None):
    return Demand(
        kind=kind,
        agency_code="STC",
        opened_at=at(opened),
        due_at=at("2026-11-19 17:00"),
        since=at(since) if since else None,
    )


@pytest.mark.parametrize(
    ("kind", "since", "received", "closes", "is_answered"),
    [
        ("report", None, "2026-11-18 16:00", False, True),
        ("update", "2026-11-19 00:00", "2026-11-19 06:00", False, True),
        ("update", "2026-11-19 00:00", "2026-11-18 18:30", False, False),
        ("update", None, "2026-11-18 18:30", False, True),
        ("update", "2026-11-19 00:00", "2026-11-19 19:00", False, True),
        ("closing", None, "2026-11-19 06:00", False, False),
        ("closing", None, "2026-11-19 06:00", True, True),
        ("confirmation", None, "2026-11-19 06:00", True, False),
    ],
)
def test_a_report_answers_what_it_is_in_time_for(kind, since, received, closes, is_answered):
    asked = demand(kind, since=since)
    assert answered([asked], at(received), closes=closes) == ([asked] if is_answered else [])
