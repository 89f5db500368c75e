"""Whether the service is well, told from its own rows and its own process: no server is asked, so it is quick."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from intake.desk import Desk
from intake.errors import TemporaryError
from intake.jobs.alert import LEAST_FREE_BYTES, UNREAD_FOR
from intake.model import Cursor
from intake.records.unknown import are_unknown_for_long
from intake.store import mails
from intake.store.obligations import forget_milestone, milestone, set_milestone

GOT_THROUGH = "last pass"
NOTED_EVERY = timedelta(minutes=1)
STALLED_AFTER = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that is not well. `what` is the same word for the same kind of thing."""

    what: str
    about: str
    detail: str
    since: datetime | None = None


def reasons(desk: Desk) -> list[Reason]:
    """Everything that is not well; empty if all is."""
    try:
        return [*_stalled(desk), *_unread(desk), *_unknown(desk), *_disk(desk)]
    except TemporaryError as cause:
        return [Reason("database_away", "database", cause.sentence), *_disk(desk)]


def mailbox_is_unread(desk: Desk, cursor: Cursor) -> bool:
    """Whether a mailbox was not read to its end for too long, or cannot be read for so long."""
    since = [moment for moment in (cursor.failing_since, cursor.read_to_end_at) if moment]
    return any(desk.now - moment >= UNREAD_FOR for moment in since)


def got_through_at(desk: Desk) -> datetime | None:
    """When a daemon last got through a pass; None where none works, or the last one was stopped properly."""
    with desk.database.reading() as session:
        return milestone(session, GOT_THROUGH)


def note_pass(desk: Desk) -> None:
    """A daemon got through a pass: told once a minute to those who watch from other processes."""
    with suppress(TemporaryError), desk.database.writing() as session:
        noted = milestone(session, GOT_THROUGH)
        if noted is None or abs(desk.now - noted) >= NOTED_EVERY:
            set_milestone(session, GOT_THROUGH, desk.now)


def note_stop(desk: Desk) -> None:
    """The daemon was told to stop: that no pass follows is as it should be."""
    with suppress(TemporaryError), desk.database.writing() as session:
        forget_milestone(session, GOT_THROUGH)


def _stalled(desk: Desk) -> Iterator[Reason]:
    still_for = desk.pulse.still_for
    if still_for is not None and still_for >= STALLED_AFTER.total_seconds():
        yield Reason("clockwork_stalled", "daemon", f"nothing got on for {still_for:.0f} seconds")
    elif still_for is None and (at := got_through_at(desk)) and desk.now - at >= STALLED_AFTER:
        yield Reason("clockwork_stalled", "daemon", "no daemon got through a pass since", at)


def _unread(desk: Desk) -> Iterator[Reason]:
    configured = {settings.label for settings in desk.config.mailboxes}
    with desk.database.reading() as session:
        found = mails.cursors(session)
    for cursor in found:
        if cursor.mailbox in configured and mailbox_is_unread(desk, cursor):
            detail = cursor.error or "not read to its end"
            yield Reason("mailbox_unread", cursor.mailbox, detail, cursor.failing_since or cursor.read_to_end_at)


def _unknown(desk: Desk) -> Iterator[Reason]:
    with desk.database.reading() as session:
        found = mails.cursors(session)
    for cursor in found:
        if are_unknown_for_long(desk, cursor):
            yield Reason(
                "mails_unknown", cursor.mailbox, f"{cursor.unknown} mails are not stored", cursor.unknown_since
            )


def _disk(desk: Desk) -> Iterator[Reason]:
    free = desk.raw_messages.free_bytes()
    if free < LEAST_FREE_BYTES:
        yield Reason("disk_full", str(desk.raw_messages.folder), f"{free:,} bytes are free")
