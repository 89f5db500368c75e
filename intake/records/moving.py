"""Deadlines and reminder steps that move: followed, noted, and told to those who were reminded of the former ones."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from intake.desk import FIRST_RUN, Desk
from intake.model import Contact, Obligation
from intake.notices import DeadlineLine, DeadlineMoved
from intake.records.outgoing import Letterhead, enqueue
from intake.records.period_lines import period_head
from intake.store import audit
from intake.store.engine import Session
from intake.store.obligations import latest_milestone, look_anew, make_latest, milestone, told_steps

STEPS = "reminder steps as of "


@dataclass(frozen=True, slots=True)
class Moved:
    """An obligation with its new deadline, and the former one."""

    obligation: Obligation
    former_due_at: datetime


def move(desk: Desk, session: Session, row: Obligation, due_at: datetime) -> Moved:
    """Moves a deadline that is still to come. A step that was told already is not told again for the new one.

    Whoever was reminded of the former one is told of the move, so no step is made up for that would be right by now.
    """
    moved = Moved(row, row.due_at)
    before, after = {"due_at": row.due_at.isoformat()}, {"due_at": due_at.isoformat()}
    audit.record(session, desk.now, "deadline moved", f"obligation:{row.id}", before=before, after=after)
    row.due_at, row.next_step_at = due_at, desk.now
    return moved


def follow_steps(desk: Desk, session: Session, since: datetime, *, other_days: bool) -> None:
    """Lets what is open follow the reminder steps of the settings and the working days, where they are others by now.

    What they would have told before `since`, under others, is not made up for, unless nothing was told yet.
    """
    kinds = sorted((code, kind.policy, kind.frequency) for code, kind in desk.directory.report_types.items())
    stated = f"{desk.config.policies!r} {desk.config.sending!r} {desk.zone} {kinds}"
    name = STEPS + hashlib.sha256(stated.encode()).hexdigest()[:16]
    latest = latest_milestone(session, STEPS)
    if latest != name:
        make_latest(session, name, STEPS, desk.now)
    if other_days or latest not in ("", name):
        look_anew(session, since, began=milestone(session, FIRST_RUN) or desk.now)


def tell_moved(
    desk: Desk,
    session: Session,
    moves: Iterable[Moved],
    cause: Literal["calendar", "rule", "decision"],
    why: str = "",
) -> int:
    """Tells each who was reminded of a former deadline, one mail each. Says how many mails."""
    letters: dict[str, list[Moved]] = defaultdict(list)
    for one in moves:
        told = told_steps(session, [one.obligation.id]).get(one.obligation.id, [])
        for recipient in sorted({row.step.recipient for row in told if row.arrived}):
            letters[recipient].append(one)
    return sum(_queue(desk, session, *letter, cause, why) for letter in letters.items())


def _queue(
    desk: Desk,
    session: Session,
    recipient: str,
    moves: list[Moved],
    cause: Literal["calendar", "rule", "decision"],
    why: str,
) -> bool:
    codes = {one.obligation.agency_code for one in moves}
    only = codes.pop() if len(codes) == 1 else None
    contact = _contact(desk, recipient, moves[0].obligation.agency_code)
    notice = DeadlineMoved(
        **vars(Letterhead(desk, contact.name, desk.directory.agencies.get(only or ""))),
        obligations=tuple(deadline_line(desk, one.obligation, one.former_due_at) for one in moves),
        cause=cause,
        why=why,
    )
    named = [
        f"{one.obligation.id}/{one.obligation.due_at.isoformat()}/{one.former_due_at.isoformat()}" for one in moves
    ]
    key = ":".join([notice.name, recipient, *named])
    return enqueue(desk, session, notice, key=key, to=contact, agency=only) is not None


def _contact(desk: Desk, recipient: str, agency: str) -> Contact:
    """Who was reminded; by the bare address where the registry no longer has it."""
    known = (one for one in desk.directory.contacts.get(agency, ()) if one.email.casefold() == recipient)
    return next(known, None) or Contact(agency_code=agency, email=recipient, role="submitter")


def deadline_line(desk: Desk, obligation: Obligation, former_due_at: datetime | None = None) -> DeadlineLine:
    """One obligation's deadline in the words of a notice."""
    return DeadlineLine(
        **period_head(desk, obligation),
        former_due_at=former_due_at.astimezone(desk.zone) if former_due_at else None,
    )
