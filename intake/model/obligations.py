"""What agencies owe, what answered it, and what they were told about it."""

from datetime import date, datetime
from typing import Literal

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from intake.model.base import Base

ObligationStatus = Literal["open", "on_time", "late", "incomplete", "waived"]


SubmissionStatus = Literal["accepted", "incomplete"]


Timeliness = Literal["early", "on_time", "late"]


StepNotice = Literal["reminder", "overdue", "escalation", "directive"]


class Obligation(Base):
    """What one agency owes for one period. Overdue is computed from `due_at`, never stored."""

    __tablename__ = "obligation"
    __table_args__ = (
        UniqueConstraint("agency_code", "report_type_code", "period"),
        Index("obligation_step", "next_step_at"),
        Index("obligation_due", "due_at"),
        Index("obligation_period", "report_type_code", "period", "agency_code"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    agency_code: Mapped[str] = mapped_column(ForeignKey("agency.code"))
    report_type_code: Mapped[str] = mapped_column(ForeignKey("report_type.code"))
    period: Mapped[str]
    period_start: Mapped[date]
    period_end: Mapped[date]
    due_at: Mapped[datetime]
    opened_at: Mapped[datetime]
    status: Mapped[ObligationStatus] = mapped_column(String, default="open")
    received_at: Mapped[datetime | None] = mapped_column(default=None)
    receipt: Mapped[str | None] = mapped_column(default=None)
    missing: Mapped[list[str]] = mapped_column(default_factory=list)
    next_step_at: Mapped[datetime | None] = mapped_column(default=None)
    extended_why: Mapped[str] = mapped_column(Text, default="")
    first_received_at: Mapped[datetime | None] = mapped_column(default=None)


class Submission(Base):
    """A report that was booked: one version of what answers one obligation.

    `brought` and `arrived_at` are of its own mail alone; `present`, `missing` and `received_at` count in what earlier
    mails had brought, unless it `replaces` them. One that a person took back keeps its row, with `withdrawn_at`.
    """

    __tablename__ = "submission"
    __table_args__ = (
        Index(
            "submission_in_force",
            "obligation_id",
            "version",
            unique=True,
            sqlite_where=text("withdrawn_at IS NULL"),
            postgresql_where=text("withdrawn_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    obligation_id: Mapped[int] = mapped_column(ForeignKey("obligation.id"), index=True)
    message_id: Mapped[int | None] = mapped_column(ForeignKey("message.id"), index=True)
    version: Mapped[int]
    status: Mapped[SubmissionStatus] = mapped_column(String)
    timeliness: Mapped[Timeliness] = mapped_column(String)
    receipt: Mapped[str]
    received_at: Mapped[datetime] = mapped_column(index=True)
    missing: Mapped[list[str]] = mapped_column(default_factory=list)
    present: Mapped[list[str]] = mapped_column(default_factory=list)
    number: Mapped[str | None] = mapped_column(default=None)
    documents: Mapped[list[str]] = mapped_column(default_factory=list)
    channel: Mapped[str] = mapped_column(default="")
    brought: Mapped[list[str] | None] = mapped_column(JSON, default=None)
    arrived_at: Mapped[datetime | None] = mapped_column(default=None)
    replaces: Mapped[bool | None] = mapped_column(default=None)
    withdrawn_at: Mapped[datetime | None] = mapped_column(default=None)


class ReceiptCounter(Base):
    """The last receipt number given out in a year. Numbers start at 1 on 1 January."""

    __tablename__ = "receipt_counter"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int] = mapped_column(default=0)


class ReminderStep(Base):
    """That one step of a policy was told to one recipient for one obligation: never told again."""

    __tablename__ = "reminder_step"

    obligation_id: Mapped[int] = mapped_column(ForeignKey("obligation.id"), primary_key=True)
    step: Mapped[str] = mapped_column(primary_key=True)
    recipient: Mapped[str] = mapped_column(primary_key=True)
    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id"), index=True)
    at: Mapped[datetime]
    notice: Mapped[StepNotice] = mapped_column(String)
