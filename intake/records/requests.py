"""A request that waits for a person: what is asked for, until when and for which obligations, kept with its message."""

from datetime import timedelta
from typing import Any

from intake.desk import Desk
from intake.errors import ConfigError
from intake.model import Obligation
from intake.records.booking import owed_by
from intake.records.case import Case
from intake.records.replies import replies_in
from intake.rules.dealings.requests import Request, request_in
from intake.rules.names.naming import Obligation as Named
from intake.store.engine import Session
from intake.store.obligations import UNANSWERED, Wanted, obligation_of, obligations_where

# A deadline that passed longer ago is hardly the one that an agency asks to have moved.
LONG_PAST = timedelta(days=15)


def note_request(case: Case) -> None:
    """Keeps with the message what its sender asks for, where the rules find that it asks for something."""
    agency = case.message.agency_code
    if agency is None:
        return
    told = [one for reply in replies_in(case.session, case.reading.message) if reply.agency == agency
            for one in reply.obligations]  # fmt: skip
    found = request_in(case.reading, case.desk.directory, case.received_at.date(), told)
    if found is None:
        return
    lines = [_line(case.desk, found, one, due_at) for one, due_at in _meant(case, agency, found)]
    asked = {line["until"] for line in lines} or {_said(case, found)}
    case.message.request = {
        "kind": found.kind,
        "words": found.words,
        "until": asked.pop() if len(asked) == 1 else None,
        "obligations": lines,
    }


def _meant(case: Case, agency: str, found: Request) -> list[tuple[Named, Any]]:
    """What the agency owes of it, each with its deadline; of a type named without period the next one open."""
    named = [(one, _due_at(case.desk, case.session, agency, one)) for one in found.obligations]
    known = [(one, due_at) for one, due_at in named if due_at is not None]
    for code in found.types:
        row = _next_open(case, agency, code)
        if row is not None:
            known.append(((code, row.period), row.due_at))
    return known


def _due_at(desk: Desk, session: Session, agency: str, one: Named) -> Any:
    row = obligation_of(session, agency, *one)
    if row is not None:
        return row.due_at
    try:
        owed = owed_by(desk, agency, *one)
    except ConfigError:
        return None
    return owed.due_at if owed else None


def _next_open(case: Case, agency: str, code: str) -> Obligation | None:
    wanted = Wanted(due_from=case.desk.now - LONG_PAST, agency=agency, report_type=code)
    return next((row for row in obligations_where(case.session, wanted) if row.status in UNANSWERED), None)


def _said(case: Case, found: Request) -> str | None:
    """The day that is named, where it is not said for which report."""
    desk, later = case.desk, found.later
    return later.late_at(case.received_at, desk.working_days, desk.zone).isoformat() if later and later.on else None


def _line(desk: Desk, found: Request, one: Named, due_at: Any) -> dict[str, Any]:
    until = found.later.late_at(due_at, desk.working_days, desk.zone) if found.later else None
    return {"report_type": one[0], "period": one[1], "until": until.isoformat() if until else None}
