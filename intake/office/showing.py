"""What may be seen of a stored mail: its body, its documents as text or pictures, the files as they came.

Nothing of a mail in quarantine is shown, and of one that was never read only the stored file can be had. All parsing
happens in the worker processes.
"""

from dataclasses import dataclass

from intake.desk import Desk
from intake.documents.frames import Shown
from intake.errors import ConfigError
from intake.model import Document, Message
from intake.store import mails

PICTURED = ("pdf", "image")
MOST_TEXT = 4_000


@dataclass(frozen=True, slots=True)
class Leaf:
    """One document of a mail, by its number from 1 on: pictures of its pages, or the beginning of its text."""

    number: int
    filename: str
    kind: str
    size: int
    outcome: str
    lines: tuple[str, ...]
    is_pictured: bool


@dataclass(frozen=True, slots=True)
class Download:
    """A file to be kept by the reader, never to be opened in place."""

    filename: str
    content: bytes


def is_sealed(message: Message) -> bool:
    """Whether nothing of the mail is shown."""
    return message.disposition == "quarantined"


def leaves(desk: Desk, message_id: int) -> tuple[Leaf, ...]:
    """The mail's documents; none of a mail that is sealed."""
    with desk.database.reading() as session:
        if is_sealed(mails.message_numbered(session, message_id)):
            return ()
        rows = mails.documents_of(session, message_id)
    return tuple(
        Leaf(
            number=row.position + 1,
            filename=row.filename,
            kind=row.kind,
            size=row.size,
            outcome=row.outcome,
            lines=tuple((row.text or "")[:MOST_TEXT].splitlines()),
            is_pictured=row.kind in PICTURED and row.outcome in ("read", "empty"),
        )
        for row in rows
    )


def body(desk: Desk, message_id: int) -> Shown:
    """The mail's own words, harmless. Raises `ConfigError` for a sealed mail."""
    message = _open_message(desk, message_id)
    return desk.readers.shown(desk.raw_messages.path_of(message.sha256))


def picture(desk: Desk, message_id: int, number: int, page: int) -> bytes:
    """One page of a document as PNG. Raises `ConfigError` where there is none."""
    message = _open_message(desk, message_id)
    row = _document(desk, message_id, number)
    found = desk.readers.picture(desk.raw_messages.path_of(message.sha256), row.sha256, page).content
    if not found:
        raise ConfigError(f"document {number} of message {message_id} has no page {page} to be shown")
    return found


def original(desk: Desk, message_id: int) -> Download:
    """The whole mail as our server took it. Raises `ConfigError` for a sealed mail."""
    message = _open_message(desk, message_id)
    return Download(f"thu-{message_id}.eml", desk.raw_messages.read(message.sha256))


def attachment(desk: Desk, message_id: int, number: int) -> Download:
    """One attachment as it came. Raises `ConfigError` for what is sealed, hostile, or part of an archive."""
    message = _open_message(desk, message_id)
    row = _document(desk, message_id, number)
    if row.outcome in ("hostile", "secret"):
        raise ConfigError(f"document {number} of message {message_id} is not given out: {row.outcome}")
    files = desk.readers.original(desk.raw_messages.path_of(message.sha256)).files
    found = next((one for one in files if one.sha256 == row.sha256), None)
    if found is None:
        raise ConfigError(f"document {number} of message {message_id} came within another file: take that one")
    return Download(row.filename, found.content)


def _open_message(desk: Desk, message_id: int) -> Message:
    with desk.database.reading() as session:
        message = mails.message_numbered(session, message_id)
    if is_sealed(message):
        raise ConfigError(f"message {message_id} is in quarantine: nothing of it is shown")
    return message


def _document(desk: Desk, message_id: int, number: int) -> Document:
    with desk.database.reading() as session:
        row = next((one for one in mails.documents_of(session, message_id) if one.position + 1 == number), None)
    if row is None:
        raise ConfigError(f"message {message_id} has no document {number}")
    return row
