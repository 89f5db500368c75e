"""Who gets a copy of a report, which files of a mail go along with it, and which mark forbids it. Pure.

A report is passed on only as a whole and only where nothing of another one goes with it. A mark of circulation
(LƯU HÀNH NỘI BỘ, XEM XONG TRẢ LẠI: Decree 30/2020, appendix I) keeps it with the office.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from intake.model import OFFICE, Agency, Contact, ReportType
from intake.rules.language.phrases import Clause, clauses, phrase
from intake.rules.language.text import fold
from intake.rules.names.directory import Directory
from intake.rules.reading import DocumentReading, MailReading

_MARKS = {
    "luuhanhnoibo": "LƯU HÀNH NỘI BỘ",
    "xemxongtralai": "XEM XONG TRẢ LẠI",
    "tailieuthuhoi": "TÀI LIỆU THU HỒI",
}
_COMMITTEE = "UBND "
_LABELS = ("", "tailieu", "vanban", "chidan", "dau")
_COLUMNS = re.compile(r"\t| {3,}")
_FIRST_LINES = 60
_FIRST_CHARS = 20_000
# What holds documents, or vouches for them, and is none itself.
HOLDERS = ("archive", "message", "signature")
_KEPT_OUT = ("secret", "hostile", "encrypted")


@dataclass(frozen=True, slots=True)
class Parts:
    """What of a mail belongs to one report. `files` are the SHA-256 of attachments, `text` whether its own words do.

    Without `whole` a part of the report cannot be parted from what belongs to others.
    """

    files: tuple[str, ...]
    text: bool = False
    whole: bool = True


def receivers(kind: ReportType, source: str, directory: Directory, day: date) -> list[Agency]:
    """The agencies that a report of `source` is passed on to: named in `share_with`, or in a group that is."""
    wanted = set(kind.share_with)
    if not wanted:
        return []
    return [
        agency
        for agency in directory.agencies.values()
        if agency.code != source
        and (agency.code in wanted or (agency.code != OFFICE and wanted.intersection(agency.groups)))
        and agency.active_on(day)
    ]


def touched(
    wanted: Collection[str], texts: Iterable[str], source: str, directory: Directory, day: date
) -> list[Agency]:
    """The agencies that an urgent matter touches beside `source`.

    `wanted` are those, or the groups, that its category names; of `texts` each place that stands for an agency counts.
    """
    said = [clause for text in texts for clause in clauses(text)]
    return [
        agency
        for agency in directory.agencies.values()
        if agency.code not in (source, OFFICE)
        and agency.active_on(day)
        and (agency.code in wanted or set(wanted) & set(agency.groups) or _is_named(agency, said))
    ]


def _is_named(agency: Agency, said: Iterable[Clause]) -> bool:
    """Whether its place is named in full: "xã Hòa Thạnh"."""
    place = phrase(agency.name.removeprefix(_COMMITTEE))
    return agency.name.startswith(_COMMITTEE) and any(clause.positions(place) for clause in said)


def recipients(
    agencies: Iterable[Agency],
    source: str,
    directory: Directory,
    never: Collection[str],
    roles: Sequence[str] = ("submitter",),
) -> list[tuple[Agency, Contact]]:
    """Each address once, with the agency it is written to for; none of those that the report came from.

    `never` are further addresses that get no copy. Of the office its records desk gets one.
    """
    seen = {address.casefold() for address in never}
    seen |= {contact.email.casefold() for contact in directory.contacts.get(source, ()) if contact.role != "supervisor"}
    found = []
    for agency in agencies:
        for contact in directory.addresses_of(agency.code, ["records"] if agency.code == OFFICE else roles):
            if contact.email.casefold() not in seen:
                seen.add(contact.email.casefold())
                found.append((agency, contact))
    return found


def parts_of(reading: MailReading, report: Collection[str], alone: bool, needs_text: bool) -> Parts:
    """What of a mail is passed on as one report.

    `report` are the SHA-256 of its documents; with `alone` it is the mail's only report. `needs_text` says that the
    mail's own words are a part that the report must have. An attachment that holds anything else stays here.
    """
    held = _documents_by_attachment(reading.documents)
    in_documents = {one.sha256 for documents in held.values() for one in documents} & set(report)
    files: list[str] = []
    parted: set[str] = set()
    for index, one in enumerate(reading.message.attachments):
        documents = {document.sha256 for document in held.get(index, ())}
        if documents <= in_documents if documents else alone and not one.inline:
            files.append(one.sha256)
            parted |= documents
    text = alone and (needs_text or not in_documents)
    return Parts(tuple(files), text, whole=in_documents <= parted and (text or bool(in_documents)))


def _documents_by_attachment(documents: Iterable[DocumentReading]) -> dict[int, list[DocumentReading]]:
    held: dict[int, list[DocumentReading]] = {}
    for one in documents:
        if one.kind not in HOLDERS:
            held.setdefault(one.attachment, []).append(one)
    return held


def forbids(reading: MailReading) -> str:
    """Why nothing of the mail may be passed on; "" where nothing forbids it."""
    message = reading.message
    if reading.secrecy or any(is_kept_out(one.kind, one.outcome) for one in reading.documents):
        return "it is not safe, or not allowed, to pass it on"
    names = [message.subject, *(one.filename for one in message.attachments), *(one.name for one in reading.documents)]
    marks = [*map(mark_in_name, names), mark_on_page(message.own_text)]
    marks += [mark_on_page(one.text) for one in reading.documents]
    return next((f"it is marked {mark}" for mark in marks if mark), "")


def is_kept_out(kind: str, outcome: str) -> bool:
    """Whether a document is one that a mail is quarantined for, even if a person took the mail as a report."""
    return outcome in _KEPT_OUT or (kind == "archive" and outcome == "too_large")


def mark_in_name(name: str) -> str:
    """The mark of circulation that a subject or a file name bears, "" for none."""
    letters = _letters(name[:_FIRST_CHARS])
    return next((mark for key, mark in _MARKS.items() if key in letters), "")


def mark_on_page(text: str) -> str:
    """The mark of circulation that stands on a line, or in a column, of its own on the first page; "" for none."""
    page = text.lstrip()[:_FIRST_CHARS].partition("\f")[0]
    lines = [line for line in page.split("\n") if line.strip()][:_FIRST_LINES]
    cells = [_letters(cell) for line in lines for cell in _COLUMNS.split(line)]
    return next((mark for key, mark in _MARKS.items() if any(_is_mark(cell, key) for cell in cells)), "")


def _is_mark(letters: str, key: str) -> bool:
    return letters.endswith(key) and letters.removesuffix(key) in _LABELS


def _letters(text: str) -> str:
    """The folded letters alone: a mark may be set apart ("L Ư U"), or have lost a blank on its way."""
    return "".join(char for char in fold(text) if char.isalpha())
