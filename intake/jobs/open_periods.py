"""The registry and the calendar in; rows of `obligation` out, opened ahead without gaps or doubles.

What fell due before the service first ran is nobody's to be reminded of: it is not opened here.
"""

from datetime import datetime

from intake.desk import FIRST_RUN, REGISTRY_LOADED, Desk
from intake.model import Obligation
from intake.records.moving import Moved, follow_steps, move, tell_moved
from intake.rules.deadlines.periods import owed
from intake.rules.verdicts import Owed
from intake.store.engine import Session
from intake.store.obligations import (
    AT_ONCE,
    UNANSWERED,
    known_obligations,
    latest_milestone,
    make_latest,
    milestone,
    row_of,
    set_milestone,
)

OPENED_UNTIL = "opened until"
CALENDAR = "days off in "
OPENED_FOR = "opened for the registry of"
LOOKED = "looked for changes of rules"


def open_periods(desk: Desk) -> int:
    """Opens every obligation that falls due until the horizon. Says how many are new."""
    now = desk.now
    until = now + desk.config.daemon.open_ahead
    directory = desk.directory
    with desk.database.writing() as session:
        since = _looked_last(session, now)
        calendars = _calendars(desk)
        other_days = _other_days(session, calendars)
        follow_steps(desk, session, since, other_days=other_days)
        first = _first_to_open(session, now, other_days)
        if first >= until - desk.config.daemon.open_ahead / 10:
            return 0
        due = owed(directory, desk.working_days, desk.zone, first, until)
        known = known_obligations(session, due)
        moves = [_follow(desk, session, known.get((one.agency, one.report_type, one.period)), one) for one in due]
        tell_moved(desk, session, [one for one in moves if one], "calendar" if other_days else "rule")
        set_milestone(session, OPENED_UNTIL, until)
        set_milestone(session, OPENED_FOR, milestone(session, REGISTRY_LOADED) or now)
        for prefix, name in calendars.items():
            make_latest(session, name, prefix, now)
    return len(due) - len(known)


def _looked_last(session: Session, now: datetime) -> datetime:
    """When the last pass went by the rules of then. What is right since, by those of now, is still to be told."""
    last = milestone(session, LOOKED)
    set_milestone(session, LOOKED, now)
    return min(last or now, now)


def _calendars(desk: Desk) -> dict[str, str]:
    """The milestones that say since when this year's and the next one's days off are those of now, by prefix."""
    year = desk.now.astimezone(desk.zone).year
    days = desk.working_days
    return {f"{CALENDAR}{one} ": f"{CALENDAR}{one} {days.fingerprint([one])}" for one in (year, year + 1)}


def _other_days(session: Session, calendars: dict[str, str]) -> bool:
    """Whether the days off have changed since the last pass; a year that was not looked at before is no change."""
    return any(latest_milestone(session, prefix) not in ("", name) for prefix, name in calendars.items())


def _first_to_open(session: Session, now: datetime, other_days: bool) -> datetime:
    """From which deadline on obligations are to be opened: where the last pass ended, or where the service began.

    A registry loaded since is followed from its loading on, and changed days off from now on; what was due before
    that never changes.
    """
    began = milestone(session, FIRST_RUN)
    if began is None or now < began:
        set_milestone(session, FIRST_RUN, now)
        return now
    opened_until = milestone(session, OPENED_UNTIL) or began
    loaded_at = milestone(session, REGISTRY_LOADED)
    if loaded_at is None or milestone(session, OPENED_FOR) == loaded_at:
        return min(opened_until, max(began, now)) if other_days else opened_until
    return min(opened_until, max(began, min(loaded_at, now)))


def _follow(desk: Desk, session: Session, row: Obligation | None, one: Owed) -> Moved | None:
    """Opens the obligation; or lets one that is open, and still to come, follow a rule that was changed."""
    moved = None
    if row is None:
        session.add(row_of(one, desk.now, AT_ONCE))
    elif row.status in UNANSWERED:
        if row.due_at != one.due_at and row.due_at > desk.now and not row.extended_why:
            moved = move(desk, session, row, one.due_at)
        elif row.next_step_at is None:
            row.next_step_at = AT_ONCE
    return moved
