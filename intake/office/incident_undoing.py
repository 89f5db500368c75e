"""A decision about an urgent matter or a directive taken back: facts, mails and what was asked are as before."""

from datetime import datetime
from typing import Any

from intake.desk import Desk
from intake.model import AuditEvent, Incident
from intake.records.demands import cancel, steps_of_demand
from intake.records.directives import directive_state
from intake.records.incidents import incident_state
from intake.store.demands import demand_numbered, demands_of, open_demands
from intake.store.directives import confirmations_of, directive_numbered
from intake.store.engine import Session
from intake.store.incidents import any_report_of, incident_numbered, reports_in_force
from intake.store.obligations import UNANSWERED, obligation_of


def undo_incident(desk: Desk, session: Session, event: AuditEvent) -> tuple[dict[str, Any], dict[str, Any]]:
    """Gives the state before and after. An opening taken back closes the matter."""
    incident = incident_numbered(session, int(event.subject.partition(":")[2]))
    before = incident_state(session, incident)
    if event.before:
        _restore(incident, event.before)
        _bring_back_mails(desk, session, incident, event.before["reports"])
        _swap_demands(desk, session, incident, event)
    else:
        cancel(desk, session, open_demands(session, incident=incident.id))
        incident.closed_at = desk.now
    session.flush()
    return before, incident_state(session, incident)


def undo_directive(desk: Desk, session: Session, event: AuditEvent) -> tuple[dict[str, Any], dict[str, Any]]:
    """Gives the state before and after. An issuing taken back asks for no confirmation and for no report."""
    directive = directive_numbered(session, int(event.subject.partition(":")[2]))
    before = directive_state(session, directive)
    if event.before:
        directive.closed_at = _moment(event.before["closed_at"])
        _reopen(desk, session, event.before["demands"])
    else:
        sent = confirmations_of(session, [directive.id])
        cancel(desk, session, [one for one in sent if one.status == "open"])
        for demand in sent if directive.report_type_code else ():
            row = obligation_of(session, demand.agency_code, directive.report_type_code or "", directive.code)
            if row and row.status in UNANSWERED:
                row.status, row.next_step_at = "waived", None
        directive.closed_at = desk.now
    session.flush()
    return before, directive_state(session, directive)


def _reopen(desk: Desk, session: Session, had: dict[str, str]) -> None:
    """What was asked then is asked again, unless a mail has answered it since."""
    for key, status in had.items():
        demand = demand_numbered(session, int(key))
        if status == "open" and demand.status != "open" and demand.message_id is None:
            demand.status, demand.answered_at = "open", None
            demand.next_step_at = steps_of_demand(desk, session, demand).first_look_at(desk.now)


def _restore(incident: Incident, had: dict[str, Any]) -> None:
    incident.category, incident.title, incident.place = had["category"], had["title"], had["place"]
    incident.ended_at, incident.closed_at = _moment(had["ended_at"]), _moment(had["closed_at"])
    incident.joined_to = had["joined_to"]


def _bring_back_mails(desk: Desk, session: Session, incident: Incident, had: list[int]) -> None:
    for message_id in had:
        report = any_report_of(session, message_id)
        if report is None or report.incident_id == incident.id:
            continue
        other = incident_numbered(session, report.incident_id)
        report.incident_id = incident.id
        session.flush()
        if not reports_in_force(session, other.id) and not demands_of(session, [other.id]):
            other.closed_at = desk.now


def _swap_demands(desk: Desk, session: Session, incident: Incident, event: AuditEvent) -> None:
    """What the decision took back is asked for again, and what it asked for is asked for no more."""
    had, has = event.before["demands"], event.after["demands"]
    for key in had:
        demand_numbered(session, int(key)).incident_id = incident.id
    _reopen(desk, session, had)
    new = [demand_numbered(session, int(key)) for key in has if key not in had]
    cancel(desk, session, [one for one in new if one.status == "open"])


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
