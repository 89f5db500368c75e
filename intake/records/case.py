"""One mail under judgment: what every step of recording it needs."""

from dataclasses import dataclass, field
from datetime import datetime

from intake.desk import Desk
from intake.model import Incident, Message, Obligation, Submission
from intake.notices import FileLine
from intake.rules.dealings.answering import why_doubt_sender
from intake.rules.reading import MailReading
from intake.rules.verdicts import Opinion
from intake.store.engine import Session


@dataclass(slots=True)
class Became:
    """What a message was recorded as: reports that were filed, and the urgent matter that it told of.

    `is_last` says that by it the matter is over.
    """

    reports: list[tuple[Submission, Obligation]] = field(default_factory=list)
    incident: Incident | None = None
    opened: bool = False
    is_last: bool = False


@dataclass(frozen=True, slots=True)
class Case:
    """A message's row, what was read from it, the transaction in which it is judged, and what it became there.

    `opinion` is what was thought of it when it was read, if the grounds for that still stand.
    """

    desk: Desk
    session: Session
    message: Message
    reading: MailReading
    opinion: Opinion | None = None
    became: Became = field(default_factory=Became)

    @property
    def received_at(self) -> datetime:
        """When our server took the mail, in the office's zone."""
        return self.message.received_at.astimezone(self.desk.zone)

    @property
    def why_doubt_sender(self) -> str:
        """What speaks against the mail being its sender's; "" where nothing does."""
        return why_doubt_sender(self.reading.message, self.desk.authserv_id(self.message.mailbox))

    @property
    def files(self) -> tuple[FileLine, ...]:
        """The attachments as an answer lists them; pictures of a signature are no files to the sender."""
        return tuple(
            FileLine(filename=one.filename, size=one.size, sha256=one.sha256)
            for one in self.reading.message.attachments
            if not one.inline
        )
