"""The board: who owes what in a month, and how it stands."""

from datetime import date, timedelta
from urllib.parse import urlencode

from starlette.responses import Response

from intake.office.board import STANDS, Asked, board
from intake.web.visit import Visit


def show(visit: Visit) -> Response:
    asked = _asked(visit)
    found = board(visit.desk, asked)
    kept = {"group": asked.group, "type": asked.report_type, "q": asked.words}
    first = asked.month.replace(day=1)
    return visit.page(
        "board",
        board=found,
        total=sum(count for _, count in found.sums),
        this=_path(first, **kept, stands=asked.stands),
        before=_path(first - timedelta(days=1), **kept, stands=asked.stands),
        after=_path(first + timedelta(days=32), **kept, stands=asked.stands),
        by_stands={one: _path(first, **kept, stands="" if one == asked.stands else one) for one in STANDS},
        narrowed=any(kept.values()) or bool(asked.stands),
    )


def _asked(visit: Visit) -> Asked:
    stands = visit.asked("stands")
    return Asked(
        month=_month(visit),
        group=visit.asked("group"),
        report_type=visit.asked("type"),
        stands=stands if stands in STANDS else "",
        words=visit.asked("q")[:100],
        page=visit.number("page", 1),
    )


def _month(visit: Visit) -> date:
    """The month that is asked for as 2026-10, else the present one."""
    try:
        asked = date.fromisoformat(f"{visit.asked('month')}-01")
    except ValueError:
        asked = visit.now.astimezone(visit.desk.zone).date()
    return asked if 1901 <= asked.year <= 2198 else visit.now.astimezone(visit.desk.zone).date()


def _path(month: date, **asked: str) -> str:
    query = {"month": f"{month:%Y-%m}", **{name: value for name, value in asked.items() if value}}
    return f"/board?{urlencode(query)}"
