"""What the office decides about obligations: another channel, a later deadline, none at all. Each with a reason."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from intake.desk import Desk
from intake.errors import ConfigError
from intake.model import Obligation
from intake.records.booking import file_otherwise, obligation_for
from intake.records.moving import Moved, tell_moved
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
        submission = file_otherwise(desk, session, obligation, on, decision.why)
        after = {"receipt": submission.receipt, "timeliness": submission.timeliness, "received_at": on.isoformat()}
        _record(desk, session, "received by another channel", obligation, decision, {}, after)
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
    before = {"due_at": obligation.due_at.isoformat(), "status": obligation.status}
    obligation.due_at, obligation.extended_why = until, decision.why
    if obligation.status == "late" and obligation.received_at and obligation.received_at < until:
        obligation.status = "on_time"
    if obligation.status in ("open", "incomplete"):
        obligation.next_step_at = desk.steps_for(obligation.report_type_code, until).next_at(desk.now)
    _record(desk, session, "extended", obligation, decision, before, {"due_at": until.isoformat()})
    return obligation


def waive(desk: Desk, decision: Decision) -> Obligation:
    """Says that one obligation need not be answered."""
    with desk.database.writing() as session:
        return waive_within(desk, session, decision)


def waive_within(desk: Desk, session: Session, decision: Decision) -> Obligation:
    """`waive` within the caller's transaction."""
    obligation = _obligation(desk, session, decision)
    before = {"status": obligation.status}
    obligation.status, obligation.next_step_at = "waived", None
    _record(desk, session, "waived", obligation, decision, before, {"status": "waived"})
    return obligation


def _obligation(desk: Desk, session: Session, decision: Decision) -> Obligation:
    return owed_obligation(desk, session, decision.agency, decision.report_type, decision.period)


def owed_obligation(desk: Desk, session: Session, agency: str, report_type: str, period: str) -> Obligation:
    """The obligation that a person names. Raises `ConfigError` saying which of the three is wrong."""
    if agency not in desk.directory.agencies:
        raise ConfigError(f"there is no agency {agency!r} in the registry")
    if report_type not in desk.directory.report_types:
        raise ConfigError(f"there is no report type {report_type!r} in the registry")
    obligation = obligation_for(desk, session, agency, report_type, period)
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
    after: dict[str, Any],
) -> None:
    subject = f"obligation:{obligation.id}"
    audit.record(session, desk.now, action, subject, who=decision.who, why=decision.why, before=before, after=after)
