"""What has left lately, and what is held back for it: how many mails, to whom, since when."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select, update

from intake.model import Notice
from intake.store.session import Session


def count_sent(session: Session, since: datetime) -> int:
    """How many mails have left since then."""
    return session.scalar(select(func.count(Notice.id)).where(Notice.sent_at > since)) or 0


def sent_to(session: Session, address: str, since: datetime) -> Sequence[Notice]:
    """The mails that have left to an address since then, in the order of leaving."""
    return session.scalars(
        select(Notice)
        .where(Notice.sent_at > since, func.lower(Notice.recipient) == address.lower())
        .order_by(Notice.sent_at, Notice.id)
    ).all()


def hold_back(session: Session, notice: Notice, until: datetime, why: str) -> None:
    """It may not leave yet, for the reason given."""
    values = {"status": "queued", "claimed_at": None, "claimed_by": None, "next_attempt_at": until, "error": why}
    session.execute(update(Notice).where(Notice.id == notice.id).values(**values))


def held_back(session: Session, why: str) -> Sequence[tuple[str, int]]:
    """Each address to which mails are held back for this reason, and how many."""
    rows = session.execute(
        select(Notice.recipient, func.count(Notice.id))
        .where(Notice.status == "queued", Notice.error == why)
        .group_by(Notice.recipient)
        .order_by(Notice.recipient)
    )
    return [(row[0], row[1]) for row in rows]
