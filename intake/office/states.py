"""What the audit trail keeps of a thing before and after a decision about it, so that the decision can be undone."""

from typing import Any

from intake.model import Message, Notice, Obligation
from intake.store.engine import Session
from intake.store.incidents import report_of
from intake.store.submissions import submissions_from, submissions_of


def message_state(session: Session, message: Message) -> dict[str, Any]:
    told = report_of(session, message.id)
    return {
        "disposition": message.disposition,
        "reason": message.reason,
        "agency": message.agency_code,
        "settled_at": message.settled_at.isoformat() if message.settled_at else None,
        "evidence": message.evidence,
        "submissions": [submission.id for submission, _ in submissions_from(session, message.id)],
        "reports": [f"{one.report_type_code} {one.period}" for _, one in submissions_from(session, message.id)],
        "incident": {"id": told[1].id, "opened": told[0].opened} if told else None,
    }


def obligation_state(session: Session, obligation: Obligation) -> dict[str, Any]:
    """What people decide about an obligation; what came by mail is no decision about it."""
    in_force = submissions_of(session, obligation.id)
    return {
        "status": obligation.status,
        "due_at": obligation.due_at.isoformat(),
        "extended_why": obligation.extended_why,
        "submissions": [one.id for one in in_force if one.message_id is None],
    }


def notice_state(notice: Notice) -> dict[str, Any]:
    return {
        "status": notice.status,
        "settled_at": notice.settled_at.isoformat() if notice.settled_at else None,
        "bounced_at": notice.bounced_at.isoformat() if notice.bounced_at else None,
        "error": notice.error,
    }
