"""Obligations whose next step is due in; queued notices out: one a recipient, for all that is to be said now.

An escalation is a notice to somebody above, not another mechanism. What was missed in downtime is not made up for.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from intake.desk import Desk
from intake.model import Contact, Notice, Obligation, ReminderStep
from intake.notices import Directive, DueNotice, Escalation, NextStep, ObligationLine, Overdue, Reminder, Role, ToldLine
from intake.records.booking import still_owed
from intake.records.offenders import steps_of
from intake.records.outgoing import Letterhead, enqueue
from intake.records.truth import ACCUSING, Sight
from intake.rules.reminders import StepPlan, Telling, tellings
from intake.rules.standing import last_day_in_time
from intake.store.engine import Session
from intake.store.obligations import Told, due_for_a_step, note_told, told_steps

# The gravest first: it gives its name, and its words, to a mail that has to tell several things.
KINDS: dict[str, type[DueNotice]] = {kind.name: kind for kind in (Directive, Escalation, Overdue, Reminder)}

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class DueStep:
    """One recipient is to be told one step about one obligation. `told` is what has been told about it and arrived."""

    obligation: Obligation
    told: Sequence[ReminderStep]
    telling: Telling
    plan: StepPlan

    @property
    def kind(self) -> str:
        return self.telling.step.step.notice


def remind(desk: Desk) -> int:
    """Queues what has to be said now. Says how many notices that is."""
    # A contact may have bounced in this very pass.
    desk.look_at_registry()
    now = desk.now
    with desk.database.writing() as session:
        due = due_for_a_step(session, now)
        if not due:
            return 0
        sight = Sight(desk, session)
        told = told_steps(session, [one.id for one in due])
        letters: dict[str, list[DueStep]] = defaultdict(list)
        for obligation in due:
            for step in _due_steps(desk, session, sight, obligation, told.get(obligation.id, [])):
                letters[step.telling.contact.email.casefold()].append(step)
        for steps in letters.values():
            _queue(desk, session, steps)
    return len(letters)


def _due_steps(
    desk: Desk, session: Session, sight: Sight, obligation: Obligation, told: Sequence[Told]
) -> list[DueStep]:
    """Who is to be told what now. Moves the obligation on to its next step, unless we may not speak yet.

    What the registry no longer asks for is nobody's to be reminded of.
    """
    if not still_owed(desk, obligation):
        obligation.next_step_at = None
        return []
    plan = steps_of(desk, session, obligation)
    current = plan.to_tell(desk.now, obligation.next_step_at or desk.now, bool(told))
    if current and desk.leaves_at(obligation.report_type_code) > desk.now:
        return []
    blind = sight.why_not_accuse(obligation) if any(one.step.notice in ACCUSING for one in current) else ""
    if blind:
        log.info("not accusing", obligation=obligation.id, agency=obligation.agency_code, because=blind)
        return []
    obligation.next_step_at = plan.next_at(desk.now)
    keys = {one.key for one in current}
    unreached = {one.step.recipient for one in told if one.step.step in keys and not one.arrived}
    known = {(one.step.step, one.step.recipient) for one in told}
    arrived = [one.step for one in told if one.arrived]
    return [
        DueStep(obligation, arrived, telling, plan)
        for telling in tellings(current, obligation.agency_code, desk.directory, known, unreached)
    ]


def _queue(desk: Desk, session: Session, steps: Sequence[DueStep]) -> None:
    """One mail to one recipient: about what its gravest step is for, and below that about the rest."""
    name = next(kind for kind in KINDS if any(one.kind == kind for one in steps))
    about = [one for one in steps if one.kind == name]
    contact = about[0].telling.contact
    codes = {one.obligation.agency_code for one in steps}
    only = codes.pop() if len(codes) == 1 else None
    rest = [one for one in steps if one.kind != name]
    notice = KINDS[name](
        **vars(Letterhead(desk, contact.name, desk.directory.agencies.get(only or ""))),
        obligations=tuple(_line(desk, one) for one in about),
        also_overdue=tuple(_line(desk, one) for one in rest if one.obligation.due_at <= desk.now),
        coming=tuple(_line(desk, one) for one in rest if one.obligation.due_at > desk.now),
        role=contact.role,
        also_to=_also_to(desk, about),
        reply_by=_reply_by(desk, name, about),
        next_step=_next_step(desk, about),
        wording=about[0].telling.step.step.wording,
    )
    key = ":".join([name, contact.email.casefold(), *_step_keys(steps)])
    row = enqueue(desk, session, notice, key=key, to=contact, agency=only)
    if row:
        _note_told(desk, session, row, contact, steps)


def _step_keys(steps: Sequence[DueStep]) -> list[str]:
    return [f"{one.obligation.id}/{one.telling.step.key}" for one in steps]


def _note_told(desk: Desk, session: Session, row: Notice, contact: Contact, steps: Sequence[DueStep]) -> None:
    told = (
        ReminderStep(
            obligation_id=one.obligation.id,
            step=one.telling.step.key,
            recipient=contact.email.casefold(),
            notice_id=row.id,
            at=desk.now,
            notice=one.telling.step.step.notice,
        )
        for one in steps
    )
    note_told(session, list(told))


def _line(desk: Desk, one: DueStep) -> ObligationLine:
    obligation, zone = one.obligation, desk.zone
    kind = desk.directory.report_types[obligation.report_type_code]
    received_at = obligation.received_at.astimezone(zone) if obligation.received_at else None
    return ObligationLine(
        agency=desk.directory.agencies[obligation.agency_code].name,
        agency_code=obligation.agency_code,
        report_type=kind.code,
        report_name=kind.name,
        period=obligation.period,
        period_start=obligation.period_start,
        period_end=obligation.period_end,
        due_at=obligation.due_at.astimezone(zone),
        required=tuple(kind.required),
        missing=tuple(obligation.missing),
        received_at=received_at,
        told=tuple(dict.fromkeys(ToldLine(notice=row.notice, on=row.at.astimezone(zone).date()) for row in one.told)),
        working_days_overdue=_working_days_overdue(desk, obligation),
    )


def _working_days_overdue(desk: Desk, obligation: Obligation) -> int:
    """The whole working days since the last day in time; today is not over."""
    last, today = last_day_in_time(obligation.due_at, desk.zone), desk.now.astimezone(desk.zone).date()
    return sum(desk.working_days.is_working(last + timedelta(days=n)) for n in range(1, (today - last).days))


def _also_to(desk: Desk, steps: Sequence[DueStep]) -> tuple[Role, ...]:
    """The other roles that the same step is really sent to."""
    role = steps[0].telling.contact.role
    reached = [
        other
        for one in steps
        for other in one.telling.step.step.to
        if other != role and desk.directory.addresses_of(one.obligation.agency_code, [other])
    ]
    return tuple(dict.fromkeys(reached))


def _reply_by(desk: Desk, name: str, steps: Sequence[DueStep]) -> datetime | None:
    """By when the report is asked for, once it is late: before the next step."""
    if name == Reminder.name:
        return None
    coming = [after.at for one in steps for after in one.plan.if_silent() if after.at > desk.now]
    return min(coming, default=None)


def _next_step(desk: Desk, steps: Sequence[DueStep]) -> NextStep | None:
    """The earliest step that follows for any of the obligations."""
    coming = [
        NextStep(notice=after.step.notice, at=after.leaves_at.astimezone(desk.zone), to=after.step.to)
        for one in steps
        for after in one.plan.if_silent()
        if after.leaves_at > desk.now
    ]
    return min(coming, key=lambda one: one.at, default=None)
