"""Who owes what, and how it stands: the rows there are, and what the registry says of the rest."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from intake.desk import Desk
from intake.model import Obligation
from intake.records.booking import still_owed
from intake.rules.deadlines.due import INSTANT
from intake.rules.deadlines.periods import owed
from intake.rules.deadlines.standing import last_day_in_time, standing
from intake.rules.verdicts import Owed
from intake.store.obligations import Wanted, known_obligations, obligations_where

AROUND = timedelta(days=31)


def listed(desk: Desk, wanted: Wanted) -> list[Obligation]:
    """The obligations asked for, in the order of falling due; those not opened yet are made up from the registry.

    Without dates: all that are rows, and what falls due within a month of now. A row that nothing came for, and that
    the registry no longer asks for, is left out.
    """
    expected = list(_expected(desk, wanted))
    with desk.database.reading() as session:
        rows = obligations_where(session, wanted)
        known = known_obligations(session, expected)
    asked = [row for row in rows if row.status != "open" or still_owed(desk, row)]
    made_up = [_unopened(one) for one in expected if (one.agency, one.report_type, one.period) not in known]
    return sorted([*asked, *made_up], key=lambda one: (one.due_at, one.agency_code, one.report_type_code, one.period))


def _expected(desk: Desk, wanted: Wanted) -> Iterable[Owed]:
    first = wanted.due_from or desk.now - AROUND
    last = wanted.due_to or max(first, desk.now) + AROUND
    for one in owed(desk.directory, desk.working_days, desk.zone, first, last + INSTANT):
        if wanted.agency in (None, one.agency) and wanted.report_type in (None, one.report_type):
            yield one


def _unopened(one: Owed) -> Obligation:
    return Obligation(
        agency_code=one.agency,
        report_type_code=one.report_type,
        period=one.period,
        period_start=one.period_start,
        period_end=one.period_end,
        due_at=one.due_at,
        opened_at=one.due_at,
    )


def as_json(desk: Desk, one: Obligation) -> dict[str, Any]:
    """The object of `interface.md`, with times in the office's zone."""
    return {
        "agency": one.agency_code,
        "report_type": one.report_type_code,
        "period": one.period,
        "period_start": one.period_start.isoformat(),
        "period_end": one.period_end.isoformat(),
        "due_at": _local(desk, one.due_at),
        "status": standing(one.status, one.period_end, one.due_at, desk.now, desk.zone),
        "received_at": _local(desk, one.received_at),
        "first_received_at": _local(desk, one.first_received_at),
        "receipt": one.receipt,
        "missing": one.missing,
        "provisional": desk.working_days.is_provisional(last_day_in_time(one.due_at, desk.zone).year),
    }


def _local(desk: Desk, moment: datetime | None) -> str | None:
    return moment.astimezone(desk.zone).isoformat() if moment else None


def obligations(
    desk: Desk,
    due_from: datetime | None = None,
    due_to: datetime | None = None,
    agency: str | None = None,
    report_type: str | None = None,
    status: str | None = None,
) -> list[dict[str, Any]]:
    """The lines of `intake obligations --json`."""
    lines = (as_json(desk, one) for one in listed(desk, Wanted(due_from, due_to, agency, report_type)))
    return [line for line in lines if status in (None, line["status"])]
