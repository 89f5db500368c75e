"""Who owes reports, at which addresses, and under which reporting regimes."""

from datetime import date, datetime
from typing import Literal

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from intake.model.base import Base

OFFICE = "office"


Role = Literal["submitter", "head", "supervisor", "duty", "leader", "records", "secrecy"]


class Agency(Base):
    """An authority that owes reports, or the receiving office itself (code `office`)."""

    __tablename__ = "agency"

    code: Mapped[str] = mapped_column(String(64), primary_key=True)
    name: Mapped[str]
    aliases: Mapped[list[str]] = mapped_column(default_factory=list)
    groups: Mapped[list[str]] = mapped_column(default_factory=list)
    parent: Mapped[str | None] = mapped_column(default=None)
    active_from: Mapped[date | None] = mapped_column(default=None)
    active_to: Mapped[date | None] = mapped_column(default=None)
    withdrawn_at: Mapped[datetime | None] = mapped_column(default=None)

    def active_on(self, day: date) -> bool:
        return (self.active_from or date.min) <= day <= (self.active_to or date.max)


class Contact(Base):
    """A mail address of an agency. `*@example.vn` recognises a domain and is never written to."""

    __tablename__ = "contact"
    __table_args__ = (UniqueConstraint("agency_code", "email", "role"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    agency_code: Mapped[str] = mapped_column(ForeignKey("agency.code"), index=True)
    email: Mapped[str] = mapped_column(index=True)
    role: Mapped[Role] = mapped_column(String)
    name: Mapped[str] = mapped_column(default="")
    bounced_at: Mapped[datetime | None] = mapped_column(default=None)
    withdrawn_at: Mapped[datetime | None] = mapped_column(default=None)

    @property
    def is_domain(self) -> bool:
        return self.email.startswith("*@")


class ReportType(Base):
    """A reporting regime: who owes it, how often, and when it is due."""

    __tablename__ = "report_type"

    code: Mapped[str] = mapped_column(String(64), primary_key=True)
    name: Mapped[str]
    frequency: Mapped[str]
    closing: Mapped[str] = mapped_column(default="calendar")
    due: Mapped[str] = mapped_column(default="")
    roll: Mapped[str] = mapped_column(default="next")
    aliases: Mapped[list[str]] = mapped_column(default_factory=list)
    required: Mapped[list[str]] = mapped_column(default_factory=list)
    groups: Mapped[list[str]] = mapped_column(default_factory=list)
    policy: Mapped[str] = mapped_column(default="standard")
    share_with: Mapped[list[str]] = mapped_column(default_factory=list)
    active_from: Mapped[date | None] = mapped_column(default=None)
    active_to: Mapped[date | None] = mapped_column(default=None)
    withdrawn_at: Mapped[datetime | None] = mapped_column(default=None)

    def active_on(self, day: date) -> bool:
        return (self.active_from or date.min) <= day <= (self.active_to or date.max)
