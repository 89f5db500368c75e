"""A directive from the console, in two steps: what would go to whom is shown first, and leaves when it is confirmed.

What is written and uploaded is made into a mail of the office's own and read in a worker process. What is dangerous or
bears a secrecy mark is refused before anything of it is kept.
"""

import json
import mimetypes
import shutil
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from intake.desk import Desk
from intake.errors import ConfigError
from intake.mail.compose import Enclosure, compose, make_message_id
from intake.mail.parsed import Address
from intake.model import Message
from intake.office.waiting_room import WaitingRoom
from intake.records import directives
from intake.records.case import Case
from intake.records.demands import ASKED_ROLES, WORDS_LINES
from intake.records.directives import Issued, report_type_of
from intake.records.incidents import By
from intake.records.judging import describe, keep_words
from intake.rules.reading import MailReading
from intake.rules.triage import why_kept_out
from intake.store.engine import Session
from intake.store.mails import last_uid

MAILBOX = "console"
MOST_TEXT = 5_000
LOST = "this directive waits no longer: write it again"
_ROOM = WaitingRoom("directive", LOST)


@dataclass(frozen=True, slots=True)
class Draft:
    """A directive as it was written. `due_at` is when the reports on it are due, None where none is asked for."""

    title: str
    text: str
    agencies: tuple[str, ...]
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it was uploaded."""

    filename: str
    content: bytes


@dataclass(frozen=True, slots=True)
class FileShown:
    filename: str
    size: int
    outcome: str


@dataclass(frozen=True, slots=True)
class Offered:
    """What would leave; `token` sends it. `mute` are agencies that no address is known of; `is_followed` is False where
    reports are asked for and the registry has no type to owe them under."""

    token: str
    draft: Draft
    files: tuple[FileShown, ...]
    mute: tuple[str, ...]
    is_followed: bool


def offer(desk: Desk, draft: Draft, files: Sequence[Upload], who: str) -> Offered:
    """Reads what was written and uploaded and says what would leave. Raises `ConfigError` for what cannot."""
    directives.refuse_wrong(desk, draft.agencies, draft.title, draft.due_at)
    _refuse_large(desk, draft, files)
    token, folder = _ROOM.new()
    try:
        (folder / "mail.eml").write_bytes(_mail_of(desk, draft, files))
        reading = desk.readers.read(folder / "mail.eml")
        if why := why_kept_out(reading):
            raise ConfigError(f"this is not sent out: {why}")
        kept = {**asdict(draft), "due_at": draft.due_at.isoformat() if draft.due_at else None}
        (folder / "draft.json").write_text(json.dumps({"who": who, "files": len(files), "draft": kept}), "utf-8")
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    shown = tuple(FileShown(one.name, one.size, one.outcome) for one in reading.documents if not one.inside)
    return Offered(
        token, draft, shown, mute_of(desk, draft.agencies), draft.due_at is None or report_type_of(desk) is not None
    )


def mute_of(desk: Desk, agencies: Sequence[str]) -> tuple[str, ...]:
    """Those of the agencies that no mail could be written to."""
    return tuple(one for one in agencies if not desk.directory.addresses_of(one, ASKED_ROLES))


def confirm(desk: Desk, token: str, who: str) -> Issued:
    """Sends what was offered to this person under the token. Raises `ConfigError` where it waits no longer."""
    folder = _ROOM.folder(token)
    taken = _taken(folder, who)
    try:
        issued = _issue(desk, folder, json.loads(taken.read_text("utf-8")), who)
    except BaseException:
        taken.rename(folder / "draft.json")
        raise
    shutil.rmtree(folder, ignore_errors=True)
    return issued


def _taken(folder: Path, who: str) -> Path:
    """What waits, in the hands of one request: a form that is sent twice sends one directive."""
    waiting, taken = folder / "draft.json", folder / "taken.json"
    try:
        if json.loads(waiting.read_text("utf-8"))["who"] != who:
            raise ConfigError("somebody else wrote this directive: write it yourself")
        return waiting.rename(taken)
    except FileNotFoundError as cause:
        raise ConfigError(LOST) from cause


def _issue(desk: Desk, folder: Path, kept: dict[str, object], who: str) -> Issued:
    draft = _draft_of(kept["draft"])
    mail = folder / "mail.eml"
    reading = desk.readers.read(mail) if kept["files"] else None
    raw = mail.read_bytes()
    sha256 = desk.raw_messages.put([raw])[0] if reading else ""
    with desk.database.writing() as session:
        message = _keep(desk, session, sha256, len(raw), reading, who) if reading else None
        issued = directives.issue(
            desk, session, draft.agencies, draft.title, By(who), due_at=draft.due_at, text=draft.text, message=message
        )
        if message:
            message.reason = f"a directive of the office, {issued.directive.code}"
    return issued


def _draft_of(kept: object) -> Draft:
    assert isinstance(kept, dict)
    due_at = datetime.fromisoformat(kept["due_at"]) if kept["due_at"] else None
    return Draft(kept["title"], kept["text"], tuple(kept["agencies"]), due_at)


def _keep(desk: Desk, session: Session, sha256: str, size: int, reading: MailReading, who: str) -> Message:
    """The mail with the documents in our keeping, as one that the office has settled."""
    message = Message(
        mailbox=MAILBOX,
        uid_validity=0,
        uid=last_uid(session, MAILBOX, 0) + 1,
        source=f"{MAILBOX}, {who}",
        sha256=sha256,
        size=size,
        received_at=desk.now,
        stored_at=desk.now,
    )
    session.add(message)
    session.flush()
    case = Case(desk, session, message, reading)
    describe(case)
    message.disposition = "directive"
    keep_words(case)
    return message


def _mail_of(desk: Desk, draft: Draft, files: Sequence[Upload]) -> bytes:
    office = Address(desk.config.office.name, desk.config.office.address)
    return compose(
        subject=draft.title,
        text=draft.text,
        sender=office,
        recipient=office,
        message_id=make_message_id(office.address.rpartition("@")[2]),
        date=desk.now.astimezone(desk.zone),
        auto_submitted="auto-generated",
        attachments=[Enclosure(one.filename, _type_of(one.filename), one.content) for one in files],
    )


def _type_of(filename: str) -> str:
    """By its name alone: what a browser says of a file is not believed."""
    return mimetypes.guess_type(filename)[0] or "application/octet-stream"


def _refuse_large(desk: Desk, draft: Draft, files: Sequence[Upload]) -> None:
    most = desk.config.sharing.max_bytes
    if sum(len(one.content) for one in files) > most:
        raise ConfigError(f"the documents have more than {most:,} bytes: they could not go along")
    lines = [line for line in draft.text.splitlines() if line.strip()]
    if len(lines) > WORDS_LINES or len(draft.text) > MOST_TEXT:
        raise ConfigError(
            f"the text has more than {WORDS_LINES} lines or {MOST_TEXT:,} letters: attach it as a document"
        )
