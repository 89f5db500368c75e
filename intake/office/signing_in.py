"""Who sits at a browser: signing in with a password or through the identity provider, and signing out.

A token is given out once, at signing in; the database keeps only its hash. Attempts that fail are counted in the
database for each name and each address, so a restart forgives nothing.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from intake.desk import Desk
from intake.model import BrowserSession, FailedSignIn, User, UserRole
from intake.office.users import is_password_of, name_of
from intake.store import audit, users
from intake.store.engine import Session

COUNTED_FOR = timedelta(minutes=15)
MOST_FOR_ONE_NAME = 10
MOST_FROM_ONE_ADDRESS = 30
SEEN_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The user of a browser. `form_token` has to come back with every form that changes something."""

    name: str
    role: UserRole
    form_token: str


@dataclass(frozen=True, slots=True)
class Refused:
    """`too_often` says that no password would be looked at now."""

    too_often: bool = False


def sign_in(desk: Desk, name: str, password: str, address: str, former_token: str = "") -> str | Refused:
    """A new token for the browser, whatever token it had before, or why not."""
    kept = name_of(name)
    with desk.database.reading() as session:
        if _tried_too_often(session, kept, address, desk.now):
            return Refused(too_often=True)
        user = users.user_named(session, kept)
    if not is_password_of(user, password) or user is None or user.disabled_at:
        with desk.database.writing() as session:
            users.add(session, FailedSignIn(name=kept, address=address, at=desk.now))
            audit.record(session, desk.now, "sign-in refused", f"user:{kept}", after={"address": address})
        return Refused()
    return begin_session(desk, user, former_token)


def sign_in_vouched(desk: Desk, name: str, former_token: str = "") -> str | Refused:
    """The same for a name that the identity provider vouches for. The user has to be known here."""
    with desk.database.reading() as session:
        user = users.user_named(session, name_of(name))
    return Refused() if user is None or user.disabled_at else begin_session(desk, user, former_token)


def begin_session(desk: Desk, user: User, former_token: str = "") -> str:
    """A token that nobody has known before; the browser's former one ends."""
    token, settings = secrets.token_urlsafe(32), desk.config.console
    with desk.database.writing() as session:
        users.end_session(session, _hash(former_token))
        users.end_sessions_begun_before(session, desk.now - settings.session)
        users.forget_failures(session, name=user.name, before=desk.now - COUNTED_FOR)
        users.add(
            session,
            BrowserSession(
                token_hash=_hash(token), user_id=user.id, form_token=secrets.token_urlsafe(32), begun_at=desk.now,
                seen_at=desk.now,
            ),
        )  # fmt: skip
        audit.record(session, desk.now, "signed in", f"user:{user.name}", who=user.name)
    return token


def whose(desk: Desk, token: str) -> SignedIn | None:
    """Who is signed in with this token; None when it is unknown, too old, unused for too long, or its user disabled."""
    if not token:
        return None
    with desk.database.reading() as session:
        found = users.signed_in(session, _hash(token))
    if found is None:
        return None
    browser, user = found
    settings, now = desk.config.console, desk.now
    if user.disabled_at or now >= browser.begun_at + settings.session or now >= browser.seen_at + settings.idle:
        return None
    if now >= browser.seen_at + SEEN_EVERY:
        with desk.database.writing() as session:
            users.mark_seen(session, browser.token_hash, now)
    return SignedIn(user.name, user.role, browser.form_token)


def sign_out(desk: Desk, token: str) -> None:
    with desk.database.writing() as session:
        users.end_session(session, _hash(token))


def _tried_too_often(session: Session, name: str, address: str, now: datetime) -> bool:
    since = now - COUNTED_FOR
    return (
        users.failures_since(session, since, name=name) >= MOST_FOR_ONE_NAME
        or users.failures_since(session, since, address=address) >= MOST_FROM_ONE_ADDRESS
    )


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
