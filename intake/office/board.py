"""The board: agencies by report types for one month of deadlines, how each stands, the sums, the next deadlines.

Reads what `open_periods` has opened. A row that nothing came for and that the registry no longer asks for is left out.
"""

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from intake.desk import Desk
from intake.model import OFFICE, Agency
from intake.rules.deadlines.due import INSTANT, midnight
from intake.rules.language.text import fold
from intake.store.board import BoardRow, due_between

Stands = Literal["owed", "soon", "overdue", "on_time", "late", "incomplete", "waived"]
STANDS: tuple[Stands, ...] = ("overdue", "incomplete", "soon", "owed", "late", "on_time", "waived")
SOON = timedelta(days=3)
LOOKING_AHEAD = timedelta(days=31)
AGENCIES_ON_A_PAGE = 40
NEXT_DEADLINES = 6


@dataclass(frozen=True, slots=True)
class Asked:
    """What the reader wants to see; "" and None ask for all. `month` is the month in which deadlines fall."""

    month: date
    group: str = ""
    report_type: str = ""
    stands: str = ""
    words: str = ""
    page: int = 1


@dataclass(frozen=True, slots=True)
class Cell:
    """One obligation on the board. `days` is how many days are left, or have passed since the deadline."""

    report_type: str
    period: str
    due_at: datetime
    stands: Stands
    days: int


@dataclass(frozen=True, slots=True)
class Line:
    """One agency, with what it owes of each report type in the order of the columns."""

    agency: str
    name: str
    cells: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Column:
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Upcoming:
    """One of the next deadlines: how many of those who owe it have still to send something."""

    report_type: str
    name: str
    due_at: datetime
    owing: int
    of: int


@dataclass(frozen=True, slots=True)
class Board:
    asked: Asked
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    sums: tuple[tuple[Stands, int], ...]
    upcoming: tuple[Upcoming, ...]
    groups: tuple[str, ...]
    types: tuple[Column, ...]
    agencies: int
    pages: int


def board(desk: Desk, asked: Asked) -> Board:
    now, agencies = desk.now, _agencies(desk, asked)
    month, ahead = _rows(desk, asked, agencies)
    standing = [(row, stands(row, now)) for row in month]
    sums = Counter(one for _, one in standing)
    shown = [(row, one) for row, one in standing if asked.stands in ("", one)]
    columns = _columns(desk, {row.report_type for row, _ in shown})
    codes = sorted({row.agency for row, _ in shown}, key=lambda code: _place(agencies[code]))
    pages = max(1, -(-len(codes) // AGENCIES_ON_A_PAGE))
    start = (min(max(asked.page, 1), pages) - 1) * AGENCIES_ON_A_PAGE
    return Board(
        asked=asked,
        columns=columns,
        lines=_lines([agencies[code] for code in codes[start : start + AGENCIES_ON_A_PAGE]], shown, columns, now),
        sums=tuple((one, sums[one]) for one in STANDS),
        upcoming=_upcoming(desk, ahead),
        groups=tuple(sorted({group for one in desk.directory.agencies.values() for group in one.groups})),
        types=_columns(desk, desk.directory.report_types),
        agencies=len(codes),
        pages=pages,
    )


def _rows(desk: Desk, asked: Asked, agencies: dict[str, Agency]) -> tuple[list[BoardRow], list[BoardRow]]:
    """Of what the reader wants to see: what falls due in the month, and what falls due next.

    Asked for at once where the two overlap, so that no row is looked at twice.
    """
    first, last = _month_of(desk, asked.month)
    now, horizon = desk.now, desk.now + LOOKING_AHEAD
    with desk.database.reading() as session:
        if first < horizon and now < last:
            around = due_between(session, min(first, now), max(last, horizon))
        else:
            around = [*due_between(session, first, last), *due_between(session, now, horizon)]
    around = [row for row in around if _is_asked(desk, row, asked, agencies)]
    return [one for one in around if first <= one.due_at < last], [one for one in around if now < one.due_at < horizon]


def stands(row: BoardRow, now: datetime) -> Stands:
    """How an obligation stands on the board: `open` told apart by its deadline."""
    if row.status != "open":
        return row.status
    if now >= row.due_at:
        return "overdue"
    return "soon" if row.due_at - now <= SOON else "owed"


def _month_of(desk: Desk, month: date) -> tuple[datetime, datetime]:
    """A deadline at midnight belongs to the day that it ends, so a month of deadlines begins an instant later."""
    first = month.replace(day=1)
    following = (first + timedelta(days=32)).replace(day=1)
    return midnight(first, desk.zone) + INSTANT, midnight(following, desk.zone) + INSTANT


def _agencies(desk: Desk, asked: Asked) -> dict[str, Agency]:
    words = fold(unicodedata.normalize("NFC", asked.words)).split()
    return {
        code: agency
        for code, agency in desk.directory.agencies.items()
        if code != OFFICE
        and (not asked.group or asked.group in agency.groups)
        and all(word in fold(f"{code} {agency.name}") for word in words)
    }


def _is_asked(desk: Desk, row: BoardRow, asked: Asked, agencies: dict[str, Agency]) -> bool:
    if row.agency not in agencies or asked.report_type not in ("", row.report_type):
        return False
    kind = desk.directory.report_types.get(row.report_type)
    if row.status != "open":
        return True
    return kind is not None and desk.directory.owes(agencies[row.agency], kind, row.period_end)


def _columns(desk: Desk, codes: Iterable[str]) -> tuple[Column, ...]:
    known = desk.directory.report_types
    return tuple(Column(code, known[code].name if code in known else code) for code in sorted(codes))


def _place(agency: Agency) -> tuple[str, str]:
    """Where an agency stands among the lines: beside those of its group, by name."""
    return min(agency.groups, default=""), agency.name


def _lines(
    agencies: Sequence[Agency], shown: Sequence[tuple[BoardRow, Stands]], columns: Sequence[Column], now: datetime
) -> tuple[Line, ...]:
    cells: dict[str, dict[str, list[Cell]]] = {one.code: defaultdict(list) for one in agencies}
    for row, standing in shown:
        if row.agency in cells:
            cells[row.agency][row.report_type].append(_cell(row, standing, now))
    return tuple(
        Line(one.code, one.name, tuple(tuple(cells[one.code][column.code]) for column in columns)) for one in agencies
    )


def _cell(row: BoardRow, standing: Stands, now: datetime) -> Cell:
    return Cell(row.report_type, row.period, row.due_at, standing, abs(now - row.due_at).days)


def _upcoming(desk: Desk, rows: Sequence[BoardRow]) -> tuple[Upcoming, ...]:
    of: Counter[tuple[datetime, str]] = Counter()
    owing: Counter[tuple[datetime, str]] = Counter()
    for row in rows:
        if row.status != "waived":
            of[row.due_at, row.report_type] += 1
            owing[row.due_at, row.report_type] += row.status in ("open", "incomplete")
    soonest = sorted(key for key in of if owing[key])[:NEXT_DEADLINES]
    known = desk.directory.report_types
    return tuple(
        Upcoming(code, known[code].name if code in known else code, due_at, owing[due_at, code], of[due_at, code])
        for due_at, code in soonest
    )
