"""Obligations, the steps told about them, and milestones."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import NamedTuple, TypeVar, cast

from sqlalchemy import Table, bindparam, delete, func, insert, or_, select, update

from intake.model import Milestone, Notice, Obligation, ReminderStep, StepNotice
from intake.rules.deadlines.due import INSTANT
from intake.rules.verdicts import Owed
from intake.store.session import AS_WRITTEN, Session

Value = TypeVar("Value")

# As `next_step_at`: looked at in the next pass, which tells whatever step is right then.
AT_ONCE = datetime(1970, 1, 1, tzinfo=UTC)
UNANSWERED = ("open", "incomplete")
_OF_AGENCY = select(Obligation).where(
    Obligation.agency_code == bindparam("agency"),
    Obligation.report_type_code == bindparam("report_type"),
    Obligation.period == bindparam("period"),
)
_STEP = cast(Table, ReminderStep.__table__)
_AT = select(Milestone.at).where(Milestone.name == bindparam("name"))
# What every engine takes as the parameters of one statement: SQLite 32,766, PostgreSQL 65,535.
_MOST_VALUES = 10_000


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which obligations are asked for; None asks for all. Due dates are instants, both ends included."""

    due_from: datetime | None = None
    due_to: datetime | None = None
    agency: str | None = None
    report_type: str | None = None


def obligation_of(session: Session, agency: str, report_type: str, period: str) -> Obligation | None:
    asked = {"agency": agency, "report_type": report_type, "period": period}
    # Whoever makes one writes it at once, and nothing of what is asked for here ever changes.
    return session.scalars(_OF_AGENCY, asked, execution_options=AS_WRITTEN).first()


def obligations_for(session: Session, periods: Iterable[str]) -> Sequence[Obligation]:
    """What anybody owes, or owed, for these periods."""
    return session.scalars(select(Obligation).where(Obligation.period.in_(list(periods)))).all()


def opened(session: Session, owed: Owed, now: datetime) -> Obligation:
    """The obligation as a row, made now if it was not there."""
    return obligation_of(session, owed.agency, owed.report_type, owed.period) or newly_opened(session, owed, now)


def newly_opened(session: Session, owed: Owed, now: datetime, next_step_at: datetime | None = None) -> Obligation:
    """The row of an obligation that had none."""
    row = row_of(owed, now, next_step_at)
    session.add(row)
    session.flush()
    return row


def row_of(owed: Owed, now: datetime, next_step_at: datetime | None = None) -> Obligation:
    """What is owed as a row, opened `now` and in no session yet."""
    return Obligation(
        agency_code=owed.agency,
        report_type_code=owed.report_type,
        period=owed.period,
        period_start=owed.period_start,
        period_end=owed.period_end,
        due_at=owed.due_at,
        opened_at=now,
        next_step_at=next_step_at,
    )


def known_obligations(session: Session, owed: Sequence[Owed]) -> dict[tuple[str, str, str], Obligation]:
    """Those of these that are rows already, by (agency, report type, period), whatever their deadline is by now."""
    wanted = {(one.agency, one.report_type, one.period) for one in owed}
    rows = session.scalars(
        select(Obligation).where(
            Obligation.report_type_code.in_({one.report_type for one in owed}),
            Obligation.period.in_({one.period for one in owed}),
        )
    )
    by_key = {(row.agency_code, row.report_type_code, row.period): row for row in rows}
    return {key: row for key, row in by_key.items() if key in wanted}


def obligations_where(session: Session, wanted: Wanted) -> Sequence[Obligation]:
    query = select(Obligation).order_by(Obligation.due_at, Obligation.agency_code, Obligation.report_type_code)
    if wanted.due_from:
        query = query.where(Obligation.due_at >= wanted.due_from)
    if wanted.due_to:
        query = query.where(Obligation.due_at <= wanted.due_to)
    if wanted.agency:
        query = query.where(Obligation.agency_code == wanted.agency)
    if wanted.report_type:
        query = query.where(Obligation.report_type_code == wanted.report_type)
    return session.scalars(query).all()


def next_step_after(session: Session, now: datetime) -> datetime | None:
    """When the next obligation is to be looked at."""
    query = select(func.min(Obligation.next_step_at)).where(
        Obligation.next_step_at > now, Obligation.status.in_(UNANSWERED)
    )
    return session.scalar(query)


def obligation_about(session: Session, subject: str) -> Obligation | None:
    """The obligation that an audit event is about, by its subject "obligation:7"; None for another subject."""
    kind, _, number = subject.partition(":")
    return session.get(Obligation, int(number)) if kind == "obligation" and number.isdigit() else None


class DueObligation(NamedTuple):
    """What a reminder asks of an obligation, without the row: ten thousand may be due in one pass."""

    id: int
    agency_code: str
    report_type_code: str
    period: str
    period_start: date
    period_end: date
    due_at: datetime
    received_at: datetime | None
    missing: list[str]
    next_step_at: datetime


_DUE = select(*(getattr(Obligation, name) for name in DueObligation._fields))


def due_for_a_step(session: Session, now: datetime) -> Sequence[DueObligation]:
    """Unanswered obligations whose next step is due, the earliest deadline first.

    They are put in order here: asked to do it, SQLite reads the whole table by the index that is in that order.
    """
    rows = session.execute(_DUE.where(Obligation.next_step_at <= now, Obligation.status.in_(UNANSWERED)))
    return sorted(map(DueObligation._make, rows), key=lambda one: (one.due_at, one.id))


def look_anew(session: Session, since: datetime, began: datetime, agencies: Iterable[str] | None = None) -> None:
    """Lets what these agencies owe, or all do, be looked at in the next pass; what was right before `since` is not
    made up for.

    What waits to be told goes on waiting, and what fell due before the service began stays nobody's to be reminded of.
    """
    forgotten = Obligation.next_step_at.is_(None) & (Obligation.due_at > began)
    looked_at = (Obligation.status.in_(UNANSWERED), or_(Obligation.next_step_at > since, forgotten))
    anew = update(Obligation).where(*looked_at).values(next_step_at=since)
    if agencies is None:
        session.execute(anew)
        return
    for codes in in_parts(agencies):
        session.execute(anew.where(Obligation.agency_code.in_(codes)))


@dataclass(frozen=True, slots=True)
class Told:
    """One step told to one recipient. `arrived` is False where the notice was refused or came back."""

    step: ReminderStep
    arrived: bool


def told_steps(session: Session, obligation_ids: Iterable[int]) -> dict[int, list[Told]]:
    """The steps told so far and not taken back, by obligation, in the order of telling."""
    told: dict[int, list[Told]] = {}
    query = (
        select(ReminderStep, Notice.status, Notice.bounced_at)
        .join(Notice, Notice.id == ReminderStep.notice_id)
        .where(Notice.status != "withdrawn")
        .order_by(ReminderStep.at)
    )
    for ids in in_parts(obligation_ids):
        for step, status, bounced_at in session.execute(query.where(ReminderStep.obligation_id.in_(ids))):
            arrived = status != "failed" and bounced_at is None
            told.setdefault(step.obligation_id, []).append(Told(step, arrived))
    return told


def move_on(session: Session, looks: dict[datetime | None, list[int]]) -> None:
    """Says of obligations, by their ids, when they are to be looked at next."""
    for moment, every in looks.items():
        for ids in in_parts(every):
            session.execute(
                update(Obligation).where(Obligation.id.in_(ids)).values(next_step_at=moment),
                execution_options={"synchronize_session": False},
            )


def obligation_numbered(session: Session, obligation_id: int) -> Obligation:
    return session.get_one(Obligation, obligation_id)


class ToldStep(NamedTuple):
    """One step that is told to one recipient now: what becomes a `ReminderStep`."""

    obligation_id: int
    step: str
    recipient: str
    notice_id: int
    at: datetime
    notice: StepNotice


def note_told(session: Session, steps: Sequence[ToldStep]) -> None:
    """Keeps what was told now; a step whose earlier notice was withdrawn belongs to the new one."""
    known = {
        (one.obligation_id, one.step, one.recipient): one
        for ids in in_parts({step.obligation_id for step in steps})
        for one in session.scalars(select(ReminderStep).where(ReminderStep.obligation_id.in_(ids)))
    }
    new = []
    for step in steps:
        before = known.get((step.obligation_id, step.step, step.recipient))
        if before:
            before.notice_id, before.at, before.notice = step.notice_id, step.at, step.notice
        else:
            new.append(step._asdict())
    if new:
        session.connection().execute(insert(_STEP), new)


def in_parts(values: Iterable[Value]) -> Iterator[list[Value]]:
    """The values in lists that every engine takes as the parameters of one statement."""
    every = list(values)
    for start in range(0, len(every), _MOST_VALUES):
        yield every[start : start + _MOST_VALUES]


def lateness_before(session: Session, row: Obligation | DueObligation, now: datetime, most: int) -> list[bool]:
    """Whether each of the agency's last deadlines for the same report type was missed, the newest first."""
    query = (
        select(Obligation.status)
        .where(
            Obligation.agency_code == row.agency_code,
            Obligation.report_type_code == row.report_type_code,
            Obligation.due_at < row.due_at,
            Obligation.due_at <= now,
            Obligation.status != "waived",
        )
        .order_by(Obligation.due_at.desc())
        .limit(most)
    )
    return [status != "on_time" for status in session.scalars(query)]


def milestone(session: Session, name: str) -> datetime | None:
    return session.scalar(_AT, {"name": name})


def latest_milestone(session: Session, prefix: str) -> str:
    """The name of the latest milestone whose name begins so; "" if there is none."""
    query = select(Milestone.name).where(Milestone.name.startswith(prefix)).order_by(Milestone.at.desc()).limit(1)
    return session.scalar(query) or ""


def advance_milestone(session: Session, name: str, now: datetime) -> None:
    """Moves a milestone to now, and never leaves it where it was: also where `--at` makes the clock stand still."""
    earlier = milestone(session, name)
    set_milestone(session, name, max(now, earlier + INSTANT) if earlier else now)


def forget_milestone(session: Session, name: str) -> None:
    session.execute(delete(Milestone).where(Milestone.name == name))


def make_latest(session: Session, name: str, prefix: str, now: datetime) -> None:
    """Makes a milestone the latest of those whose names begin so, whatever the clock says."""
    newest = session.scalar(select(func.max(Milestone.at)).where(Milestone.name.startswith(prefix)))
    set_milestone(session, name, max(now, newest + INSTANT) if newest else now)


def set_milestone(session: Session, name: str, moment: datetime) -> None:
    row = session.get(Milestone, name)
    if row:
        row.at = moment
    else:
        session.add(Milestone(name=name, at=moment))
