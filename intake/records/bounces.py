"""A delivery status notification tied to the notice that it is about, and to the contact that cannot be reached."""

from intake.desk import Desk
from intake.mail.parsed import ParsedMessage
from intake.model import Notice
from intake.store.engine import Session
from intake.store.outbox import contacts_at, notices_of


def note_bounces(desk: Desk, session: Session, message: ParsedMessage) -> str:
    """Marks our notices that did not arrive, and their contacts. Says in words what was found, "" for nothing of ours.

    A status without one of our Message-IDs proves nothing, and a recipient that we did not write to is not ours.
    """
    ids = list(message.original_ids)
    notices = [one for one in notices_of(session, ids, []) if one.mail_id in ids]
    return "; ".join(_note(desk, session, message, notice) for notice in notices)


def _note(desk: Desk, session: Session, message: ParsedMessage, notice: Notice) -> str:
    about = f"about our {notice.name} [{notice.reference}] to {notice.recipient}"
    statuses = [one for one in message.delivery if one.recipient.casefold() in ("", notice.recipient.casefold())]
    failed = next((one for one in statuses if one.action == "failed"), None)
    if failed is None:
        return f"{about}: not failed, only {', '.join(one.action for one in statuses) or 'told of'}"
    notice.bounced_at = notice.bounced_at or desk.now
    notice.error = f"{failed.status} {failed.diagnostic}".strip()
    if failed.permanent:
        for contact in contacts_at(session, notice.recipient):
            contact.bounced_at = contact.bounced_at or desk.now
    return f"{about}: it did not arrive ({notice.error})"
