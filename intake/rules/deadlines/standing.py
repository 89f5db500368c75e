"""How an obligation stands at a moment, and how timely a report is. Overdue is computed here, never stored."""

from datetime import date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from intake.model import ObligationStatus, Timeliness
from intake.rules.deadlines.due import INSTANT, midnight

Standing = Literal["upcoming", "open", "overdue", "on_time", "late", "incomplete", "waived"]

_DAY = timedelta(days=1)


def standing(status: ObligationStatus, period_end: date, due_at: datetime, now: datetime, zone: ZoneInfo) -> Standing:
    """The stored status, with `open` told apart: upcoming until the period's last day or the last day in time begins,
    then open, and overdue from `due_at` on."""
    if status != "open":
        return status
    if now >= due_at:
        return "overdue"
    expected_on = min(period_end, last_day_in_time(due_at, zone))
    return "upcoming" if now < midnight(expected_on, zone) else "open"


def timeliness(received_at: datetime, period_end: date, due_at: datetime, zone: ZoneInfo) -> Timeliness:
    """`late` from `due_at` on; `early` if in time and before the period's last day has passed."""
    if received_at >= due_at:
        return "late"
    return "early" if received_at < midnight(period_end + _DAY, zone) else "on_time"


def last_day_in_time(due_at: datetime, zone: ZoneInfo) -> date:
    """The last day on which a report could still be in time: the day before for a `due_at` at midnight."""
    return (due_at.astimezone(zone) - INSTANT).date()
