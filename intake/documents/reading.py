"""One raw mail to a `MailReading`: the message, then every document in it, archives and nested messages opened.

Runs inside the worker process only. A secrecy mark stops the reading, and nothing that was read until then is kept.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from intake.config import Limits
from intake.documents.archive import unpacked
from intake.documents.archive_space import Space
from intake.documents.contents import Asked, Contents, File, UnreadableError
from intake.documents.formats import format_of
from intake.documents.frames import Original, OriginalFile
from intake.documents.ocr import Seen, Sight
from intake.mail.message import parse_message
from intake.mail.parsed import Attachment, ParsedMessage
from intake.rules.dealings.secrecy import mark_in_name, mark_in_subject, mark_on_page
from intake.rules.reading import DocumentKind, DocumentReading, MailReading, Outcome

_SHEETS = ("xlsx", "xls", "ods")


def read_mail(
    raw: bytes, limits: Limits, probes: tuple[str, ...], trust_store: Path | None = None, seen: Seen | None = None
) -> MailReading:
    """The whole mail. `probes` are the entries of the registry's `required` that ask for a cell or a section.

    `trust_store` is a file or a folder of certificates whose signatures on a document are trusted; `seen` is what was
    seen in the pictures of other mails.
    """
    message = parse_message(raw, limits)
    try:
        _stop_at_marks_of(message)
        documents = tuple(
            _Reader(Asked(limits, Sight(limits.ocr_seconds, seen), probes, trust_store)).documents_of(message)
        )
    except _MarkFoundError as mark:
        return _sealed(message, mark.place)
    return MailReading(message.without_content(), documents)


def read_message(raw: bytes, limits: Limits, why: str) -> MailReading:
    """The message alone, its documents unopened and called hostile: opening them was what ended a worker before."""
    message = parse_message(raw, limits)
    try:
        _stop_at_marks_of(message)
    except _MarkFoundError as mark:
        return _sealed(message, mark.place)
    documents = tuple(
        DocumentReading(one.filename, "unknown", one.size, one.sha256, index, outcome="hostile", detail=why)
        for index, one in enumerate(message.attachments)
    )
    return MailReading(message.without_content(), documents)


def original_of(raw: bytes, limits: Limits) -> Original:
    """What the mail carries, byte for byte. For mails that were read before and found to be safe."""
    message = parse_message(raw, limits)
    files = (
        OriginalFile(one.filename, one.content_type, one.sha256, one.inline, one.content) for one in message.attachments
    )
    return Original(message.own_text, tuple(files))


class _MarkFoundError(Exception):
    """A secrecy mark stands at `place`; nothing more may be read."""

    def __init__(self, place: str) -> None:
        super().__init__(place)
        self.place = place


def _stop_at_marks_of(message: ParsedMessage) -> None:
    if mark_in_subject(message.subject):
        raise _MarkFoundError("subject")
    if any(mark_in_name(attachment.filename) for attachment in message.attachments):
        raise _MarkFoundError("file name")
    if mark_on_page(message.text) or mark_on_page(message.own_text):
        raise _MarkFoundError("body")


def _sealed(message: ParsedMessage, place: str) -> MailReading:
    """Who sent it and what it weighs; no word of what it says."""
    attachments = tuple(
        Attachment("", one.content_type, one.size, one.sha256, one.inline) for one in message.attachments
    )
    documents = tuple(
        DocumentReading("", "unknown", one.size, one.sha256, index, outcome="secret")
        for index, one in enumerate(attachments)
    )
    silent = replace(message, subject="", text="", own_text="", html="", attachments=attachments, defects=())
    return MailReading(silent, documents, place)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in the mail a file stands: the attachment it belongs to, what holds it, and how deep that is."""

    attachment: int
    inside: str = ""
    archives: int = 0
    messages: int = 0

    def within(self, name: str, archives: int = 0, messages: int = 0) -> "_Place":
        inside = f"{self.inside}/{name}" if self.inside else name
        return _Place(self.attachment, inside, self.archives + archives, self.messages + messages)


class _Reader:
    """Reads the documents of one mail; what is unpacked on the way counts against one space."""

    def __init__(self, asked: Asked) -> None:
        self._limits, self._asked = asked.limits, asked
        self._space = Space(asked.limits)

    def documents_of(self, message: ParsedMessage) -> Iterator[DocumentReading]:
        for index, attachment in enumerate(message.attachments):
            yield from self._attachment(attachment, _Place(index))

    def _attachment(self, attachment: Attachment, place: _Place) -> list[DocumentReading]:
        if attachment.message is None:
            file = File(attachment.filename, attachment.content, known_sha256=attachment.sha256)
            return self._file(file, place)
        document = DocumentReading(
            attachment.filename, "message", attachment.size, attachment.sha256, place.attachment, place.inside
        )
        return self._message(document, attachment.message, place)

    def _file(self, file: File, place: _Place) -> list[DocumentReading]:
        if mark_in_name(file.name):
            raise _MarkFoundError("file name")
        kind, contents = self._contents(file)
        if file.name_was:
            contents = replace(contents, repairs=(*contents.repairs, f"its name was {file.name_was}"))
        document = DocumentReading(
            file.name, kind, len(file.content), file.sha256, place.attachment, place.inside, **_facts(contents)
        )
        if kind == "archive":
            return self._archive(document, file, place)
        if kind == "message" and place.messages < self._limits.nested_messages:
            return self._message(document, parse_message(file.content, self._limits), place)
        if any(mark_on_page(page) for page in _first_pages(document)):
            raise _MarkFoundError("document")
        return [document]

    def _contents(self, file: File) -> tuple[DocumentKind, Contents]:
        """What the file's format reads in it. Whatever a library does to us here, the mail's other documents go on."""
        kind: DocumentKind = "unknown"
        if not file.content:
            return kind, Contents(outcome="empty", detail="a file of no bytes")
        try:
            form = format_of(file)
            kind = form.kind
            return kind, form.read(file, self._asked)
        except UnreadableError as no:
            return kind, Contents(outcome=no.outcome, detail=no.detail)
        except (MemoryError, RecursionError):
            return kind, Contents(outcome="hostile", detail="ran out of memory")
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException as fault:
            # A library in Rust panics with an exception that is no `Exception`; the mail's other documents go on.
            return kind, Contents(outcome="broken", detail=f"reading failed: {type(fault).__name__}")

    def _archive(self, document: DocumentReading, file: File, place: _Place) -> list[DocumentReading]:
        found: list[DocumentReading] = []
        inner = place.within(file.name, archives=1)
        try:
            if place.archives >= self._limits.archive_depth:
                raise UnreadableError("hostile", "archives within archives, too deep")
            for one in unpacked(file, self._space):
                found += self._file(one, inner)
        except UnreadableError as no:
            return [replace(document, outcome=no.outcome, detail=no.detail), *found]
        outcome: Outcome = "read" if found else "empty"
        return [replace(document, outcome=outcome, detail="" if found else "an archive without files"), *found]

    def _message(self, document: DocumentReading, message: ParsedMessage, place: _Place) -> list[DocumentReading]:
        """A nested message as one document, then its attachments."""
        _stop_at_marks_of(message)
        text = f"{message.subject}\n{message.own_text}".strip()
        found = [replace(document, text=text, outcome="read" if text else "empty", detail="")]
        inner = place.within(document.name or message.subject, messages=1)
        for attachment in message.attachments:
            found += self._attachment(attachment, inner)
        return found


def _facts(contents: Contents) -> dict[str, Any]:
    return {one.name: getattr(contents, one.name) for one in fields(contents)}


def _first_pages(document: DocumentReading) -> list[str]:
    """Each sheet of a workbook is a first page."""
    return document.text.split("\f") if document.kind in _SHEETS else [document.text]
