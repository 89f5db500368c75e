"""How deadlines were kept: each by itself, and a round at once. Fair to agencies whose mail nobody has decided on."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from intake.desk import Desk
from intake.model import OFFICE, Obligation
from intake.rules.deadlines.due import midnight
from intake.rules.deadlines.standing import last_day_in_time, standing
from intake.rules.deadlines.statistics import Kept, Outcome
from intake.rules.verdicts import Round
from intake.store import mails
from intake.store.engine import Session

# So long after its deadline an undecided mail is no longer taken for the report: a leader wants to see what is missing.
LONG_AFTER = timedelta(days=60)
_OUTCOMES: dict[str, Outcome] = {
    "on_time": "on_time", "late": "late", "incomplete": "incomplete", "overdue": "missing",
    "open": "upcoming", "upcoming": "upcoming",
}  # fmt: skip
# When mails came that nobody has decided on, by the agencies that they may be from.
Waiting = Mapping[str, list[datetime]]


def kept_deadlines(desk: Desk, session: Session, rows: Iterable[Obligation]) -> tuple[Kept, ...]:
    """How these deadlines were kept, as things stand now. What is waived is not owed."""
    waiting = waiting_mails(desk, session)
    return tuple(_one(desk, row, waiting) for row in rows if row.status != "waived")


def unanswered_outcomes(desk: Desk, one: Round, waiting: Waiting) -> Iterable[tuple[str, Outcome]]:
    """How each agency of a round stands for which nothing has come."""
    outcome = _OUTCOMES[standing("open", one.period_end, one.due_at, desk.now, desk.zone)]
    for agency in one.agencies:
        yield agency, _fairly(desk, outcome, waiting.get(agency, ()), one.period_start, one.due_at)


def waiting_mails(desk: Desk, session: Session) -> Waiting:
    found: dict[str, list[datetime]] = {}
    for mail in mails.for_person(session):
        for agency in {mail.agency_code or OFFICE, *desk.directory.agencies_of(mail.sender)} - {OFFICE}:
            found.setdefault(agency, []).append(mail.received_at)
    return found


def _one(desk: Desk, row: Obligation, waiting: Waiting) -> Kept:
    outcome = _OUTCOMES[standing(row.status, row.period_end, row.due_at, desk.now, desk.zone)]
    last_day = last_day_in_time(row.due_at, desk.zone)
    return Kept(
        row.agency_code,
        row.report_type_code,
        row.period,
        row.period_start,
        row.period_end,
        last_day,
        row.due_at,
        _fairly(desk, outcome, waiting.get(row.agency_code, ()), row.period_start, row.due_at),
        row.received_at,
    )


def _fairly(desk: Desk, outcome: Outcome, came: Iterable[datetime], begins: date, due_at: datetime) -> Outcome:
    """Not missing, where a mail waits that may bring a report of this period.

    That is one that came not before the period began, and not long after its deadline.
    """
    may_bring = outcome == "missing" and any(midnight(begins, desk.zone) <= at <= due_at + LONG_AFTER for at in came)
    return "waiting" if may_bring else outcome
