"""What the synthesis of a day asks of the rows: what was told, filed and owed up to a moment."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import and_, func, or_, select

from intake.model import Incident, IncidentReport, Message, Obligation, Submission
from intake.rules.deadlines.synthesis import Span
from intake.store.session import Session

# What a person files so long after it came is no news of the day any more.
LATE_NEWS = timedelta(days=7)


def incidents_between(session: Session, since: datetime, until: datetime) -> Sequence[Incident]:
    """Those open at some time in the span, in the order in which they were opened."""
    return session.scalars(
        select(Incident)
        .where(Incident.opened_at <= until, or_(Incident.closed_at.is_(None), Incident.closed_at > since))
        .order_by(Incident.opened_at, Incident.id)
    ).all()


def reports_until(session: Session, incident_id: int, until: datetime) -> Sequence[tuple[datetime, str]]:
    """When each report of an incident was received, and its text, the oldest first."""
    rows = session.execute(
        select(Message.received_at, IncidentReport.text)
        .join(Message, Message.id == IncidentReport.message_id)
        .where(
            IncidentReport.incident_id == incident_id,
            IncidentReport.withdrawn_at.is_(None),
            Message.received_at <= until,
        )
        .order_by(Message.received_at, Message.id)
    )
    return [(row[0], row[1]) for row in rows]


def submissions_between(session: Session, span: Span) -> Sequence[tuple[Submission, Obligation]]:
    """What was received in the span, or shortly before and filed since the last one, in the order of its coming."""
    filed_at = func.coalesce(Message.settled_at, Message.processed_at)
    rows = session.execute(
        select(Submission, Obligation)
        .join(Obligation, Obligation.id == Submission.obligation_id)
        .outerjoin(Message, Message.id == Submission.message_id)
        .where(
            Submission.withdrawn_at.is_(None),
            Submission.received_at > span.since - LATE_NEWS,
            Submission.received_at <= span.until,
            or_(Submission.received_at > span.since, and_(filed_at > span.told_at, filed_at <= span.known_at)),
        )
        .order_by(Submission.received_at, Submission.id)
    )
    return [(row[0], row[1]) for row in rows]
