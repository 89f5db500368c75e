"""How fast mails may leave: by the server's own pace, learnt from its refusals, and by the office's limits.

A server that takes no mail now is left alone for a moment, then for longer, and asked with one mail; that is held
against no notice. What goes to one address in an hour has a limit, so that two machines that answer each other come to
an end; what acknowledges a new report does not count, for each of those needs a report of its own.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from intake.desk import Desk
from intake.model import OFFICE, Notice
from intake.store import sent_mails
from intake.store.engine import Session
from intake.store.obligations import forget_milestone, milestone, set_milestone

FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=5), timedelta(minutes=1)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
AWAY_SINCE, NEXT_TRY = "mail server away since", "mail server asked again at"
HELD_BACK = "held back: more mails an hour to this address than per_address of [sending] allows"


def room(desk: Desk, session: Session, most: int) -> int:
    """How many mails may leave now, at most so many: one while it is not known whether the server takes mail again."""
    away_since, next_try = milestone(session, AWAY_SINCE), milestone(session, NEXT_TRY)
    if away_since and next_try:
        return 0 if away_since <= desk.now < next_try else min(most, 1)
    sending = desk.config.sending
    if sending.per_minute:
        most = min(most, sending.per_minute - sent_mails.count_sent(session, desk.now - MINUTE))
    return max(0, min(most, sending.per_hour - sent_mails.count_sent(session, desk.now - HOUR)))


def is_full(desk: Desk, session: Session) -> bool:
    """Whether as many mails have left within an hour as may leave to all addresses together."""
    return sent_mails.count_sent(session, desk.now - HOUR) >= desk.config.sending.per_hour


def note_away(desk: Desk, session: Session) -> None:
    """The server takes no mail now: it is asked again after a while, each time a longer one."""
    since = milestone(session, AWAY_SINCE)
    if since is None or since > desk.now:
        since = desk.now
        set_milestone(session, AWAY_SINCE, since)
    pause = min(max(desk.now - since, FIRST_PAUSE), LONGEST_PAUSE)
    set_milestone(session, NEXT_TRY, desk.now + pause)


def note_taken(session: Session) -> None:
    """The server takes mail again."""
    forget_milestone(session, AWAY_SINCE)
    forget_milestone(session, NEXT_TRY)


def within_limits(desk: Desk, session: Session, claimed: Sequence[Notice]) -> list[Notice]:
    """Those that may leave by the limit for their address; the others are held back until it has passed."""
    allowed: list[Notice] = []
    for notice in claimed:
        in_hand = Counter(one.recipient.casefold() for one in allowed if _counts(desk, one))
        until = _held_until(desk, session, notice, in_hand[notice.recipient.casefold()])
        if until is None:
            allowed.append(notice)
        else:
            sent_mails.hold_back(session, notice, until, HELD_BACK)
    return allowed


def _held_until(desk: Desk, session: Session, notice: Notice, in_hand: int) -> datetime | None:
    if not _counts(desk, notice):
        return None
    recent = [one for one in sent_mails.sent_to(session, notice.recipient, desk.now - HOUR) if _counts(desk, one)]
    most = desk.config.sending.per_address
    if len(recent) + in_hand < most:
        return None
    earliest = recent[-most] if len(recent) >= most else recent[0] if recent else None
    return (earliest.sent_at if earliest and earliest.sent_at else desk.now) + HOUR


def _counts(desk: Desk, notice: Notice) -> bool:
    """Whether a notice could be one of many that two machines write to each other without end."""
    to_ourselves = notice.agency_code == OFFICE or notice.recipient == desk.config.office.admin
    return not to_ourselves and not _acknowledges_a_new_report(notice)


def _acknowledges_a_new_report(notice: Notice) -> bool:
    of_reports = notice.name in ("acknowledgment", "incomplete") and bool(notice.fields.get("reports"))
    return of_reports and not notice.fields.get("duplicate")
