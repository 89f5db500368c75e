"""Incidents and the mails that told of them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import bindparam, select

from intake.errors import ConfigError
from intake.model import Incident, IncidentReport, Message, Notice
from intake.rules.verdicts import OpenIncident
from intake.store.demands import MailAsking, mails_asking
from intake.store.session import AS_WRITTEN, Session

_REPORT_OF = (
    select(IncidentReport, Incident)
    .join(Incident, Incident.id == IncidentReport.incident_id)
    .where(IncidentReport.message_id == bindparam("message"), IncidentReport.withdrawn_at.is_(None))
)
_OPEN = select(Incident).where(Incident.closed_at.is_(None)).order_by(Incident.id)


def open_incidents(session: Session) -> list[OpenIncident]:
    """Every incident that is not closed, with the Message-IDs and the text of what was told and answered."""
    session.write_changed(Incident, lambda one: True)
    incidents = session.scalars(_OPEN, execution_options=AS_WRITTEN).all()
    if not incidents:
        return []
    asking: dict[int, list[MailAsking]] = defaultdict(list)
    for mail in mails_asking(session):
        asking[mail.incident_id].append(mail)
    in_force = (IncidentReport.incident_id.in_([one.id for one in incidents]), IncidentReport.withdrawn_at.is_(None))
    reports: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for incident_id, told, message_id in session.execute(
        select(IncidentReport.incident_id, IncidentReport.text, Message.message_id)
        .join(Message, Message.id == IncidentReport.message_id)
        .where(*in_force)
        .order_by(Message.received_at)
    ):
        reports[incident_id].append((told, message_id))
    ours: dict[int, list[str]] = defaultdict(list)
    for incident_id, mail_id in session.execute(
        select(IncidentReport.incident_id, Notice.mail_id)
        .join(Notice, Notice.message_id == IncidentReport.message_id)
        .where(*in_force)
    ):
        ours[incident_id].append(mail_id)
    return [_open(one, reports[one.id], ours[one.id], asking[one.id]) for one in incidents]


def _open(
    incident: Incident, reports: Sequence[tuple[str, str]], ours: Sequence[str], asking: Sequence[MailAsking]
) -> OpenIncident:
    return OpenIncident(
        id=incident.id,
        category=incident.category,
        agency=incident.agency_code,
        title=incident.title,
        text="\n".join(text for text, _ in reports),
        opened_at=incident.opened_at,
        updated_at=incident.updated_at,
        message_ids=(
            *(message_id for _, message_id in reports if message_id),
            *ours,
            *(one.mail_id for one in asking),
        ),
        references=frozenset(one.reference for one in asking),
        asked=frozenset(one.agency for one in asking),
    )


def all_incidents(session: Session) -> Sequence[Incident]:
    return session.scalars(select(Incident).order_by(Incident.opened_at, Incident.id)).all()


def told_at(session: Session, incident_ids: Iterable[int]) -> dict[tuple[int, str], list[datetime]]:
    """When our server took the mails in force that tell of these incidents, by incident and agency, in that order."""
    rows = session.execute(
        select(IncidentReport.incident_id, Message.agency_code, Message.received_at)
        .join(Message, Message.id == IncidentReport.message_id)
        .where(IncidentReport.incident_id.in_(list(incident_ids)), IncidentReport.withdrawn_at.is_(None))
        .order_by(Message.received_at)
    )
    found: dict[tuple[int, str], list[datetime]] = {}
    for incident_id, agency, received_at in rows:
        found.setdefault((incident_id, agency or ""), []).append(received_at)
    return found


def said_to_be_over(session: Session, incident_ids: Iterable[int]) -> set[tuple[int, str]]:
    """Of which of these incidents which agency's newest report in force is its last one, as incident and agency."""
    rows = session.execute(
        select(IncidentReport.incident_id, Message.agency_code, IncidentReport.is_last)
        .join(Message, Message.id == IncidentReport.message_id)
        .where(IncidentReport.incident_id.in_(list(incident_ids)), IncidentReport.withdrawn_at.is_(None))
        .order_by(Message.received_at, Message.id)
    )
    newest = {(incident_id, agency or ""): is_last for incident_id, agency, is_last in rows}
    return {key for key, is_last in newest.items() if is_last}


def reports_by_incident(session: Session, incident_ids: Iterable[int]) -> dict[int, list[int]]:
    """The mails in force that tell of these incidents, in the order of arrival."""
    rows = session.execute(
        select(IncidentReport.incident_id, IncidentReport.message_id)
        .join(Message, Message.id == IncidentReport.message_id)
        .where(IncidentReport.incident_id.in_(list(incident_ids)), IncidentReport.withdrawn_at.is_(None))
        .order_by(Message.received_at, Message.id)
    )
    found: dict[int, list[int]] = {}
    for incident_id, message_id in rows:
        found.setdefault(incident_id, []).append(message_id)
    return found


def followed_incidents(session: Session) -> Sequence[Incident]:
    """The incidents of which a report a day is owed: neither ended nor closed."""
    return session.scalars(
        select(Incident).where(Incident.closed_at.is_(None), Incident.ended_at.is_(None)).order_by(Incident.id)
    ).all()


def report_of(session: Session, message_id: int) -> tuple[IncidentReport, Incident] | None:
    row = session.execute(_REPORT_OF, {"message": message_id}).first()
    return (row[0], row[1]) if row else None


def any_report_of(session: Session, message_id: int) -> IncidentReport | None:
    """The message's tie to an incident, taken back or not."""
    return session.get(IncidentReport, message_id)


def reports_in_force(session: Session, incident_id: int) -> Sequence[IncidentReport]:
    return session.scalars(
        select(IncidentReport).where(IncidentReport.incident_id == incident_id, IncidentReport.withdrawn_at.is_(None))
    ).all()


def incident_coded(session: Session, code: str) -> Incident | None:
    """The incident that people call by this code, such as "VV-0012", or the one that it was joined to; else None."""
    number = code.partition("-")[2]
    incident = session.get(Incident, int(number)) if number.isdecimal() else None
    while incident is not None and incident.joined_to is not None:
        incident = session.get_one(Incident, incident.joined_to)
    return incident


def incident_numbered(session: Session, incident_id: int) -> Incident:
    """The incident with this id. Raises `ConfigError` if there is none."""
    incident = session.get(Incident, incident_id)
    if incident is None:
        raise ConfigError(f"there is no incident {incident_id}; `intake incidents` lists them")
    return incident
