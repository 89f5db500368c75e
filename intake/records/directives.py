"""Directives, within the caller's transaction: sent to agencies, confirmed by each, and reported on in the end."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from intake.desk import Desk
from intake.errors import ConfigError
from intake.model import Directive, Message
from intake.records.ad_hoc import open_ad_hoc
from intake.records.demands import ask, cancel, open_demand
from intake.records.incidents import Asked, By, refuse_agency
from intake.store import audit
from intake.store.directives import confirmations_of, directive_numbered
from intake.store.engine import Session

ISSUED, CONFIRMED, CLOSED = "directive issued", "directive confirmed", "directive closed"
DECISIONS = (ISSUED, CONFIRMED, CLOSED)


@dataclass(frozen=True, slots=True)
class Issued:
    """A directive as it was sent. `is_followed` is False where a report is asked for, and no type to owe it under."""

    directive: Directive
    asked: tuple[Asked, ...]
    is_followed: bool = True


def directive_state(session: Session, directive: Directive) -> dict[str, Any]:
    """What a decision about a directive may change, to be kept before and after it."""
    return {
        "closed_at": directive.closed_at.isoformat() if directive.closed_at else None,
        "demands": {str(one.id): one.status for one in confirmations_of(session, [directive.id])},
    }


def issue(
    desk: Desk,
    session: Session,
    agencies: Sequence[str],
    title: str,
    by: By,
    *,
    due_at: datetime | None = None,
    text: str = "",
    message: Message | None = None,
) -> Issued:
    """Sends an order of the office to agencies, with the documents of the mail that brought it. Each confirms it; with
    `due_at` each owes a report on carrying it out as well. Raises `ConfigError`."""
    refuse_wrong(desk, agencies, title, due_at)
    kind = report_type_of(desk) if due_at else None
    directive = Directive(
        title=title.strip(),
        text=text,
        issued_at=desk.now,
        due_at=due_at,
        report_type_code=kind,
        message_id=message.id if message else None,
    )
    session.add(directive)
    session.flush()
    asked = [_send(desk, session, directive, agency, by) for agency in dict.fromkeys(agencies)]
    _record(desk, session, ISSUED, directive, by, {})
    return Issued(directive, tuple(asked), is_followed=kind is not None or due_at is None)


def refuse_wrong(desk: Desk, agencies: Sequence[str], title: str, due_at: datetime | None) -> None:
    """Raises `ConfigError` for a directive that could not be issued now."""
    if not agencies or not title.strip():
        raise ConfigError("a directive has a title, and goes to at least one agency")
    for agency in agencies:
        refuse_agency(desk, agency)
    if due_at is not None and due_at <= desk.now:
        raise ConfigError(f"{due_at.isoformat()} is past: nobody could report by then")


def _send(desk: Desk, session: Session, directive: Directive, agency: str, by: By) -> Asked:
    if directive.report_type_code and directive.due_at:
        kind, due_at = directive.report_type_code, directive.due_at
        open_ad_hoc(desk, session, agency, kind, directive.code, due_at, who=by.who, why=by.why or directive.title)
    confirm_by = desk.now + desk.config.orders.confirm_within
    demand = open_demand(desk, session, directive, agency, "confirmation", confirm_by)
    return Asked(demand, bool(ask(desk, session, demand)))


def report_type_of(desk: Desk) -> str | None:
    """The type on request under which reports on directives are owed: the configured one, else the only one."""
    day = desk.now.astimezone(desk.zone).date()
    kinds = [
        one.code for one in desk.directory.report_types.values() if one.frequency == "ad_hoc" and one.active_on(day)
    ]
    if desk.config.orders.report_type in kinds:
        return desk.config.orders.report_type
    return kinds[0] if len(kinds) == 1 and not desk.config.orders.report_type else None


def confirm(desk: Desk, session: Session, directive_id: int, agency: str, at: datetime, by: By) -> None:
    """An agency said otherwise than by mail that it has got the directive. Raises `ConfigError`."""
    directive = directive_numbered(session, directive_id)
    waiting = [one for one in confirmations_of(session, [directive_id]) if one.agency_code == agency]
    if not waiting:
        raise ConfigError(f"{directive.code} was not sent to {agency}")
    if waiting[0].status != "open":
        raise ConfigError(f"{agency} owes no confirmation of {directive.code} any more")
    # People tell an hour to the minute: one within the minute of the issuing is none before it.
    if at < directive.issued_at.replace(second=0, microsecond=0):
        raise ConfigError(f"{directive.code} was issued after {at.isoformat()}: nothing can have been confirmed then")
    before = directive_state(session, directive)
    waiting[0].status, waiting[0].answered_at, waiting[0].next_step_at = "answered", at, None
    _record(desk, session, CONFIRMED, directive, by, before)


def close(desk: Desk, session: Session, directive_id: int, by: By) -> Directive:
    """The office waits for no more confirmations; what agencies owe as a report stays owed. Raises `ConfigError`."""
    directive = directive_numbered(session, directive_id)
    if directive.closed_at:
        raise ConfigError(f"{directive.code} is closed already")
    before = directive_state(session, directive)
    cancel(desk, session, [one for one in confirmations_of(session, [directive_id]) if one.status == "open"])
    directive.closed_at = desk.now
    _record(desk, session, CLOSED, directive, by, before)
    return directive


def _record(desk: Desk, session: Session, action: str, directive: Directive, by: By, before: dict[str, Any]) -> None:
    session.flush()
    after = directive_state(session, directive)
    subject = f"directive:{directive.id}"
    audit.record(session, desk.now, action, subject, who=by.who, why=by.why, before=before, after=after)
