"""The audit trail: who changed what, when and why. Rows are only ever added."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from intake.errors import ConfigError
from intake.model import AuditEvent
from intake.store.session import Session

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
) -> None:
    """Adds one event. `subject` names the row, as "message:12" or "obligation:7"."""
    session.add_rows(AuditEvent, [_event(at, who, action, subject, why, before, after)])


def record_numbered(
    session: Session, at: datetime, action: str, subject: str, *, who: str, why: str, after: dict[str, Any]
) -> int:
    """The same of what somebody may take back by the number of the event, which it gives."""
    return session.add_row_now(AuditEvent, _event(at, who, action, subject, why, None, after))


def _event(
    at: datetime,
    who: str,
    action: str,
    subject: str,
    why: str,
    before: dict[str, Any] | None,
    after: dict[str, Any] | None,
) -> dict[str, Any]:
    told = {"at": at, "who": who, "action": action, "subject": subject, "why": why}
    return told | {"before": before or {}, "after": after or {}}


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
