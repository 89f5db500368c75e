"""Raw bytes to a ParsedMessage: how one message is read, whatever its bytes are. Nothing is stored, nothing is refused.

What was wrong is named in `defects`; all that can be read is read. The limits bound header, parts, depth and text.
"""

import codecs
import re
from datetime import datetime

from intake.config import Limits
from intake.mail.addresses import read_addresses
from intake.mail.bodies import BodyReader
from intake.mail.charsets import Note, clean
from intake.mail.dates import read_date, received_at
from intake.mail.dsn.candidate import Candidate
from intake.mail.dsn.reading import read_delivery
from intake.mail.dsn.recognition import is_delivery_status
from intake.mail.fields import Fields
from intake.mail.kinds import (
    is_automatic_subject,
    is_bulk,
    is_from_list,
    is_machine_report,
    is_said_automatic,
    wants_no_answer,
)
from intake.mail.own_text import own_text
from intake.mail.parsed import Address, Kind, ParsedMessage
from intake.mail.structure import Cutter, Part
from intake.mail.words import decode_words

_ID = re.compile(r"<[^<>]*>")
_LEADING = re.compile(rb"(?:\xef\xbb\xbf)?(?:[ \t]*\r?\n)*(?:>?From [^\r\n]*\r?\n)*")
_CR_BEFORE_FIELD = re.compile(rb"[^\r\n]{0,1000}\r(?![\r\n])[!-9;-~]{1,60}:")
_BARE_CR = re.compile(rb"\r(?!\n)")
_ONCE = ("from", "sender", "subject", "date", "message-id", "content-type", "content-transfer-encoding", "reply-to")
_MOST_REFERENCES = 500
_COMMENT = re.compile(rb"\([^()]*\)")
_BY = re.compile(rb"(?:^|\s)by\s+([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)")


def parse_message(raw: bytes, limits: Limits) -> ParsedMessage:
    """The message in `raw`, read as a mail reader would show it. Never raises, whatever the bytes are."""
    return _parse(raw, limits, limits.nested_messages)


class _Defects:
    """What was wrong with one message, each once."""

    def __init__(self) -> None:
        self._found: dict[str, None] = {}

    def note(self, defect: str) -> None:
        if len(self._found) < 100:
            self._found.setdefault(clean(defect))

    def named(self) -> tuple[str, ...]:
        return tuple(self._found)


def _parse(raw: bytes, limits: Limits, nesting_left: int, depth: int = 0) -> ParsedMessage:
    defects = _Defects()
    raw, start = _prepared(raw, limits, defects)
    root = Cutter(raw, limits, defects.note).cut(start, len(raw), depth)
    reader = BodyReader(limits, defects.note, lambda nested, at: _nested(nested, limits, nesting_left, at, defects))
    text = reader.text(root)
    return _message(root, reader, text, defects)


def _nested(raw: bytes, limits: Limits, nesting_left: int, depth: int, defects: _Defects) -> ParsedMessage | None:
    if nesting_left <= 0:
        defects.note(f"messages nested deeper than {limits.nested_messages}")
        return None
    message = _parse(raw, limits, nesting_left - 1, depth)
    for defect in message.defects:
        defects.note("nested message: " + defect.removeprefix("nested message: "))
    return message


def _prepared(raw: bytes, limits: Limits, defects: _Defects) -> tuple[bytes, int]:
    """The bytes to read, and where the header starts in them."""
    if len(raw) > limits.message_bytes:
        defects.note(f"message longer than {limits.message_bytes} bytes: the rest was not read")
        raw = raw[: limits.message_bytes]
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        defects.note("the whole message is in UTF-16")
        raw = raw.decode("utf-16", "replace").encode("utf-8")
    if b"\r" in raw and (b"\n" not in raw or _CR_BEFORE_FIELD.match(raw)):
        defects.note("lines end in a bare CR")
        raw = _BARE_CR.sub(b"\n", raw)
    found = _LEADING.match(raw)
    start = found.end() if found else 0
    if start:
        defects.note("the header does not start on the first line")
    return raw, start


def _message(root: Part, reader: BodyReader, text: str, defects: _Defects) -> ParsedMessage:
    fields, note = root.fields, defects.note
    _note_doubles(fields, defects)
    sender = _sender(fields, note)
    subject = decode_words(fields.first("subject"), note)
    attachments = tuple(reader.attachments)
    to = _addresses(fields, "to", defects)
    candidate = Candidate(root, sender, to, subject, text, attachments, reader.limits, note)
    kind = _kind(candidate)
    delivery, originals = read_delivery(candidate) if kind == "dsn" else ((), ())
    return ParsedMessage(
        message_id=_first_id(fields, "message-id"),
        date=_date(fields, defects),
        received_at=received_at(fields, note),
        sender=sender,
        to=to,
        cc=_addresses(fields, "cc", defects),
        reply_to=_addresses(fields, "reply-to", defects),
        subject=subject,
        in_reply_to=_answered_id(fields),
        references=_references(fields, note),
        kind=kind,
        text=text,
        own_text=own_text(text),
        html="\n".join(reader.html),
        attachments=attachments,
        return_path=_return_path(fields),
        from_list=is_from_list(fields) or is_bulk(fields),
        wants_no_answer=wants_no_answer(fields),
        authentication_results=tuple(decode_words(value, note) for value in fields.all("authentication-results")),
        received_by=_received_by(fields),
        received_spf=tuple(decode_words(value, note) for value in fields.all("received-spf")),
        delivery=delivery,
        original_ids=originals,
        defects=defects.named(),
    )


def _note_doubles(fields: Fields, defects: _Defects) -> None:
    for name in _ONCE:
        if len(fields.all(name)) > 1:
            defects.note(f"more than one {name} field: the first was read")


def _sender(fields: Fields, note: Note) -> Address | None:
    """The first mailbox of the From field. A field with several shows one sender to this reader, another to that."""
    found = read_addresses(fields.first("from"), note)
    if len({one.address.casefold() for one in found if "@" in one.address}) > 1:
        note("more than one from address: the first was read")
    return next(iter(found), None)


def _addresses(fields: Fields, name: str, defects: _Defects) -> tuple[Address, ...]:
    return tuple(one for value in fields.all(name) for one in read_addresses(value, defects.note))


def _date(fields: Fields, defects: _Defects) -> datetime | None:
    moment = read_date(fields.first("date"))
    if moment is None:
        defects.note("no readable date" if "date" in fields else "no date")
    return moment


def _ids(fields: Fields, name: str) -> tuple[str, ...]:
    """The message identifiers of a field (RFC 5322, section 3.6.4); words like one where none has brackets."""
    source = clean(fields.first(name).decode("utf-8", "replace"))
    if found := ["".join(one.split()) for one in _ID.findall(source)]:
        return tuple(found)
    words = source.split()
    return tuple(word for word in words if "@" in word or len(words) == 1)


def _references(fields: Fields, note: Note) -> tuple[str, ...]:
    found = _ids(fields, "references")
    if len(found) > _MOST_REFERENCES:
        note(f"more than {_MOST_REFERENCES} references")
    return found[:_MOST_REFERENCES]


def _first_id(fields: Fields, name: str) -> str:
    return next(iter(_ids(fields, name)), "")


def _answered_id(fields: Fields) -> str:
    """In old mails a phrase with the sender's address stood before the identifier (RFC 822, section 4.6.2)."""
    found = _ids(fields, "in-reply-to")
    if not found:
        return ""
    return found[0] if fields.first("in-reply-to").startswith(b"<") else found[-1]


def _return_path(fields: Fields) -> str | None:
    if "return-path" not in fields:
        return None
    value = clean(fields.first("return-path").decode("utf-8", "replace")).strip()
    found = _ID.search(value)
    local, at, domain = (found[0].strip("<> ") if found else value).rpartition("@")
    return f"{local}{at}{domain.lower()}"


def _received_by(fields: Fields) -> str:
    found = _BY.search(_COMMENT.sub(b" ", fields.first("received")))
    return found[1].decode("ascii").lower() if found else ""


def _kind(candidate: Candidate) -> Kind:
    if is_delivery_status(candidate):
        return "dsn"
    if is_said_automatic(candidate.fields) or is_machine_report(candidate.root):
        return "automatic"
    return "automatic" if is_automatic_subject(candidate.subject) and not candidate.attachments else "mail"
