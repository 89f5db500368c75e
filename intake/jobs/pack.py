"""Settled mails older than the office's rule in; dated archives out. The bytes change their place, none is deleted."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from intake.desk import Desk
from intake.errors import ConfigError
from intake.model import Message
from intake.rules.deadlines.due import midnight
from intake.store.mails import oldest_received_at, settled_in
from intake.store.obligations import milestone, set_milestone
from intake.store.packed import Entry

PACKED = "packed"

log = structlog.get_logger()


@dataclass
class Packed:
    """How many messages were packed into how many new archives, and how many loose files that made needless."""

    messages: int = 0
    archives: int = 0
    tidied: int = 0


def pack_daily(desk: Desk, stopping: Callable[[], bool] = lambda: False) -> Packed:
    """What is due, once a day, if the office has a rule."""
    today = desk.now.astimezone(desk.zone).date()
    with desk.database.reading() as session:
        last = milestone(session, PACKED)
    if desk.config.storage.pack_after is None or (last and last.astimezone(desk.zone).date() == today):
        return Packed()
    packed = pack(desk, stopping=stopping)
    if not stopping():
        with desk.database.writing() as session:
            set_milestone(session, PACKED, desk.now)
    return packed


def pack(desk: Desk, after: timedelta | None = None, stopping: Callable[[], bool] = lambda: False) -> Packed:
    """Packs whole months that are older than `after`, or than the config says. Raises `ConfigError` without a rule."""
    after = after or desk.config.storage.pack_after
    if after is None:
        raise ConfigError('storage.pack_after: after how long mails are packed, such as "400d"')
    packed = Packed()
    with desk.raw_messages.packed.alone():
        for first, next_first in _months(desk, desk.now - after):
            if stopping():
                break
            _pack_month(desk, first, next_first, packed)
    return packed


def _months(desk: Desk, until: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Each month, by the office's calendar, from the first mail on that is over before `until`."""
    with desk.database.reading() as session:
        oldest = oldest_received_at(session)
    if oldest is None:
        return
    day = oldest.astimezone(desk.zone).date().replace(day=1)
    while True:
        next_day = (day + timedelta(days=32)).replace(day=1)
        first, next_first = (midnight(one, desk.zone) for one in (day, next_day))
        if next_first > until:
            return
        yield first, next_first
        day = next_day


def _pack_month(desk: Desk, first: datetime, next_first: datetime, packed: Packed) -> None:
    raw_messages, month = desk.raw_messages, f"{first:%Y-%m}"
    with desk.database.reading() as session:
        rows = settled_in(session, first, next_first)
    rows = [row for row in rows if raw_messages.loose_path(row.sha256).exists()]
    if not rows:
        return
    held = raw_messages.packed.held(month)
    new = [row for row in rows if row.sha256 not in held]
    if new:
        archive = raw_messages.packed.add(month, [_entry(desk, row) for row in new], raw_messages.loose_path)
        log.info("messages packed", archive=archive.name, count=len(new))
        packed.messages += len(new)
        packed.archives += 1
    proved = {row.sha256 for row in new}
    for sha256 in {row.sha256 for row in rows}:
        # What an earlier run packed is proved anew: its loose file is the last thing that could mend a bad archive.
        if sha256 in proved or raw_messages.packed.holds_whole(held[sha256], sha256):
            raw_messages.loose_path(sha256).unlink(missing_ok=True)
            packed.tidied += 1


def _entry(desk: Desk, row: Message) -> Entry:
    received_at = row.received_at.astimezone(desk.zone).isoformat()
    return Entry(row.sha256, row.size, received_at, row.message_id, row.source)
