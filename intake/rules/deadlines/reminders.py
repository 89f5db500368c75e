"""Which step of a reminder policy is right at a moment, for whom, and when to look again.

Nothing missed is made up for: of all steps whose moment has passed only the latest counts, and once a report is late
only the steps after the deadline do. `plan` and `remind` ask the same functions, so what is foretold is what is sent.
"""

from collections.abc import Collection, Iterable, Sequence, Set
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from intake.config import Often, Policy, Step
from intake.model import Contact
from intake.rules.deadlines.calendar import WorkingDays
from intake.rules.deadlines.standing import last_day_in_time
from intake.rules.names.directory import Directory

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class SendingTimes:
    """When notices may leave: within the office hours of working days, or at any time where there are none."""

    working_days: WorkingDays
    zone: ZoneInfo
    office_hours: tuple[time, time] | None = None

    def leaves_at(self, moment: datetime, urgent: bool = False) -> datetime:
        """The first moment from `moment` on at which a notice may leave. Urgent matters never wait."""
        if self.office_hours is None or urgent:
            return moment
        opening, closing = self.office_hours
        local = moment.astimezone(self.zone)
        today = local.date()
        if self.working_days.is_working(today) and local.time() < closing:
            return max(local, datetime.combine(today, opening, self.zone))
        return datetime.combine(self.working_days.shift(today, 1), opening, self.zone)


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """A step of a policy for one deadline. `key` names it in what was told: another deadline, another key."""

    step: Step
    key: str
    at: datetime
    leaves_at: datetime


@dataclass(frozen=True, slots=True)
class StepPlan:
    """The steps of one obligation, in the order of their moments."""

    due_at: datetime
    steps: tuple[PlannedStep, ...]

    def current(self, now: datetime) -> tuple[PlannedStep, ...]:
        """The step that is right now, none or one; several only where the policy gives them one moment."""
        is_late = now >= self.due_at
        passed = [one for one in self.steps if one.leaves_at <= now and (one.at >= self.due_at) == is_late]
        return tuple(one for one in passed if one.at == passed[-1].at)

    def next_at(self, now: datetime) -> datetime | None:
        """The next moment after `now` at which another step is right; None when nothing is left."""
        coming = (one.leaves_at for one in self.steps if one.leaves_at > now and self.current(one.leaves_at))
        return min(coming, default=None)

    def first_look_at(self, now: datetime) -> datetime | None:
        """When what is asked for at `now` is to be looked at first: at once where a step is already right."""
        return now if self.current(now) else self.next_at(now)

    def if_silent(self) -> tuple[PlannedStep, ...]:
        """The steps that would be sent if nothing arrived and the service never slept."""
        return tuple(one for one in self.steps if one in self.current(one.leaves_at))


def still_to_tell(current: Sequence[PlannedStep], since: datetime, is_told: bool) -> Sequence[PlannedStep]:
    """What of the step that is right now is to be told.

    What was right before `since`, when the deadline or the steps were others, is not made up for, unless nothing was
    told yet.
    """
    return [one for one in current if one.leaves_at >= since] if is_told else current


@dataclass(frozen=True, slots=True)
class Telling:
    """One recipient is to be told one step."""

    step: PlannedStep
    contact: Contact


def step_at(step: Step, due_at: datetime, times: SendingTimes) -> datetime:
    """The step's moment: so many hours or minutes from `due_at`, or the same clock time so many days or working days
    from it."""
    offset = step.offset
    if offset.unit in ("h", "m"):
        distance = timedelta(hours=offset.amount) if offset.unit == "h" else timedelta(minutes=offset.amount)
        return (due_at.astimezone(UTC) + distance).astimezone(times.zone)
    local = due_at.astimezone(times.zone)
    if offset.unit == "d":
        return local + timedelta(days=offset.amount)
    return datetime.combine(times.working_days.shift(local.date(), offset.amount), local.time(), times.zone)


def plan_steps(policy: Policy, due_at: datetime, times: SendingTimes, urgent: bool = False) -> StepPlan:
    """When each step of the policy is right for an obligation due at `due_at`, and when its notice leaves."""
    deadline = last_day_in_time(due_at, times.zone).isoformat()
    planned = []
    for step in policy.steps:
        at = step_at(step, due_at, times)
        planned.append(PlannedStep(step, f"{step.at} {deadline}", at, times.leaves_at(at, urgent)))
    return StepPlan(due_at, tuple(_in_turn(sorted(planned, key=lambda one: one.at), due_at, times, urgent)))


def _in_turn(planned: Iterable[PlannedStep], due_at: datetime, times: SendingTimes, urgent: bool) -> list[PlannedStep]:
    """The steps after the deadline one by one, where a rest day would let them leave together.

    The later one follows the earlier at their own distance, at most a day: nobody hears from above first.
    """
    found: list[PlannedStep] = []
    for one in planned:
        before = found[-1] if found and found[-1].at >= due_at else None
        if before and before.at < one.at and one.leaves_at <= before.leaves_at:
            following = before.leaves_at + min(one.at - before.at, _DAY)
            one = replace(one, leaves_at=times.leaves_at(following, urgent))
        found.append(one)
    return found


def is_repeat_offender(late: Sequence[bool], often: Often) -> bool:
    """Whether an agency was late often enough among its last deadlines, given the newest first."""
    return sum(late[: often.of]) >= often.late


def tellings(
    current: Sequence[PlannedStep],
    agency: str,
    directory: Directory,
    told: Set[tuple[str, str]],
    unreached: Collection[str] = (),
) -> list[Telling]:
    """Who has to be told now, each address once. `told` holds (key of the step, recipient's address).

    Whoever was told one of several steps of the same moment is not told the others. `unreached` are the addresses from
    which the notice of such a step came back.
    """
    keys = {one.key for one in current}
    seen = {address.casefold() for key, address in told if key in keys}
    found = []
    for planned in current:
        for contact in directory.addresses_of(agency, planned.step.to, unreached):
            if contact.email.casefold() not in seen:
                seen.add(contact.email.casefold())
                found.append(Telling(planned, contact))
    return found
