"""Rows of `obligation` in, and how each deadline was kept out. Fair to agencies whose mail nobody has decided on."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from intake.desk import Desk
from intake.model import OFFICE, Message, Obligation
from intake.rules.due import midnight
from intake.rules.standing import last_day_in_time, standing
from intake.rules.statistics import Kept, Outcome
from intake.store import mails
from intake.store.engine import Session

# So long after its deadline an undecided mail is no longer taken for the report: a leader wants to see what is missing.
LONG_AFTER = timedelta(days=60)
_OUTCOMES: dict[str, Outcome] = {
    "on_time": "on_time", "late": "late", "incomplete": "incomplete", "overdue": "missing",
    "open": "upcoming", "upcoming": "upcoming",
}  # fmt: skip


def kept_deadlines(desk: Desk, session: Session, rows: Iterable[Obligation]) -> tuple[Kept, ...]:
    """How these deadlines were kept, as things stand now. What is waived is not owed."""
    waiting = _waiting(desk, session)
    return tuple(_one(desk, row, waiting) for row in rows if row.status != "waived")


def _one(desk: Desk, row: Obligation, waiting: Sequence[tuple[str, Message]]) -> Kept:
    outcome = _OUTCOMES[standing(row.status, row.period_end, row.due_at, desk.now, desk.zone)]
    if outcome == "missing" and any(who == row.agency_code and _may_bring(desk, mail, row) for who, mail in waiting):
        outcome = "waiting"
    last_day = last_day_in_time(row.due_at, desk.zone)
    return Kept(
        row.agency_code,
        row.report_type_code,
        row.period,
        row.period_start,
        row.period_end,
        last_day,
        row.due_at,
        outcome,
        row.received_at,
    )


def _waiting(desk: Desk, session: Session) -> list[tuple[str, Message]]:
    """Each mail that nobody has decided on, with each agency that it may be from."""
    return [
        (agency, mail)
        for mail in mails.for_person(session)
        for agency in {mail.agency_code or OFFICE, *desk.directory.agencies_of(mail.sender)} - {OFFICE}
    ]


def _may_bring(desk: Desk, mail: Message, row: Obligation) -> bool:
    """Whether it may bring a report of this period: not before that began, and not long after its deadline."""
    return midnight(row.period_start, desk.zone) <= mail.received_at <= row.due_at + LONG_AFTER
