"""Users of the console, their signed-in browsers, and attempts to sign in that failed."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func, select

from intake.model import BrowserSession, FailedSignIn, User
from intake.store.session import Session


def all_users(session: Session) -> Sequence[User]:
    return session.scalars(select(User).order_by(User.name)).all()


def user_named(session: Session, name: str) -> User | None:
    return session.scalars(select(User).where(User.name == name)).first()


def add(session: Session, row: User | BrowserSession | FailedSignIn) -> None:
    session.add(row)
    session.flush()


def signed_in(session: Session, token_hash: str) -> tuple[BrowserSession, User] | None:
    """The browser with this token and its user, however old the one and whatever became of the other."""
    row = session.execute(
        select(BrowserSession, User)
        .join(User, User.id == BrowserSession.user_id)
        .where(BrowserSession.token_hash == token_hash)
    ).first()
    return (row[0], row[1]) if row else None


def mark_seen(session: Session, token_hash: str, now: datetime) -> None:
    browser = session.get(BrowserSession, token_hash)
    if browser:
        browser.seen_at = now


def end_session(session: Session, token_hash: str) -> None:
    session.execute(delete(BrowserSession).where(BrowserSession.token_hash == token_hash))


def end_sessions_of(session: Session, user: User) -> None:
    session.execute(delete(BrowserSession).where(BrowserSession.user_id == user.id))


def end_sessions_begun_before(session: Session, moment: datetime) -> None:
    session.execute(delete(BrowserSession).where(BrowserSession.begun_at < moment))


def failures_since(session: Session, moment: datetime, *, name: str = "", address: str = "") -> int:
    """How many attempts failed since, for one name or from one address."""
    query = select(func.count()).select_from(FailedSignIn).where(FailedSignIn.at > moment)
    query = query.where(FailedSignIn.name == name) if name else query
    query = query.where(FailedSignIn.address == address) if address else query
    return session.scalar(query) or 0


def forget_failures(session: Session, *, name: str, before: datetime) -> None:
    """Those for a name that has signed in, and those of everybody that are too old to count."""
    session.execute(delete(FailedSignIn).where((FailedSignIn.name == name) | (FailedSignIn.at < before)))
