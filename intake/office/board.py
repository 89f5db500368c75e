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
from intake.rules.due import INSTANT, midnight
from intake.rules.text import fold
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
    first, last = _month_of(desk, asked.month)
    rows, ahead = _rows(desk, first, last)
    agencies = _agencies(desk, asked)
    cells = [(row.agency, _cell(desk, row)) for row in rows if _is_asked(desk, row, asked, agencies)]
    sums = Counter(cell.stands for _, cell in cells)
    shown = [pair for pair in cells if asked.stands in ("", pair[1].stands)]
    columns = _columns(desk, {cell.report_type for _, cell in shown})
    lines = _lines(agencies, shown, columns, asked)
    pages = max(1, -(-len(lines) // AGENCIES_ON_A_PAGE))
    start = (min(max(asked.page, 1), pages) - 1) * AGENCIES_ON_A_PAGE
    return Board(
        asked=asked,
        columns=columns,
        lines=tuple(lines[start : start + AGENCIES_ON_A_PAGE]),
        sums=tuple((one, sums[one]) for one in STANDS),
        upcoming=_upcoming(desk, [row for row in ahead if _is_asked(desk, row, asked, agencies)]),
        groups=tuple(sorted({group for one in desk.directory.agencies.values() for group in one.groups})),
        types=_columns(desk, desk.directory.report_types),
        agencies=len(lines),
        pages=pages,
    )


def _rows(desk: Desk, first: datetime, last: datetime) -> tuple[list[BoardRow], list[BoardRow]]:
    """What falls due in the month, and what falls due next; asked for at once where the two overlap."""
    now, horizon = desk.now, desk.now + LOOKING_AHEAD
    with desk.database.reading() as session:
        if first < horizon and now < last:
            around = due_between(session, min(first, now), max(last, horizon))
        else:
            around = [*due_between(session, first, last), *due_between(session, now, horizon)]
    return [one for one in around if first <= one.due_at < last], [one for one in around if now <= one.due_at < horizon]


def stands(desk: Desk, row: BoardRow) -> Stands:
    """How an obligation stands on the board: `open` told apart by its deadline."""
    if row.status != "open":
        return row.status
    if desk.now >= row.due_at:
        return "overdue"
    return "soon" if row.due_at - desk.now <= SOON else "owed"


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


def _cell(desk: Desk, row: BoardRow) -> Cell:
    days = abs((row.due_at - desk.now).days) if desk.now < row.due_at else (desk.now - row.due_at).days
    return Cell(row.report_type, row.period, row.due_at, stands(desk, row), days)


def _columns(desk: Desk, codes: Iterable[str]) -> tuple[Column, ...]:
    known = desk.directory.report_types
    return tuple(Column(code, known[code].name if code in known else code) for code in sorted(codes))


def _lines(
    agencies: dict[str, Agency], shown: Sequence[tuple[str, Cell]], columns: Sequence[Column], asked: Asked
) -> list[Line]:
    by_place: dict[str, dict[str, list[Cell]]] = defaultdict(lambda: defaultdict(list))
    for agency, cell in shown:
        by_place[agency][cell.report_type].append(cell)
    return [
        Line(code, agencies[code].name, tuple(tuple(by_place[code][column.code]) for column in columns))
        for code in sorted(by_place, key=lambda code: (min(agencies[code].groups, default=""), agencies[code].name))
    ]


def _upcoming(desk: Desk, rows: Sequence[BoardRow]) -> tuple[Upcoming, ...]:
    of: Counter[tuple[datetime, str]] = Counter()
    owing: Counter[tuple[datetime, str]] = Counter()
    for row in rows:
        if row.due_at > desk.now and row.status != "waived":
            of[row.due_at, row.report_type] += 1
            owing[row.due_at, row.report_type] += row.status in ("open", "incomplete")
    soonest = sorted(key for key in of if owing[key])[:NEXT_DEADLINES]
    known = desk.directory.report_types
    return tuple(
        Upcoming(code, known[code].name if code in known else code, due_at, owing[due_at, code], of[due_at, code])
        for due_at, code in soonest
    )
