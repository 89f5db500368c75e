"""Mails found by words, by what they are, by agency and by day. `rules.searching` says what the words are like."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, column, func, or_, select, table, text

from intake.model import MailWords, Message
from intake.store.mails import NEEDS_PERSON
from intake.store.session import Session

_INDEX = table("mail_words_index", column("rowid"))


@dataclass(frozen=True, slots=True)
class Sought:
    """What is asked for; empty fields ask for all. Days are instants, the last one excluded."""

    words: tuple[str, ...] = ()
    disposition: str = ""
    agency: str = ""
    first: datetime | None = None
    last: datetime | None = None


class Found(NamedTuple):
    """One mail of a list."""

    id: int
    received_at: datetime
    sender: str
    subject: str
    status: str
    disposition: str | None
    agency: str | None
    settled_at: datetime | None


def keep_words(session: Session, message_id: int, words: str, *, again: bool = False) -> None:
    """What a mail is found by; when it is read again that takes the place of the first reading."""
    known = session.get(MailWords, message_id) if again else None
    if known:
        known.words = words
    else:
        session.add_rows(MailWords, [{"message_id": message_id, "words": words}])


def mails_found(session: Session, sought: Sought, offset: int, limit: int) -> Sequence[Found]:
    """The mails that fit, the newest first."""
    query = _fitting(session, select(*_columns()), sought)
    rows = session.execute(query.order_by(Message.received_at.desc(), Message.id.desc()).offset(offset).limit(limit))
    return [Found(*row) for row in rows]


def mails_with_ids(session: Session, ids: Sequence[int]) -> Sequence[Found]:
    """These mails, in the order of arrival."""
    query = select(*_columns()).where(Message.id.in_(ids)).order_by(Message.received_at, Message.id)
    return [Found(*row) for row in session.execute(query)]


def count_found(session: Session, sought: Sought) -> int:
    return session.scalar(_fitting(session, select(func.count()).select_from(Message), sought)) or 0


def _columns() -> tuple[Any, ...]:
    return (
        Message.id, Message.received_at, Message.sender, Message.subject, Message.status, Message.disposition,
        Message.agency_code, Message.settled_at,
    )  # fmt: skip


def _fitting(session: Session, query: Select[Any], sought: Sought) -> Select[Any]:
    if sought.words:
        query = query.where(_holds(session, sought.words))
    if sought.disposition == "waiting":
        needs_person = or_(Message.disposition.in_(NEEDS_PERSON), Message.status == "failed")
        query = query.where(needs_person, Message.settled_at.is_(None))
    elif sought.disposition:
        query = query.where(Message.disposition == sought.disposition)
    if sought.agency:
        query = query.where(Message.agency_code == sought.agency)
    if sought.first:
        query = query.where(Message.received_at >= sought.first)
    if sought.last:
        query = query.where(Message.received_at < sought.last)
    return query


def _holds(session: Session, words: Sequence[str]) -> ColumnElement[bool]:
    """Mails that hold every word; the last one may still be growing under the typist's fingers."""
    if session.get_bind().dialect.name == "sqlite":
        asked = " ".join(f'"{word}"' for word in words) + "*"
        return Message.id.in_(
            select(_INDEX.c.rowid).where(text("mail_words_index MATCH :asked").bindparams(asked=asked))
        )
    asked = " & ".join(f"'{word}'" for word in words) + ":*"
    vector = func.to_tsvector(text("'simple'"), MailWords.words)
    is_in = vector.op("@@")(func.to_tsquery(text("'simple'"), asked))
    return Message.id.in_(select(MailWords.message_id).where(is_in))
