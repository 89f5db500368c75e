"""`.eml` files, mbox files and Maildirs in; their messages through the whole intake, as if fetched.

A message is stored and judged in one transaction, so a daemon at work on the same database never sees it half done.
"""

import mailbox
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path

import structlog

from intake.desk import Desk
from intake.errors import ConfigError, TemporaryError
from intake.mail.mailbox import received_at_of
from intake.model import Message
from intake.records.case import Case
from intake.records.judging import judge
from intake.records.outcome import Outcome, outcome_of
from intake.rules.reading import MailReading
from intake.store import mails
from intake.store.engine import Session

MAILBOX = "import"
READ_AHEAD = 8

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class StoredMail:
    """One message as found: where, and how its bytes are had, before the next one is looked for."""

    source: str
    read: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Kept:
    """One message in our own keeping."""

    source: str
    sha256: str
    size: int
    received_at: datetime


def mails_in(paths: Iterable[Path]) -> Iterator[StoredMail]:
    """Every message under these paths, folders in the order of their file names.

    Raises `ConfigError` for a path that does not exist.
    """
    for path in paths:
        if not path.exists():
            raise ConfigError(f"there is no {path}")
        yield from _mails_at(path)


def _mails_at(path: Path) -> Iterator[StoredMail]:
    if path.is_dir():
        yield from _mails_in_folder(path)
    elif path.suffix == ".mbox" or _is_mbox(path):
        with closing(mailbox.mbox(path, create=False)) as box:
            for key in box.iterkeys():
                yield StoredMail(f"{path}#{key}", partial(box.get_bytes, key))
    else:
        yield StoredMail(str(path), path.read_bytes)


def _mails_in_folder(folder: Path) -> Iterator[StoredMail]:
    if (folder / "cur").is_dir() and (folder / "new").is_dir():
        for inner in sorted([*(folder / "cur").iterdir(), *(folder / "new").iterdir()], key=lambda one: one.name):
            yield StoredMail(str(inner), inner.read_bytes)
        return
    for inner in sorted(folder.iterdir(), key=lambda one: os.fsencode(one.name)):
        if inner.is_dir() or (inner.is_file() and _may_hold_mail(inner)):
            yield from _mails_at(inner)


def _may_hold_mail(path: Path) -> bool:
    return path.suffix.casefold() in (".eml", ".mbox", ".txt", "") and not path.name.startswith(".")


def _is_mbox(path: Path) -> bool:
    with path.open("rb") as file:
        return path.suffix != ".eml" and file.read(5) == b"From "


def import_mails(desk: Desk, found: Iterable[StoredMail]) -> Iterator[Outcome]:
    """Each message through the whole intake, in order; the next ones are being read while one is recorded.

    The same bytes again are not another message.
    """
    under_way: deque[tuple[Kept, Future[MailReading]]] = deque()
    for one in found:
        kept = _keep(desk, one)
        under_way.append((kept, desk.readers.submit(desk.raw_messages.path_of(kept.sha256))))
        if len(under_way) > READ_AHEAD:
            yield _record(desk, *under_way.popleft())
    while under_way:
        yield _record(desk, *under_way.popleft())


def _keep(desk: Desk, found: StoredMail) -> Kept:
    """The raw message in our own keeping, and when our server took it; a message without any date came now."""
    raw = found.read()
    [sha256] = desk.raw_messages.put([raw])
    return Kept(found.source, sha256, len(raw), received_at_of(raw, desk.now))


def _record(desk: Desk, kept: Kept, reading: Future[MailReading]) -> Outcome:
    with desk.database.reading() as session:
        known = mails.message_of_bytes(session, kept.sha256)
        if known and known.status == "processed":
            return _known(outcome_of(session, known), kept)
    try:
        read = reading.result()
        with desk.database.writing() as session:
            message = _row_of(desk, session, kept)
            judge(Case(desk, session, message, read))
            return outcome_of(session, message)
    except TemporaryError:
        raise
    except Exception as cause:
        log.exception("message could not be processed", source=kept.source)
        with desk.database.writing() as session:
            message = _row_of(desk, session, kept)
            message.status, message.error = "failed", f"{type(cause).__name__}: {cause}"
            return outcome_of(session, message)


def _row_of(desk: Desk, session: Session, kept: Kept) -> Message:
    """The message's row; the one there is, where processing it had failed before."""
    known = mails.message_of_bytes(session, kept.sha256)
    if known and known.status == "failed":
        return known
    message = Message(
        mailbox=MAILBOX,
        uid_validity=0,
        uid=mails.last_uid(session, MAILBOX) + 1,
        source=kept.source,
        sha256=kept.sha256,
        size=kept.size,
        received_at=kept.received_at,
        stored_at=desk.now,
    )
    session.add(message)
    session.flush()
    return message


def _known(outcome: Outcome, kept: Kept) -> Outcome:
    reason = f"the same bytes were received before, as message {outcome.id}"
    return replace(
        outcome, source=kept.source, disposition="duplicate", reason=reason, reports=[], incident=None, suggestions=[]
    )
