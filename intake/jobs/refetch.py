"""Mails that could not be fetched in; those that can be had by now out, as stored as any other.

A mail waits for a person as soon as its server fails on it alone; this goes on trying, each time after a longer wait,
so that what was only a bad hour of the server mends itself.
"""

from datetime import timedelta

import structlog

from intake.config import ImapOrMaildir
from intake.desk import Desk
from intake.errors import IntakeError
from intake.mail.mailbox import Incoming, open_mailbox
from intake.model import Message
from intake.records.arriving import fill, lacks_content
from intake.store import mails
from intake.store.engine import Session
from intake.store.obligations import milestone, set_milestone
from intake.store.presence import mailbox_lease

LONGEST_WAIT = timedelta(hours=1)
BATCH = 50

log = structlog.get_logger()


def refetch(desk: Desk) -> int:
    """Says how many could be had. A mailbox that cannot be read is for `fetch` to tell."""
    return sum(_refetch(desk, settings) for settings in desk.config.mailboxes)


def _refetch(desk: Desk, settings: ImapOrMaildir) -> int:
    with desk.database.writing() as session:
        missing = _due(desk, session, settings.label)
    if not missing:
        return 0
    try:
        with (
            desk.presence.lease(mailbox_lease(settings.label)) as ours,
            open_mailbox(settings, desk.clock, desk.pulse.beat) as mailbox,
        ):
            if not ours:
                return 0
            uids = [one.uid for one in missing if one.uid_validity == mailbox.uid_validity]
            found = [one for one in mailbox.read(uids) if not one.problem]
    except IntakeError as cause:
        log.info("mails without content could not be asked for", mailbox=settings.label, error=cause.sentence)
        return 0
    return _keep(desk, {one.uid: one.id for one in missing}, found)


def _due(desk: Desk, session: Session, label: str) -> list[Message]:
    """What lacks its content, if it is time to ask again: after a quarter of the time for which it was missed."""
    missing = mails.without_content(session, label, BATCH)
    if not missing:
        return []
    name = f"asked again for {label}"
    asked_at = milestone(session, name)
    missed_for = desk.now - max(one.stored_at for one in missing)
    if asked_at and asked_at <= desk.now < asked_at + min(missed_for / 4, LONGEST_WAIT):
        return []
    set_milestone(session, name, desk.now)
    return list(missing)


def _keep(desk: Desk, ids: dict[int, int], found: list[Incoming]) -> int:
    names = desk.raw_messages.put(one.raw for one in found)
    with desk.database.writing() as session:
        for one, sha256 in zip(found, names, strict=True):
            message = mails.message_numbered(session, ids[one.uid])
            if lacks_content(message):
                fill(message, one, sha256)
                log.info("a mail could be fetched at last", id=message.id)
    return len(found)
