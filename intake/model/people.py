"""Who may use the console, and which browsers are signed in."""

from datetime import datetime
from typing import Literal

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from intake.model.base import Base

UserRole = Literal["viewer", "officer", "admin"]
USER_ROLES: tuple[UserRole, ...] = ("viewer", "officer", "admin")


class User(Base):
    """Somebody who may sign in. Without a `password_hash` only the identity provider vouches for them."""

    __tablename__ = "console_user"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    name: Mapped[str] = mapped_column(unique=True)
    role: Mapped[UserRole] = mapped_column(String)
    created_at: Mapped[datetime]
    password_hash: Mapped[str | None] = mapped_column(default=None, repr=False)
    disabled_at: Mapped[datetime | None] = mapped_column(default=None)


class BrowserSession(Base):
    """One browser that is signed in. Only the hash of its token is kept; `form_token` proves that a form is ours."""

    __tablename__ = "browser_session"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True, repr=False)
    user_id: Mapped[int] = mapped_column(ForeignKey("console_user.id"), index=True)
    form_token: Mapped[str] = mapped_column(repr=False)
    begun_at: Mapped[datetime]
    seen_at: Mapped[datetime]


class FailedSignIn(Base):
    """One attempt to sign in that failed, by the name that was tried and the address that tried it."""

    __tablename__ = "failed_sign_in"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    name: Mapped[str] = mapped_column(index=True)
    address: Mapped[str] = mapped_column(index=True)
    at: Mapped[datetime] = mapped_column(index=True)
