"""The outbox: notices queued under a unique key, claimed, sent, tried again or given up.

A daemon claims several at a time, yet only one of them is ever `sending`: if it dies, that one alone is in doubt.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import cast

from sqlalchemy import Table, bindparam, case, exists, func, or_, select, union, update

from intake.errors import ConfigError, TemporaryError
from intake.model import Contact, Demand, DemandStep, Milestone, Notice, Obligation, ReminderStep, Submission
from intake.store.obligations import AT_ONCE, UNANSWERED, in_parts, milestone
from intake.store.presence import Presence
from intake.store.session import Session

FIRST_RETRY = timedelta(seconds=15)
LONGEST_RETRY = timedelta(hours=4)
MOST_ATTEMPTS = 40
# A step that was told, and what about.
StepAbout = tuple[ReminderStep, Obligation]
_NOTICE = cast(Table, Notice.__table__)
_MILESTONE = cast(Table, Milestone.__table__)
LONGEST_AWAY = timedelta(days=5)
MOST_IN_DOUBT = 6
COPIES = ("share",)
SENDING_PAUSED = "sending paused"
ALERTS = ("incident_alert", "admin_alert")
ANSWERS = ("acknowledgment", "incomplete", "correction", "under_review")
BEFORE_REMINDERS = (*ANSWERS, "incident_request")

_KEYED = select(Notice.key).where(Notice.key == bindparam("key"))
_BEGIN = (
    update(_NOTICE)
    .where(_NOTICE.c.id == bindparam("of"), _NOTICE.c.status == "claimed", _NOTICE.c.claimed_by == bindparam("holder"))
    .where(~exists().where(_MILESTONE.c.name == SENDING_PAUSED))
    .values(status="sending", attempts=bindparam("attempts"), mime=bindparam("mime"))
)
_SENT = (
    update(_NOTICE)
    .where(_NOTICE.c.id == bindparam("of"))
    .values(
        status="sent",
        sent_at=bindparam("at"),
        claimed_at=None,
        claimed_by=None,
        error="",
        mime=case((_NOTICE.c.name.in_(COPIES), None), else_=_NOTICE.c.mime),
    )
)


def queue(session: Session, notice: Notice) -> bool:
    """Puts a notice in the outbox, unless one with its key is there. Says whether it did."""
    session.write_changed(Notice, lambda one: one.key == notice.key)
    if session.connection().execute(_KEYED, {"key": notice.key}).first():
        return False
    session.add(notice)
    return True


def queue_all(session: Session, notices: Sequence[Notice]) -> list[Notice]:
    """Puts notices in the outbox, unless one with the same key is there. Gives those that it did, with their ids."""
    known = {
        key for keys in in_parts(one.key for one in notices)
        for key in session.scalars(select(Notice.key).where(Notice.key.in_(keys)))
    }  # fmt: skip
    new = [one for one in notices if one.key not in known]
    session.add_all(new)
    session.flush()
    return new


def notice_keyed(session: Session, key: str) -> Notice | None:
    """The notice that was queued under this key and not withdrawn since."""
    return session.scalars(select(Notice).where(Notice.key == key)).first()


def release_claims(session: Session, presence: Presence) -> int:
    """Puts back what we had claimed ourselves, and what daemons had that are gone. What was on the wire is in doubt."""
    left = or_(Notice.claimed_by == presence.holder, presence.abandoned(Notice.claimed_by), Notice.claimed_by.is_(None))
    return session.execute(  # type: ignore[attr-defined, no-any-return]
        update(Notice)
        .where(Notice.status.in_(("claimed", "sending")), left)
        .values(
            status="queued",
            claimed_at=None,
            claimed_by=None,
            in_doubt=case((Notice.status == "sending", True), else_=Notice.in_doubt),
        )
        .execution_options(synchronize_session=False)
    ).rowcount


def paused_since(session: Session) -> datetime | None:
    """Since when a person holds back all mail; None where it may leave."""
    return milestone(session, SENDING_PAUSED)


def count_waiting(session: Session) -> int:
    """How many notices are queued."""
    waiting = Notice.status.in_(("queued", "claimed", "sending"))
    return session.scalar(select(func.count(Notice.id)).where(waiting)) or 0


def claim(session: Session, now: datetime, holder: str, limit: int = 1, only: Sequence[str] = ()) -> Sequence[Notice]:
    """The next notices to send, marked as in hand: alerts, then answers, then the others by age. `only` names some.

    None is given out while a person holds back all mail.
    """
    if paused_since(session):
        return []
    rank = case((Notice.name.in_(ALERTS), 0), (Notice.name.in_(BEFORE_REMINDERS), 1), else_=2)
    query = select(Notice).where(Notice.status == "queued", Notice.next_attempt_at <= now)
    if only:
        query = query.where(Notice.name.in_(only))
    claimed = session.scalars(query.order_by(rank, Notice.id).limit(limit).with_for_update(skip_locked=True)).all()
    for notice in claimed:
        notice.status, notice.claimed_at, notice.claimed_by = "claimed", now, holder
    return claimed


def put_back(session: Session, notice_ids: Sequence[int]) -> None:
    """What was claimed and not tried is anybody's again."""
    still_ours = (Notice.id.in_(notice_ids), Notice.status == "claimed")
    session.execute(update(_NOTICE).where(*still_ours).values(status="queued", claimed_at=None, claimed_by=None))


def begin(session: Session, notice: Notice, holder: str) -> None:
    """From the commit on it may be on the wire, as the bytes that it has now.

    Raises `TemporaryError` if it was taken from us, or a person holds back all mail since.
    """
    told = {"of": notice.id, "holder": holder, "attempts": notice.attempts + 1, "mime": notice.mime}
    if session.connection().execute(_BEGIN, told).rowcount != 1:
        paused = paused_since(session)
        raise TemporaryError(
            "a person holds back all mail" if paused else f"notice {notice.id} was taken over by another daemon"
        )
    notice.attempts += 1


def sent(session: Session, notice_id: int, now: datetime) -> None:
    """It has left. What a copy carried stands in the raw messages, and is not kept once more."""
    session.connection().execute(_SENT, {"of": notice_id, "at": now})


def refused(session: Session, notice_id: int, error: str) -> None:
    """The server refused it for good."""
    _update(session, notice_id, status="failed", claimed_at=None, claimed_by=None, error=error)


def withdrawn(session: Session, notice: Notice, why: str) -> None:
    """It is no longer true, so it does not leave. Its key is free again for what will be true."""
    key = f"{notice.key}:withdrawn {notice.id}"
    _update(session, notice.id, status="withdrawn", claimed_at=None, claimed_by=None, error=why, key=key)


def let_lie(session: Session, notice: Notice, why: str) -> None:
    """It may have left before we died, and is no longer true: neither sent again nor said in other words."""
    _update(session, notice.id, status="unsure", claimed_at=None, claimed_by=None, error=why)


def postponed(session: Session, notice: Notice, now: datetime, error: str, in_doubt: bool = False) -> None:
    """Tried in vain: again later, each time after a longer wait; after some five days of that a person has to look.

    One that the server may have taken each time is not tried so often: each time may have been a copy.
    """
    if notice.attempts >= (MOST_IN_DOUBT if in_doubt else MOST_ATTEMPTS):
        may_be = ", and it may have arrived" if in_doubt else ""
        refused(session, notice.id, f"given up after {notice.attempts} attempts{may_be}: {error}")
        return
    wait = min(FIRST_RETRY * 2 ** min(notice.attempts - 1, 20), LONGEST_RETRY)
    later = {"next_attempt_at": now + wait, "attempts": notice.attempts, "error": error}
    doubted = {"in_doubt": True} if in_doubt else {}
    _update(session, notice.id, status="queued", claimed_at=None, claimed_by=None, **later, **doubted)


def left_alone(session: Session, notice: Notice, now: datetime, error: str) -> None:
    """No mail at all gets through: it is next again when one does, unless it waits for days; then a person looks."""
    if now - notice.queued_at > LONGEST_AWAY:
        refused(session, notice.id, f"given up after {LONGEST_AWAY.days} days: {error}")
        return
    values = {"attempts": notice.attempts - 1, "next_attempt_at": now, "error": error}
    _update(session, notice.id, status="queued", claimed_at=None, claimed_by=None, **values)


def put_off(session: Session, notice: Notice, until: datetime) -> None:
    """It may not leave yet."""
    _update(session, notice.id, status="queued", claimed_at=None, claimed_by=None, next_attempt_at=until)


def failed_notice(session: Session, notice_id: int) -> Notice:
    """The failed notice with this id. Raises `ConfigError` if none of this id waits for a person."""
    found = {notice.id: notice for notice in failed_notices(session)}
    if notice_id not in found:
        raise ConfigError(f"no notice {notice_id} waits for a person; `intake review` lists those that do")
    return found[notice_id]


def latest_notices(session: Session, name: str, most: int, number: int | None = None) -> Sequence[Notice]:
    """The last notices of a kind that were written, or the one with this number if it is of this kind."""
    query = select(Notice).where(Notice.name == name, *([Notice.id == number] if number is not None else []))
    return session.scalars(query.order_by(Notice.id.desc()).limit(most)).all()


def notice_numbered(session: Session, notice_id: int) -> Notice:
    return session.get_one(Notice, notice_id)


def _update(session: Session, notice_id: int, **values: object) -> None:
    session.execute(update(_NOTICE).where(_NOTICE.c.id == notice_id).values(**values))


def held_notices(session: Session) -> Sequence[Notice]:
    """Answers to old mail that wait for a person's word."""
    return session.scalars(select(Notice).where(Notice.status == "held").order_by(Notice.id)).all()


def failed_notices(session: Session) -> Sequence[Notice]:
    """Notices that a person has to look at: given up, refused, or come back, and not settled since."""
    # Two questions that an index answers each; as one, SQLite reads through all that was ever sent.
    lost = union(
        select(Notice.id).where(Notice.status == "failed"), select(Notice.id).where(Notice.bounced_at.is_not(None))
    )
    query = select(Notice).where(Notice.id.in_(lost), Notice.settled_at.is_(None))
    return session.scalars(query.order_by(Notice.id)).all()


def sent_notices(session: Session) -> Sequence[Notice]:
    """All that have left, in the order of leaving."""
    return session.scalars(select(Notice).where(Notice.status == "sent").order_by(Notice.sent_at, Notice.id)).all()


def next_attempt_after(session: Session, now: datetime) -> datetime | None:
    """When the next queued notice may be tried."""
    query = select(func.min(Notice.next_attempt_at)).where(Notice.status == "queued", Notice.next_attempt_at > now)
    return session.scalar(query)


def notices_of(session: Session, mail_ids: Sequence[str], references: Sequence[str]) -> Sequence[Notice]:
    """Our notices that a mail names by Message-ID or by reference code."""
    return session.scalars(
        select(Notice).where(or_(Notice.mail_id.in_(mail_ids), Notice.reference.in_(references))).order_by(Notice.id)
    ).all()


def notices_about(session: Session, message_id: int, names: Sequence[str]) -> Sequence[Notice]:
    """What was, or is to be, written about a message under these names, in the order of queueing."""
    return session.scalars(
        select(Notice).where(Notice.message_id == message_id, Notice.name.in_(names)).order_by(Notice.id)
    ).all()


def notices_on(session: Session, obligation_id: int) -> Sequence[Notice]:
    """What was, or is to be, written about an obligation: reminders, and the answers to the mails booked for it."""
    steps = select(ReminderStep.notice_id).where(ReminderStep.obligation_id == obligation_id)
    answered = select(Submission.message_id).where(Submission.obligation_id == obligation_id)
    return session.scalars(
        select(Notice).where(or_(Notice.id.in_(steps), Notice.message_id.in_(answered))).order_by(Notice.id)
    ).all()


def steps_told(session: Session, notice_id: int) -> Sequence[StepAbout]:
    """What a reminder, overdue notice, escalation or directive speaks of: each obligation, and by which step."""
    rows = session.execute(
        select(ReminderStep, Obligation)
        .join(Obligation, Obligation.id == ReminderStep.obligation_id)
        .where(ReminderStep.notice_id == notice_id)
        .order_by(Obligation.id)
    )
    return [(row[0], row[1]) for row in rows]


def forget_steps(session: Session, notice: Notice, now: datetime) -> None:
    """A notice that was withdrawn or came back told nobody anything: its steps are to be decided again."""
    ids = select(ReminderStep.obligation_id).where(ReminderStep.notice_id == notice.id)
    session.execute(
        update(Obligation).where(Obligation.id.in_(ids), Obligation.status.in_(UNANSWERED)).values(next_step_at=AT_ONCE)
    )
    demands = select(DemandStep.demand_id).where(DemandStep.notice_id == notice.id)
    session.execute(update(Demand).where(Demand.id.in_(demands), Demand.status == "open").values(next_step_at=now))


def contacts_at(session: Session, address: str) -> Sequence[Contact]:
    """The contacts with this address."""
    return session.scalars(select(Contact).where(func.lower(Contact.email) == address.lower())).all()
