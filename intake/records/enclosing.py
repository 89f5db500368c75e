"""What goes along with a mail when it leaves: a calendar of deadlines, the files of a report, the digest's document."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import time

from intake.desk import Desk
from intake.documents.frames import Original, OriginalFile
from intake.mail.calendar_file import Event, calendar_file
from intake.mail.compose import Enclosure
from intake.model import Obligation
from intake.notices import (
    DailyDigest,
    DirectiveOrder,
    DueNotice,
    FileLine,
    IncidentRequest,
    Notice,
    ObligationLine,
    OriginalLine,
    Share,
)
from intake.records.period_lines import period_head
from intake.rules.deadlines.standing import last_day_in_time

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def enclosed(desk: Desk, notice: Notice) -> tuple[Notice, tuple[Enclosure, ...]]:
    """The notice as it is worded, and its files. Raises `PermanentError` if an original cannot be had."""
    if isinstance(notice, Share):
        return _with_originals(desk, notice)
    if isinstance(notice, IncidentRequest | DirectiveOrder):
        return _with_office_files(desk, notice)
    if isinstance(notice, DailyDigest):
        return notice, (Enclosure(f"{notice.reference}.docx", DOCX, desk.renderer.document(notice)),)
    return notice, _calendar(desk, notice) if isinstance(notice, DueNotice) else ()


def _with_originals(desk: Desk, notice: Share) -> tuple[Share, tuple[Enclosure, ...]]:
    lines: list[str] = []
    files: dict[str, OriginalFile] = {}
    for line in notice.originals:
        original = desk.readers.original(desk.raw_messages.path_of(line.mail))
        files |= {one.sha256: one for one in _chosen(original, line)}
        lines += original.own_text.splitlines() if line.text else []
    wanted = {sha256 for line in notice.originals if not line.everything for sha256 in line.files}
    too_large = sum(len(one.content) for one in files.values()) > desk.config.sharing.max_bytes
    worded = replace(
        notice,
        files=tuple(_lines_of(files.values())),
        text=tuple(lines),
        too_large=too_large,
        left_out=notice.left_out or not wanted <= files.keys(),
    )
    return worded, () if too_large else tuple(map(_enclosure, files.values()))


def _with_office_files(
    desk: Desk, notice: IncidentRequest | DirectiveOrder
) -> tuple[IncidentRequest | DirectiveOrder, tuple[Enclosure, ...]]:
    """What the office attached to its own mail goes along with the first word of it, and is named later on."""
    originals = [(desk.readers.original(desk.raw_messages.path_of(one.mail)), one) for one in notice.originals]
    files = {one.sha256: one for original, line in originals for one in _chosen(original, line)}
    too_large = sum(len(one.content) for one in files.values()) > desk.config.sharing.max_bytes
    worded = replace(notice, files=tuple(_lines_of(files.values())), too_large=too_large)
    attached = notice.stage == "asked" and not too_large
    return worded, tuple(map(_enclosure, files.values())) if attached else ()


def _chosen(original: Original, line: OriginalLine) -> Iterator[OriginalFile]:
    for one in original.files:
        if one.sha256 in line.files or (line.everything and not one.inline):
            yield one


def _lines_of(files: Iterable[OriginalFile]) -> Iterator[FileLine]:
    for one in files:
        yield FileLine(filename=one.filename, size=len(one.content), sha256=one.sha256)


def _enclosure(file: OriginalFile) -> Enclosure:
    return Enclosure(file.filename, file.content_type, file.content)


def _calendar(desk: Desk, notice: DueNotice) -> tuple[Enclosure, ...]:
    """The deadlines still to come that the notice speaks of, as a file for the recipient's calendar."""
    lines = [one for one in (*notice.obligations, *notice.coming) if one.due_at > notice.now]
    if not lines:
        return ()
    content = calendar_file([_event(desk, one) for one in lines], notice.now)
    return (Enclosure("deadlines.ics", "text/calendar", content),)


def deadline_event(desk: Desk, one: Obligation) -> Event:
    """The deadline of an obligation for a calendar: the same event that a reminder brings, so that neither doubles."""
    agency = desk.directory.agencies.get(one.agency_code)
    line = ObligationLine(
        agency=agency.name if agency else one.agency_code,
        agency_code=one.agency_code,
        **period_head(desk, one),
    )
    return _event(desk, line)


def _event(desk: Desk, line: ObligationLine) -> Event:
    due_at = line.due_at.astimezone(desk.zone)
    whole_day = due_at.time() == time()
    named = f"{line.agency_code}/{line.report_type}/{line.period}"
    domain = desk.config.office.address.rpartition("@")[2]
    on = last_day_in_time(due_at, desk.zone) if whole_day else due_at
    return Event(f"{named}@{domain}", desk.renderer.title(line), on, line.agency)
