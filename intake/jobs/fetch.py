"""Mailbox after the cursor in; raw messages on disk, their rows and the cursor out, in one commit a batch.

It understands nothing of what it stores. What happens to a mail in the mailbox comes after the commit.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

import structlog

from intake.config import ImapOrMaildir
from intake.desk import Desk
from intake.errors import IntakeError
from intake.mail.mailbox import Incoming, Mailbox, open_mailbox
from intake.model import Message
from intake.records.arriving import is_known
from intake.records.outcome import Outcome, outcome_of
from intake.records.unknown import count_unknown, note_unknown
from intake.store.engine import Session
from intake.store.mails import cursor_of, message_at, moved_message

BATCH_MESSAGES = 50
BATCH_BYTES = 16_000_000

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Fetched:
    """How many messages of one mailbox are new, which of those could not be had, and what kept us from the rest."""

    mailbox: str
    messages: int = 0
    unfetched: tuple[Outcome, ...] = ()
    problem: str = ""


def fetch(desk: Desk, stopping: Callable[[], bool] = lambda: False) -> list[Fetched]:
    """Reads every mailbox to its end. One that cannot be read holds up none of the others."""
    return [_fetch_guarded(desk, settings, stopping) for settings in desk.config.mailboxes]


def _fetch_guarded(desk: Desk, settings: ImapOrMaildir, stopping: Callable[[], bool]) -> Fetched:
    try:
        return _fetch(desk, settings, stopping)
    except IntakeError as cause:
        problem = cause.sentence
        log.warning("mailbox could not be read", mailbox=settings.label, error=problem)
    except Exception as cause:
        problem = f"{type(cause).__name__}: {cause}"
        log.exception("mailbox could not be read", mailbox=settings.label)
    _note_failure(desk, settings.label, problem)
    return Fetched(settings.label, problem=problem)


def _fetch(desk: Desk, settings: ImapOrMaildir, stopping: Callable[[], bool]) -> Fetched:
    began_at, count = desk.now, 0
    unfetched: list[Outcome] = []
    with open_mailbox(settings, desk.clock) as mailbox:
        after = _position(desk, settings.label, mailbox)
        for batch in _batches(_unknown(desk, settings, mailbox, after)):
            unfetched += _store(desk, settings, mailbox, batch)
            mailbox.dispose([one.uid for one in batch if not one.problem])
            count += len(batch)
            log.info("messages stored", mailbox=settings.label, count=len(batch))
            if stopping():
                return Fetched(settings.label, count, tuple(unfetched))
    _note_end(desk, settings.label, began_at)
    return Fetched(settings.label, count, tuple(unfetched))


def _unknown(desk: Desk, settings: ImapOrMaildir, mailbox: Mailbox, after: int) -> Iterator[Incoming]:
    """What turned up below the cursor, then what is new."""
    yield from mailbox.read(count_unknown(desk, settings.label, mailbox, after))
    yield from mailbox.new_messages(after)


def _position(desk: Desk, label: str, mailbox: Mailbox) -> int:
    """The last UID read; 0 where the mailbox was numbered anew, so that all of it is read again.

    A server that was restored may number anew and not say so: then it is about to give UIDs that we have seen.
    """
    with desk.database.writing() as session:
        cursor = cursor_of(session, label)
        if cursor.uid_validity != mailbox.uid_validity or 1 < mailbox.uid_next <= cursor.last_uid:
            cursor.uid_validity, cursor.last_uid, cursor.compared_at = mailbox.uid_validity, 0, None
        return cursor.last_uid


def _batches(incoming: Iterable[Incoming]) -> Iterator[list[Incoming]]:
    batch: list[Incoming] = []
    size = 0
    for one in incoming:
        batch.append(one)
        size += one.size
        if len(batch) >= BATCH_MESSAGES or size >= BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _store(desk: Desk, settings: ImapOrMaildir, mailbox: Mailbox, batch: list[Incoming]) -> list[Outcome]:
    """Keeps a batch; says which of it a person has to see to in the mailbox itself."""
    names = desk.raw_messages.put(one.raw for one in batch)
    with desk.database.writing() as session:
        for one, sha256 in zip(batch, names, strict=True):
            _keep(session, settings.label, mailbox.uid_validity, one, sha256, desk.now)
        cursor = cursor_of(session, settings.label)
        cursor.last_uid = max(cursor.last_uid, batch[-1].uid)
        note_unknown(desk, cursor, max(0, cursor.unknown - len(batch)))
        session.flush()
        lost = [message_at(session, settings.label, mailbox.uid_validity, one.uid) for one in batch if one.problem]
        return [outcome_of(session, message) for message in lost if message]


def _keep(session: Session, label: str, uid_validity: int, one: Incoming, sha256: str, now: datetime) -> None:
    here = message_at(session, label, uid_validity, one.uid)
    if here and is_known(here, one, sha256):
        return
    known = moved_message(session, label, sha256, uid_validity)
    if known and not one.problem:
        known.uid_validity, known.uid = uid_validity, one.uid
        return
    session.add(
        Message(
            mailbox=label,
            uid_validity=uid_validity,
            uid=one.uid,
            source=f"{label};UIDVALIDITY={uid_validity};UID={one.uid}",
            sha256=sha256,
            size=one.size,
            received_at=one.received_at,
            stored_at=now,
            status="failed" if one.problem else "stored",
            error=one.problem,
        )
    )


def _note_end(desk: Desk, label: str, moment: datetime) -> None:
    with desk.database.writing() as session:
        cursor = cursor_of(session, label)
        cursor.read_to_end_at, cursor.failing_since, cursor.error = moment, None, ""
        note_unknown(desk, cursor, 0)


def _note_failure(desk: Desk, label: str, error: str) -> None:
    with desk.database.writing() as session:
        cursor = cursor_of(session, label)
        cursor.failing_since, cursor.error = cursor.failing_since or desk.now, error
