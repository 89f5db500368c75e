"""The secrets of calendar feeds, one an agency at most, each a milestone's name.

They are kept as they are, so that a link can be shown again: it opens nothing but that agency's deadlines, and another
can be made at any time.
"""

from datetime import datetime

from sqlalchemy import delete, select

from intake.model import Milestone
from intake.store.session import Session

_PREFIX = "calendar feed"


def feed_of(session: Session, agency: str) -> str:
    """The token of an agency's feed; "" where it has none."""
    query = select(Milestone.name).where(
        Milestone.name.startswith(f"{_PREFIX} "), Milestone.name.endswith(f" {agency}")
    )
    found = [name.split(" ", 3) for name in session.scalars(query)]
    return next((parts[2] for parts in found if parts[3] == agency), "")


def agency_of(session: Session, token: str) -> str:
    """Whose feed a token opens; "" where it opens none."""
    prefix = f"{_PREFIX} {token} "
    name = session.scalar(select(Milestone.name).where(Milestone.name.startswith(prefix, autoescape=True)))
    return name.removeprefix(prefix) if name else ""


def set_feed(session: Session, agency: str, token: str, now: datetime) -> None:
    """Gives an agency's feed this token; the one before opens nothing from now on. Without a token it has no feed."""
    former = feed_of(session, agency)
    session.execute(delete(Milestone).where(Milestone.name == f"{_PREFIX} {former} {agency}"))
    if token:
        session.add(Milestone(name=f"{_PREFIX} {token} {agency}", at=now))
