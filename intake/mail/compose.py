"""Subject, texts and addresses in; one mail as bytes out, ready for any transport (RFC 5322, 2045, 2047, 3834).

What would break a header is refused here: no field can hold a line end.
"""

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.header import Header
from email.message import Message
from email.mime.application import MIMEApplication
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.policy import Compat32
from email.utils import format_datetime, quote
from functools import lru_cache
from pathlib import PurePath
from typing import Any, Literal

from intake.mail.parsed import Address

AutoSubmitted = Literal["auto-replied", "auto-generated"]

REFERENCE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
REFERENCES_KEPT = 20
ENCODED_LINE = 75
# A file name takes nine bytes a letter at worst, and cannot be folded: a line holds 998.
FILENAME_KEPT = 50

_LINE = 78


class _Policy(Compat32):
    """The legacy policy folds what it is given as it stands, and is ten times as fast as email.policy.SMTP.

    What needs no folding it would take apart and put together again: that is spared.
    """

    def fold_binary(self, name: str, value: Any) -> bytes:
        if isinstance(value, str) and len(name) + len(value) + 2 <= _LINE and value.isascii() and value.isprintable():
            return f"{name}: {value}{self.linesep}".encode("ascii")
        return super().fold_binary(name, value)


_POLICY = _Policy(linesep="\r\n")
_LINE_ENDS = re.compile(r"[\r\n\v\f\x1c-\x1e\x85\u2028\u2029\0]")
_MESSAGE_ID = re.compile(r"<[^<>\s]+>")
_ADDRESS = re.compile(r"[^\s<>@,;:\"()\[\]\\]+@[^\s<>@,;:\"()\[\]\\]+")


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file that goes along with a mail."""

    filename: str
    content_type: str
    content: bytes


def compose(
    *,
    subject: str,
    text: str,
    sender: Address,
    recipient: Address,
    message_id: str,
    date: datetime,
    auto_submitted: AutoSubmitted,
    html: str = "",
    in_reply_to: str = "",
    references: Sequence[str] = (),
    reply_to: str = "",
    attachments: Sequence[Enclosure] = (),
) -> bytes:
    """The mail, in ASCII with CRLF (raw UTF-8 only within an address that has it). Raises `ValueError`.

    Message-IDs stand in their angle brackets. Those of others are left out where they are malformed.
    """
    mail = _body(text, html, attachments)
    mail["From"] = _address("From", sender)
    mail["To"] = _address("To", recipient)
    if reply_to:
        mail["Reply-To"] = _address("Reply-To", Address("", reply_to))
    mail["Subject"] = _encoded("Subject", subject)
    mail["Date"] = format_datetime(date)
    mail["Message-ID"] = _own_id(message_id)
    _thread(mail, in_reply_to, references)
    mail["Auto-Submitted"] = auto_submitted
    mail["X-Auto-Response-Suppress"] = "All"
    return mail.as_bytes(policy=_POLICY)


def make_message_id(domain: str) -> str:
    """A Message-ID that nobody has had."""
    return f"<{secrets.token_hex(16)}@{domain.encode('idna').decode('ascii')}>"


def make_reference() -> str:
    """A code such as "BC-3F7K2Q", without letters that are mistaken for digits."""
    return "BC-" + "".join(secrets.choice(REFERENCE_ALPHABET) for _ in range(6))


def _body(text: str, html: str, attachments: Sequence[Enclosure]) -> Message:
    body: Message = MIMEText(_crlf(text), "plain", "utf-8")
    if html:
        body = _multipart("alternative", [body, MIMEText(_crlf(html), "html", "utf-8")])
    if attachments:
        body = _multipart("mixed", [body, *map(_part, attachments)])
    return body


def _multipart(subtype: str, parts: Sequence[Message]) -> Message:
    """No line of base64, as all parts are, begins like this boundary; one that the library makes costs a search."""
    return MIMEMultipart(subtype, boundary=f"=_{secrets.token_hex(12)}", _subparts=parts)


def _part(file: Enclosure) -> Message:
    kind, _, subtype = _one_line(file.content_type).partition("/")
    part = MIMEApplication(file.content, "octet-stream")
    if re.fullmatch(r"[\w.+-]+", subtype, re.ASCII) and kind in ("application", "image", "audio", "video", "text"):
        part.set_type(f"{kind}/{subtype}")
    part.add_header("Content-Disposition", "attachment", filename=_filename(file.filename))
    return part


def _filename(name: str) -> str | tuple[str, str, str]:
    path = PurePath(_one_line(name))
    short = path.stem[:FILENAME_KEPT] + path.suffix[:FILENAME_KEPT]
    return short if short.isascii() else ("utf-8", "", short)


def _thread(mail: Message, in_reply_to: str, references: Sequence[str]) -> None:
    """Ties the mail to those before it (RFC 5322, section 3.6.4): the first one, and as many of the last as fit."""
    ids = [one for one in (*references, in_reply_to) if _is_id(one)]
    unique = list(dict.fromkeys(ids))
    if len(unique) > REFERENCES_KEPT:
        unique = [unique[0], *unique[1 - REFERENCES_KEPT :]]
    if _is_id(in_reply_to):
        mail["In-Reply-To"] = in_reply_to
    if unique:
        mail["References"] = " ".join(unique)


def _is_id(text: str) -> bool:
    return len(text) < 500 and text.isascii() and bool(_MESSAGE_ID.fullmatch(text))


def _own_id(message_id: str) -> str:
    if not _is_id(message_id):
        raise ValueError(f"not a Message-ID: {message_id!r}")
    return message_id


def _address(field: str, one: Address) -> str:
    """The address with its name. A name may hold anything, an address may not."""
    address = with_ascii_domain(one.address)
    name = _one_line(one.name)
    if not name.isascii():
        words = _in_words(name)
        start = "" if len(f"{field}: {words}") <= ENCODED_LINE else "\r\n "
        return _raw(f"{start}{words}\r\n <{address}>")
    return _raw(f'"{quote(name)}" <{address}>' if name else address)


@lru_cache(maxsize=1024)
def _in_words(name: str) -> str:
    """On a line of its own a name nearly always fits into one encoded word, which no reader puts together wrongly."""
    return Header(name, "utf-8", maxlinelen=ENCODED_LINE).encode(linesep="\r\n")


def with_ascii_domain(address: str) -> str:
    """The address as it goes over the wire: its domain in ASCII (RFC 5891). Raises `ValueError` if it is none."""
    if not _ADDRESS.fullmatch(address):
        raise ValueError(f"not an address that a mail can bear: {address!r}")
    local, _, domain = address.rpartition("@")
    return f"{local}@{domain if domain.isascii() else domain.encode('idna').decode('ascii')}"


def _raw(value: str) -> str:
    """Lets a local part beyond ASCII stand as UTF-8 (RFC 6532), which the legacy policy takes as surrogates."""
    return value.encode().decode("ascii", "surrogateescape")


def _encoded(field: str, text: str) -> str:
    line = _one_line(text)
    if line.isascii() and all(len(word) < ENCODED_LINE for word in line.split()):
        return line
    return Header(line, "utf-8", maxlinelen=ENCODED_LINE, header_name=field).encode(linesep="\r\n")


def _one_line(text: str) -> str:
    return " ".join(_LINE_ENDS.sub(" ", text).split())


def _crlf(text: str) -> str:
    return re.sub(r"\r\n?|\n", "\r\n", text)
