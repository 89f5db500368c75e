"""What every line about one report for one period begins with: which report, which period, and its deadline."""

from datetime import date, datetime
from typing import TypedDict

from intake.desk import Desk
from intake.model import Obligation
from intake.rules.deadlines.statistics import Kept
from intake.rules.verdicts import Owed
from intake.store.obligations import DueObligation


class PeriodHead(TypedDict):
    """The fields of a `PeriodLine`; `due_at` in the office's time."""

    report_type: str
    report_name: str
    period: str
    period_start: date
    period_end: date
    due_at: datetime


def period_head(desk: Desk, due: Obligation | DueObligation | Owed | Kept) -> PeriodHead:
    report_type = due.report_type if isinstance(due, Owed | Kept) else due.report_type_code
    return PeriodHead(
        report_type=report_type,
        report_name=report_name(desk, report_type),
        period=due.period,
        period_start=due.period_start,
        period_end=due.period_end,
        due_at=due.due_at.astimezone(desk.zone),
    )


def report_name(desk: Desk, report_type: str) -> str:
    """The name in the registry; the code where it is no longer there."""
    kind = desk.directory.report_types.get(report_type)
    return kind.name if kind else report_type
