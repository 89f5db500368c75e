"""The audit trail: who changed what, when and why. Rows are only ever added."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.model import AuditEvent

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
    session.add(
        AuditEvent(at=at, who=who, action=action, subject=subject, why=why, before=before or {}, after=after or {})
    )


def events_between(session: Session, first: datetime, last: datetime) -> Sequence[AuditEvent]:
    """What was noted in that time, in its order."""
    query = select(AuditEvent).where(AuditEvent.at >= first, AuditEvent.at <= last)
    return session.scalars(query.order_by(AuditEvent.id)).all()
