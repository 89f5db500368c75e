"""`.eml` files, mbox files and Maildirs in; their messages through the whole intake, as if fetched.

A message is stored and judged in one transaction, so a daemon at work on the same database never sees it half done.
"""

import mailbox
import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from intake.desk import Desk
from intake.errors import ConfigError, TemporaryError
from intake.mail.mailbox import received_at_of
from intake.model import Message
from intake.records.case import Case
from intake.records.judging import judge
from intake.records.outcome import Outcome, outcome_of
from intake.store import mails
from intake.store.engine import Session

MAILBOX = "import"


@dataclass(frozen=True, slots=True)
class ImportedMail:
    """One message as found: where, its bytes, and when our server took it."""

    source: str
    raw: bytes
    received_at: datetime


def mails_in(paths: list[Path], now: datetime) -> Iterator[ImportedMail]:
    """Every message under these paths: folders in the order of their file names. Raises `ConfigError` for no such path.

    A message without any readable date was received now, as far as anybody can tell.
    """
    for path in paths:
        if not path.exists():
            raise ConfigError(f"there is no {path}")
        for source, raw in _raws(path):
            yield ImportedMail(source, raw, received_at_of(raw, now))


def _raws(path: Path) -> Iterator[tuple[str, bytes]]:
    if path.is_dir():
        yield from _raws_in_folder(path)
    elif path.suffix == ".mbox" or _is_mbox(path):
        box = mailbox.mbox(path, create=False)
        for key in box.iterkeys():
            yield f"{path}#{key}", box.get_bytes(key)
    else:
        yield str(path), path.read_bytes()


def _raws_in_folder(folder: Path) -> Iterator[tuple[str, bytes]]:
    if (folder / "cur").is_dir() and (folder / "new").is_dir():
        for inner in sorted([*(folder / "cur").iterdir(), *(folder / "new").iterdir()], key=lambda one: one.name):
            yield str(inner), inner.read_bytes()
        return
    for inner in sorted(folder.iterdir(), key=lambda one: os.fsencode(one.name)):
        if inner.is_dir() or inner.suffix.casefold() in (".eml", ".mbox", ".msg", ".txt", ""):
            yield from _raws(inner)


def _is_mbox(path: Path) -> bool:
    with path.open("rb") as file:
        return path.suffix != ".eml" and file.read(5) == b"From "


def import_mail(desk: Desk, found: ImportedMail) -> Outcome:
    """One message through the whole intake. The same bytes again are not another message."""
    [sha256] = desk.raw_messages.put([found.raw])
    with desk.database.reading() as session:
        known = mails.message_of_bytes(session, sha256)
        if known and known.status == "processed":
            return _known(outcome_of(session, known), found)
    try:
        reading = desk.readers.read(desk.raw_messages.path_of(sha256))
        with desk.database.writing() as session:
            message = _add(desk, session, found, sha256)
            judge(Case(desk, session, message, reading))
            return outcome_of(session, message)
    except TemporaryError:
        raise
    except Exception as cause:
        with desk.database.writing() as session:
            message = _add(desk, session, found, sha256)
            message.status, message.error = "failed", f"{type(cause).__name__}: {cause}"
            return outcome_of(session, message)


def _add(desk: Desk, session: Session, found: ImportedMail, sha256: str) -> Message:
    message = Message(
        mailbox=MAILBOX,
        uid_validity=0,
        uid=mails.last_uid(session, MAILBOX) + 1,
        source=found.source,
        sha256=sha256,
        size=len(found.raw),
        received_at=found.received_at,
        stored_at=desk.now,
    )
    session.add(message)
    session.flush()
    return message


def _known(outcome: Outcome, found: ImportedMail) -> Outcome:
    reason = f"the same bytes were received before, as message {outcome.id}"
    return replace(
        outcome, source=found.source, disposition="duplicate", reason=reason, reports=[], incident=None, suggestions=[]
    )
