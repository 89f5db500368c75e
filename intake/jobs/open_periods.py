"""The registry and the calendar in; rows of `obligation` out, opened ahead without gaps or doubles.

What fell due before the service first ran is nobody's to be reminded of: it is not opened here.
"""

from datetime import datetime

from intake.desk import FIRST_RUN, REGISTRY_LOADED, Desk
from intake.model import Obligation
from intake.rules.periods import owed
from intake.rules.verdicts import Owed
from intake.store import audit
from intake.store.engine import Session
from intake.store.obligations import UNANSWERED, known_obligations, milestone, set_milestone

OPENED_UNTIL = "opened until"
OPENED_FOR = "opened for the registry of"


def open_periods(desk: Desk) -> int:
    """Opens every obligation that falls due until the horizon. Says how many are new."""
    now = desk.now
    until = now + desk.config.daemon.open_ahead
    directory = desk.directory
    with desk.database.writing() as session:
        first = _first_to_open(session, now)
        if first >= until - desk.config.daemon.open_ahead / 10:
            return 0
        due = owed(directory, desk.working_days, desk.zone, first, until)
        known = known_obligations(session, due)
        for one in due:
            _follow(desk, session, known.get((one.agency, one.report_type, one.period)), one)
        set_milestone(session, OPENED_UNTIL, until)
        set_milestone(session, OPENED_FOR, milestone(session, REGISTRY_LOADED) or now)
    return len(due) - len(known)


def _first_to_open(session: Session, now: datetime) -> datetime:
    """From which deadline on obligations are to be opened: where the last pass ended, or where the service began.

    A registry loaded since is followed from its loading on; what was due before that never changes.
    """
    began = milestone(session, FIRST_RUN)
    if began is None or now < began:
        set_milestone(session, FIRST_RUN, now)
        return now
    opened_until = milestone(session, OPENED_UNTIL) or began
    loaded_at = milestone(session, REGISTRY_LOADED)
    if loaded_at is None or milestone(session, OPENED_FOR) == loaded_at:
        return opened_until
    return min(opened_until, max(began, min(loaded_at, now)))


def _follow(desk: Desk, session: Session, row: Obligation | None, one: Owed) -> None:
    """Opens the obligation; or lets one that is open, and still to come, follow a rule that was changed."""
    if row is None:
        session.add(_row(desk, one, desk.now))
    elif row.status in UNANSWERED:
        if row.due_at != one.due_at and row.due_at > desk.now and not row.extended_why:
            before, after = {"due_at": row.due_at.isoformat()}, {"due_at": one.due_at.isoformat()}
            audit.record(session, desk.now, "deadline moved", f"obligation:{row.id}", before=before, after=after)
            row.due_at, row.next_step_at = one.due_at, None
        if row.next_step_at is None:
            row.next_step_at = desk.first_look_at(row.report_type_code, row.due_at)


def _row(desk: Desk, one: Owed, now: datetime) -> Obligation:
    return Obligation(
        agency_code=one.agency,
        report_type_code=one.report_type,
        period=one.period,
        period_start=one.period_start,
        period_end=one.period_end,
        due_at=one.due_at,
        opened_at=now,
        next_step_at=desk.first_look_at(one.report_type, one.due_at),
    )
