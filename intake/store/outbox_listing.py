"""The outbox as a person looks through it: by how far the notices are, a page at a time."""

from collections.abc import Mapping, Sequence

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import defer

from intake.model import Notice
from intake.store.session import Session

NEEDS_PERSON = and_(or_(Notice.status == "failed", Notice.bounced_at.is_not(None)), Notice.settled_at.is_(None))
_SEARCHED = (Notice.recipient, Notice.recipient_name, Notice.reference, Notice.agency_code, Notice.name)
STAGES: Mapping[str, ColumnElement[bool]] = {
    "waiting": Notice.status.in_(("queued", "claimed", "sending")),
    "held": Notice.status == "held",
    "sent": and_(Notice.status == "sent", Notice.bounced_at.is_(None)),
    "failed": Notice.status == "failed",
    "bounced": Notice.bounced_at.is_not(None),
    "withdrawn": Notice.status.in_(("withdrawn", "unsure")),
}


def listed_notices(session: Session, stage: str, words: str, offset: int, most: int) -> Sequence[Notice]:
    """The notices at a stage, the newest first; those still to leave in the order of their next attempt."""
    order = (Notice.next_attempt_at, Notice.id) if stage == "waiting" else (Notice.id.desc(),)
    query = select(Notice).where(STAGES[stage], *_named(words)).order_by(*order)
    return session.scalars(query.options(defer(Notice.mime)).offset(offset).limit(most)).all()


def count_notices(session: Session, stage: str, words: str = "") -> int:
    return session.scalar(select(func.count(Notice.id)).where(STAGES[stage], *_named(words))) or 0


def found_notice(session: Session, number: int) -> Notice | None:
    return session.get(Notice, number)


def _named(words: str) -> list[ColumnElement[bool]]:
    """Each word stands in the address, the reference, the agency's code or the notice's name."""
    return [
        or_(*(column.icontains(word, autoescape=True) for column in _SEARCHED)) for word in words.split()[:5]
    ]  # fmt: skip
