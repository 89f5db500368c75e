"""Incidents and the mails that told of them."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.errors import ConfigError
from intake.model import Incident, IncidentReport, Message, Notice
from intake.rules.verdicts import OpenIncident


def open_incidents(session: Session) -> list[OpenIncident]:
    """Every incident that is not closed, with the Message-IDs and the text of what was told and answered."""
    found = []
    for incident in session.scalars(select(Incident).where(Incident.closed_at.is_(None)).order_by(Incident.id)):
        reports = session.execute(
            select(IncidentReport.text, Message.message_id)
            .join(Message, Message.id == IncidentReport.message_id)
            .where(IncidentReport.incident_id == incident.id, IncidentReport.withdrawn_at.is_(None))
            .order_by(Message.received_at)
        ).all()
        ours = session.scalars(
            select(Notice.mail_id)
            .join(IncidentReport, IncidentReport.message_id == Notice.message_id)
            .where(IncidentReport.incident_id == incident.id, IncidentReport.withdrawn_at.is_(None))
        )
        found.append(
            OpenIncident(
                id=incident.id,
                category=incident.category,
                agency=incident.agency_code,
                title=incident.title,
                text="\n".join(text for text, _ in reports),
                opened_at=incident.opened_at,
                updated_at=incident.updated_at,
                message_ids=(*(message_id for _, message_id in reports if message_id), *ours),
            )
        )
    return found


def all_incidents(session: Session) -> Sequence[Incident]:
    return session.scalars(select(Incident).order_by(Incident.opened_at, Incident.id)).all()


def report_of(session: Session, message_id: int) -> tuple[IncidentReport, Incident] | None:
    row = session.execute(
        select(IncidentReport, Incident)
        .join(Incident, Incident.id == IncidentReport.incident_id)
        .where(IncidentReport.message_id == message_id, IncidentReport.withdrawn_at.is_(None))
    ).first()
    return (row[0], row[1]) if row else None


def any_report_of(session: Session, message_id: int) -> IncidentReport | None:
    """The message's tie to an incident, taken back or not."""
    return session.get(IncidentReport, message_id)


def reports_in_force(session: Session, incident_id: int) -> Sequence[IncidentReport]:
    return session.scalars(
        select(IncidentReport).where(IncidentReport.incident_id == incident_id, IncidentReport.withdrawn_at.is_(None))
    ).all()


def incident_numbered(session: Session, incident_id: int) -> Incident:
    """The incident with this id. Raises `ConfigError` if there is none."""
    incident = session.get(Incident, incident_id)
    if incident is None:
        raise ConfigError(f"there is no incident {incident_id}; `intake incidents` lists them")
    return incident
