"""From a notice to a row of the outbox, and from the row to the mail that leaves."""

from intake.desk import Desk
from intake.mail.compose import compose, make_message_id, make_reference
from intake.mail.parsed import Address
from intake.model import Agency, Contact, Message
from intake.model import Notice as NoticeRow
from intake.notices import Notice, OfficeLine, from_fields, to_fields
from intake.store import outbox
from intake.store.engine import Session

REPLIES = ("acknowledgment", "incomplete", "under_review", "refusal", "secrecy_refusal", "request_answer")


class Letterhead:
    """What every notice begins with: a reference of its own, the office, the moment of queueing."""

    def __init__(self, desk: Desk, recipient: str = "", agency: Agency | None = None) -> None:
        self.office = OfficeLine.of(desk.config.office)
        self.reference = make_reference()
        self.now = desk.now.astimezone(desk.zone)
        self.recipient = recipient
        self.agency = agency.name if agency else ""


def enqueue(
    desk: Desk,
    session: Session,
    notice: Notice,
    *,
    key: str,
    to: Contact,
    agency: str | None = None,
    message: Message | None = None,
) -> NoticeRow | None:
    """Puts a notice in the outbox under its key; None if it was there already. An answer names the mail it answers."""
    answered = message.message_id if message and notice.name in REPLIES else ""
    row = NoticeRow(
        key=key,
        name=notice.name,
        recipient=to.email,
        recipient_name=to.name,
        reference=notice.reference,
        mail_id=make_message_id(desk.config.office.address.rpartition("@")[2]),
        fields=to_fields(notice),
        queued_at=desk.now,
        next_attempt_at=desk.now,
        in_reply_to=answered,
        references=[answered] if answered else [],
        agency_code=agency,
        message_id=message.id if message else None,
    )
    return row if outbox.queue(session, row) else None


def mime_of(desk: Desk, row: NoticeRow) -> bytes:
    """The mail as it leaves: RFC 5322, CRLF, text and HTML."""
    office = desk.config.office
    rendered = desk.renderer.render(from_fields(row.name, row.fields))
    return compose(
        subject=rendered.subject,
        text=rendered.text,
        html=rendered.html,
        sender=Address(office.name, office.address),
        recipient=Address(row.recipient_name, row.recipient),
        message_id=row.mail_id,
        date=row.queued_at.astimezone(desk.zone),
        in_reply_to=row.in_reply_to,
        references=row.references,
        reply_to=office.address,
        auto_submitted="auto-replied" if row.name in REPLIES else "auto-generated",
    )
