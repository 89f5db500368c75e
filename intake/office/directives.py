"""Directives: who has confirmed them and how their reports stand, and what the office decides about them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from intake.desk import Desk
from intake.errors import ConfigError
from intake.model import AuditEvent, Demand, Directive, Obligation
from intake.office.undoing import Undone, last_decision, undo_event
from intake.records import directives
from intake.records.directives import Issued
from intake.records.incidents import By
from intake.rules.deadlines.standing import standing
from intake.store import audit
from intake.store.directives import all_directives, confirmations_of, directive_numbered
from intake.store.engine import Session
from intake.store.mails import message_numbered
from intake.store.obligations import obligations_for

Owed = Mapping[tuple[str, str, str], Obligation]


def directive_lines(desk: Desk) -> list[dict[str, Any]]:
    """The lines of `intake directive list --json`, in the order of issuing."""
    with desk.database.reading() as session:
        return _lines(desk, session, all_directives(session))


def directive_with_line(desk: Desk, directive_id: int) -> tuple[Directive, dict[str, Any]]:
    """One directive and its line. Raises `ConfigError` if there is none."""
    with desk.database.reading() as session:
        directive = directive_numbered(session, directive_id)
        [line] = _lines(desk, session, [directive])
    return directive, line


def _lines(desk: Desk, session: Session, found: Sequence[Directive]) -> list[dict[str, Any]]:
    sent: dict[int | None, list[Demand]] = defaultdict(list)
    for demand in confirmations_of(session, [one.id for one in found]):
        sent[demand.directive_id].append(demand)
    owed = {
        (row.period, row.report_type_code, row.agency_code): row
        for row in obligations_for(session, [one.code for one in found if one.report_type_code])
    }
    return [_line(desk, one, sent[one.id], owed) for one in found]


def _line(desk: Desk, one: Directive, sent: Sequence[Demand], owed: Owed) -> dict[str, Any]:
    return {
        "id": one.id,
        "code": one.code,
        "title": one.title,
        "status": "closed" if one.closed_at else "open",
        "issued_at": _local(desk, one.issued_at),
        "due_at": _local(desk, one.due_at),
        "report_type": one.report_type_code,
        "message": one.message_id,
        "confirmed": sum(demand.status == "answered" for demand in sent),
        "agencies": [
            _agency_line(desk, demand, owed.get((one.code, one.report_type_code or "", demand.agency_code)))
            for demand in sent
        ],
    }


def _agency_line(desk: Desk, demand: Demand, row: Obligation | None) -> dict[str, Any]:
    status = {"answered": "confirmed", "cancelled": "cancelled"}.get(demand.status)
    report = standing(row.status, row.period_end, row.due_at, desk.now, desk.zone) if row else None
    return {
        "agency": demand.agency_code,
        "status": status or ("overdue" if demand.due_at <= desk.now else "waiting"),
        "confirm_by": _local(desk, demand.due_at),
        "confirmed_at": _local(desk, demand.answered_at),
        "message": demand.message_id,
        "report": report,
    }


def _local(desk: Desk, moment: datetime | None) -> str | None:
    return moment.astimezone(desk.zone).isoformat() if moment else None


def directive_number(text: str) -> int:
    """The number of a directive as people call it: "CD-0003" or "3". Raises `ConfigError`."""
    number = text.strip().upper().replace("Đ", "D").removeprefix("CD").lstrip("- ")
    if not number.isdecimal():
        raise ConfigError(f"{text!r} is no directive; `intake directive list` shows them, such as CD-0003")
    return int(number)


def issue(
    desk: Desk,
    agencies: Sequence[str],
    title: str,
    by: By,
    *,
    due_at: datetime | None = None,
    text: str = "",
    message_id: int | None = None,
) -> Issued:
    """Sends a directive; with `message_id` the attachments of that stored mail go along. It leaves next."""
    with desk.database.writing() as session:
        message = message_numbered(session, message_id) if message_id is not None else None
        if message and message.disposition == "quarantined":
            raise ConfigError(f"message {message_id} is kept out: nothing of it is passed on")
        return directives.issue(desk, session, agencies, title, by, due_at=due_at, text=text, message=message)


def confirm(desk: Desk, directive_id: int, agency: str, by: By, at: datetime | None = None) -> None:
    """An agency said by another channel that the directive has come."""
    if at is not None and at > desk.now:
        raise ConfigError(f"{at.isoformat()} is still to come: nothing can have been confirmed then")
    with desk.database.writing() as session:
        directives.confirm(desk, session, directive_id, agency, at or desk.now, by)


def close(desk: Desk, directive_id: int, by: By) -> Directive:
    """The office waits for no more confirmations."""
    with desk.database.writing() as session:
        return directives.close(desk, session, directive_id, by)


def undo(desk: Desk, directive_id: int, by: By) -> Undone:
    """Takes back the last decision about a directive. Raises `ConfigError`."""
    with desk.database.reading() as session:
        history: Sequence[AuditEvent] = audit.events_about(session, f"directive:{directive_id}")
    last = last_decision(history)
    if last is None:
        raise ConfigError(f"nobody has decided anything about CD-{directive_id:04d}")
    return undo_event(desk, last.id, by.who, by.why)
