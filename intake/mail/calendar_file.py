"""Deadlines as an iCalendar file (RFC 5545): events that a calendar program takes over, and replaces when they move."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

PRODUCT = "-//intake//deadlines//EN"
LINE_OCTETS = 75
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": ""})


@dataclass(frozen=True, slots=True)
class Event:
    """One deadline: a whole day, or the instant by which something has to be there. `uid` is the same for ever."""

    uid: str
    summary: str
    on: date | datetime
    description: str = ""


def calendar_file(events: Sequence[Event], written_at: datetime) -> bytes:
    """The file, in UTF-8 with CRLF and folded lines. A later `written_at` replaces what an earlier file said."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "METHOD:PUBLISH", "CALSCALE:GREGORIAN"]
    for event in events:
        lines += _event(event, written_at)
    lines.append("END:VCALENDAR")
    return b"".join(_folded(line) for line in lines)


def _event(event: Event, written_at: datetime) -> Iterable[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{_escaped(event.uid)}"
    yield f"DTSTAMP:{_utc(written_at)}"
    yield f"SEQUENCE:{int((written_at - _EPOCH).total_seconds()) // 60}"
    if isinstance(event.on, datetime):
        yield f"DTSTART:{_utc(event.on)}"
    else:
        yield f"DTSTART;VALUE=DATE:{event.on:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{event.on + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_escaped(event.summary)}"
    if event.description:
        yield f"DESCRIPTION:{_escaped(event.description)}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _escaped(text: str) -> str:
    return "".join(one for one in text.translate(_ESCAPED) if one >= " ")


def _folded(line: str) -> bytes:
    """The line with its end, no part of it over 75 octets and no letter cut in two (RFC 5545, section 3.1)."""
    parts, part = [], b""
    for letter in line:
        octets = letter.encode("utf-8", "replace")
        if len(part) + len(octets) > LINE_OCTETS:
            parts.append(part)
            part = b" "
        part += octets
    return b"\r\n".join([*parts, part]) + b"\r\n"
