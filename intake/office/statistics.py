"""How agencies kept their deadlines in a span of time: by agency, group, report type and month, and the trend."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

from intake.desk import Desk
from intake.office.obligations import INSTANT, listed
from intake.records.punctuality import kept_deadlines
from intake.rules.due import midnight
from intake.rules.statistics import Kept, Punctuality, Response, Responses, grouped, punctuality, responses
from intake.store.demands import asked_between
from intake.store.obligations import Wanted

_DAY = timedelta(days=1)
_HOUR = timedelta(hours=1)
GROUPINGS = ("agency", "group", "report_type", "month")


@dataclass(frozen=True, slots=True)
class Statistics:
    """The deadlines whose last day lies from `first` to `last`, and those of the span of the same length before."""

    first: date
    last: date
    kept: tuple[Kept, ...]
    before: tuple[Kept, ...]
    keys: Mapping[str, Callable[[Kept], Iterable[str]]]
    responses: tuple[Response, ...] = ()

    @property
    def total(self) -> Punctuality:
        return punctuality(self.kept)

    def by(self, grouping: str) -> Mapping[str, Punctuality]:
        """The counts for each agency, group, report type or month."""
        return grouped(self.kept, self.keys[grouping])

    def responses_of(self, grouping: str, key: str) -> Responses:
        """How requests about urgent matters were answered, which are of an agency or a month and of no report type."""
        of = {"agency": lambda one: one.agency, "month": lambda one: one.month}.get(grouping)
        return responses(one for one in self.responses if of and of(one) == key)

    def trend(self, grouping: str) -> dict[str, float | None]:
        """By how much the share in time has changed against the span before, in percentage points; None if unknown."""
        earlier = grouped(self.before, self.keys[grouping])
        return {key: _change(earlier.get(key), now) for key, now in self.by(grouping).items()}


def statistics(desk: Desk, first: date, last: date) -> Statistics:
    """How the deadlines from `first` to `last` were kept, as things stand now."""
    span = last - first + _DAY
    groups = {code: agency.groups for code, agency in desk.directory.agencies.items()}
    keys: dict[str, Callable[[Kept], Iterable[str]]] = {
        "agency": lambda one: [one.agency],
        "group": lambda one: groups.get(one.agency, ()),
        "report_type": lambda one: [one.report_type],
        "month": lambda one: [f"{one.last_day:%Y-%m}"],
    }
    before = _kept(desk, first - span, first - _DAY)
    return Statistics(first, last, _kept(desk, first, last), before, keys, _responses(desk, first, last))


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


def _kept(desk: Desk, first: date, last: date) -> tuple[Kept, ...]:
    """A deadline belongs to its last day in time, so that no two spans have it both."""
    wanted = Wanted(midnight(first, desk.zone) + INSTANT, midnight(last + _DAY, desk.zone))
    rows = listed(desk, wanted)
    with desk.database.reading() as session:
        return kept_deadlines(desk, session, rows)


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
