"""Mails that leave: the rows of the outbox."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from intake.model.base import Base


class Notice(Base):
    """One mail that leaves, or will: a row of the outbox. `key` is unique, `mail_id` is its Message-ID for ever.

    From `queued` it becomes `claimed` by one daemon, `sending` while it is on the wire, then `sent`. `in_doubt` says
    that we died while it was being sent: it may have left.
    """

    __tablename__ = "notice"
    __table_args__ = (
        Index("notice_waiting", "status", "next_attempt_at"),
        Index("notice_sent", "sent_at"),
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
    reference: Mapped[str] = mapped_column(index=True)
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
