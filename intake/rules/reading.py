"""What was read from one mail and its documents: the input of every rule that judges a mail."""

import hashlib
from dataclasses import dataclass, field
from typing import Literal

from intake.mail.parsed import ParsedMessage

DocumentKind = Literal[
    "pdf", "docx", "doc", "rtf", "odt", "xlsx", "xls", "ods", "csv", "pptx", "html", "text", "image", "archive",
    "message", "calendar", "signature", "executable", "unknown",
]  # fmt: skip
Outcome = Literal["read", "empty", "encrypted", "too_large", "hostile", "secret", "broken", "unsupported"]
Signature = Literal["none", "intact", "trusted", "broken"]


@dataclass(frozen=True, slots=True)
class DocumentReading:
    """One attachment, or one file within an archive or a nested message.

    `name` is the file name alone; `inside` names what holds it ("a.zip", or "" at top level).
    `attachment` is the index of the top-level attachment that it belongs to.
    `outcome` other than `read` says why there is no text; `detail` says it in words.
    `filled` answers probes of the registry's `required` ("xlsx:SHEET!CELL", "docx:HEADING"): True where that cell or
    section is filled in, False where it stands there empty; absent where the document has no such cell or section.
    """

    name: str
    kind: DocumentKind
    size: int
    sha256: str
    attachment: int
    inside: str = ""
    text: str = ""
    outcome: Outcome = "read"
    detail: str = ""
    signature: Signature = "none"
    filled: dict[str, bool] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MailReading:
    """One mail with everything readable in it. `secrecy` says where a secrecy mark stands, never what stands there."""

    message: ParsedMessage
    documents: tuple[DocumentReading, ...] = ()
    secrecy: str = ""

    @property
    def content_key(self) -> str:
        """The same for one mail however often it is delivered and however it is encoded on the way."""
        message = self.message
        sender = message.sender.address if message.sender else ""
        identity = message.message_id or str(message.date)
        parts = [identity, sender, message.subject, " ".join(message.text.split())]
        parts += sorted(attachment.sha256 for attachment in message.attachments)
        return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()
