"""What the service keeps of its own work: decisions, instants, leases."""

from datetime import datetime
from typing import Any

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from intake.model.base import Base


class AuditEvent(Base):
    """Who changed what, when and why, with what stood there before and after."""

    __tablename__ = "audit_event"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    at: Mapped[datetime]
    who: Mapped[str]
    action: Mapped[str]
    subject: Mapped[str] = mapped_column(index=True)
    why: Mapped[str] = mapped_column(Text, default="")
    before: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)
    after: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)


class Milestone(Base):
    """An instant that the service has to remember: when it first ran, up to when obligations were opened."""

    __tablename__ = "milestone"

    name: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]


class Lease(Base):
    """What one daemon alone does for now: read a mailbox, keep the clockwork; or only that it is at work.

    It ends `until`, by the clock of the database, or when its holder's connection with the lock of that `number` does.
    """

    __tablename__ = "lease"

    name: Mapped[str] = mapped_column(primary_key=True)
    holder: Mapped[str] = mapped_column(index=True)
    number: Mapped[int]
    until: Mapped[datetime]
