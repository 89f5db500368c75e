"""The reminder policies, moment by moment: what is right now, for whom, and when to look again."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from intake.config import Often, Policy, Step
from intake.model import Agency, Contact
from intake.rules.deadlines.calendar import WorkingDays
from intake.rules.deadlines.reminders import (
    SendingTimes,
    StepPlan,
    is_repeat_offender,
    plan_steps,
    step_at,
    still_to_tell,
    tellings,
)
from intake.rules.names.directory import Directory

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
ANY_TIME = SendingTimes(WorkingDays("VN"), ZONE)
OFFICE_HOURS = SendingTimes(WorkingDays("VN"), ZONE, (time(7), time(17, 30)))

STANDARD = Policy(
    steps=(
        Step(at="-3d", notice="reminder", to=("submitter",)),
        Step(at="-1wd", notice="reminder", to=("submitter",)),
        Step(at="+0h", notice="overdue", to=("submitter",)),
        Step(at="+1wd", notice="escalation", to=("submitter", "head")),
        Step(at="+5wd", notice="directive", to=("head", "supervisor")),
    )
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


DUE = at("2019-11-19T00:00")


def plan(*steps: str, due: datetime = DUE, times: SendingTimes = ANY_TIME) -> StepPlan:
    policy = Policy(steps=tuple(Step(at=step, notice="reminder", to=("submitter",)) for step in steps))
    return plan_steps(policy, due, times)


def right(planned: StepPlan, now: str) -> list[str]:
    return [one.step.at for one in planned.current(at(now))]


@pytest.mark.parametrize(
    ("step", "due", "wanted"),
    [
        ("-3d", "2019-11-19T00:00", "2019-11-16T00:00"),
        ("-1wd", "2019-11-19T00:00", "2019-11-18T00:00"),
        ("-2wd", "2019-11-19T00:00", "2019-11-15T00:00"),
        ("+0h", "2019-11-19T00:00", "2019-11-19T00:00"),
        ("+1wd", "2019-11-19T00:00", "2019-11-20T00:00"),
        ("+5wd", "2019-11-19T00:00", "2019-11-26T00:00"),
        ("+1d", "2019-11-19T00:00", "2019-11-20T00:00"),
        ("-4h", "2019-09-17T17:00", "2019-09-17T13:00"),
        ("-30m", "2019-09-17T17:00", "2019-09-17T16:30"),
        ("+0m", "2019-09-17T17:00", "2019-09-17T17:00"),
        ("-2wd", "2019-09-17T17:00", "2019-09-13T17:00"),
        ("+3wd", "2019-09-17T17:00", "2019-09-20T17:00"),
        ("+1wd", "2026-02-14T00:00", "2026-02-23T00:00"),
        ("+1wd", "2019-11-16T00:00", "2019-11-18T00:00"),
    ],
)
def test_a_step_keeps_the_clock_time_of_the_deadline(step: str, due: str, wanted: str) -> None:
    one = Step(at=step, notice="reminder", to=("submitter",))
    assert step_at(one, at(due), ANY_TIME) == at(wanted)


@pytest.mark.parametrize(
    ("now", "wanted"),
    [
        ("2019-11-15T23:59", []),
        ("2019-11-16T00:00", ["-3d"]),
        ("2019-11-17T23:59", ["-3d"]),
        ("2019-11-18T00:00", ["-1wd"]),
        ("2019-11-18T23:59", ["-1wd"]),
        ("2019-11-19T00:00", ["+0h"]),
        ("2019-11-19T23:59", ["+0h"]),
        ("2019-11-20T00:00", ["+1wd"]),
        ("2019-11-25T12:00", ["+1wd"]),
        ("2019-12-31T12:00", ["+5wd"]),
    ],
)
def test_the_latest_step_whose_moment_has_passed_is_right_and_no_missed_one(now: str, wanted: list[str]) -> None:
    assert right(plan_steps(STANDARD, DUE, ANY_TIME), now) == wanted


def test_after_the_deadline_no_step_from_before_it_is_right() -> None:
    assert right(plan("-3d", "+1d"), "2019-11-18T23:59") == ["-3d"]
    assert right(plan("-3d", "+1d"), "2019-11-19T00:00") == []
    assert right(plan("-3d", "+1d"), "2019-11-20T00:00") == ["+1d"]


def test_a_policy_without_steps_has_nothing_to_say() -> None:
    assert plan().current(DUE) == ()
    assert plan().next_at(DUE) is None


@pytest.mark.parametrize(
    ("now", "wanted"),
    [
        ("2019-11-01T00:00", "2019-11-16T00:00"),
        ("2019-11-16T00:00", "2019-11-18T00:00"),
        ("2019-11-18T08:00", "2019-11-19T00:00"),
        ("2019-11-20T00:00", "2019-11-26T00:00"),
    ],
)
def test_the_next_look_is_at_the_next_step(now: str, wanted: str) -> None:
    assert plan_steps(STANDARD, DUE, ANY_TIME).next_at(at(now)) == at(wanted)


def test_after_the_last_step_nothing_is_left() -> None:
    assert plan_steps(STANDARD, DUE, ANY_TIME).next_at(at("2019-11-26T00:00")) is None


def test_what_is_opened_late_is_looked_at_at_once() -> None:
    planned = plan_steps(STANDARD, DUE, ANY_TIME)
    assert planned.first_look_at(at("2019-11-17T10:00")) == at("2019-11-17T10:00")
    assert planned.first_look_at(at("2019-11-01T10:00")) == at("2019-11-16T00:00")


@pytest.mark.parametrize(
    ("since", "is_told", "wanted"),
    [
        ("2019-11-16T00:00", True, ["-3d"]),
        ("2019-11-16T00:01", True, []),
        ("2019-11-16T00:01", False, ["-3d"]),
    ],
)
def test_what_was_right_under_a_former_deadline_is_told_only_where_nothing_was(since, is_told, wanted) -> None:
    planned = plan_steps(STANDARD, DUE, ANY_TIME)
    found = still_to_tell(planned.current(at("2019-11-17T10:00")), at(since), is_told)
    assert [one.step.at for one in found] == wanted


@pytest.mark.parametrize(
    ("moment", "wanted"),
    [
        ("2019-11-18T08:00", "2019-11-18T08:00"),
        ("2019-11-18T07:00", "2019-11-18T07:00"),
        ("2019-11-18T00:00", "2019-11-18T07:00"),
        ("2019-11-18T17:29:59", "2019-11-18T17:29:59"),
        ("2019-11-18T17:30", "2019-11-19T07:00"),
        ("2019-11-15T20:00", "2019-11-18T07:00"),
        ("2019-11-16T10:00", "2019-11-18T07:00"),
        ("2026-02-13T18:00", "2026-02-23T07:00"),
        ("2026-08-22T03:00", "2026-08-22T07:00"),
    ],
)
def test_a_notice_waits_for_the_next_office_hours(moment: str, wanted: str) -> None:
    assert OFFICE_HOURS.leaves_at(at(moment)) == at(wanted)


def test_an_urgent_notice_or_one_of_an_office_without_hours_leaves_at_any_time() -> None:
    sunday_night = at("2019-11-17T23:00")
    assert OFFICE_HOURS.leaves_at(sunday_night, urgent=True) == sunday_night
    assert ANY_TIME.leaves_at(sunday_night) == sunday_night


def test_of_two_steps_that_waited_for_the_same_office_hours_the_later_one_is_sent() -> None:
    planned = plan_steps(STANDARD, DUE, OFFICE_HOURS)
    assert right(planned, "2019-11-18T06:59") == []
    assert right(planned, "2019-11-18T07:00") == ["-1wd"]
    assert [one.step.at for one in planned.if_silent()] == ["-1wd", "+0h", "+1wd", "+5wd"]


def test_a_reminder_that_could_leave_only_after_the_deadline_is_not_sent() -> None:
    sunday = plan("-1h", "+2h", due=at("2019-11-17T17:00"), times=OFFICE_HOURS)
    assert [(one.step.at, one.leaves_at) for one in sunday.if_silent()] == [("+2h", at("2019-11-18T07:00"))]
    assert sunday.next_at(at("2019-11-10T00:00")) == at("2019-11-18T07:00")


def test_the_keys_of_the_steps_change_when_the_deadline_moves() -> None:
    assert [one.key for one in plan("-3d", "+0h").steps] == ["-3d 2019-11-18", "+0h 2019-11-18"]
    assert [one.key for one in plan("-3d", due=at("2019-11-21T17:00")).steps] == ["-3d 2019-11-21"]


def contact(email: str, role: str) -> Contact:
    return Contact(agency_code="SNV", email=email, role=role)


CONTACTS = [
    contact("giamdoc@so.vn", "head"), contact("vanthu@so.vn", "submitter"), contact("*@so.vn", "submitter"),
    contact("phong@so.vn", "submitter"), contact("Giamdoc@so.vn", "duty"),
]  # fmt: skip
DIRECTORY = Directory([Agency(code="SNV", name="Sở Nội vụ")], CONTACTS, [])


def told_now(planned: StepPlan, now: str, told: set[tuple[str, str]]) -> list[tuple[str, str]]:
    found = tellings(planned.current(at(now)), "SNV", DIRECTORY, told)
    return [(one.step.step.at, one.contact.email) for one in found]


def test_a_step_is_told_to_its_roles_in_order_and_never_to_a_domain() -> None:
    planned = plan_steps(STANDARD, DUE, ANY_TIME)
    assert told_now(planned, "2019-11-20T00:00", set()) == [
        ("+1wd", "vanthu@so.vn"), ("+1wd", "phong@so.vn"), ("+1wd", "giamdoc@so.vn"),
    ]  # fmt: skip


def test_whoever_was_told_a_step_is_not_told_it_again() -> None:
    planned = plan_steps(STANDARD, DUE, ANY_TIME)
    told = {("+1wd 2019-11-18", "VANTHU@so.vn"), ("+0h 2019-11-18", "phong@so.vn")}
    assert told_now(planned, "2019-11-21T09:00", told) == [("+1wd", "phong@so.vn"), ("+1wd", "giamdoc@so.vn")]


def test_steps_of_the_same_moment_go_to_all_their_roles_but_tell_nobody_twice() -> None:
    policy = Policy(
        steps=(
            Step(at="+1d", notice="overdue", to=("submitter",)),
            Step(at="+24h", notice="escalation", to=("submitter", "head")),
        )
    )
    planned = plan_steps(policy, DUE, ANY_TIME)
    wanted = [("+1d", "vanthu@so.vn"), ("+1d", "phong@so.vn"), ("+24h", "giamdoc@so.vn")]
    assert told_now(planned, "2019-11-20T00:00", set()) == wanted
    assert told_now(planned, "2019-11-20T00:00", {("+1d 2019-11-18", email) for _, email in wanted}) == []


def test_hours_are_counted_as_they_pass_where_clocks_change() -> None:
    berlin = SendingTimes(WorkingDays("DE"), ZoneInfo("Europe/Berlin"))
    due = datetime(2026, 3, 29, 4, tzinfo=berlin.zone)
    before = step_at(Step(at="-3h", notice="reminder", to=("submitter",)), due, berlin)
    assert before == datetime(2026, 3, 29, 0, tzinfo=berlin.zone)
    assert step_at(Step(at="-1d", notice="reminder", to=("submitter",)), due, berlin).date() == date(2026, 3, 28)


@pytest.mark.parametrize(
    ("due", "steps", "wanted"),
    [
        # The last day is a Friday: both steps have their moments on the rest days.
        ("2019-11-16T00:00", ("+0h", "+1wd"), ["2019-11-18T07:00", "2019-11-19T07:00"]),
        ("2019-11-16T00:00", ("+0h", "+2h"), ["2019-11-18T07:00", "2019-11-18T09:00"]),
        ("2019-11-16T00:00", ("+0h", "+1d", "+1wd"), ["2019-11-18T07:00", "2019-11-19T07:00", "2019-11-20T07:00"]),
        ("2026-02-14T00:00", ("+0h", "+1wd"), ["2026-02-23T07:00", "2026-02-24T07:00"]),
        ("2019-11-19T00:00", ("+0h", "+1wd"), ["2019-11-19T07:00", "2019-11-20T07:00"]),
        ("2019-11-16T00:00", ("+0h", "+0d"), ["2019-11-18T07:00", "2019-11-18T07:00"]),
    ],
)
def test_what_follows_a_notice_never_overtakes_it_over_rest_days(due, steps, wanted):
    planned = plan(*steps, due=at(due), times=OFFICE_HOURS)
    assert [one.leaves_at.isoformat()[:16] for one in planned.steps] == wanted


@pytest.mark.parametrize(
    ("late", "is_one"),
    [
        ([], False),
        ([True, True], False),
        ([True, True, True], True),
        ([True, False, True, False, True, False], True),
        ([False, False, True, True, False, False, True], False),
    ],
)
def test_an_agency_is_a_repeat_offender_by_its_last_deadlines(late, is_one):
    assert is_repeat_offender(late, Often(late=3, of=6)) is is_one


def test_an_address_whose_notice_came_back_gives_way_to_the_next_contact():
    current = plan("-3d").current(at("2019-11-17T00:00"))
    told = {(current[0].key, "a@x.example")}
    directory = Directory(
        [Agency(code="A", name="A")],
        [
            Contact(agency_code="A", email="a@x.example", role="submitter"),
            Contact(agency_code="A", email="head@x.example", role="head"),
        ],
        [],
    )
    assert tellings(current, "A", directory, told) == []
    [telling] = tellings(current, "A", directory, told, {"a@x.example"})
    assert telling.contact.email == "head@x.example"
