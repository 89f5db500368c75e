"""The instants that a header tells: its Date, and when the newest Received field says that our server took the mail."""

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from email.utils import parsedate_tz

from intake.mail.charsets import Note
from intake.mail.date_words import MONTHS, ZONES
from intake.mail.fields import Fields

_OFFSET_WITH_NAME = re.compile(r"\b(?:ICT|GMT|UTC?)([+-])(\d{1,2})(?::?(\d\d))?(?!\d)", re.IGNORECASE)
_COLON_IN_ZONE = re.compile(r"([+-]\d\d):(\d\d)\b")
_SPACED_COLON = re.compile(r"(?<=\d)\s*:\s*(?=\d)")
_COMMENT = re.compile(r"\([^()]*\)?")
_TIME = re.compile(
    r"(?<![\d.+:-])(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d\d)(?:[:.m](?P<second>\d\d)(?:[.,]\d+)?)?)"
    r"\s*(?P<half>[ap]\.?m\b\.?|sa\b|ch\b)?(?=$|[\s,;+a-z-])"
)
_ZONE = re.compile(r"(?P<offset>[+-]\d{4})\b|\b(?P<name>[a-z]{1,5})\b")
_ISO = re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?!\d)")
_NUMBERS = re.compile(r"(?<!\d)(?P<first>\d{1,2})([-/.])(?P<second>\d{1,2})\2(?P<year>\d{4})(?!\d)")
_NAMED = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"(?<![\w+])(?<!\s-)\d{1,4}(?!\d)")
_MONTH_OF_NUMBER = re.compile(r"\bth(?:áng|g)?\s*(\d{1,2})\b")
_SECONDS_OF_A_DAY = 86_400
_A_DAY = timedelta(days=1)


def read_date(value: bytes) -> datetime | None:
    """An aware instant in the zone it was written in; None if none can be read. `-0000` and no zone are UTC."""
    text = _COMMENT.sub(" ", value[:200].decode("utf-8", "replace")).strip(" \t;,\"'")
    text = _SPACED_COLON.sub(":", text)
    text = _COLON_IN_ZONE.sub(r"\1\2", _OFFSET_WITH_NAME.sub(_offset, text))
    try:
        return _iso(text) or _by_rfc(text) or _by_words(text.lower())
    except (ValueError, IndexError, OverflowError, TypeError):
        return None


def _offset(found: re.Match[str]) -> str:
    return f"{found[1]}{int(found[2]):02}{found[3] or '00'}"


def _iso(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _by_rfc(text: str) -> datetime | None:
    """RFC 5322, section 3.3 and the obsolete forms that the standard library reads."""
    parsed = parsedate_tz(text)
    if parsed is None or _half_day(text) or _NUMBERS.search(text) or _ISO.search(text):
        return None
    east = parsed[9] or 0
    zone = timezone(timedelta(seconds=east)) if 0 < abs(east) < _SECONDS_OF_A_DAY else _zone(_after_time(text.lower()))
    year, month, day, hour, minute, second = parsed[:6]
    return _moment(year, month, day, (hour, minute, second), zone)


def _after_time(text: str) -> str:
    found = _TIME.search(text)
    return text[found.end() :] if found else ""


def _half_day(text: str) -> str:
    found = _TIME.search(text.lower())
    return found["half"] or "" if found else ""


def _by_words(text: str) -> datetime | None:
    """A day, a month and a year in some order and language, and a time."""
    found = _TIME.search(text)
    rest = f"{text[: found.start()]} , {text[found.end() :]}" if found else text
    day = _day(rest)
    if day is None:
        return None
    return _moment(*day, _clock(found) if found else (0, 0, 0), _zone(_after_time(text)))


def _clock(found: re.Match[str]) -> tuple[int, int, int]:
    hour, half = int(found["hour"]), (found["half"] or "").replace(".", "")
    if half in ("pm", "ch") and hour < 12:
        hour += 12
    if half in ("am", "sa") and hour == 12:
        hour = 0
    return hour, int(found["minute"] or 0), int(found["second"] or 0)


def _day(text: str) -> tuple[int, int, int] | None:
    if found := _ISO.search(text):
        return int(found["year"]), int(found["month"]), int(found["day"])
    if found := _NUMBERS.search(text):
        return _numbered(int(found["first"]), int(found["second"]), int(found["year"]), found[2])
    month, text = _month(text)
    numbers = [(len(found), int(found)) for found in _NUMBER.findall(text)]
    years = [number for length, number in numbers if length == 4 or number > 31]
    days = [number for length, number in numbers if length <= 2 and 1 <= number <= 31]
    if not month or not days or not (years or len(days) > 1):
        return None
    year = years[0] if years else days[1]
    return year if year > 99 else year + (2000 if year < 69 else 1900), month, days[0]


def _numbered(first: int, second: int, year: int, sign: str) -> tuple[int, int, int] | None:
    """Day before month, as nearly everywhere; with slashes it may be the other way, and then nothing is guessed."""
    if first > 12 or sign != "/" or first == second:
        return year, second, first
    return (year, first, second) if second > 12 else None


def _month(text: str) -> tuple[int, str]:
    if found := _MONTH_OF_NUMBER.search(text):
        return int(found[1]), text[: found.start()] + " , " + text[found.end() :]
    names = (MONTHS.get(word) or MONTHS.get(word[:3], 0) for word in _NAMED.findall(text) if len(word) > 2)
    return next((number for number in names if number), 0), text


def _zone(text: str) -> tzinfo:
    for found in _ZONE.finditer(text):
        if found["offset"]:
            sign = -1 if found["offset"][0] == "-" else 1
            east = timedelta(hours=int(found["offset"][1:3]), minutes=int(found["offset"][3:]))
            return timezone(sign * east) if east < _A_DAY else UTC
        if found["name"] in ZONES:
            return timezone(timedelta(hours=ZONES[found["name"]]))
    return UTC


def _moment(year: int, month: int, day: int, clock: tuple[int, int, int], zone: tzinfo) -> datetime:
    hour, minute, second = clock
    # Programs that took years for counted from 1900 write 119 for 2019 (RFC 5322, section 4.3).
    year += 1900 if 100 <= year < 1000 else 0
    midnight = datetime(year, month, day, tzinfo=zone)
    if (hour, minute, second) == (24, 0, 0):
        return midnight + _A_DAY
    return midnight.replace(hour=hour, minute=minute, second=min(second, 59))


def received_at(fields: Fields, note: Note) -> datetime | None:
    """The topmost Received field's instant; a lower one's, then the Date, where it cannot be read."""
    for field in fields.all("received"):
        moment = read_date(field.rpartition(b";")[2])
        if moment is not None:
            return moment
        note("a Received field without a readable date")
    return read_date(fields.first("date"))
