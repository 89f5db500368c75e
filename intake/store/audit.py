"""The audit trail: who changed what, when and why. Rows are only ever added."""

from datetime import datetime
from typing import Any

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
