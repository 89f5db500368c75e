"""The nouns, as SQLAlchemy 2.0 typed declarations. They carry no behaviour beyond plain questions about themselves.

Relationships are not declared: what belongs together is asked for in `store.queries`, so no attribute hides SQL.
"""

from datetime import UTC, date, datetime
from typing import Any, ClassVar, Literal

from sqlalchemy import (
    JSON,
    BigInteger,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, mapped_column
from sqlalchemy.types import TypeDecorator

OFFICE = "office"

ObligationStatus = Literal["open", "on_time", "late", "incomplete", "waived"]
SubmissionStatus = Literal["accepted", "incomplete"]
Timeliness = Literal["early", "on_time", "late"]
Role = Literal["submitter", "head", "supervisor", "duty", "leader", "records", "secrecy"]
StepNotice = Literal["reminder", "overdue", "escalation", "directive"]
DemandKind = Literal["report", "update", "closing", "confirmation"]
DemandStatus = Literal["open", "answered", "cancelled"]


class UtcDateTime(TypeDecorator[datetime]):
    """An instant: aware on this side, UTC in the database. A naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a naive time cannot be stored: {value}")
        moment = value.astimezone(UTC)
        return moment if dialect.name == "postgresql" else moment.replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value if value is None or value.tzinfo else value.replace(tzinfo=UTC)


class Base(MappedAsDataclass, DeclarativeBase, kw_only=True):
    """Every noun is a dataclass too: built with keywords, shown in full when a test fails."""

    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: UtcDateTime,
        list[str]: JSON,
        dict[str, Any]: JSON,
        list[dict[str, Any]]: JSON,
    }


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


class Cursor(Base):
    """How far one mailbox has been read. `read_to_end_at` is when it was last known to hold nothing new.

    `unknown` counts its mails that are not stored, with no progress since `unknown_since`; `gone` counts those stored
    that it holds no longer, as of the last comparison at `compared_at` and what was deleted or moved since.
    """

    __tablename__ = "cursor"

    mailbox: Mapped[str] = mapped_column(primary_key=True)
    uid_validity: Mapped[int] = mapped_column(BigInteger, default=0)
    last_uid: Mapped[int] = mapped_column(BigInteger, default=0)
    read_to_end_at: Mapped[datetime | None] = mapped_column(default=None)
    failing_since: Mapped[datetime | None] = mapped_column(default=None)
    error: Mapped[str] = mapped_column(Text, default="")
    unknown: Mapped[int] = mapped_column(default=0)
    unknown_since: Mapped[datetime | None] = mapped_column(default=None)
    gone: Mapped[int] = mapped_column(default=0)
    compared_at: Mapped[datetime | None] = mapped_column(default=None)


class Message(Base):
    """One mail that our server took. The raw file is the truth; all else here is derived from it.

    `rank` is 0 for what is to be read before all else, by a glance at its subject.
    """

    __tablename__ = "message"
    __table_args__ = (
        UniqueConstraint("mailbox", "uid_validity", "uid"),
        Index("message_in_line", "status", "rank", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    mailbox: Mapped[str]
    uid_validity: Mapped[int] = mapped_column(BigInteger)
    uid: Mapped[int] = mapped_column(BigInteger)
    source: Mapped[str]
    sha256: Mapped[str] = mapped_column(index=True)
    size: Mapped[int] = mapped_column(BigInteger)
    received_at: Mapped[datetime] = mapped_column(index=True)
    stored_at: Mapped[datetime]
    status: Mapped[str] = mapped_column(default="stored")
    rank: Mapped[int] = mapped_column(default=1)
    claimed_by: Mapped[str | None] = mapped_column(default=None, index=True)
    message_id: Mapped[str] = mapped_column(default="", index=True)
    content_key: Mapped[str] = mapped_column(default="", index=True)
    sender: Mapped[str] = mapped_column(default="")
    subject: Mapped[str] = mapped_column(Text, default="")
    disposition: Mapped[str | None] = mapped_column(default=None, index=True)
    reason: Mapped[str] = mapped_column(Text, default="")
    agency_code: Mapped[str | None] = mapped_column(ForeignKey("agency.code"), default=None, index=True)
    evidence: Mapped[list[str]] = mapped_column(default_factory=list)
    suggestions: Mapped[list[dict[str, Any]]] = mapped_column(default_factory=list)
    request: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)
    processed_at: Mapped[datetime | None] = mapped_column(default=None)
    settled_at: Mapped[datetime | None] = mapped_column(default=None)
    error: Mapped[str] = mapped_column(Text, default="")
    opening: Mapped[str | None] = mapped_column(Text, default=None)


class Document(Base):
    """One attachment of a message, or one file within an archive, with the text that was read from it."""

    __tablename__ = "document"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    message_id: Mapped[int] = mapped_column(ForeignKey("message.id"), index=True)
    position: Mapped[int]
    filename: Mapped[str]
    kind: Mapped[str]
    size: Mapped[int] = mapped_column(BigInteger)
    sha256: Mapped[str] = mapped_column(index=True)
    outcome: Mapped[str]
    text: Mapped[str | None] = mapped_column(Text, default=None)


class Obligation(Base):
    """What one agency owes for one period. Overdue is computed from `due_at`, never stored."""

    __tablename__ = "obligation"
    __table_args__ = (
        UniqueConstraint("agency_code", "report_type_code", "period"),
        Index("obligation_step", "next_step_at"),
        Index("obligation_due", "due_at"),
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
    received_at: Mapped[datetime]
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
    """One message that tells of an incident: the first, or an update."""

    __tablename__ = "incident_report"

    message_id: Mapped[int] = mapped_column(ForeignKey("message.id"), primary_key=True)
    incident_id: Mapped[int] = mapped_column(ForeignKey("incident.id"), index=True)
    opened: Mapped[bool]
    text: Mapped[str] = mapped_column(Text, default="")
    withdrawn_at: Mapped[datetime | None] = mapped_column(default=None)


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


class Notice(Base):
    """One mail that leaves, or will: a row of the outbox. `key` is unique, `mail_id` is its Message-ID for ever.

    From `queued` it becomes `claimed` by one daemon, `sending` while it is on the wire, then `sent`. `in_doubt` says
    that we died while it was being sent: it may have left.
    """

    __tablename__ = "notice"
    __table_args__ = (
        Index("notice_waiting", "status", "next_attempt_at"),
        Index(
            "notice_bounced",
            "bounced_at",
            sqlite_where=text("bounced_at IS NOT NULL"),
            postgresql_where=text("bounced_at IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    key: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    recipient: Mapped[str]
    reference: Mapped[str]
    mail_id: Mapped[str] = mapped_column(unique=True)
    fields: Mapped[dict[str, Any]]
    queued_at: Mapped[datetime]
    next_attempt_at: Mapped[datetime]
    recipient_name: Mapped[str] = mapped_column(default="")
    status: Mapped[str] = mapped_column(default="queued")
    in_reply_to: Mapped[str] = mapped_column(default="")
    references: Mapped[list[str]] = mapped_column(default_factory=list)
    agency_code: Mapped[str | None] = mapped_column(ForeignKey("agency.code"), default=None, index=True)
    message_id: Mapped[int | None] = mapped_column(ForeignKey("message.id"), default=None, index=True)
    attempts: Mapped[int] = mapped_column(default=0)
    in_doubt: Mapped[bool] = mapped_column(default=False)
    claimed_at: Mapped[datetime | None] = mapped_column(default=None)
    claimed_by: Mapped[str | None] = mapped_column(default=None, index=True)
    sent_at: Mapped[datetime | None] = mapped_column(default=None)
    bounced_at: Mapped[datetime | None] = mapped_column(default=None)
    settled_at: Mapped[datetime | None] = mapped_column(default=None)
    error: Mapped[str] = mapped_column(Text, default="")
    mime: Mapped[bytes | None] = mapped_column(LargeBinary, default=None, repr=False)


class ReminderStep(Base):
    """That one step of a policy was told to one recipient for one obligation: never told again."""

    __tablename__ = "reminder_step"

    obligation_id: Mapped[int] = mapped_column(ForeignKey("obligation.id"), primary_key=True)
    step: Mapped[str] = mapped_column(primary_key=True)
    recipient: Mapped[str] = mapped_column(primary_key=True)
    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id"), index=True)
    at: Mapped[datetime]
    notice: Mapped[StepNotice] = mapped_column(String)


class DemandStep(Base):
    """That one step was told to one recipient for one demand: never told again. The step "asked" is the first word."""

    __tablename__ = "demand_step"

    demand_id: Mapped[int] = mapped_column(ForeignKey("demand.id"), primary_key=True)
    step: Mapped[str] = mapped_column(primary_key=True)
    recipient: Mapped[str] = mapped_column(primary_key=True)
    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id"), index=True)
    at: Mapped[datetime]


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


class MailWords(Base):
    """The folded words of one mail, by which it is found. Derived: each engine keeps its own index of them."""

    __tablename__ = "mail_words"

    message_id: Mapped[int] = mapped_column(ForeignKey("message.id"), primary_key=True)
    words: Mapped[str] = mapped_column(Text, repr=False)


class Lease(Base):
    """What one daemon alone does for now: read a mailbox, keep the clockwork; or only that it is at work.

    It ends `until`, by the clock of the database, or when its holder's connection with the lock of that `number` does.
    """

    __tablename__ = "lease"

    name: Mapped[str] = mapped_column(primary_key=True)
    holder: Mapped[str] = mapped_column(index=True)
    number: Mapped[int]
    until: Mapped[datetime]
