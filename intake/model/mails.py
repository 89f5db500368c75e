"""Mails that our server took, what was read from them, and how far each mailbox was read."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from intake.model.base import Base


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


class MailWords(Base):
    """The folded words of one mail, by which it is found. Derived: each engine keeps its own index of them."""

    __tablename__ = "mail_words"

    message_id: Mapped[int] = mapped_column(ForeignKey("message.id"), primary_key=True)
    words: Mapped[str] = mapped_column(Text, repr=False)
