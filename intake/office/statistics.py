"""How agencies kept their deadlines in a span of time: by agency, group, report type and month, and the trend."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from typing import Any

from intake.desk import Desk
from intake.records.punctuality import Waiting, unanswered_outcomes, waiting_mails
from intake.rules.deadlines.due import INSTANT, midnight
from intake.rules.deadlines.periods import rounds
from intake.rules.deadlines.standing import last_day_in_time
from intake.rules.deadlines.statistics import (
    Outcome,
    Punctuality,
    Response,
    Responses,
    Tally,
    grouped,
    punctuality,
    responses,
)
from intake.rules.verdicts import Round
from intake.store.demands import asked_between
from intake.store.engine import Session
from intake.store.obligations import Wanted
from intake.store.punctuality import agencies_known, answered_by_agency, answered_by_deadline, unanswered_rounds

_DAY = timedelta(days=1)
_HOUR = timedelta(hours=1)
GROUPINGS = ("agency", "group", "report_type", "month")
# The counts for each key of each grouping.
Counts = Mapping[str, Mapping[str, Punctuality]]


@dataclass(frozen=True, slots=True)
class Statistics:
    """The deadlines whose last day lies from `first` to `last`, and those of the span of the same length before."""

    first: date
    last: date
    total: Punctuality
    counts: Counts
    before: Counts
    responses: tuple[Response, ...] = ()

    def by(self, grouping: str) -> Mapping[str, Punctuality]:
        """The counts for each agency, group, report type or month."""
        return self.counts[grouping]

    def responses_of(self, grouping: str, key: str) -> Responses:
        """How requests about urgent matters were answered, which are of an agency or a month and of no report type."""
        of = {"agency": lambda one: one.agency, "month": lambda one: one.month}.get(grouping)
        return responses(one for one in self.responses if of and of(one) == key)

    def trend(self, grouping: str) -> dict[str, float | None]:
        """By how much the share in time has changed against the span before, in percentage points; None if unknown."""
        earlier = self.before[grouping]
        return {key: _change(earlier.get(key), now) for key, now in self.by(grouping).items()}


def statistics(desk: Desk, first: date, last: date) -> Statistics:
    """How the deadlines from `first` to `last` were kept, as things stand now."""
    span = last - first + _DAY
    with desk.database.reading() as session:
        waiting = waiting_mails(desk, session)
        before, _ = _counts(desk, session, waiting, first - span, first - _DAY)
        counts, total = _counts(desk, session, waiting, first, last)
    return Statistics(first, last, total, counts, before, _responses(desk, first, last))


def _counts(desk: Desk, session: Session, waiting: Waiting, first: date, last: date) -> tuple[Counts, Punctuality]:
    """The counts and their sum. A deadline belongs to its last day in time, so that no two spans have it both."""
    wanted = Wanted(midnight(first, desk.zone) + INSTANT, midnight(last + _DAY, desk.zone))
    of_agencies = answered_by_agency(session, wanted)
    of_deadlines = answered_by_deadline(session, wanted)
    agencies: Counter[tuple[str, Outcome]] = Counter()
    for one in _unanswered(desk, session, wanted):
        found = list(unanswered_outcomes(desk, one, waiting))
        agencies.update(found)
        outcomes = Counter(outcome for _, outcome in found)
        of_deadlines += [(one.report_type, one.due_at, Tally(*each)) for each in outcomes.items()]
    of_agencies += [(agency, Tally(outcome, count)) for (agency, outcome), count in agencies.items()]
    known = desk.directory.agencies
    counts = {
        "agency": grouped(of_agencies),
        "group": grouped((group, one) for code, one in of_agencies if code in known for group in known[code].groups),
        "report_type": grouped((code, one) for code, _, one in of_deadlines),
        "month": grouped((f"{last_day_in_time(due, desk.zone):%Y-%m}", one) for _, due, one in of_deadlines),
    }
    return counts, punctuality(one for _, _, one in of_deadlines)


def _unanswered(desk: Desk, session: Session, wanted: Wanted) -> Iterable[Round]:
    """What nothing has come for and the registry asks for: the rows, and what was never opened."""
    for one in unanswered_rounds(session, wanted):
        if asked := desk.directory.asked_of(one):
            yield replace(one, agencies=asked)
    assert wanted.due_from and wanted.due_to
    expected = rounds(desk.directory, desk.working_days, desk.zone, wanted.due_from, wanted.due_to + INSTANT)
    known = agencies_known(session, {one.report_type for one in expected}, {one.period for one in expected})
    for one in expected:
        opened = known.get((one.report_type, one.period), set())
        if never_opened := tuple(code for code in one.agencies if code not in opened):
            yield replace(one, agencies=never_opened)


def _responses(desk: Desk, first: date, last: date) -> tuple[Response, ...]:
    """The requests of these days, each with the hours until our server took the answer."""
    with desk.database.reading() as session:
        asked = asked_between(session, midnight(first, desk.zone), midnight(last + _DAY, desk.zone), "report")
    return tuple(
        Response(
            one.agency_code,
            f"{one.opened_at.astimezone(desk.zone):%Y-%m}",
            max((one.answered_at - one.opened_at) / _HOUR, 0) if one.answered_at else None,
        )
        for one in asked
    )


def _change(before: Punctuality | None, now: Punctuality) -> float | None:
    then, current = before.on_time_share if before else None, now.on_time_share
    return None if then is None or current is None else round(100 * (current - then), 1)


def as_lines(found: Statistics, grouping: str) -> list[dict[str, Any]]:
    """The lines of `intake stats --json`, one for each key of the grouping; lateness in days, shares in percent."""
    trend, counts = found.trend(grouping), found.by(grouping)
    asked = {one.agency if grouping == "agency" else one.month for one in found.responses}
    keys = sorted({*counts, *(asked if grouping in ("agency", "month") else ())})
    return [
        {
            grouping: key,
            **asdict(counts.get(key, punctuality(()))),
            "on_time_share": _percent(counts[key].on_time_share) if key in counts else None,
            "trend": trend.get(key),
            **asdict(found.responses_of(grouping, key)),
        }
        for key in keys
    ]


def _percent(share: float | None) -> float | None:
    return None if share is None else round(100 * share, 1)
