"""One mail of the story as the bytes that a mail server would have stored. The same bytes every time.

Built with the older half of the standard library's `email`, which leaves header fields as they were written.
"""

import email.quoprimime
import hashlib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from email.generator import BytesGenerator
from email.header import Header
from email.message import Message
from email.mime.application import MIMEApplication
from email.mime.message import MIMEMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.utils import format_datetime, formataddr
from io import BytesIO
from pathlib import PurePosixPath

from intake.demo.agencies import OFFICE_ADDRESS, Clerk

_TYPES = {
    ".docx": "vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".pdf": "pdf",
    ".zip": "zip",
}
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_TRAVEL = timedelta(seconds=2)

Sent = Sequence[bytes]


@dataclass(frozen=True)
class Attached:
    """A file, or with `message` a whole mail attached as such."""

    name: str
    content: bytes = field(default=b"", repr=False)
    message: "Mail | None" = None


@dataclass(frozen=True)
class Mail:
    """One mail: `at` is when the office's server took it, `sent_at` what the sender's clock said where that differs.

    `shows` says in a line what a newcomer is to learn from it.
    """

    slug: str
    at: datetime
    clerk: Clerk
    subject: str
    text: str
    shows: str
    files: tuple[Attached, ...] = ()
    answers: str = ""
    sent_at: datetime | None = None
    charset: str = "utf-8"

    @property
    def message_id(self) -> str:
        host = self.clerk.address.rpartition("@")[2]
        return f"<{hashlib.sha256(self.slug.encode()).hexdigest()[:20]}@{host}>"

    @property
    def boundary(self) -> str:
        return f"=_{self.message_id[1:21]}"

    def raw(self, sent: Sent = ()) -> bytes:
        """The mail as stored. What the office has `sent` so far matters only to mail that answers it."""
        return as_stored(self.message(), self.at, self.clerk.address)

    def again(self, at: datetime, shows: str) -> "Mail":
        """The very same mail delivered once more."""
        return replace(self, at=at, shows=shows, sent_at=self.sent_at or self.at - _TRAVEL)

    def message(self) -> Message:
        """The mail as its sender wrote it."""
        message = self._with_files() if self.files else self._body()
        head = {
            "From": self._sender(),
            "To": OFFICE_ADDRESS,
            "Subject": self._encoded(self.subject),
            "Date": format_datetime(self.sent_at or self.at - _TRAVEL),
            "Message-ID": self.message_id,
            "In-Reply-To": self.answers,
            "References": self.answers,
        }
        for name, value in head.items():
            if value:
                message[name] = value
        return message

    def _sender(self) -> str:
        if self.charset != "windows-1258":
            return formataddr((self.clerk.name, self.clerk.address))
        return f"{self._encoded(self.clerk.name)} <{self.clerk.address}>"

    def _body(self) -> Message:
        if self.charset != "windows-1258":
            return MIMEText(self.text + "\n", "plain", self.charset)
        body = MIMEText("", "plain", "us-ascii")
        body.replace_header("Content-Type", 'text/plain; charset="windows-1258"')
        body.replace_header("Content-Transfer-Encoding", "quoted-printable")
        quoted = email.quoprimime.body_encode(in_windows_1258(self.text + "\n").decode("latin-1"))
        body.set_payload(quoted)
        return body

    def _with_files(self) -> Message:
        mixed = MIMEMultipart("mixed", boundary=self.boundary)
        mixed.attach(self._body())
        for one in self.files:
            mixed.attach(_part(one))
        return mixed

    def _encoded(self, text: str) -> str:
        if text.isascii():
            return text
        if self.charset == "windows-1258":
            return email.quoprimime.header_encode(in_windows_1258(text), "windows-1258")
        return Header(text, "utf-8").encode()


def _part(one: Attached) -> Message:
    if one.message:
        part: Message = MIMEMessage(one.message.message())
    else:
        part = MIMEApplication(one.content, _TYPES[PurePosixPath(one.name).suffix])
    name = one.name if one.name.isascii() else ("utf-8", "", one.name)
    part.add_header("Content-Disposition", "attachment", filename=name)
    return part


def as_stored(message: Message, at: datetime, envelope_from: str) -> bytes:
    """The message with what the office's own server writes on top when it takes it."""
    trace = (
        f"Return-Path: <{envelope_from}>\r\n"
        f"Received: from mail.sonha.example (mail.sonha.example [192.0.2.25])\r\n"
        f"\tby mx.sonha.example (Postfix) with ESMTPS\r\n"
        f"\tfor <{OFFICE_ADDRESS}>; {format_datetime(at)}\r\n"
    )
    out = BytesIO()
    BytesGenerator(out, policy=message.policy.clone(linesep="\r\n", max_line_length=0)).flatten(message)
    return trace.encode() + out.getvalue()


def in_windows_1258(text: str) -> bytes:
    """The code page has base letters and tones apart."""
    return "".join(map(_parted, unicodedata.normalize("NFC", text))).encode("windows-1258")


def _parted(char: str) -> str:
    letters = unicodedata.normalize("NFD", char)
    tones = "".join(one for one in letters if one in _TONES)
    return unicodedata.normalize("NFC", "".join(one for one in letters if one not in _TONES)) + tones
