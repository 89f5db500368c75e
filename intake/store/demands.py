"""Demands and the steps told about them: what agencies have to say by the hour, and who was asked and reminded."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select, update

from intake.model import Demand, DemandKind, DemandStep, Notice
from intake.store.obligations import in_parts
from intake.store.session import Session

ASKED = "asked"


@dataclass(frozen=True, slots=True)
class ToldDemand:
    """One step told to one recipient. `arrived` is False where the notice was refused or came back; `has_left` is True
    once it was sent."""

    step: DemandStep
    arrived: bool
    has_left: bool


def demand_numbered(session: Session, demand_id: int) -> Demand:
    return session.get_one(Demand, demand_id)


def demands_of(session: Session, incident_ids: Iterable[int]) -> Sequence[Demand]:
    """All that was ever asked about these incidents, in the order of asking."""
    return session.scalars(
        select(Demand).where(Demand.incident_id.in_(list(incident_ids))).order_by(Demand.opened_at, Demand.id)
    ).all()


def open_demands(session: Session, *, incident: int | None = None, agency: str | None = None) -> Sequence[Demand]:
    """What nobody has answered yet, the earliest deadline first."""
    query = select(Demand).where(Demand.status == "open").order_by(Demand.due_at, Demand.id)
    if incident is not None:
        query = query.where(Demand.incident_id == incident)
    if agency is not None:
        query = query.where(Demand.agency_code == agency)
    return session.scalars(query).all()


def unanswered_at(session: Session, until: datetime) -> Sequence[Demand]:
    """What had been asked about urgent matters by then and was not answered, the earliest deadline first."""
    return session.scalars(
        select(Demand)
        .where(
            Demand.incident_id.is_not(None),
            Demand.opened_at <= until,
            or_(Demand.status == "open", Demand.answered_at > until),
        )
        .order_by(Demand.due_at, Demand.id)
    ).all()


def notices_asking(session: Session, demand_ids: Iterable[int]) -> Sequence[Notice]:
    """What was, or is to be, written to ask for these demands or to remind of them, in the order of queueing."""
    steps = select(DemandStep.notice_id).where(DemandStep.demand_id.in_(list(demand_ids)))
    return session.scalars(select(Notice).where(Notice.id.in_(steps)).order_by(Notice.id)).all()


def answered_by(session: Session, message_id: int) -> Sequence[Demand]:
    """What a mail answered."""
    return session.scalars(select(Demand).where(Demand.message_id == message_id).order_by(Demand.id)).all()


def asked_between(session: Session, first: datetime, last: datetime, kind: DemandKind) -> Sequence[Demand]:
    """What was asked for in that time and not taken back, in the order of asking."""
    return session.scalars(
        select(Demand)
        .where(Demand.kind == kind, Demand.opened_at >= first, Demand.opened_at < last, Demand.status != "cancelled")
        .order_by(Demand.opened_at, Demand.id)
    ).all()


def demands_due_for_a_step(session: Session, now: datetime) -> Sequence[Demand]:
    """Open demands whose next step is due, the earliest deadline first."""
    due = session.scalars(select(Demand).where(Demand.next_step_at <= now, Demand.status == "open"))
    return sorted(due, key=lambda one: (one.due_at, one.id))


def look_at_demands_anew(session: Session, agencies: Iterable[str], now: datetime) -> None:
    """Lets what was asked of these agencies, and is still open, be looked at in the next pass."""
    asked = update(Demand).where(Demand.status == "open").values(next_step_at=now)
    for codes in in_parts(agencies):
        session.execute(asked.where(Demand.agency_code.in_(codes)))


def next_demand_step_after(session: Session, now: datetime) -> datetime | None:
    """When the next demand is to be looked at."""
    return session.scalar(
        select(func.min(Demand.next_step_at)).where(Demand.next_step_at > now, Demand.status == "open")
    )


def told_of(session: Session, demand_ids: Iterable[int]) -> dict[int, list[ToldDemand]]:
    """The steps told so far and not taken back, by demand, in the order of telling."""
    told: dict[int, list[ToldDemand]] = {}
    rows = session.execute(
        select(DemandStep, Notice.status, Notice.bounced_at)
        .join(Notice, Notice.id == DemandStep.notice_id)
        .where(DemandStep.demand_id.in_(list(demand_ids)), Notice.status != "withdrawn")
        .order_by(DemandStep.at, DemandStep.step)
    )
    for step, status, bounced_at in rows:
        arrived = status != "failed" and bounced_at is None
        told.setdefault(step.demand_id, []).append(ToldDemand(step, arrived, arrived and status == "sent"))
    return told


def note_demand_told(session: Session, step: DemandStep) -> None:
    """Keeps what was told now; a step whose earlier notice was withdrawn belongs to the new one."""
    known = session.get(DemandStep, (step.demand_id, step.step, step.recipient))
    if known:
        known.notice_id, known.at = step.notice_id, step.at
    else:
        session.add(step)


def demand_told_by(session: Session, notice_id: int) -> tuple[DemandStep, Demand] | None:
    """Which step of which demand a notice tells."""
    row = session.execute(
        select(DemandStep, Demand)
        .join(Demand, Demand.id == DemandStep.demand_id)
        .where(DemandStep.notice_id == notice_id)
    ).first()
    return (row[0], row[1]) if row else None


@dataclass(frozen=True, slots=True)
class MailAsking:
    """A mail of ours that asks an agency about an incident, and that nobody has answered yet."""

    incident_id: int
    agency: str
    mail_id: str
    reference: str


def mails_asking(session: Session) -> list[MailAsking]:
    """The mails by which open demands about incidents were told, in the order of asking."""
    rows = session.execute(
        select(Demand.incident_id, Demand.agency_code, Notice.mail_id, Notice.reference)
        .join(DemandStep, DemandStep.demand_id == Demand.id)
        .join(Notice, Notice.id == DemandStep.notice_id)
        .where(Demand.status == "open", Demand.incident_id.is_not(None))
        .order_by(Demand.id)
    )
    return [MailAsking(incident_id, *rest) for incident_id, *rest in rows if incident_id is not None]
