"""How deadlines were kept: counts and lateness of obligations, by whatever they are grouped by. Fair to who may not be
judged yet: what is waived is not owed, what is still to come and what waits in review is not missing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

Outcome = Literal["on_time", "late", "incomplete", "missing", "waiting", "upcoming"]

OUTCOMES: tuple[Outcome, ...] = ("on_time", "late", "incomplete", "missing", "waiting", "upcoming")

_DAY = timedelta(days=1)
_NONE = timedelta()


@dataclass(frozen=True, slots=True)
class Tally:
    """So many deadlines with one outcome. `timed` of them were late by `lateness` together, and by `worst` at most."""

    outcome: Outcome
    count: int = 1
    timed: int = 0
    lateness: timedelta = _NONE
    worst: timedelta = _NONE


@dataclass(frozen=True, slots=True)
class Kept:
    """How one deadline was kept. `last_day` is the last day in time, by which months are told apart."""

    agency: str
    report_type: str
    period: str
    period_start: date
    period_end: date
    last_day: date
    due_at: datetime
    outcome: Outcome
    received_at: datetime | None = None

    @property
    def tally(self) -> Tally:
        """This one deadline, to be counted with others."""
        if self.outcome != "late" or self.received_at is None:
            return Tally(self.outcome)
        late_by = self.received_at - self.due_at
        return Tally("late", 1, 1, late_by, late_by)


@dataclass(frozen=True, slots=True)
class Punctuality:
    """How many of so many deadlines were kept, and how. Lateness is in days and that of late reports only."""

    owed: int
    on_time: int
    late: int
    incomplete: int
    missing: int
    waiting: int
    upcoming: int
    mean_lateness: float | None
    worst_lateness: float | None

    @property
    def on_time_share(self) -> float | None:
        """The part in time of what can be judged by now; None where nothing can."""
        judged = self.owed - self.waiting - self.upcoming
        return self.on_time / judged if judged else None


@dataclass(frozen=True, slots=True)
class Response:
    """How an agency answered one request about an urgent matter. `hours` is None as long as nothing has come."""

    agency: str
    month: str
    hours: float | None


@dataclass(frozen=True, slots=True)
class Responses:
    """How many of so many requests were answered, and after how many hours on the average."""

    requests: int = 0
    requests_answered: int = 0
    mean_hours_to_answer: float | None = None


def responses(found: Iterable[Response]) -> Responses:
    """The counts of these requests."""
    asked = list(found)
    hours = [one.hours for one in asked if one.hours is not None]
    return Responses(len(asked), len(hours), round(sum(hours) / len(hours), 2) if hours else None)


def punctuality(tallies: Iterable[Tally]) -> Punctuality:
    """The counts of these deadlines."""
    counts: dict[Outcome, int] = dict.fromkeys(OUTCOMES, 0)
    timed, lateness, worst = 0, _NONE, timedelta.min
    for one in tallies:
        counts[one.outcome] += one.count
        if one.timed:
            timed, lateness, worst = timed + one.timed, lateness + one.lateness, max(worst, one.worst)
    return Punctuality(
        owed=sum(counts.values()),
        **counts,
        mean_lateness=round(lateness / _DAY / timed, 4) if timed else None,
        worst_lateness=round(worst / _DAY, 4) if timed else None,
    )


def grouped(tallies: Iterable[tuple[str, Tally]]) -> Mapping[str, Punctuality]:
    """The counts for each key, in the keys' order; a deadline may count under several keys."""
    groups: dict[str, list[Tally]] = {}
    for key, one in tallies:
        groups.setdefault(key, []).append(one)
    return {key: punctuality(groups[key]) for key in sorted(groups)}
