"""The obligations of the month before in; a `compliance_summary` for each leader and each agency out, once a month."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import cast

from intake.desk import FIRST_RUN, Desk
from intake.model import OFFICE, Contact
from intake.notices import AgencyStanding, ComplianceSummary, KeptLine
from intake.notices.lines import Failing
from intake.records.outgoing import Letterhead, enqueue
from intake.records.period_lines import period_head
from intake.records.punctuality import kept_deadlines
from intake.rules.deadlines.due import INSTANT, midnight
from intake.rules.deadlines.statistics import Kept, Punctuality, grouped
from intake.store.engine import Session
from intake.store.obligations import Wanted, milestone, obligations_where, set_milestone

SUMMARISED = "summarised"
_DAY = timedelta(days=1)


def summarise(desk: Desk) -> int:
    """Queues the summaries once their moment has come. Says how many. A month that was not watched whole has none."""
    moment = _latest_moment(desk)
    last = moment.date().replace(day=1) - _DAY
    first = last.replace(day=1)
    with desk.database.writing() as session:
        began, done = milestone(session, FIRST_RUN), milestone(session, SUMMARISED)
        if began is None or began > midnight(first, desk.zone) or (done is not None and done >= moment):
            return 0
        set_milestone(session, SUMMARISED, moment)
        wanted = Wanted(midnight(first, desk.zone) + INSTANT, midnight(last + _DAY, desk.zone))
        kept = kept_deadlines(desk, session, obligations_where(session, wanted))
        return sum(_queue(desk, session, first, last, *one) for one in _letters(desk, kept))


def _latest_moment(desk: Desk) -> datetime:
    """When the last summary became due: on the configured day of this month, or of the one before."""
    settings, now = desk.config.summary, desk.now.astimezone(desk.zone)
    moment = datetime.combine(now.date().replace(day=settings.day), settings.at, desk.zone)
    if moment <= now:
        return moment
    before = now.date().replace(day=1) - _DAY
    return datetime.combine(before.replace(day=settings.day), settings.at, desk.zone)


# A contact, the agency whose own page it is, the standings, and what did not come whole and in time.
Letter = tuple[Contact, str | None, tuple[AgencyStanding, ...], tuple[KeptLine, ...]]


def _letters(desk: Desk, kept: Sequence[Kept]) -> list[Letter]:
    """Who gets what: the leaders all agencies, the worst first; each agency that owed something its own page."""
    counted = grouped((one.agency, one.tally) for one in kept)
    standings = {code: _standing(desk, code, one) for code, one in counted.items() if code in desk.directory.agencies}
    worst_first = sorted(standings.values(), key=lambda one: (-one.missing - one.incomplete, -one.late, one.agency))
    to = desk.config.summary.to
    leaders = desk.directory.addresses_of(OFFICE, ["leader"]) if "leader" in to and standings else []
    letters: list[Letter] = [(contact, None, tuple(worst_first), ()) for contact in leaders]
    for code, standing in standings.items() if "agency" in to else ():
        lines = tuple(line for one in kept if one.agency == code and (line := _line(desk, one)))
        letters += [(contact, code, (standing,), lines) for contact in desk.directory.addresses_of(code, ["submitter"])]
    return letters


def _standing(desk: Desk, code: str, one: Punctuality) -> AgencyStanding:
    return AgencyStanding(
        agency=desk.directory.agencies[code].name,
        owed=one.owed,
        on_time=one.on_time,
        late=one.late,
        incomplete=one.incomplete,
        missing=one.missing,
        waiting=one.waiting,
        mean_days_late=None if one.mean_lateness is None else round(one.mean_lateness, 1),
    )


def _line(desk: Desk, one: Kept) -> KeptLine | None:
    if one.report_type not in desk.directory.report_types or one.outcome in ("on_time", "upcoming"):
        return None
    return KeptLine(
        **period_head(desk, one),
        outcome=cast(Failing, one.outcome),
        received_at=one.received_at.astimezone(desk.zone) if one.received_at else None,
    )


def _queue(
    desk: Desk,
    session: Session,
    first: date,
    last: date,
    contact: Contact,
    agency: str | None,
    standings: tuple[AgencyStanding, ...],
    lines: tuple[KeptLine, ...],
) -> bool:
    notice = ComplianceSummary(
        **vars(Letterhead(desk, contact.name, desk.directory.agencies.get(agency or ""))),
        first=first,
        last=last,
        standings=standings,
        reports=lines,
    )
    key = f"{notice.name}:{first:%Y-%m}:{agency or OFFICE}:{contact.email.casefold()}"
    return enqueue(desk, session, notice, key=key, to=contact, agency=agency or OFFICE) is not None
