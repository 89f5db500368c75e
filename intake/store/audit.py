"""The audit trail: who changed what, when and why. Rows are only ever added."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from intake.errors import ConfigError
from intake.model import AuditEvent
from intake.store.rows import add_row

SERVICE = "intake"


def record(
    session: Session,
    at: datetime,
    action: str,
    subject: str,
    *,
    who: str = SERVICE,
    why: str = "",
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> int:
    """Adds one event and gives its number. `subject` names the row, as "message:12" or "obligation:7"."""
    row = {"at": at, "who": who, "action": action, "subject": subject, "why": why}
    return add_row(session, AuditEvent, row | {"before": before or {}, "after": after or {}})


def events_about(session: Session, subject: str) -> Sequence[AuditEvent]:
    """What happened to one thing, in order."""
    return session.scalars(select(AuditEvent).where(AuditEvent.subject == subject).order_by(AuditEvent.id)).all()


def events_of(session: Session, actions: Sequence[str]) -> Sequence[AuditEvent]:
    """Everything of these kinds, in order."""
    return session.scalars(select(AuditEvent).where(AuditEvent.action.in_(actions)).order_by(AuditEvent.id)).all()


def event_numbered(session: Session, event_id: int) -> AuditEvent:
    """The event with this number. Raises `ConfigError` if there is none."""
    event = session.get(AuditEvent, event_id)
    if event is None:
        raise ConfigError(f"there is no event {event_id} in the audit trail; `intake explain ID` shows those of a mail")
    return event


def events_between(session: Session, first: datetime, last: datetime) -> Sequence[AuditEvent]:
    """What was noted in that time, in its order."""
    query = select(AuditEvent).where(AuditEvent.at >= first, AuditEvent.at <= last)
    return session.scalars(query.order_by(AuditEvent.id)).all()


def latest_about(session: Session, prefix: str) -> dict[str, AuditEvent]:
    """The last event of each thing whose subject begins so."""
    latest = select(func.max(AuditEvent.id)).where(AuditEvent.subject.startswith(prefix, autoescape=True))
    found = session.scalars(select(AuditEvent).where(AuditEvent.id.in_(latest.group_by(AuditEvent.subject))))
    return {one.subject: one for one in found}
