"""The registry and the calendar in; rows of `obligation` out, opened ahead without gaps or doubles.

What fell due before the service first ran is nobody's to be reminded of: it is not opened here.
"""

from datetime import datetime

from intake.desk import REGISTRY_LOADED, Desk
from intake.model import Obligation
from intake.rules.periods import owed
from intake.rules.verdicts import Owed
from intake.store.engine import Session
from intake.store.obligations import UNANSWERED, known_obligations, milestone, set_milestone

FIRST_RUN = "first run"
OPENED_UNTIL = "opened until"
OPENED_FOR = "opened for the registry of"


def open_periods(desk: Desk) -> int:
    """Opens every obligation that falls due until the horizon. Says how many are new."""
    now = desk.now
    until = now + desk.config.daemon.open_ahead
    directory = desk.directory
    with desk.database.writing() as session:
        began, opened_until = _span(session, now)
        if opened_until >= until - desk.config.daemon.open_ahead / 10:
            return 0
        due = owed(directory, desk.working_days, desk.zone, max(opened_until, began), until)
        known = known_obligations(session, due)
        new = [one for one in due if (one.agency, one.report_type, one.period) not in known]
        session.add_all(_row(desk, one, now) for one in new)
        for one in due:
            _schedule(desk, known.get((one.agency, one.report_type, one.period)), now)
        set_milestone(session, OPENED_UNTIL, until)
        set_milestone(session, OPENED_FOR, milestone(session, REGISTRY_LOADED) or now)
    return len(new)


def _span(session: Session, now: datetime) -> tuple[datetime, datetime]:
    """When the service first ran, and until when obligations are open; a registry loaded since is opened afresh."""
    began = milestone(session, FIRST_RUN)
    if began is None or now < began:
        began = now
        set_milestone(session, FIRST_RUN, now)
        return began, now
    opened_until = milestone(session, OPENED_UNTIL)
    if opened_until is None or milestone(session, OPENED_FOR) != milestone(session, REGISTRY_LOADED):
        return began, began
    return began, opened_until


def _schedule(desk: Desk, row: Obligation | None, now: datetime) -> None:
    """An obligation that a mail had opened before its time came is followed like the others."""
    if row and row.status in UNANSWERED and row.next_step_at is None:
        row.next_step_at = desk.steps_for(row.report_type_code, row.due_at).first_look_at(now)


def _row(desk: Desk, one: Owed, now: datetime) -> Obligation:
    return Obligation(
        agency_code=one.agency,
        report_type_code=one.report_type,
        period=one.period,
        period_start=one.period_start,
        period_end=one.period_end,
        due_at=one.due_at,
        opened_at=now,
        next_step_at=desk.steps_for(one.report_type, one.due_at).first_look_at(now),
    )
