"""Messages and cursors: what was taken from which mailbox, what waits, what a person has to look at."""

from collections import defaultdict, deque
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, NamedTuple, cast

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    String,
    Table,
    and_,
    bindparam,
    delete,
    exists,
    false,
    func,
    literal,
    or_,
    select,
    true,
    union,
    update,
)
from sqlalchemy import cast as as_type

from intake.errors import ConfigError
from intake.model import Cursor, Document, Message, Notice
from intake.store.presence import Presence
from intake.store.session import Session

_MESSAGE = cast(Table, Message.__table__)
NEEDS_PERSON = ("review", "quarantined")
_ANY_STORED = select(Message.id).where(Message.status == "stored", Message.claimed_by.is_(None)).limit(1)


class Earlier(NamedTuple):
    """A message that came before, and whose it was."""

    id: int
    agency: str | None


def _either(*conditions: ColumnElement[bool]) -> CompoundSelect[tuple[int]]:
    """The ids of the messages of which one of these is true, each found by its index.

    Where two indexes are asked by one OR, SQLite may read through all that was ever processed instead.
    """
    return union(*(select(Message.id).where(one) for one in conditions))


_ALIKE = _either(Message.content_key == bindparam("content_key"), Message.sha256 == bindparam("sha256"))


def cursor_of(session: Session, mailbox: str) -> Cursor:
    """The mailbox's cursor, at the very start where there was none."""
    cursor = session.get(Cursor, mailbox)
    if cursor is None:
        cursor = Cursor(mailbox=mailbox)
        session.add(cursor)
    return cursor


def cursors(session: Session) -> Sequence[Cursor]:
    return session.scalars(select(Cursor).order_by(Cursor.mailbox)).all()


def moved_messages(
    session: Session, mailbox: str, sha256s: Collection[str], uid_validity: int
) -> dict[str, deque[Message]]:
    """Bytes known in this mailbox under another UIDVALIDITY: not new, only numbered anew. The oldest come first."""
    moved: dict[str, deque[Message]] = defaultdict(deque)
    here = (Message.mailbox == mailbox, Message.uid_validity != uid_validity)
    for message in session.scalars(select(Message).where(Message.sha256.in_(sha256s), *here).order_by(Message.id)):
        moved[message.sha256].append(message)
    return moved


def messages_at(session: Session, mailbox: str, uid_validity: int, uids: Collection[int]) -> dict[int, Message]:
    """The messages under these UIDs, by their UID."""
    here = (Message.mailbox == mailbox, Message.uid_validity == uid_validity, Message.uid.in_(uids))
    return {message.uid: message for message in session.scalars(select(Message).where(*here))}


def stored_count(session: Session, mailbox: str, uid_validity: int, up_to: int) -> int:
    """How many mails of a mailbox are stored, up to this UID."""
    return session.scalar(select(func.count()).where(*_numbered(mailbox, uid_validity, 1, up_to))) or 0


def stored_uids(session: Session, mailbox: str, uid_validity: int, low: int, high: int) -> set[int]:
    """The UIDs in this range of a mailbox under which mails are stored."""
    return set(session.scalars(select(Message.uid).where(*_numbered(mailbox, uid_validity, low, high))))


def _numbered(mailbox: str, uid_validity: int, low: int, high: int) -> tuple[ColumnElement[bool], ...]:
    return Message.mailbox == mailbox, Message.uid_validity == uid_validity, Message.uid.between(low, high)


def last_uid(session: Session, mailbox: str, uid_validity: int) -> int:
    numbered = (Message.mailbox == mailbox, Message.uid_validity == uid_validity)
    return session.scalar(select(func.max(Message.uid)).where(*numbered)) or 0


def message_of_bytes(session: Session, sha256: str) -> Message | None:
    """The first message that has exactly these bytes."""
    return session.scalars(select(Message).where(Message.sha256 == sha256).order_by(Message.id).limit(1)).first()


def without_content(session: Session, mailbox: str, limit: int) -> Sequence[Message]:
    """Mails of a mailbox that could never be fetched and that nobody has settled, oldest first."""
    return session.scalars(
        select(Message)
        .where(Message.mailbox == mailbox, Message.status == "failed")
        .where(Message.processed_at.is_(None), Message.settled_at.is_(None))
        .order_by(Message.id)
        .limit(limit)
    ).all()


def count_waiting(session: Session) -> int:
    """How many messages nobody has judged yet."""
    return session.scalar(select(func.count(Message.id)).where(Message.status == "stored")) or 0


def release_messages(session: Session, presence: Presence) -> None:
    """Puts back what we had in hand ourselves, and what daemons had that are gone."""
    left = or_(Message.claimed_by == presence.holder, presence.abandoned(Message.claimed_by))
    session.execute(update(_MESSAGE).where(Message.claimed_by.is_not(None), left).values(claimed_by=None))


def claim_messages(
    session: Session, holder: str, limit: int, but: Collection[int] = (), *, only_urgent: bool = False
) -> Sequence[Message]:
    """Takes in hand what is stored and not processed yet: urgent ones first, then by age.

    What comes from the sender of an earlier mail that another daemon has in hand waits for it: a correction is not
    judged before what it corrects. `but` are left to others.
    """
    if session.scalar(_ANY_STORED) is None:
        return ()
    # Claims are made by one daemon at a time, so what others have in hand can only grow less meanwhile. What is claimed
    # at all is found by its index this way; by IS NOT NULL SQLite would read through all messages.
    others = (Message.claimed_by > "", Message.claimed_by != holder)
    elsewhere = session.execute(select(Message.sender, func.min(Message.id)).where(*others).group_by(Message.sender))
    behind = [and_(Message.sender == sender, Message.id > earliest) for sender, earliest in elsewhere]
    claimed = session.scalars(
        select(Message)
        .where(Message.status == "stored", Message.claimed_by.is_(None), Message.id.not_in(but), ~or_(false(), *behind))
        .where(Message.rank == 0 if only_urgent else true())
        .order_by(Message.rank, Message.id)
        .limit(limit)
        .with_for_update(of=Message, skip_locked=True)
    ).all()
    for message in claimed:
        message.claimed_by = holder
    return claimed


def put_back(session: Session, message_ids: Collection[int]) -> None:
    """What was claimed and not processed is anybody's again."""
    if message_ids:
        theirs = (Message.id.in_(message_ids), Message.status == "stored")
        session.execute(update(_MESSAGE).where(*theirs).values(claimed_by=None))


def claimed_messages(session: Session, message_ids: Collection[int], holder: str) -> dict[int, Message]:
    """Those of these messages that we have in hand: not what was taken from us, or processed meanwhile."""
    ours = (Message.id.in_(message_ids), Message.status == "stored", Message.claimed_by == holder)
    return {one.id: one for one in session.scalars(select(Message).where(*ours).order_by(Message.id).with_for_update())}


def same_mail(session: Session, message: Message) -> Earlier | None:
    """Another message with the same Message-ID and contents, or the same bytes, that was judged in its own right."""
    session.write_changed(Message, lambda one: one is not message and _may_be_alike(one, message))
    connection = session.connection()
    alike = connection.execute(_ALIKE, {"content_key": message.content_key, "sha256": message.sha256})
    others = {row[0] for row in alike} - {message.id}
    judged = (Message.status == "processed", Message.disposition != "duplicate")
    query = select(Message.id, Message.agency_code).where(Message.id.in_(others), *judged).order_by(Message.id).limit(1)
    row = connection.execute(query).first() if others else None
    return Earlier(*row) if row else None


def _may_be_alike(one: Message, other: Message) -> bool:
    return one.content_key == other.content_key or one.sha256 == other.sha256


def waits(message: Message) -> bool:
    """Whether a message waits for a person: in review, in quarantine, or after a failure."""
    needs_person = message.status == "failed" or message.disposition in NEEDS_PERSON
    return needs_person and message.settled_at is None


def for_person(session: Session) -> Sequence[Message]:
    """What waits for a person: messages in review or quarantine, and those that could not be processed."""
    waiting = _either(Message.disposition.in_(NEEDS_PERSON), Message.status == "failed")
    query = select(Message).where(Message.id.in_(waiting), Message.settled_at.is_(None))
    return session.scalars(query.order_by(Message.id)).all()


def needing_alert(session: Session, key_prefix: str) -> Sequence[Message]:
    """What failed or is in quarantine, waits for a person, and was told to nobody under this key and its id."""
    told = exists().where(Notice.key == literal(key_prefix) + as_type(Message.id, String))
    stuck = _either(Message.disposition == "quarantined", Message.status == "failed")
    query = select(Message).where(Message.id.in_(stuck), Message.settled_at.is_(None), ~told)
    return session.scalars(query.order_by(Message.id)).all()


class UnreadMail(NamedTuple):
    """What tells whose a mail may be."""

    status: str
    agency_code: str | None
    sender: str
    suggestions: list[dict[str, Any]]


def unread(session: Session) -> Sequence[UnreadMail]:
    """Messages that nobody has read yet: waiting, failed, or in review or quarantine."""
    unknown = _either(Message.status.in_(("stored", "failed")), Message.disposition.in_(NEEDS_PERSON))
    told = select(Message.status, Message.agency_code, Message.sender, Message.suggestions)
    rows = session.execute(told.where(Message.id.in_(unknown), Message.settled_at.is_(None)))
    return [UnreadMail(*row) for row in rows]


def received_between(session: Session, first: datetime, last: datetime) -> Sequence[Message]:
    """The messages that our server took in that time, in the order of their arrival."""
    query = select(Message).where(Message.received_at >= first, Message.received_at <= last)
    return session.scalars(query.order_by(Message.received_at, Message.id)).all()


def oldest_received_at(session: Session) -> datetime | None:
    """When the first of all messages was received."""
    return session.scalar(select(func.min(Message.received_at)))


def settled_in(session: Session, first: datetime, before: datetime) -> Sequence[Message]:
    """The messages received in that time that wait for nobody: neither for the program nor for a person."""
    waits_for_person = or_(Message.disposition.in_(NEEDS_PERSON), Message.status == "failed")
    query = select(Message).where(Message.received_at >= first, Message.received_at < before)
    query = query.where(Message.status != "stored", or_(Message.settled_at.is_not(None), ~waits_for_person))
    return session.scalars(query.order_by(Message.received_at, Message.id)).all()


def settled_between(session: Session, first: datetime, last: datetime) -> Sequence[Message]:
    """The messages that a person decided about in that time."""
    return session.scalars(select(Message).where(Message.settled_at >= first, Message.settled_at <= last)).all()


def documents_of(session: Session, message_id: int) -> Sequence[Document]:
    return session.scalars(select(Document).where(Document.message_id == message_id).order_by(Document.position)).all()


def message_numbered(session: Session, message_id: int) -> Message:
    """The message with this id. Raises `ConfigError` if there is none."""
    message = session.get(Message, message_id)
    if message is None:
        raise ConfigError(f"there is no message {message_id}; `intake review` lists those that wait")
    return message


def keep_documents(session: Session, message_id: int, documents: Sequence[dict[str, Any]], *, again: bool) -> None:
    """What was read from a message's attachments; when it is read again that takes the place of the first reading."""
    if again:
        session.execute(delete(Document).where(Document.message_id == message_id))
    session.add_rows(Document, [one | {"message_id": message_id} for one in documents])
