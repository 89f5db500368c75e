"""What there is of everything, counted: for those who watch over the service. Each figure is one query on an index."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select

from intake.model import Incident, Message, Notice, Obligation
from intake.store.mails import NEEDS_PERSON
from intake.store.outbox import paused_since
from intake.store.session import Session

WAITING = ("queued", "claimed", "sending", "held")


@dataclass(frozen=True, slots=True)
class Figures:
    """`messages`, `dispositions` and `notices` count rows by their status; the moments are of the oldest that waits."""

    messages: dict[str, int]
    dispositions: dict[str, int]
    notices: dict[str, int]
    bounced: int
    oldest_message_at: datetime | None
    oldest_notice_at: dict[str, datetime]
    in_review: int
    open_incidents: int
    overdue: int
    sending_paused: bool


def figures(session: Session, now: datetime) -> Figures:
    return Figures(
        messages=_counts(session, Message.status),
        dispositions=_counts(session, Message.disposition),
        notices=_counts(session, Notice.status),
        bounced=_count(session, Notice.id, Notice.bounced_at.is_not(None)),
        oldest_message_at=session.scalar(select(func.min(Message.stored_at)).where(Message.status == "stored")),
        oldest_notice_at=_oldest_notices(session),
        in_review=_count(
            session,
            Message.id,
            Message.settled_at.is_(None),
            or_(Message.disposition.in_(NEEDS_PERSON), Message.status == "failed"),
        ),
        open_incidents=_count(session, Incident.id, Incident.closed_at.is_(None)),
        overdue=_count(session, Obligation.id, Obligation.status == "open", Obligation.due_at <= now),
        sending_paused=paused_since(session) is not None,
    )


def _counts(session: Session, column: object) -> dict[str, int]:
    rows = session.execute(select(column, func.count()).group_by(column))  # type: ignore[call-overload]
    return {value: count for value, count in rows if value is not None}


def _count(session: Session, column: object, *conditions: object) -> int:
    return session.scalar(select(func.count(column)).where(*conditions)) or 0  # type: ignore[arg-type]


def _oldest_notices(session: Session) -> dict[str, datetime]:
    query = select(Notice.status, func.min(Notice.queued_at)).where(Notice.status.in_(WAITING)).group_by(Notice.status)
    return {row[0]: row[1] for row in session.execute(query)}
