"""From a notice to a row of the outbox, and from the row to the mail that leaves."""

from collections.abc import Sequence
from datetime import datetime

from intake.desk import Desk
from intake.mail.compose import compose, make_message_id, make_reference
from intake.mail.parsed import Address
from intake.model import Agency, Contact, Message
from intake.model import Notice as NoticeRow
from intake.notices import DirectiveOrder, Notice, OfficeLine, OfficeReceipt, Share, from_fields, to_fields
from intake.records.enclosing import enclosed
from intake.store import outbox
from intake.store.engine import Session
from intake.store.outbox import StepAbout

# A night is no reason to let these wait: answers, urgent matters, and what keeps the service itself from working.
NEVER_WAIT = ("incident_alert", "incident_request", "daily_digest")
URGENT_ALERTS = ("mailbox_unread", "mails_unknown", "secrecy_mark", "storage_low")
REPLIES = (
    "acknowledgment", "incomplete", "under_review", "refusal", "secrecy_refusal", "correction", "request_answer",
)  # fmt: skip


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
    row = as_row(desk, notice, key=key, to=to, agency=agency, message=message)
    if message and _is_history(desk, session, message):
        row.status = "held"
    return row if outbox.queue(session, row) else None


def as_row(
    desk: Desk, notice: Notice, *, key: str, to: Contact, agency: str | None = None, message: Message | None = None
) -> NoticeRow:
    """A notice as the outbox keeps it."""
    answered = message.message_id if message and _answers(notice) else ""
    return NoticeRow(
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


def _answers(notice: Notice) -> bool:
    return notice.name in REPLIES or (isinstance(notice, OfficeReceipt) and notice.order is not None)


def _is_history(desk: Desk, session: Session, message: Message) -> bool:
    """Whether a mail was old already when the service began: nobody is written to about it unasked."""
    age = desk.config.sending.hold_older_than
    began = desk.began_at(session) or desk.now
    return age is not None and message.received_at < began - age


def may_change(row: NoticeRow) -> bool:
    """Whether what it says may have become untrue, or whether it may not leave at any hour: most answers do neither."""
    return not (row.name in REPLIES and row.name != "request_answer")


def tells_too_soon(desk: Desk, steps: Sequence[StepAbout]) -> bool:
    """Whether part of what is told has to wait for the office to open, while an urgent part may leave now."""
    about = {desk.is_urgent(obligation.report_type_code) for _, obligation in steps}
    return about == {True, False} and desk.sending_times.leaves_at(desk.now, urgent=False) > desk.now


def waits_until(desk: Desk, row: NoticeRow, steps: Sequence[StepAbout]) -> datetime:
    """From when on a notice that tells these steps may leave: now, or when the office opens."""
    urgent = (
        not may_change(row)
        or row.name in NEVER_WAIT
        or bool(row.name == Share.name and row.fields.get("incident"))
        or row.fields.get("kind") in URGENT_ALERTS
        or row.fields.get("order") is not None
        or (row.name == DirectiveOrder.name and row.fields["stage"] == "asked")
        or any(desk.is_urgent(obligation.report_type_code) for _, obligation in steps)
    )
    return desk.sending_times.leaves_at(desk.now, urgent)


def mime_of(desk: Desk, row: NoticeRow) -> bytes:
    """The mail as it leaves: RFC 5322, CRLF, text and HTML, and what goes along."""
    office = desk.config.office
    notice, enclosures = enclosed(desk, from_fields(row.name, row.fields))
    rendered = desk.renderer.render(notice)
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
        attachments=enclosures,
        auto_submitted="auto-replied" if row.name in REPLIES else "auto-generated",
    )
