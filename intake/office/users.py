"""Who may use the console: added, given another password or role, disabled. Each change is an audit event.

There is no default password. Whoever gets another password, another role or is disabled is signed out everywhere.
"""

import secrets
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from intake.desk import Desk
from intake.errors import ConfigError
from intake.model import USER_ROLES, User, UserRole
from intake.store import audit, users
from intake.store.engine import Session

SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 1000
LONGEST_NAME = 64


@dataclass(frozen=True, slots=True)
class UserShown:
    name: str
    role: UserRole
    created_at: datetime
    disabled_at: datetime | None
    has_password: bool


def list_users(desk: Desk) -> list[UserShown]:
    with desk.database.reading() as session:
        return [
            UserShown(one.name, one.role, one.created_at, one.disabled_at, one.password_hash is not None)
            for one in users.all_users(session)
        ]


def add_user(desk: Desk, name: str, role: str, password: str | None, who: str) -> str:
    """Adds a user and gives the name as it is kept. Without a password only the identity provider lets them in."""
    kept = name_of(name)
    if not kept or len(kept) > LONGEST_NAME or not kept.isprintable() or " " in kept:
        raise ConfigError(f"a user's name has 1 to {LONGEST_NAME} characters and no spaces, not {name!r}")
    hashed = None if password is None else hash_of(password)
    with desk.database.writing() as session:
        if users.user_named(session, kept):
            raise ConfigError(f"there is a user {kept!r} already")
        users.add(session, User(name=kept, role=_role(role), created_at=desk.now, password_hash=hashed))
        audit.record(session, desk.now, "user added", f"user:{kept}", who=who, after={"role": role})
    return kept


def set_password(desk: Desk, name: str, password: str, who: str) -> None:
    hashed = hash_of(password)
    with desk.database.writing() as session:
        user = _user(session, name)
        user.password_hash = hashed
        _changed(desk, session, user, "password set", who, {})


def set_role(desk: Desk, name: str, role: str, who: str) -> None:
    with desk.database.writing() as session:
        user = _user(session, name)
        before, user.role = user.role, _role(role)
        _changed(desk, session, user, "role changed", who, {"role": before})


def disable_user(desk: Desk, name: str, who: str) -> None:
    with desk.database.writing() as session:
        user = _user(session, name)
        user.disabled_at = user.disabled_at or desk.now
        _changed(desk, session, user, "user disabled", who, {})


def enable_user(desk: Desk, name: str, who: str) -> None:
    with desk.database.writing() as session:
        user = _user(session, name)
        user.disabled_at = None
        _changed(desk, session, user, "user enabled", who, {})


def name_of(name: str) -> str:
    """How a name is kept and compared: case and composition make no difference."""
    return unicodedata.normalize("NFC", name).strip().casefold()


def new_password() -> str:
    """A password that nobody has thought of: 20 characters without those that look alike."""
    letters = "abcdefghijkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(letters) for _ in range(5)) for _ in range(4))


def hash_of(password: str) -> str:
    """The hash to keep. Raises `ConfigError` for a password that is too short."""
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise ConfigError(f"a password has at least {SHORTEST_PASSWORD} characters")
    return _hasher().hash(unicodedata.normalize("NFC", password))


def is_password_of(user: User | None, password: str) -> bool:
    """Whether it is the user's password. It takes as long for a user that there is not."""
    kept = user.password_hash if user else None
    try:
        is_right = _hasher().verify(kept or _hash_of_nobody(), unicodedata.normalize("NFC", password))
    except (Argon2Error, InvalidHashError):
        return False
    return is_right and kept is not None


@cache
def _hasher() -> PasswordHasher:
    return PasswordHasher()


@cache
def _hash_of_nobody() -> str:
    return _hasher().hash(secrets.token_urlsafe())


def _role(role: str) -> UserRole:
    if role not in USER_ROLES:
        raise ConfigError(f"the role is one of {', '.join(USER_ROLES)}, not {role!r}")
    return role


def _user(session: Session, name: str) -> User:
    user = users.user_named(session, name_of(name))
    if user is None:
        raise ConfigError(f"there is no user {name!r}; `intake users list` shows them")
    return user


def _changed(desk: Desk, session: Session, user: User, action: str, who: str, before: dict[str, Any]) -> None:
    users.end_sessions_of(session, user)
    after = {"role": user.role, "disabled": user.disabled_at is not None}
    audit.record(session, desk.now, action, f"user:{user.name}", who=who, before=before, after=after)
