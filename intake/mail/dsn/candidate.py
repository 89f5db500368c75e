"""A mail that may be a delivery status notification: what has been read of it so far."""

from dataclasses import dataclass

from intake.config import Limits
from intake.mail.charsets import Note
from intake.mail.fields import Fields
from intake.mail.parsed import Address, Attachment
from intake.mail.structure import Part


@dataclass(frozen=True, slots=True)
class Candidate:
    """`text` is the whole body; `to` is who the mail came to, so nobody for whom one failed."""

    root: Part
    sender: Address | None
    to: tuple[Address, ...]
    subject: str
    text: str
    attachments: tuple[Attachment, ...]
    limits: Limits
    note: Note

    @property
    def fields(self) -> Fields:
        return self.root.fields
