"""What the board asks for: every obligation that falls due in a time, as light rows."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import select

from intake.model import Obligation, ObligationStatus
from intake.store.session import Session


class BoardRow(NamedTuple):
    """The columns that the board needs of an obligation."""

    agency: str
    report_type: str
    period: str
    period_end: date
    due_at: datetime
    status: ObligationStatus


def due_between(session: Session, first: datetime, last: datetime) -> Sequence[BoardRow]:
    """What falls due from `first` until just before `last`, in the order of falling due."""
    query = (
        select(
            Obligation.agency_code,
            Obligation.report_type_code,
            Obligation.period,
            Obligation.period_end,
            Obligation.due_at,
            Obligation.status,
        )
        .where(Obligation.due_at >= first, Obligation.due_at < last)
        .order_by(Obligation.due_at)
    )
    return [BoardRow(*row) for row in session.execute(query)]
