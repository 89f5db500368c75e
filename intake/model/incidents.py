"""Urgent matters and orders of the office, and what agencies are asked about them."""

from datetime import datetime
from typing import Literal

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from intake.model.base import Base

DemandKind = Literal["report", "update", "closing", "confirmation"]


DemandStatus = Literal["open", "answered", "cancelled"]


class Incident(Base):
    """An urgent matter, from its first report until the office closes it."""

    __tablename__ = "incident"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    category: Mapped[str] = mapped_column(index=True)
    agency_code: Mapped[str] = mapped_column(ForeignKey("agency.code"), index=True)
    title: Mapped[str] = mapped_column(Text)
    opened_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    place: Mapped[str] = mapped_column(default="")
    ended_at: Mapped[datetime | None] = mapped_column(default=None)
    closed_at: Mapped[datetime | None] = mapped_column(default=None)
    joined_to: Mapped[int | None] = mapped_column(ForeignKey("incident.id"), default=None)

    @property
    def code(self) -> str:
        """What people call it by, such as "VV-0012"."""
        return f"VV-{self.id:04d}"


class IncidentReport(Base):
    """One message that tells of an incident: the first, or an update. `is_last` if it says that the matter is over."""

    __tablename__ = "incident_report"

    message_id: Mapped[int] = mapped_column(ForeignKey("message.id"), primary_key=True)
    incident_id: Mapped[int] = mapped_column(ForeignKey("incident.id"), index=True)
    opened: Mapped[bool]
    text: Mapped[str] = mapped_column(Text, default="")
    withdrawn_at: Mapped[datetime | None] = mapped_column(default=None)
    is_last: Mapped[bool] = mapped_column(default=False)


class Directive(Base):
    """An order of the office that is sent to units, each of which confirms it. `message_id` is the mail with it."""

    __tablename__ = "directive"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    title: Mapped[str] = mapped_column(Text)
    issued_at: Mapped[datetime]
    text: Mapped[str] = mapped_column(Text, default="")
    due_at: Mapped[datetime | None] = mapped_column(default=None)
    report_type_code: Mapped[str | None] = mapped_column(ForeignKey("report_type.code"), default=None)
    message_id: Mapped[int | None] = mapped_column(ForeignKey("message.id"), default=None, index=True)
    closed_at: Mapped[datetime | None] = mapped_column(default=None)

    @property
    def code(self) -> str:
        """What people call it by, such as "CD-0003"; also the period of the report on carrying it out."""
        return f"CD-{self.id:04d}"


class Demand(Base):
    """What one agency has to say by an hour: on an incident, or that it has got a directive. Overdue is computed.

    An `update` counts from `since` on. `words` is what the office wrote to the units, `source_id` its mail whose
    attachments go along; `message_id` is the answer.
    """

    __tablename__ = "demand"
    __table_args__ = (Index("demand_step_due", "next_step_at"), Index("demand_agency", "agency_code", "opened_at"))

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    kind: Mapped[DemandKind] = mapped_column(String)
    agency_code: Mapped[str] = mapped_column(ForeignKey("agency.code"))
    opened_at: Mapped[datetime]
    due_at: Mapped[datetime]
    incident_id: Mapped[int | None] = mapped_column(ForeignKey("incident.id"), default=None, index=True)
    directive_id: Mapped[int | None] = mapped_column(ForeignKey("directive.id"), default=None, index=True)
    status: Mapped[DemandStatus] = mapped_column(String, default="open")
    since: Mapped[datetime | None] = mapped_column(default=None)
    next_step_at: Mapped[datetime | None] = mapped_column(default=None)
    answered_at: Mapped[datetime | None] = mapped_column(default=None)
    message_id: Mapped[int | None] = mapped_column(ForeignKey("message.id"), default=None, index=True)
    words: Mapped[str] = mapped_column(Text, default="")
    source_id: Mapped[int | None] = mapped_column(ForeignKey("message.id"), default=None)


class DemandStep(Base):
    """That one step was told to one recipient for one demand: never told again. The step "asked" is the first word."""

    __tablename__ = "demand_step"

    demand_id: Mapped[int] = mapped_column(ForeignKey("demand.id"), primary_key=True)
    step: Mapped[str] = mapped_column(primary_key=True)
    recipient: Mapped[str] = mapped_column(primary_key=True)
    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id"), index=True)
    at: Mapped[datetime]
