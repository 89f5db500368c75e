"""Mailbox after the cursor in; raw messages on disk, their rows and the cursor out, in one commit a batch.

It understands nothing of what it stores, beyond a glance that puts urgent mail first. What happens to a mail in the
mailbox comes after the commit.
"""

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

import structlog

from intake.config import ImapOrMaildir
from intake.desk import Desk
from intake.errors import IntakeError
from intake.mail.incoming import Glance, glance_at
from intake.mail.mailbox import Incoming, Mailbox, open_mailbox
from intake.model import Message
from intake.records.arriving import is_known
from intake.records.outcome import Outcome, outcome_of
from intake.records.unknown import count_unknown, note_unknown
from intake.rules.urgent.first_look import looks_urgent
from intake.store.engine import Session
from intake.store.files import in_batches
from intake.store.mails import cursor_of, messages_at, moved_messages
from intake.store.presence import mailbox_lease

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Fetched:
    """How many messages of one mailbox are new, which of those could not be had, and what kept us from the rest."""

    mailbox: str
    messages: int = 0
    unfetched: tuple[Outcome, ...] = ()
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A mailbox under one numbering of its mails."""

    mailbox: str
    uid_validity: int


@dataclass(frozen=True, slots=True)
class Known:
    """What is stored already of a batch: under the same UIDs, and the same bytes under another numbering."""

    here: dict[int, Message]
    moved: dict[str, deque[Message]]


@dataclass(frozen=True, slots=True)
class Course:
    """Who hears how fetching goes: when a batch is safe, how many mails more, or fewer, are to be judged.

    `stopping` is asked between the batches.
    """

    stopping: Callable[[], bool] = lambda: False
    stored: Callable[[], None] = lambda: None
    expect: Callable[[int], None] = lambda more: None


def fetch(desk: Desk, course: Course = Course()) -> list[Fetched]:
    """Reads every mailbox to its end that no other daemon reads just now. One that cannot be read holds up no other."""
    return [_fetch_guarded(desk, settings, course) for settings in desk.config.mailboxes]


def _fetch_guarded(desk: Desk, settings: ImapOrMaildir, course: Course) -> Fetched:
    try:
        with desk.presence.lease(mailbox_lease(settings.label)) as ours:
            return _fetch(desk, settings, course) if ours else Fetched(settings.label)
    except IntakeError as cause:
        problem = cause.sentence
        log.warning("mailbox could not be read", mailbox=settings.label, error=problem)
    except Exception as cause:
        problem = f"{type(cause).__name__}: {cause}"
        log.exception("mailbox could not be read", mailbox=settings.label)
    _note_failure(desk, settings.label, problem)
    return Fetched(settings.label, problem=problem)


def _fetch(desk: Desk, settings: ImapOrMaildir, course: Course) -> Fetched:
    began_at, count = desk.now, 0
    unfetched: list[Outcome] = []
    with open_mailbox(settings, desk.clock, desk.pulse.beat) as mailbox:
        after = _position(desk, settings.label, mailbox)
        for batch in in_batches(_unknown(desk, settings, mailbox, after, course), lambda one: one.size):
            unfetched += _store(desk, settings, mailbox, batch, course)
            course.stored()
            mailbox.dispose([one.uid for one in batch if not one.problem])
            count += len(batch)
            log.info("messages stored", mailbox=settings.label, count=len(batch))
            # Large mails are not held on to while the next ones are fetched.
            batch.clear()
            if course.stopping():
                return Fetched(settings.label, count, tuple(unfetched))
    _note_end(desk, settings.label, began_at)
    return Fetched(settings.label, count, tuple(unfetched))


def _unknown(desk: Desk, settings: ImapOrMaildir, mailbox: Mailbox, after: int, course: Course) -> Iterator[Incoming]:
    """What turned up below the cursor, then what is new."""
    unknown = count_unknown(desk, settings.label, mailbox, after)
    course.expect(len(unknown.below) + unknown.above)
    yield from mailbox.read(unknown.below)
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


def _store(
    desk: Desk, settings: ImapOrMaildir, mailbox: Mailbox, batch: list[Incoming], course: Course
) -> list[Outcome]:
    """Keeps a batch; says which of it a person has to see to in the mailbox itself."""
    names = desk.raw_messages.put(one.raw for one in batch)
    with desk.database.writing() as session:
        desk.presence.make_sure(session, mailbox_lease(settings.label))
        place = Place(settings.label, mailbox.uid_validity)
        known = Known(
            messages_at(session, place.mailbox, place.uid_validity, [one.uid for one in batch]),
            moved_messages(session, place.mailbox, names, place.uid_validity),
        )
        new = sum(_keep(desk, session, place, known, one, sha256) for one, sha256 in zip(batch, names, strict=True))
        cursor = cursor_of(session, settings.label)
        cursor.last_uid = max(cursor.last_uid, batch[-1].uid)
        note_unknown(desk, cursor, max(0, cursor.unknown - len(batch)))
        session.flush()
        lost = messages_at(session, place.mailbox, place.uid_validity, [one.uid for one in batch if one.problem])
        outcomes = [outcome_of(session, message) for _, message in sorted(lost.items())]
    course.expect(new - len(batch))
    return outcomes


def _keep(desk: Desk, session: Session, place: Place, known: Known, one: Incoming, sha256: str) -> bool:
    """Makes the mail's row; False where it has one."""
    label, uid_validity = place.mailbox, place.uid_validity
    if here := known.here.get(one.uid):
        if is_known(here, one, sha256):
            return False
        # The UID is free again before another row takes it.
        session.flush()
    if not one.problem and known.moved[sha256]:
        moved = known.moved[sha256].popleft()
        moved.uid_validity, moved.uid = uid_validity, one.uid
        return False
    seen = glance_at(one.raw)
    session.add(
        Message(
            mailbox=label,
            uid_validity=uid_validity,
            uid=one.uid,
            source=f"{label};UIDVALIDITY={uid_validity};UID={one.uid}",
            sha256=sha256,
            size=one.size,
            received_at=one.received_at,
            stored_at=desk.now,
            status="failed" if one.problem else "stored",
            rank=0 if _comes_first(desk, seen) else 1,
            sender=seen.sender,
            error=one.problem,
        )
    )
    return True


def _comes_first(desk: Desk, seen: Glance) -> bool:
    keywords = [word for category in desk.config.incidents.values() for word in category.keywords]
    return looks_urgent(seen.subject, seen.importance, keywords)


def _note_end(desk: Desk, label: str, moment: datetime) -> None:
    with desk.database.writing() as session:
        cursor = cursor_of(session, label)
        cursor.read_to_end_at, cursor.failing_since, cursor.error = moment, None, ""
        note_unknown(desk, cursor, 0)


def _note_failure(desk: Desk, label: str, error: str) -> None:
    with desk.database.writing() as session:
        cursor = cursor_of(session, label)
        cursor.failing_since, cursor.error = cursor.failing_since or desk.now, error
