"""A report asked for outside the calendar, by an incident or a request: its obligation, reminded of like any other."""

from datetime import datetime

from intake.desk import Desk
from intake.errors import ConfigError
from intake.model import Obligation, ReportType
from intake.records.booking import refuse_unknown
from intake.rules.deadlines.due import parse_due
from intake.rules.verdicts import Owed
from intake.store import audit
from intake.store.engine import Session
from intake.store.obligations import AT_ONCE, obligation_of, opened


def open_ad_hoc(
    desk: Desk,
    session: Session,
    agency: str,
    report_type: str,
    code: str,
    due_at: datetime | None,
    *,
    who: str,
    why: str,
) -> Obligation:
    """Opens what is asked of an agency, under the code of the request, within the caller's transaction.

    Without `due_at` the type's own due form counts, from today on. What was asked for already is given back as it is.
    Raises `ConfigError` for a type that is not due on request, an agency that may not be asked, or another deadline.
    """
    refuse_unknown(desk, agency, report_type)
    kind = desk.directory.report_types[report_type]
    if kind.frequency != "ad_hoc":
        raise ConfigError(f"{report_type} is not due on request: its deadline comes from the registry")
    if not code.strip():
        raise ConfigError("a request needs a code: it is the period of what is asked for")
    late_at = due_at or _by_its_own_form(desk, kind)
    row = obligation_of(session, agency, report_type, code.strip())
    if row is not None:
        return _as_asked(desk, row, due_at)
    day = min(late_at, desk.now).astimezone(desk.zone).date()
    if not desk.directory.owes(desk.directory.agencies[agency], kind, day):
        raise ConfigError(f"{agency} does not owe {report_type}, by the registry")
    row = opened(session, Owed(agency, report_type, code.strip(), day, day, late_at), desk.now)
    if late_at > desk.now:
        row.next_step_at = AT_ONCE
    after = {"agency": agency, "report_type": report_type, "period": row.period, "due_at": late_at.isoformat()}
    audit.record(session, desk.now, "asked for", f"obligation:{row.id}", who=who, why=why, after=after)
    return row


def _by_its_own_form(desk: Desk, kind: ReportType) -> datetime:
    if not kind.due:
        raise ConfigError(f"{kind.code} has no deadline of its own: say until when it is asked for")
    today = desk.now.astimezone(desk.zone).date()
    return parse_due(kind.due, kind.frequency).late_at(today, kind.roll, desk.working_days, desk.zone)


def _as_asked(desk: Desk, row: Obligation, due_at: datetime | None) -> Obligation:
    if due_at is not None and due_at != row.due_at:
        due = row.due_at.astimezone(desk.zone).isoformat()
        raise ConfigError(f"{row.report_type_code} {row.period} is asked of {row.agency_code} already, until {due}")
    return row
