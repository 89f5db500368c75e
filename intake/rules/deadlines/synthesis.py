"""What the synthesis of a day says of reports: from when to when, and how each deadline stands. Pure.

Whatever has arrived is never called missing, and neither is what may have arrived unseen.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from intake.model import Obligation, Submission
from intake.rules.deadlines.calendar import WorkingDays
from intake.rules.deadlines.due import midnight

Doubt = Literal["", "waiting", "blind"]
Stand = Literal["on_time", "late", "incomplete", "missing", "waiting", "unknown", "still_open"]

_DAY = timedelta(days=1)
_DOUBTED: dict[Doubt, Stand] = {"": "missing", "waiting": "waiting", "blind": "unknown"}


@dataclass(frozen=True, slots=True)
class Span:
    """What one synthesis tells: of `day`, from after `since` up to `until`.

    Of what came by then it knows what was filed until `known_at`; what was filed until `told_at` the one before told.
    """

    day: date
    since: datetime
    until: datetime
    told_at: datetime
    known_at: datetime


def latest_moment(now: datetime, at: time, zone: ZoneInfo) -> datetime:
    """When the latest synthesis fell due: at that time of today, or of the day before."""
    local = now.astimezone(zone)
    today = datetime.combine(local.date(), at, zone)
    return today if today <= local else datetime.combine(local.date() - _DAY, at, zone)


def span_of(day: date, at: time, zone: ZoneInfo, now: datetime) -> Span:
    """A day from its synthesis's moment of the day before to that of its own, or to now where that is to come."""
    since = datetime.combine(day - _DAY, at, zone)
    until = min(datetime.combine(day, at, zone), now.astimezone(zone))
    return Span(day, since, until, since, until)


def span_due(now: datetime, at: time, zone: ZoneInfo, made_at: datetime | None) -> Span | None:
    """What the synthesis that fell due last tells, with all since the one made at `made_at`; None if that was it."""
    moment = latest_moment(now, at, zone)
    if made_at is not None and made_at >= moment:
        return None
    usual = span_of(moment.date(), at, zone, moment)
    if made_at is None:
        return replace(usual, known_at=now)
    return replace(usual, since=latest_moment(made_at, at, zone), told_at=made_at, known_at=now)


def due_until(day: date, zone: ZoneInfo) -> datetime:
    """The latest first late instant of what may be sent until the end of the day."""
    return midnight(day + _DAY, zone)


def looks_ahead_to(day: date, working_days: WorkingDays) -> date:
    """The next working day: what falls due until its end is to be prepared now."""
    return working_days.shift(day, 1)


def stand(obligation: Obligation, at: datetime, doubt: Doubt) -> Stand:
    """How an obligation that is not waived stood at a moment. `doubt` is why its agency may not be accused."""
    has_come = obligation.received_at is not None and obligation.received_at <= at
    if has_come and obligation.status == "on_time":
        return "on_time"
    if has_come and obligation.status == "late":
        return "late"
    if has_come and obligation.status == "incomplete":
        return "incomplete"
    return _DOUBTED[doubt] if obligation.due_at <= at else "still_open"


def last_versions(found: Iterable[Submission]) -> list[Submission]:
    """Of each obligation the last version only, in the order in which these came."""
    last: dict[int, Submission] = {}
    for one in found:
        known = last.get(one.obligation_id)
        if known is None or known.version < one.version:
            last[one.obligation_id] = one
    return sorted(last.values(), key=lambda one: (one.received_at, one.id))
