"""How deadlines were kept, counted fairly."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from intake.rules.deadlines.statistics import Kept, Outcome, Response, Responses, Tally, grouped, punctuality, responses

DUE = datetime(2026, 11, 18, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
DAY = date(2026, 11, 17)


def kept(outcome: Outcome, days_late: float | None = None) -> Tally:
    received_at = None if days_late is None else DUE + timedelta(days=days_late)
    return Kept("STC", "KTXH-T", "2026-11", DAY, DAY, DAY, DUE, outcome, received_at).tally


def test_lateness_is_that_of_late_reports_only() -> None:
    found = punctuality([kept("late", 1), kept("late", 4), kept("on_time", -3), kept("incomplete", 9), kept("missing")])
    assert (found.mean_lateness, found.worst_lateness) == (2.5, 4.0)
    assert (found.owed, found.late, found.on_time, found.incomplete, found.missing) == (5, 2, 1, 1, 1)


def test_who_cannot_be_judged_yet_lowers_no_share() -> None:
    assert punctuality([kept("on_time", -1), kept("missing"), kept("waiting"), kept("upcoming")]).on_time_share == 0.5
    assert punctuality([kept("waiting")]).on_time_share is None


def test_where_nothing_was_late_there_is_no_lateness() -> None:
    assert punctuality([]).mean_lateness is None


def test_many_at_once_count_as_each_by_itself_does() -> None:
    at_once = Tally("late", 3, 2, timedelta(days=5), timedelta(days=4))
    each = [kept("late", 1), kept("late", 4), kept("late")]
    assert punctuality([at_once, Tally("missing", 2)]) == punctuality([*each, kept("missing"), kept("missing")])


def test_what_came_before_a_deadline_that_was_moved_forward_since_keeps_its_sign() -> None:
    assert punctuality([kept("late", -2), kept("on_time", -9)]).worst_lateness == -2


def test_deadlines_are_counted_under_each_of_their_keys() -> None:
    found = grouped([("all", kept("missing")), ("STC", kept("missing")), ("all", kept("on_time", -1))])
    assert {key: one.owed for key, one in found.items()} == {"STC": 1, "all": 2}


def test_hours_to_answer_are_those_of_requests_that_were_answered() -> None:
    asked = [Response("STC", "2026-11", hours) for hours in (1.0, 4.0, None)]
    assert responses(asked) == Responses(3, 2, 2.5)
    assert responses([]) == Responses()
