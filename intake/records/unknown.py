"""How many mails a mailbox holds that we do not know, counted at its server by cheap means; it reads none of them.

What lies above the cursor is new. What turns up below it (a server may show a mail late, under a UID given out before)
is found by arithmetic: so many of the mails that we took are gone from the mailbox. If fewer seem to be gone than
before, one is there that we do not know, and only then are UIDs listed and compared, range by range.
"""

from dataclasses import dataclass
from datetime import timedelta

import structlog

from intake.desk import Desk
from intake.mail.mailbox import Mailbox
from intake.model import Cursor
from intake.store.mails import cursor_of, stored_count, stored_uids

COMPARED_EVERY = timedelta(days=1)
RANGE = 50_000
MOST_POLLS = 10
LEAST_WAIT = timedelta(minutes=5)
SHOWN = 20

log = structlog.get_logger()


def are_unknown_for_long(desk: Desk, cursor: Cursor) -> bool:
    """Whether mails are unknown for so many polls, without any of them being stored, that a person should look."""
    return cursor.unknown_since is not None and desk.now - cursor.unknown_since >= longest_wait(desk)


def longest_wait(desk: Desk) -> timedelta:
    """Within which time a mail should be taken from its mailbox."""
    return max(MOST_POLLS * desk.config.daemon.poll_every, LEAST_WAIT)


@dataclass(frozen=True, slots=True)
class Unknown:
    """The mails of a mailbox that we do not know: the UIDs of those that turned up `below` the cursor, and how many
    lie above it."""

    below: list[int]
    above: int


def count_unknown(desk: Desk, label: str, mailbox: Mailbox, last_uid: int) -> Unknown:
    """Keeps with the cursor how many mails are unknown, and tells of them."""
    above = mailbox.count_after(last_uid)
    there = mailbox.count() - above
    with desk.database.reading() as session:
        cursor = cursor_of(session, label)
        gone = stored_count(session, label, mailbox.uid_validity, last_uid) - there
    due = cursor.compared_at is None or abs(desk.now - cursor.compared_at) >= COMPARED_EVERY
    late = unknown_uids(desk, label, mailbox, last_uid) if due or gone < cursor.gone else []
    if late:
        log.warning("mails turned up below the cursor", mailbox=label, count=len(late), uids=late[:SHOWN])
    if due or (cursor.gone, cursor.unknown) != (gone + len(late), above + len(late)):
        _keep(desk, label, gone + len(late), above + len(late), due)
    return Unknown(late, above)


def unknown_uids(desk: Desk, label: str, mailbox: Mailbox, last_uid: int) -> list[int]:
    """The mails up to `last_uid` that the mailbox holds and that are not stored, found by comparing UIDs."""
    found: list[int] = []
    for low in range(1, last_uid + 1, RANGE):
        high = min(low + RANGE - 1, last_uid)
        there = mailbox.uids_between(low, high)
        with desk.database.reading() as session:
            found += sorted(there - stored_uids(session, label, mailbox.uid_validity, low, high))
    return found


def _keep(desk: Desk, label: str, gone: int, unknown: int, compared: bool) -> None:
    with desk.database.writing() as session:
        cursor = cursor_of(session, label)
        cursor.gone = gone
        cursor.compared_at = desk.now if compared else cursor.compared_at
        note_unknown(desk, cursor, unknown)


def note_unknown(desk: Desk, cursor: Cursor, unknown: int) -> None:
    """`unknown_since` is when it was last known that their number fell, or that there was none."""
    if unknown < cursor.unknown or not cursor.unknown:
        cursor.unknown_since = desk.now if unknown else None
    cursor.unknown = unknown
