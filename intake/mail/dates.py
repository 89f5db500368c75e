"""The instants that a header tells: its Date, and when the newest Received field says that our server took the mail."""

import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_tz

from intake.mail.charsets import Note
from intake.mail.fields import Fields

_NAMED_ZONE = re.compile(r"\b(?:ICT|GMT\+0?7(?::?00)?|UTC\+0?7(?::?00)?)\b")
_COLON_IN_ZONE = re.compile(r"([+-]\d\d):(\d\d)\b")
_COMMENT = re.compile(r"\([^()]*\)")


def read_date(value: bytes) -> datetime | None:
    """An aware instant in the zone it was written in; None if none can be read. `-0000` and no zone are UTC."""
    text = value.decode("latin-1")[:200].strip()
    if re.match(r"\d{4}-\d\d-\d\d", text):
        return _iso(text)
    text = _COLON_IN_ZONE.sub(r"\1\2", _NAMED_ZONE.sub("+0700", _COMMENT.sub(" ", text)))
    try:
        parsed = parsedate_tz(text)
        if parsed is None:
            return None
        zone = timezone(timedelta(seconds=parsed[9] or 0))
        year, month, day, hour, minute, second = parsed[:6]
        return datetime(year, month, day, hour, minute, min(second, 59), tzinfo=zone)
    except (ValueError, IndexError, OverflowError, TypeError):
        return None


def _iso(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def received_at(fields: Fields, note: Note) -> datetime | None:
    """The topmost Received field's instant; a lower one's, then the Date, where it cannot be read."""
    for field in fields.all("received"):
        moment = read_date(field.rpartition(b";")[2])
        if moment is not None:
            return moment
        note("a Received field without a readable date")
    return read_date(fields.first("date"))
