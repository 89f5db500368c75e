"""What is owed about an urgent matter by the hour: when the next report of the day is due, and what a report answers.

On every day of the year: neither nights nor holidays count here. Whoever told of a matter on a day owes its next report
the day after, and what comes after the day's hour is that day's report, late.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Protocol
from zoneinfo import ZoneInfo

from intake.model import Demand, DemandKind
from intake.rules.deadlines.due import midnight

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Watch:
    """A report of the day: one that comes from `since` on, and before `due_at`, is in time."""

    since: datetime
    due_at: datetime


class Owing(Protocol):
    """Something that an agency owes by a moment."""

    @property
    def agency_code(self) -> str: ...

    @property
    def due_at(self) -> datetime: ...


def next_watch(times: Sequence[time], now: datetime, zone: ZoneInfo) -> Watch | None:
    """The report of the day that is due next, given the hours at which one is due; None where there are none."""
    today = now.astimezone(zone).date()
    coming = (watch for day in (today, today + _DAY) for watch in _watches(times, day, zone))
    return next((watch for watch in coming if watch.due_at > now), None)


def following_watch(times: Sequence[time], told_at: datetime, zone: ZoneInfo) -> Watch | None:
    """The report that whoever told of a matter at that moment owes next."""
    day = told_at.astimezone(zone).date()
    coming = (watch for one in (day, day + _DAY) for watch in _watches(times, one, zone))
    return next((watch for watch in coming if watch.since > told_at), None)


def _watches(times: Sequence[time], day: date, zone: ZoneInfo) -> Iterable[Watch]:
    moments = [midnight(day, zone), *(datetime.combine(day, one, zone) for one in times)]
    return (Watch(since, due_at) for since, due_at in pairwise(moments))


def owes_watch(watch: Watch, told_at: Iterable[datetime], asked: Iterable[DemandKind]) -> bool:
    """Whether an agency owes this report of the day: it told of the matter before, not within the day, and owes no
    other report of it. `told_at` is when its reports came, `asked` what is asked of it otherwise."""
    told = list(told_at)
    return bool(told) and max(told) < watch.since and not {"report", "closing"}.intersection(asked)


def answered(demands: Iterable[Demand], received_at: datetime, *, closes: bool) -> list[Demand]:
    """Which of an agency's open demands about a matter its report answers.

    `closes` says that it is the last one: whoever says that the matter is over owes no report of a day to come.
    """
    return [one for one in demands if _answers(one, received_at, closes)]


def _answers(demand: Demand, received_at: datetime, closes: bool) -> bool:
    if demand.kind == "closing":
        return closes
    if demand.kind == "update":
        return closes or received_at >= (demand.since or demand.opened_at)
    return demand.kind == "report"
