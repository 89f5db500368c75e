"""What the office decides about obligations: another channel, a later deadline, none at all. Each with a reason."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from intake.desk import Desk
from intake.errors import ConfigError
from intake.model import Obligation
from intake.office.states import obligation_state
from intake.records.booking import file_otherwise, obligation_for, refuse_unknown
from intake.records.moving import Moved, tell_moved
from intake.records.versions import restate
from intake.store import audit
from intake.store.engine import Session
from intake.store.obligations import UNANSWERED


@dataclass(frozen=True, slots=True)
class Decision:
    """Which obligation, who decides, and why."""

    agency: str
    report_type: str
    period: str
    who: str
    why: str


def receive(desk: Desk, decision: Decision, on: datetime) -> Obligation:
    """Records a report that came by another channel, so that reminders stop. Raises `ConfigError` for the future."""
    if on > desk.now:
        raise ConfigError(f"{on.isoformat()} is still to come: nothing can have been received then")
    with desk.database.writing() as session:
        obligation = _obligation(desk, session, decision)
        before = obligation_state(session, obligation)
        submission = file_otherwise(desk, session, obligation, on, decision.why)
        details = {"receipt": submission.receipt, "timeliness": submission.timeliness, "received_at": on.isoformat()}
        _record(desk, session, "received by another channel", obligation, decision, before, details)
    return obligation


def extend(desk: Desk, decision: Decision, until: datetime) -> Obligation:
    """Gives one obligation a later deadline, and tells who was reminded of the former one. Raises `ConfigError`."""
    with desk.database.writing() as session:
        former_due_at = _obligation(desk, session, decision).due_at
        obligation = extend_within(desk, session, decision, until)
        if obligation.status in UNANSWERED:
            tell_moved(desk, session, [Moved(obligation, former_due_at)], "decision", decision.why)
        return obligation


def extend_within(desk: Desk, session: Session, decision: Decision, until: datetime) -> Obligation:
    """`extend` within the caller's transaction."""
    obligation = _obligation(desk, session, decision)
    if until <= obligation.due_at:
        due = obligation.due_at.astimezone(desk.zone).isoformat()
        raise ConfigError(f"the deadline is {due} already; an extension has to be later")
    before = obligation_state(session, obligation)
    obligation.due_at, obligation.extended_why = until, decision.why
    restate(desk, session, obligation)
    if obligation.status in UNANSWERED:
        obligation.next_step_at = desk.now
    _record(desk, session, "extended", obligation, decision, before)
    return obligation


def waive(desk: Desk, decision: Decision) -> Obligation:
    """Says that one obligation need not be answered."""
    with desk.database.writing() as session:
        return waive_within(desk, session, decision)


def waive_within(desk: Desk, session: Session, decision: Decision) -> Obligation:
    """`waive` within the caller's transaction."""
    obligation = _obligation(desk, session, decision)
    before = obligation_state(session, obligation)
    obligation.status, obligation.next_step_at = "waived", None
    _record(desk, session, "waived", obligation, decision, before)
    return obligation


def _obligation(desk: Desk, session: Session, decision: Decision) -> Obligation:
    return owed_obligation(desk, session, decision.agency, decision.report_type, decision.period)


def owed_obligation(desk: Desk, session: Session, agency: str, report_type: str, period: str) -> Obligation:
    """The obligation that a person names. Raises `ConfigError` saying which of the three is wrong."""
    refuse_unknown(desk, agency, report_type)
    obligation = obligation_for(desk, session, agency, report_type, period)
    if obligation is None and desk.directory.report_types[report_type].frequency == "ad_hoc":
        raise ConfigError(f"no request {period} of {report_type} to {agency} is known: say until when with --due")
    if obligation is None:
        raise ConfigError(f"{agency} does not owe {report_type} for {period}, by the registry")
    return obligation


def _record(
    desk: Desk,
    session: Session,
    action: str,
    obligation: Obligation,
    decision: Decision,
    before: dict[str, Any],
    details: dict[str, Any] | None = None,
) -> None:
    subject = f"obligation:{obligation.id}"
    after = {**obligation_state(session, obligation), **(details or {})}
    audit.record(session, desk.now, action, subject, who=decision.who, why=decision.why, before=before, after=after)
