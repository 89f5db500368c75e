"""Obligations whose next step is due in; queued notices out: one a recipient, for all that is to be said now.

An escalation is a notice to somebody above, not another mechanism. What was missed in downtime is not made up for.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from intake.desk import Desk
from intake.model import Notice, ReminderStep
from intake.notices import Directive, DueNotice, Escalation, NextStep, ObligationLine, Overdue, Reminder, Role, ToldLine
from intake.records.booking import still_owed
from intake.records.offenders import is_taken_strictly
from intake.records.outgoing import Letterhead, as_row
from intake.records.period_lines import period_head
from intake.records.truth import ACCUSING, Sight
from intake.rules.deadlines.reminders import PlannedStep, Telling, still_to_tell, tellings
from intake.rules.deadlines.standing import last_day_in_time
from intake.store import outbox
from intake.store.engine import Session
from intake.store.obligations import DueObligation, Told, ToldStep, due_for_a_step, move_on, note_told, told_steps

# The gravest first: it gives its name, and its words, to a mail that has to tell several things.
KINDS: dict[str, type[DueNotice]] = {kind.name: kind for kind in (Directive, Escalation, Overdue, Reminder)}

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Look:
    """How the steps towards one deadline stand at this moment: worked out once for all who follow them.

    `due_at` is the deadline in the office's time. `may_leave` says whether a notice about it may leave at this hour.
    """

    current: tuple[PlannedStep, ...]
    next_at: datetime | None
    coming: tuple[PlannedStep, ...]
    working_days_overdue: int
    may_leave: bool


@dataclass(frozen=True, slots=True)
class DueStep:
    """One recipient is to be told one step about one obligation. `told` is what has been told about it and arrived."""

    obligation: DueObligation
    told: Sequence[ReminderStep]
    telling: Telling
    look: Look

    @property
    def kind(self) -> str:
        return self.telling.step.step.notice


class Looking:
    """One pass over what is due: whose turn it is to be told what, and when each obligation is to be looked at next."""

    def __init__(self, desk: Desk, session: Session) -> None:
        self.desk, self.session, self.now = desk, session, desk.now
        self._sight = Sight(desk, session)
        self._looks: dict[tuple[str, datetime, bool], Look] = {}
        self.moves: dict[datetime | None, list[int]] = defaultdict(list)

    def due_steps(self, obligation: DueObligation, told: Sequence[Told]) -> list[DueStep]:
        """Who is to be told what now. Moves the obligation on to its next step, unless we may not speak yet.

        What the registry no longer asks for is nobody's to be reminded of.
        """
        if not still_owed(self.desk, obligation):
            self.moves[None].append(obligation.id)
            return []
        look = self._look(obligation)
        current = still_to_tell(look.current, obligation.next_step_at, bool(told))
        if current and not (look.may_leave and self._may_speak(obligation, current)):
            return []
        self.moves[look.next_at].append(obligation.id)
        keys = {one.key for one in current}
        unreached = {one.step.recipient for one in told if one.step.step in keys and not one.arrived}
        known = {(one.step.step, one.step.recipient) for one in told}
        arrived = [one.step for one in told if one.arrived]
        return [
            DueStep(obligation, arrived, telling, look)
            for telling in tellings(current, obligation.agency_code, self.desk.directory, known, unreached)
        ]

    def _look(self, obligation: DueObligation) -> Look:
        strictly = is_taken_strictly(self.desk, self.session, obligation)
        key = (obligation.report_type_code, obligation.due_at, strictly)
        if key not in self._looks:
            plan = self.desk.steps_for(*key)
            coming = tuple(one for one in plan.if_silent() if one.leaves_at > self.now)
            overdue = _working_days_overdue(self.desk, obligation.due_at.astimezone(self.desk.zone))
            may_leave = self.desk.leaves_at(obligation.report_type_code) <= self.now
            self._looks[key] = Look(plan.current(self.now), plan.next_at(self.now), coming, overdue, may_leave)
        return self._looks[key]

    def _may_speak(self, obligation: DueObligation, current: Sequence[PlannedStep]) -> bool:
        accuses = any(one.step.notice in ACCUSING for one in current)
        blind = self._sight.why_not_accuse(obligation) if accuses else ""
        if blind:
            log.info("not accusing", obligation=obligation.id, agency=obligation.agency_code, because=blind)
        return not blind


def remind(desk: Desk) -> int:
    """Queues what has to be said now. Says how many notices that is."""
    # A contact may have bounced in this very pass.
    desk.look_at_registry()
    with desk.database.writing() as session:
        due = due_for_a_step(session, desk.now)
        if not due:
            return 0
        looking = Looking(desk, session)
        told = told_steps(session, [one.id for one in due])
        letters: dict[str, list[DueStep]] = defaultdict(list)
        for obligation in due:
            for step in looking.due_steps(obligation, told.get(obligation.id, ())):
                letters[step.telling.contact.email.casefold()].append(step)
        _queue(desk, session, letters.values())
        move_on(session, looking.moves)
    return len(letters)


def _queue(desk: Desk, session: Session, letters: Iterable[Sequence[DueStep]]) -> None:
    """Queues the mails and keeps what they tell, all at once."""
    written = {row.key: (row, steps) for steps in letters for row in [_row(desk, steps)]}
    queued = outbox.queue_all(session, [row for row, _ in written.values()])
    note_told(session, [step for row in queued for step in _told_by(desk, row, written[row.key][1])])


def _row(desk: Desk, steps: Sequence[DueStep]) -> Notice:
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
    return as_row(desk, notice, key=key, to=contact, agency=only)


def _step_keys(steps: Sequence[DueStep]) -> list[str]:
    return [f"{one.obligation.id}/{one.telling.step.key}" for one in steps]


def _told_by(desk: Desk, row: Notice, steps: Sequence[DueStep]) -> Iterator[ToldStep]:
    for one in steps:
        step = one.telling.step
        yield ToldStep(one.obligation.id, step.key, row.recipient.casefold(), row.id, desk.now, step.step.notice)


def _line(desk: Desk, one: DueStep) -> ObligationLine:
    obligation, zone = one.obligation, desk.zone
    kind = desk.directory.report_types[obligation.report_type_code]
    received_at = obligation.received_at.astimezone(zone) if obligation.received_at else None
    return ObligationLine(
        agency=desk.directory.agencies[obligation.agency_code].name,
        agency_code=obligation.agency_code,
        **period_head(desk, obligation),
        required=tuple(kind.required),
        missing=tuple(obligation.missing),
        received_at=received_at,
        told=tuple(dict.fromkeys(ToldLine(notice=row.notice, on=row.at.astimezone(zone).date()) for row in one.told)),
        working_days_overdue=one.look.working_days_overdue,
    )


def _working_days_overdue(desk: Desk, due_at: datetime) -> int:
    """The whole working days since the last day in time; today is not over."""
    last, today = last_day_in_time(due_at, desk.zone), desk.now.astimezone(desk.zone).date()
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


def _coming(steps: Sequence[DueStep]) -> Iterator[PlannedStep]:
    """What would follow for any of the obligations if nothing came."""
    looks = {id(one.look): one.look for one in steps}
    return (after for look in looks.values() for after in look.coming)


def _reply_by(desk: Desk, name: str, steps: Sequence[DueStep]) -> datetime | None:
    """By when the report is asked for, once it is late: before the next step."""
    if name == Reminder.name:
        return None
    return min((after.at for after in _coming(steps) if after.at > desk.now), default=None)


def _next_step(desk: Desk, steps: Sequence[DueStep]) -> NextStep | None:
    """The earliest step that follows for any of the obligations."""
    first = min(_coming(steps), key=lambda one: one.leaves_at, default=None)
    if first is None:
        return None
    return NextStep(notice=first.step.notice, at=first.leaves_at.astimezone(desk.zone), to=first.step.to)
