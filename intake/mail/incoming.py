"""One mail as it lies in a mailbox: its bytes, where it stands, and when our own server took it."""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from intake.mail.words import decode_words

HEADER_BYTES = 262_144
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

_END_OF_HEADER = re.compile(rb"\r?\n\r?\n")
GLANCED_BYTES = 2_000
_SEEN = re.compile(
    rb"^(subject|from|importance|priority|x-priority)[ \t]*:(.*(?:\r?\n[ \t].*)*)", re.IGNORECASE | re.MULTILINE
)
_IMPORTANCE = (b"importance", b"priority", b"x-priority")
_ADDRESS = re.compile(rb"[\w.+=-]+@[\w.-]+")
_FIELD = re.compile(rb"^(received|date)[ \t]*:(.*(?:\r?\n[ \t].*)*)", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Incoming:
    """One new mail. `problem` says in words why `raw` is not the whole of it.

    A mail over the size limit is `too_large`, and `raw` its header; of one that cannot be read `raw` is empty.
    """

    uid: int
    size: int
    received_at: datetime
    raw: bytes = field(repr=False)
    problem: str = ""
    too_large: bool = False

    @property
    def unreadable(self) -> bool:
        return bool(self.problem) and not self.too_large


@dataclass(frozen=True, slots=True)
class Glance:
    """What a mail's envelope tells at first sight, to put mails in order by; what they say is for a reader to find."""

    sender: str = ""
    subject: str = ""
    importance: str = ""


def glance_at(raw: bytes) -> Glance:
    """The address in From, in lower case, the subject, and how important the sender calls the mail."""
    fields = {name.lower(): value[:GLANCED_BYTES] for name, value in reversed(_SEEN.findall(header_of(raw)))}
    address = _ADDRESS.findall(fields.get(b"from", b""))
    return Glance(
        address[-1].decode("ascii", "replace").lower() if address else "",
        decode_words(fields.get(b"subject", b""), lambda defect: None),
        next((fields[name] for name in _IMPORTANCE if name in fields), b"").decode("ascii", "replace"),
    )


def header_of(raw: bytes) -> bytes:
    """The header block, without the blank line, and never more than a header may hold."""
    end = _END_OF_HEADER.search(raw, 0, HEADER_BYTES)
    return raw[: end.start() if end else HEADER_BYTES]


def received_at_of(raw: bytes, fallback: datetime) -> datetime:
    """When our server took the mail, by its newest (topmost) `Received` field; else its `Date`; else `fallback`.

    Fields without a date that can be, or with one before 1970, are passed over.
    """
    fields = [(name.lower(), value) for name, value in _FIELD.findall(header_of(raw).removeprefix(b"\xef\xbb\xbf"))]
    stamps = [value.rpartition(b";")[2] for name, value in fields if name == b"received"]
    stamps += [value for name, value in fields if name == b"date"]
    return next((moment for stamp in stamps if (moment := _moment(stamp))), fallback)


def _moment(stamp: bytes) -> datetime | None:
    try:
        moment = parsedate_to_datetime(stamp.decode("latin-1"))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return plausible(moment if moment.tzinfo else moment.replace(tzinfo=UTC))


def plausible(moment: datetime | None) -> datetime | None:
    """The instant, unless it is naive or from before there was mail: then whoever wrote it had no clock."""
    return moment if moment and moment.tzinfo and moment > EPOCH else None
