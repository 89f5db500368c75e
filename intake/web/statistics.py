"""How deadlines were kept in a span of time: in figures, as pictures to print, and as a workbook to take along."""

from datetime import date, timedelta
from urllib.parse import urlencode

from starlette.responses import Response

from intake.errors import ConfigError
from intake.office.statistics import GROUPINGS, Statistics, statistics
from intake.office.statistics_workbook import rows_by, workbook_of
from intake.office.typed import day_of
from intake.rendering.charts import LABEL_WIDTH, WIDTH, share_line, stacked_bars
from intake.rules.deadlines.statistics import OUTCOMES
from intake.web.visit import Visit

LONGEST_SPAN = timedelta(days=740)
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def show(visit: Visit) -> Response:
    first, last, by = _asked(visit)
    found = statistics(visit.desk, first, last)
    rows = rows_by(visit.desk, found, by)
    months = [(name, one) for name, one, _ in rows_by(visit.desk, found, "month")]
    return visit.page(
        "statistics",
        first=first,
        last=last,
        by=by,
        groupings=GROUPINGS,
        total=found.total,
        share=_percent(found.total.on_time_share),
        rows=[(name, one, _percent(one.on_time_share), change) for name, one, change in rows],
        outcomes=OUTCOMES,
        bars=stacked_bars([(name, one) for name, one, _ in rows]),
        months=share_line(months) if len(months) > 1 else None,
        width=WIDTH,
        label_width=LABEL_WIDTH,
        span=urlencode({"from": first.isoformat(), "to": last.isoformat()}),
    )


def workbook(visit: Visit) -> Response:
    first, last, _ = _asked(visit)
    found: Statistics = statistics(visit.desk, first, last)
    name = f"tong-hop-{first:%Y%m%d}-{last:%Y%m%d}.xlsx"
    kept = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(workbook_of(visit.desk, found), media_type=WORKBOOK, headers=kept)


def _asked(visit: Visit) -> tuple[date, date, str]:
    """The span and what to group by; without one, this month and the two before."""
    today = visit.now.astimezone(visit.desk.zone).date()
    last = day_of(visit.asked("to")) if visit.asked("to") else today
    first = day_of(visit.asked("from")) if visit.asked("from") else _two_months_before(last)
    if not timedelta() <= last - first <= LONGEST_SPAN:
        raise ConfigError(f"from {first} to {last}: a span begins before it ends, and has at most two years")
    by = visit.asked("by")
    return first, last, by if by in GROUPINGS else "agency"


def _two_months_before(day: date) -> date:
    months = day.year * 12 + day.month - 3
    return date(max(months // 12, 1), months % 12 + 1, 1)


def _percent(share: float | None) -> float | None:
    return None if share is None else round(100 * share, 1)
