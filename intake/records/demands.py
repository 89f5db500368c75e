"""Demands as rows: what an agency is asked about an urgent matter, told to it, answered by its mails, or taken back."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from intake.desk import Desk
from intake.model import Contact, Demand, DemandKind, DemandStep, Directive, Incident, Message
from intake.model import Notice as NoticeRow
from intake.notices import DirectiveOrder, IncidentRequest, Notice, OriginalLine, RequestStage, TellingLine
from intake.records.answers import incident_line
from intake.records.outgoing import Letterhead, enqueue
from intake.rules.deadlines.demands import answered
from intake.rules.deadlines.reminders import StepPlan, plan_steps
from intake.store.demands import ASKED, ToldDemand, answered_by, demands_of, note_demand_told, open_demands, told_of
from intake.store.directives import directive_numbered
from intake.store.engine import Session
from intake.store.incidents import incident_numbered, told_at
from intake.store.mails import message_numbered

ASKED_ROLES = ("submitter", "duty")
WORDS_LINES = 12


def open_demand(
    desk: Desk,
    session: Session,
    about: Incident | Directive,
    agency: str,
    kind: DemandKind,
    due_at: datetime,
    *,
    since: datetime | None = None,
    words: str = "",
    source: Message | None = None,
) -> Demand:
    """The demand as a row, to be reminded of by its policy. Nobody is told yet. `source` is the office's own mail."""
    demand = Demand(
        kind=kind,
        agency_code=agency,
        incident_id=about.id if isinstance(about, Incident) else None,
        directive_id=about.id if isinstance(about, Directive) else None,
        opened_at=desk.now,
        due_at=due_at,
        since=since,
        words=words,
        source_id=source.id if source else None,
    )
    session.add(demand)
    session.flush()
    demand.next_step_at = steps_of_demand(desk, session, demand).next_at(desk.now)
    return demand


def steps_of_demand(desk: Desk, session: Session, demand: Demand) -> StepPlan:
    """When which step of the policy is right. Urgent matters wait for no office hours; to confirm a directive does."""
    if demand.incident_id is None:
        return plan_steps(desk.config.directive_policy(), demand.due_at, desk.sending_times)
    category = incident_numbered(session, demand.incident_id).category
    policy = desk.config.urgent_policy(desk.config.category(category).policy)
    return plan_steps(policy, demand.due_at, desk.sending_times, urgent=True)


def ask(desk: Desk, session: Session, demand: Demand, unreached: Collection[str] = ()) -> list[Contact]:
    """Sends the request to those of the agency who report and who are on duty.

    Says whom it goes to: nobody is known where that is empty.
    """
    contacts = desk.directory.addresses_of(demand.agency_code, ASKED_ROLES, unreached)
    for contact in contacts:
        tell(desk, session, demand, contact, ASKED)
    return contacts


def tell(
    desk: Desk,
    session: Session,
    demand: Demand,
    contact: Contact,
    step: str,
    stage: RequestStage = "asked",
    told: Sequence[ToldDemand] = (),
) -> NoticeRow | None:
    """Queues one step of one demand for one recipient, once."""
    lines = _telling_lines(desk, told)
    letter = vars(Letterhead(desk, contact.name, desk.directory.agencies.get(demand.agency_code)))
    notice: Notice
    if demand.directive_id is None:
        about = _about(desk, session, demand)
        notice = IncidentRequest(**letter, **about, stage=stage, role=contact.role, told=lines)
    else:
        order = directive_fields(desk, session, demand)
        notice = DirectiveOrder(**letter, **order, stage=stage, role=contact.role, told=lines)
    key = f"{notice.name}:{demand.id}:{step}:{contact.email.casefold()}"
    row = enqueue(desk, session, notice, key=key, to=contact, agency=demand.agency_code)
    if row and stage != "withdrawn":
        session.flush()
        recipient = contact.email.casefold()
        note_demand_told(
            session,
            DemandStep(demand_id=demand.id, step=step, recipient=recipient, notice_id=row.id, at=desk.now),
        )
    return row


def directive_fields(desk: Desk, session: Session, demand: Demand) -> dict[str, Any]:
    """What the letter about a directive says: which, with which document, to be confirmed and reported on by when."""
    assert demand.directive_id is not None
    directive = directive_numbered(session, demand.directive_id)
    return {
        "code": directive.code,
        "title": directive.title,
        "issued_at": directive.issued_at.astimezone(desk.zone),
        "confirm_by": demand.due_at.astimezone(desk.zone),
        "due_at": directive.due_at.astimezone(desk.zone) if directive.due_at else None,
        "known": _lines(directive.text),
        "originals": _originals(session, directive.message_id),
    }


def _originals(session: Session, message_id: int | None) -> tuple[OriginalLine, ...]:
    """The office's own mail, whose attachments go along."""
    if message_id is None:
        return ()
    return (OriginalLine(mail=message_numbered(session, message_id).sha256, everything=True),)


def _lines(words: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in words.splitlines() if line.strip())[:WORDS_LINES]


def _about(desk: Desk, session: Session, demand: Demand) -> dict[str, Any]:
    """What a request says about its matter: which, since when it was asked for, of whom else, and what is known."""
    assert demand.incident_id is not None
    incident = incident_numbered(session, demand.incident_id)
    told = told_at(session, [incident.id]).get((incident.id, demand.agency_code), [])
    beside = [
        one.agency_code
        for one in demands_of(session, [incident.id])
        if one.kind == demand.kind == "report" and one.opened_at == demand.opened_at and one.id != demand.id
    ]
    agencies = desk.directory.agencies
    return {
        "incident": incident_line(desk, incident),
        "kind": demand.kind,
        "due_at": demand.due_at.astimezone(desk.zone),
        "asked_at": demand.opened_at.astimezone(desk.zone),
        "last_report_at": max(told).astimezone(desk.zone) if told else None,
        "known": _lines(demand.words),
        "originals": _originals(session, demand.source_id),
        "also_asked": tuple(agencies[code].name for code in dict.fromkeys(beside) if code in agencies),
    }


def _telling_lines(desk: Desk, told: Sequence[ToldDemand]) -> tuple[TellingLine, ...]:
    """Each step once, to however many it was told, and when it was told first."""
    first = {one.step.step: one.step.at for one in reversed(told) if one.arrived}
    return tuple(TellingLine(step=step, at=at.astimezone(desk.zone)) for step, at in reversed(first.items()))


def answer(
    session: Session, incident: Incident, agency: str, received_at: datetime, message_id: int, *, closes: bool
) -> list[Demand]:
    """What a report of the agency on the incident answers: asked for no more. The time of its arrival is kept."""
    waiting = open_demands(session, incident=incident.id, agency=agency)
    found = answered(waiting, received_at, closes=closes)
    for demand in found:
        demand.status, demand.next_step_at = "answered", None
        demand.answered_at, demand.message_id = received_at, message_id
    return found


def reopen_answered(desk: Desk, session: Session, message_id: int) -> None:
    """What a mail answered is asked for again: the mail was none of that matter."""
    for demand in answered_by(session, message_id):
        demand.status, demand.answered_at, demand.message_id = "open", None, None
        demand.next_step_at = steps_of_demand(desk, session, demand).first_look_at(desk.now)


def cancel(desk: Desk, session: Session, demands: Sequence[Demand]) -> None:
    """They are asked for no more; whoever was asked in so many words is told."""
    told = told_of(session, [one.id for one in demands])
    for demand in demands:
        demand.status, demand.next_step_at = "cancelled", None
        asked = {one.step.recipient for one in told.get(demand.id, ()) if one.has_left}
        for contact in desk.directory.addresses_of(demand.agency_code, ASKED_ROLES):
            if contact.email.casefold() in asked:
                tell(desk, session, demand, contact, f"withdrawn {desk.now.isoformat()}", "withdrawn")
