"""What is read from one message: plain frozen values, so that they can cross from a worker process."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal

Kind = Literal["mail", "dsn", "automatic"]


@dataclass(frozen=True, slots=True)
class Address:
    """A mailbox of RFC 5322, section 3.4. The address is lower-cased in its domain only.

    It has no domain where a field names a local user, and is "" where it names somebody without an address.
    """

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """One attached part, decoded. `message` is the nested message of a `message/rfc822` part."""

    filename: str
    content_type: str
    size: int
    sha256: str
    inline: bool = False
    content: bytes = field(default=b"", repr=False)
    message: "ParsedMessage | None" = None


@dataclass(frozen=True, slots=True)
class DeliveryStatus:
    """One recipient of a delivery status notification. `action` has the words of RFC 3464, section 2.3.3.

    `recipient` is the address that was written to, `final` where the mail had gone on to from there, "" if nowhere.
    """

    recipient: str
    action: str
    status: str
    permanent: bool
    diagnostic: str = ""
    final: str = ""


@dataclass(frozen=True, slots=True)
class ParsedMessage:
    """One message, read as a person's mail reader would show it. Texts are NFC without lone surrogates.

    `text` is the whole body; `own_text` is `text` without what is quoted or forwarded inline from earlier mails.
    `return_path` is None where no such field stands, and "" for the null reverse-path `<>` (topmost field).
    `original_ids` are the Message-IDs that a delivery status notification is about.
    `authentication_results` are all such fields (RFC 8601), topmost first. `received_by` is the server that wrote the
    topmost `Received` field: the one that took the mail last. `received_spf` are fields of RFC 7208, topmost first.
    `from_list` is a mail to many: through a mailing list, or one that can be unsubscribed from.
    `wants_no_answer` says that its sender asks machines not to answer (X-Auto-Response-Suppress).
    """

    message_id: str = ""
    date: datetime | None = None
    received_at: datetime | None = None
    sender: Address | None = None
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    reply_to: tuple[Address, ...] = ()
    subject: str = ""
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    kind: Kind = "mail"
    text: str = ""
    own_text: str = ""
    html: str = ""
    attachments: tuple[Attachment, ...] = ()
    defects: tuple[str, ...] = ()
    return_path: str | None = None
    from_list: bool = False
    wants_no_answer: bool = False
    authentication_results: tuple[str, ...] = ()
    received_by: str = ""
    received_spf: tuple[str, ...] = ()
    delivery: tuple[DeliveryStatus, ...] = ()
    original_ids: tuple[str, ...] = ()

    def without_content(self) -> "ParsedMessage":
        """The same message with the attachments' bytes let go, nested messages' too."""
        light = tuple(
            replace(one, content=b"", message=one.message.without_content() if one.message else None)
            for one in self.attachments
        )
        return replace(self, attachments=light)
