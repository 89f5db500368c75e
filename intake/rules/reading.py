"""What was read from one mail and its documents: the input of every rule that judges a mail."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, get_args

from intake.mail.parsed import ParsedMessage

DocumentKind = Literal[
    "pdf", "docx", "doc", "rtf", "odt", "xlsx", "xls", "ods", "csv", "pptx", "ppt", "odp", "html", "text", "image",
    "archive", "message", "calendar", "signature", "executable", "unknown",
]  # fmt: skip
Outcome = Literal["read", "empty", "encrypted", "too_large", "hostile", "secret", "broken", "unsupported"]
# From the weakest to the best, and a document that nobody signed.
Signature = Literal["broken", "changed", "intact", "trusted", "none"]
_WEAKEST_FIRST: tuple[Signature, ...] = get_args(Signature)


@dataclass(frozen=True, slots=True)
class SignatureReading:
    """One signature of a document: how it stands, who signed and when.

    `signer` is the common name in the certificate, `uid` what it gives as the signer's number (a tax or an identity
    code), `issuer` the authority's common name. `signed_at` is what the signer's own clock said, `stamped_at` what a
    time stamping authority did. `detail` says why it is no more than it is.
    """

    state: Signature
    signer: str = ""
    organization: str = ""
    uid: str = ""
    serial: str = ""
    issuer: str = ""
    signed_at: datetime | None = None
    stamped_at: datetime | None = None
    field: str = ""
    detail: str = ""


def weakest(signatures: Sequence[SignatureReading]) -> Signature:
    """The state of a document that bears these signatures: no better than the worst of them."""
    return min((one.state for one in signatures), key=_WEAKEST_FIRST.index, default="none")


@dataclass(frozen=True, slots=True)
class DocumentReading:
    """One attachment, or one file within an archive or a nested message.

    `name` is the file name alone; `inside` names what holds it ("a.zip", or "" at top level).
    `attachment` is the index of the top-level attachment that it belongs to.
    `outcome` other than `read` says why there is no text; `detail` says it in words.
    `filled` answers probes of the registry's `required` ("xlsx:SHEET!CELL", "docx:HEADING"): True where that cell or
    section is filled in, False where it stands there empty; absent where the document has no such cell or section.
    `signature` is the weakest of the `signatures`. `repairs` names the wrong encodings that were read right.
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
    signatures: tuple[SignatureReading, ...] = ()
    filled: dict[str, bool] = field(default_factory=dict)
    repairs: tuple[str, ...] = ()


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
