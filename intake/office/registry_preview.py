"""The deadlines to come under a registry that is not loaded yet, beside those of the one in force."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta

from intake.desk import Desk
from intake.errors import ConfigError
from intake.model import Agency, ReportType
from intake.registry import Registry
from intake.rules.deadlines.due import parse_due
from intake.rules.deadlines.periods import owed
from intake.rules.names.directory import Directory
from intake.rules.verdicts import Owed
from intake.store.registry_rows import fresh_copy

SHOWN = 12
AHEAD = timedelta(days=400)
_RULE = ("frequency", "closing", "due", "roll", "groups", "active_from", "active_to")

Deadlines = dict[tuple[str, str], list[Owed]]


def deadline_changes(desk: Desk, registry: Registry) -> Iterator[str]:
    """For each report type whose rule changes: the next twelve deadlines of each agency touched, and what would move.

    Agencies with the same deadlines share their lines.
    """
    new = Directory(registry.agencies, registry.contacts, registry.report_types)
    touched = [
        code for code, kind in new.report_types.items() if _differs(desk.directory, new, code, _RULE) and kind.due
    ]
    if not touched:
        return
    before, after = _coming(desk, desk.directory, touched), _coming(desk, new, touched)
    for code in touched:
        alike: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for agency in sorted({who for who, kind in (*before, *after) if kind == code}):
            lines = _lines(desk, before.get((agency, code), []), after.get((agency, code), []))
            alike[tuple(lines)].append(agency)
        for shared, agencies in alike.items():
            yield f"deadlines of {code} to come for {', '.join(agencies)}:"
            yield from (f"  {line}" for line in shared)


def _differs(old: Directory, new: Directory, code: str, columns: tuple[str, ...]) -> bool:
    before, after = old.report_types.get(code), new.report_types[code]
    return before is not None and any(getattr(before, name) != getattr(after, name) for name in columns)


def _coming(desk: Desk, directory: Directory, types: list[str]) -> Deadlines:
    """Of each agency and type, what falls due from now on, in order."""
    found: Deadlines = defaultdict(list)
    for one in owed(directory, desk.working_days, desk.zone, desk.now, desk.now + AHEAD):
        if one.report_type in types:
            found[one.agency, one.report_type].append(one)
    return found


def _lines(desk: Desk, before: list[Owed], after: list[Owed]) -> list[str]:
    old = {one.period: one.due_at for one in before}
    new = {one.period: one.due_at for one in after}
    periods = list(dict.fromkeys(one.period for one in sorted([*before, *after], key=lambda one: one.due_at)))[:SHOWN]
    return [f"{period}: {_change(desk, old.get(period), new.get(period))}" for period in periods]


def _change(desk: Desk, old: datetime | None, new: datetime | None) -> str:
    if old == new:
        return f"late from {_shown(desk, new)} on"
    if new is None:
        return f"late from {_shown(desk, old)} on, no longer owed"
    return f"late from {_shown(desk, new)} on" + (f", now {_shown(desk, old)}" if old else ", not owed until now")


def _shown(desk: Desk, moment: datetime | None) -> str:
    return moment.astimezone(desk.zone).strftime("%Y-%m-%d %H:%M") if moment else "never"


def next_deadlines(desk: Desk, code: str, rule: dict[str, str]) -> list[tuple[str, datetime | None, datetime | None]]:
    """The next twelve deadlines of a report type: period, as the registry has it, as it would be under another rule.

    `rule` has `closing`, `due` and `roll`; what is left out stays. Raises `ConfigError` for a rule that is none.
    """
    kind = desk.directory.report_types.get(code)
    if kind is None:
        raise ConfigError(f"there is no report type {code!r}")
    other = fresh_copy(kind)
    for name in ("closing", "due", "roll"):
        setattr(other, name, rule.get(name) or getattr(kind, name))
    if other.due:
        parse_due(other.due, other.frequency)
    now, new = _falling_due(desk, kind), _falling_due(desk, other)
    periods = sorted({*now, *new}, key=lambda period: new.get(period) or now[period])
    return [(period, now.get(period), new.get(period)) for period in periods[:SHOWN]]


def _falling_due(desk: Desk, kind: ReportType) -> dict[str, datetime]:
    """When each period of a report type falls due, whoever owes it."""
    if not kind.due:
        return {}
    anybody = Agency(code="anybody", name="anybody", groups=list(kind.groups))
    directory = Directory([anybody], [], [kind])
    found = owed(directory, desk.working_days, desk.zone, desk.now, desk.now + AHEAD)
    return {one.period: one.due_at for one in found}
