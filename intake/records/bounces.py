"""A notice that did not arrive: marked, its contact too where it is for good, and told to the next contact."""

from intake.desk import CONTACT_BOUNCED, Desk
from intake.mail.parsed import ParsedMessage
from intake.model import Notice
from intake.records.replies import REFERENCE
from intake.store.engine import Session
from intake.store.obligations import advance_milestone
from intake.store.outbox import contacts_at, forget_steps, notices_of

# What was never handed to a server cannot come back; one that we died over may have been.
MAY_HAVE_LEFT = ("sending", "sent", "unsure", "failed")


def note_bounces(desk: Desk, session: Session, message: ParsedMessage) -> str:
    """Marks our notices that did not arrive, and their contacts. Says in words what was found, "" for nothing of ours.

    A status without one of our Message-IDs, or the reference code of what we wrote to that very recipient, proves
    nothing; and one about a recipient that we did not write to, or about a notice that has not left, is not ours.
    """
    return "; ".join(_note(desk, session, message, notice) for notice in _named(session, message))


def _named(session: Session, message: ParsedMessage) -> list[Notice]:
    """Our notices that a notification names: by Message-ID, else by code and recipient together."""
    ids, references = list(message.original_ids), REFERENCE.findall(f"{message.subject}\n{message.text}".upper())
    left = [one for one in notices_of(session, ids, references) if one.status in MAY_HAVE_LEFT]
    by_id = [one for one in left if one.mail_id in ids]
    failed = {one.recipient.casefold() for one in message.delivery}
    return by_id or [one for one in left if one.reference in references and one.recipient.casefold() in failed]


def _note(desk: Desk, session: Session, message: ParsedMessage, notice: Notice) -> str:
    about = f"about our {notice.name} [{notice.reference}] to {notice.recipient}"
    statuses = [one for one in message.delivery if one.recipient.casefold() in ("", notice.recipient.casefold())]
    failed = next((one for one in statuses if one.action == "failed"), None)
    if failed is None:
        return f"{about}: not failed, only {', '.join(one.action for one in statuses) or 'told of'}"
    notice.bounced_at = notice.bounced_at or desk.now
    notice.error = f"{failed.status} {failed.diagnostic}".strip()
    did_not_arrive(desk, session, notice, for_good=failed.permanent)
    return f"{about}: it did not arrive ({notice.error})"


def did_not_arrive(desk: Desk, session: Session, notice: Notice, *, for_good: bool) -> None:
    """What it was to tell is told to the agency's next contact in the same pass.

    Where the address is dead, it is written to no more as long as another is there; a full mailbox is not held
    against it.
    """
    forget_steps(session, notice, desk.now)
    for contact in contacts_at(session, notice.recipient) if for_good else ():
        contact.bounced_at = contact.bounced_at or desk.now
        advance_milestone(session, CONTACT_BOUNCED, desk.now)


def is_tried_again(desk: Desk, session: Session, notice: Notice) -> None:
    """A person holds the address for good: it counts as reached until it bounces again."""
    for contact in contacts_at(session, notice.recipient):
        if contact.bounced_at:
            contact.bounced_at = None
            advance_milestone(session, CONTACT_BOUNCED, desk.now)
