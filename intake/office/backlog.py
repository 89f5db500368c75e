"""What would have gone out about the time before the service began: shown, let go or dropped by a person."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from intake.desk import FIRST_RUN, Desk
from intake.model import Notice, Obligation
from intake.office.obligations import listed
from intake.rules.deadlines.due import INSTANT
from intake.rules.verdicts import Owed
from intake.store import audit, outbox
from intake.store.obligations import AT_ONCE, Wanted, milestone, opened

LOOKED_BACK = timedelta(days=92)


@dataclass(frozen=True, slots=True)
class Backlog:
    """Answers held back, and what was overdue before the service began, of which nobody is reminded."""

    answers: list[Notice]
    overdue: list[Obligation]


def backlog(desk: Desk, since: datetime | None = None) -> Backlog:
    """What is held. Looks for overdue reports until so long before the first start, or from `since` on."""
    with desk.database.reading() as session:
        answers, began = list(outbox.held_notices(session)), milestone(session, FIRST_RUN)
    end = began or desk.now
    rows = listed(desk, Wanted(since or end - LOOKED_BACK, end - INSTANT))
    return Backlog(answers, [row for row in rows if row.id is None and row.status == "open"])


def release_answers(desk: Desk, who: str, only: Collection[int] = ()) -> int:
    """Lets the held answers go, all or those with these ids. They leave with the next pass."""
    return _settle(desk, who, "answers released", "", only, "queued")


def drop_answers(desk: Desk, who: str, why: str, only: Collection[int] = ()) -> int:
    """Says that the held answers are never to leave."""
    return _settle(desk, who, "answers dropped", why, only, "withdrawn")


def remind_of_the_past(desk: Desk, who: str, since: datetime | None = None) -> int:
    """Follows what was overdue before the first start from now on: the step that is right now goes out, once."""
    found = backlog(desk, since).overdue
    with desk.database.writing() as session:
        for one in found:
            owed = Owed(one.agency_code, one.report_type_code, one.period, one.period_start, one.period_end, one.due_at)
            opened(session, owed, desk.now).next_step_at = AT_ONCE
        audit.record(session, desk.now, "past reminded of", "backlog", who=who, after={"obligations": len(found)})
    return len(found)


def _settle(desk: Desk, who: str, action: str, why: str, only: Collection[int], status: str) -> int:
    with desk.database.writing() as session:
        found = [one for one in outbox.held_notices(session) if not only or one.id in only]
        for one in found:
            one.status, one.next_attempt_at, one.error = status, desk.now, why
        ids = [one.id for one in found]
        audit.record(session, desk.now, action, "backlog", who=who, why=why, after={"notices": ids})
    return len(found)
