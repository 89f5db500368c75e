"""`.eml` files, mbox files and Maildirs in; their messages through the whole intake, as if fetched.

Their rows are made and judged in one transaction, so a daemon at work on the same database never sees one half done;
what is read before and how several share a commit is `records.recording`, as for mail that was fetched.
"""

import mailbox
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from itertools import islice
from pathlib import Path

from intake.desk import Desk
from intake.errors import ConfigError
from intake.mail.mailbox import received_at_of
from intake.model import Message
from intake.records.outcome import Outcome, outcome_of
from intake.records.recording import Reading, most_in_hand, record_some
from intake.store import mails
from intake.store.engine import Session
from intake.store.files import in_batches

MAILBOX = "import"
NUMBERED_BY_US = 0


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
    """Each message through the whole intake, in order; the next ones are being read while some are recorded.

    The same bytes again are not another message.
    """
    kept = _kept(desk, found)
    line = deque[tuple[Kept, Reading]]()
    while True:
        for one in islice(kept, most_in_hand(desk) - len(line)):
            line.append((one, desk.examine(one.sha256, one.received_at)))
        if not line:
            return
        yield from record_some(desk, line, lambda session: partial(_taken, desk, session))


def _kept(desk: Desk, found: Iterable[StoredMail]) -> Iterator[Kept]:
    """The raw messages in our own keeping, and when our server took each; one without any date came now."""
    read = ((one.source, one.read()) for one in found)
    for batch in in_batches(read, lambda one: len(one[1])):
        names = desk.raw_messages.put(raw for _, raw in batch)
        kept = [
            Kept(source, sha256, len(raw), received_at_of(raw, desk.now))
            for (source, raw), sha256 in zip(batch, names, strict=True)
        ]
        batch.clear()
        yield from kept


def _taken(desk: Desk, session: Session, kept: Kept) -> Message | Outcome:
    known = mails.message_of_bytes(session, kept.sha256)
    if known and known.status == "processed":
        return _known(outcome_of(session, known), kept)
    return known if known and known.status == "failed" else _new_row(desk, session, kept)


def _new_row(desk: Desk, session: Session, kept: Kept) -> Message:
    message = Message(
        mailbox=MAILBOX,
        uid_validity=NUMBERED_BY_US,
        uid=mails.last_uid(session, MAILBOX, NUMBERED_BY_US) + 1,
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
