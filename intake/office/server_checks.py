"""Tries the servers for real, side by side and with short waits: what they answer, and which mails they hold for us."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial

from intake.config import ImapOrMaildir
from intake.desk import Desk
from intake.errors import IntakeError
from intake.mail.mailbox import open_mailbox
from intake.mail.transport import open_transport
from intake.office.check import Check
from intake.records.unknown import are_unknown_for_long, longest_wait, unknown_uids
from intake.store.mails import cursors

# A monitoring system that calls waits no minute for a server that hangs.
LONGEST_WAIT = timedelta(seconds=10)


def server_checks(desk: Desk) -> Iterator[Check]:
    """One line for each mailbox and one for the way out, in the order of the config."""
    tries: list[Callable[[], Check]] = [partial(_mailbox, desk, settings) for settings in desk.config.mailboxes]
    tries.append(partial(_outgoing, desk))
    with ThreadPoolExecutor(len(tries)) as side_by_side:
        under_way = [side_by_side.submit(one) for one in tries]
        yield from (one.result() for one in under_way)
    if not desk.config.mailboxes:
        yield Check("mailbox", False, "no [[mailboxes]] in the config: nothing can be fetched")


def _mailbox(desk: Desk, settings: ImapOrMaildir) -> Check:
    part = f"mailbox {settings.label}"
    try:
        unknown = _count_unknown(desk, settings)
        stays = unknown > 0 and _stay_unknown(desk, settings.label)
    except IntakeError as cause:
        return Check(part, False, cause.sentence)
    detail = f"can be read; {unknown} mails there that are not known yet"
    return Check(part, not stays, detail + (", for too long: is the daemon running?" if stays else ""), unknown)


def _count_unknown(desk: Desk, settings: ImapOrMaildir) -> int:
    """Those above the cursor and those below it, by comparing every UID: this is no moment to trust arithmetic."""
    with desk.database.reading() as session:
        known = {one.mailbox: one for one in cursors(session)}.get(settings.label)
    patient = settings.model_copy(update={"timeout": min(settings.timeout, LONGEST_WAIT)})
    with open_mailbox(patient, desk.clock) as mailbox:
        if known is None or known.uid_validity != mailbox.uid_validity:
            return mailbox.count()
        below = unknown_uids(desk, settings.label, mailbox, known.last_uid)
        return len(below) + mailbox.count_after(known.last_uid)


def _stay_unknown(desk: Desk, label: str) -> bool:
    """Whether there was time enough to take them: since they were first seen, or since anybody looked."""
    with desk.database.reading() as session:
        known = {one.mailbox: one for one in cursors(session)}.get(label)
    if known is None:
        return False
    unread = known.read_to_end_at is not None and desk.now - known.read_to_end_at >= longest_wait(desk)
    return unread or are_unknown_for_long(desk, known)


def _outgoing(desk: Desk) -> Check:
    settings = desk.config.outgoing
    patient = settings.model_copy(update={"timeout": min(settings.timeout, LONGEST_WAIT)})
    try:
        with open_transport(patient) as transport:
            return Check("outgoing", True, transport.reach())
    except IntakeError as cause:
        return Check("outgoing", False, cause.sentence)
