"""What a mailbox shows under a UID that is known: the same mail, the content that it lacked, or another mail."""

from intake.mail.incoming import Incoming
from intake.model import Message


def is_known(message: Message, one: Incoming, sha256: str) -> bool:
    """Whether `one` is the mail that is kept already; its content is taken over where it was missing.

    A server that was restored may give a UID a second time. Then the earlier mail keeps its row, without a place.
    """
    if one.problem or message.sha256 == sha256:
        return True
    if lacks_content(message):
        fill(message, one, sha256)
        return True
    message.uid = -message.id
    return False


def lacks_content(message: Message) -> bool:
    """Whether the mail could never be fetched, and nobody has settled what to do about it."""
    return message.status == "failed" and message.processed_at is None and message.settled_at is None


def fill(message: Message, one: Incoming, sha256: str) -> None:
    """The mail could be had at last: it goes the way of every other."""
    message.sha256, message.size, message.received_at = sha256, one.size, one.received_at
    message.status, message.error = "stored", ""
