"""Each document of a mail and what it is: a report of its own, an annex, one that does not say, or another thing.

Judges one document at a time, by its own head first. Whether it agrees with the mail is for matching to say.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from intake.rules.language.text import fold
from intake.rules.names.directory import Directory
from intake.rules.names.naming import LONGEST_TEXT, Named, name_in
from intake.rules.papers.letterhead import Letterhead, read_letterhead
from intake.rules.reading import DocumentReading, MailReading

Role = Literal["report", "annex", "quiet", "other"]

_WRITTEN = ("pdf", "docx", "doc", "rtf", "odt", "html", "text", "image", "message", "pptx")
_TABLES = ("xlsx", "xls", "ods", "csv")
_CONTAINERS = ("archive", "signature", "calendar")
# What Office leaves behind while a file is open, and the card that a mailer adds for the sender.
_LOCK_FILES = ("~$", ".~lock.")
_CARDS = ("BEGIN:VCARD", "BEGIN:VCALENDAR")
_ANNEX = re.compile(r"\b(?:phu luc|bieu|bang|danh sach|pl ?\d+|mau so|de cuong)\b")
_COVER = re.compile(r"(?:v v )?(?:gui|chuyen|trinh) (?!y kien)")
_SENDING = re.compile(r"(?:v v )?(?:gui|chuyen|trinh|nop)\b")
_COVER_KINDS = ("cong van", "phieu gui", "phieu chuyen")
_FIRST_LINES = 4
_LONGEST_NAME = 255
_EXTENSION = re.compile(r"(?:\.(?:signed|ldsigned|(?!\d+(?:\.|$))[A-Za-z0-9]{1,5}))+$")


@dataclass(frozen=True, slots=True)
class Placed:
    """One document of a mail. `index` is its place in the mail's documents.

    A report is known by its head, which names it; a quiet document has text or none, but no head that says what it is.
    """

    index: int
    document: DocumentReading
    role: Role
    head: Letterhead
    title: Named
    name: Named

    @property
    def is_table(self) -> bool:
        return self.document.kind in _TABLES

    def named_as(self) -> str:
        return f'document "{self.document.name}"'


def place_all(reading: MailReading, directory: Directory, on: date) -> list[Placed]:
    """The documents that say something, in their order: containers, their signatures and inline pictures left out."""
    shown = [
        (index, document) for index, document in enumerate(reading.documents) if _says_something(reading, document)
    ]
    placed = [_placed(index, document, directory, on) for index, document in shown]
    if not any(one.role == "report" and one.head.kind not in _COVER_KINDS for one in placed):
        return placed
    return [replace(one, role="annex") if one.role == "report" and sends(one.head) else one for one in placed]


def spoken_name(filename: str) -> str:
    """A file name as words: without its extensions, low lines and dots between words as spaces."""
    return re.sub(r"_+", " ", _EXTENSION.sub("", filename[-_LONGEST_NAME:]))


def _says_something(reading: MailReading, document: DocumentReading) -> bool:
    attachments = reading.message.attachments
    inline = document.attachment < len(attachments) and attachments[document.attachment].inline
    if document.kind == "image" and inline and not document.text:
        return False
    if document.name.startswith(_LOCK_FILES) or document.text.lstrip().startswith(_CARDS):
        return False
    if document.kind == "message":
        return read_letterhead(document.text).is_report
    return document.kind not in _CONTAINERS


def _placed(index: int, document: DocumentReading, directory: Directory, on: date) -> Placed:
    head = read_letterhead(document.text)
    title = head.title if head.kind else _first_lines(document.text)
    names = (
        name_in(text, directory.titles, directory.report_types, on) for text in (title, spoken_name(document.name))
    )
    return Placed(index, document, _role(document, head), head, *names)


def _first_lines(text: str) -> str:
    lines = [line.strip() for line in text[:LONGEST_TEXT].splitlines() if line.strip()]
    return "; ".join(lines[:_FIRST_LINES]).replace("\t", " ")


def _role(document: DocumentReading, head: Letterhead) -> Role:
    if head.is_report and not (document.kind in _TABLES and _is_annex(document)):
        return "report"
    if _is_annex(document) or head.kind == "phu luc" or _is_cover(head):
        return "annex"
    if head.kind:
        return "other"
    if document.kind in _TABLES or document.kind in _WRITTEN or document.outcome != "read":
        return "quiet"
    return "other"


def _is_annex(document: DocumentReading) -> bool:
    first = document.text[:LONGEST_TEXT].strip().partition("\n")[0]
    named = _ANNEX.search(fold(re.sub(r"[\W_]+", " ", document.name)))
    return bool(named) or _ANNEX.match(fold(first)) is not None


def sends(head: Letterhead) -> bool:
    """Whether it is a letter "V/v gửi báo cáo …": it names a report and is none. "V/v báo cáo …" is one itself."""
    return head.kind in _COVER_KINDS and _SENDING.match(fold(head.title)) is not None


def _is_cover(head: Letterhead) -> bool:
    return head.kind in _COVER_KINDS and _COVER.match(fold(head.title)) is not None and not head.is_report


def reports_among(placed: Sequence[Placed]) -> list[Placed]:
    """The documents that are reports. A table is one only where no written document is."""
    reports = [one for one in placed if one.role == "report"]
    written = [one for one in reports if not one.is_table]
    return written or reports
