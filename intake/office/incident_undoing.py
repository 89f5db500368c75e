"""A decision about an urgent matter taken back: its facts, its mails and what was asked about it are as before."""

from datetime import datetime
from typing import Any

from intake.desk import Desk
from intake.model import AuditEvent, Incident
from intake.records.demands import cancel, steps_of_demand
from intake.records.incidents import incident_state
from intake.store.demands import demand_numbered, demands_of, open_demands
from intake.store.engine import Session
from intake.store.incidents import any_report_of, incident_numbered, reports_in_force


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
    for key, status in had.items():
        demand = demand_numbered(session, int(key))
        demand.incident_id = incident.id
        if status == "open" and demand.status == "cancelled":
            demand.status = "open"
            demand.next_step_at = steps_of_demand(desk, session, demand).first_look_at(desk.now)
    new = [demand_numbered(session, int(key)) for key in has if key not in had]
    cancel(desk, session, [one for one in new if one.status == "open"])


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
