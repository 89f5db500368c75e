"""Why a mail was booked as it was, and why a deadline is what it is, with all that happened on the way."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from intake.desk import Desk
from intake.errors import ConfigError
from intake.model import AuditEvent, Demand, Notice, Obligation, Submission
from intake.office.cases import CaseShown, case_numbered
from intake.office.undoing import DECISIONS, UNDONE, is_taken_back
from intake.records.booking import owed_by, refuse_unknown
from intake.records.directives import CONFIRMED
from intake.records.outcome import outcome_of
from intake.records.period_lines import period_head
from intake.records.versions import delivery_of
from intake.rules.deadlines.deadline_reasons import DeadlineReasons, reasons_for
from intake.rules.deadlines.periods import parse_period
from intake.rules.deadlines.standing import standing
from intake.store import audit, mails, outbox
from intake.store.demands import demands_of, notices_asking
from intake.store.directives import confirmations_of
from intake.store.engine import Session
from intake.store.obligations import obligation_of
from intake.store.submissions import all_submissions_from, all_submissions_of

TOLD_OF_MAIL = (
    "acknowledgment", "incomplete", "under_review", "refusal", "secrecy_refusal", "correction", "office_receipt",
    "incident_alert",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class VersionShown:
    """One version of a report. `message` is 0 where it came by another channel, which `channel` names."""

    report_type: str
    report_name: str
    period: str
    period_start: Any
    period_end: Any
    due_at: datetime
    version: int
    status: str
    timeliness: str
    received_at: datetime
    arrived_at: datetime
    receipt: str
    number: str
    message: int
    channel: str
    present: tuple[str, ...]
    missing: tuple[str, ...]
    replaces: bool
    withdrawn_at: datetime | None


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of a timeline. `kind` is `notice`, `decision` or `version`; `event` is its number in the audit trail.
    `about` names the agencies that a decision was about, where it was about some of several."""

    at: datetime
    kind: str
    what: str
    who: str = ""
    why: str = ""
    event: int = 0
    taken_back: bool = False
    about: str = ""


@dataclass(frozen=True, slots=True)
class MailExplained:
    case: CaseShown
    agency_name: str
    versions: tuple[VersionShown, ...]
    incident: str
    happenings: tuple[Happening, ...]


@dataclass(frozen=True, slots=True)
class ObligationExplained:
    """`reasons` is None where the deadline came with a request. `decided_at` is when the complete report was there."""

    agency: str
    agency_name: str
    report_type: str
    report_name: str
    period: str
    period_start: Any
    period_end: Any
    due_at: datetime
    standing: str
    receipt: str
    decided_at: datetime | None
    first_received_at: datetime | None
    missing: tuple[str, ...]
    reasons: DeadlineReasons | None
    extended_why: str
    is_moved: bool
    versions: tuple[VersionShown, ...]
    happenings: tuple[Happening, ...]


def explain_mail(desk: Desk, message_id: int) -> MailExplained:
    """Why one message was recorded as it was. Raises `ConfigError` if there is none of this id."""
    case = case_numbered(desk, message_id)
    with desk.database.reading() as session:
        outcome = outcome_of(session, mails.message_numbered(session, message_id))
        versions = tuple(_version(desk, *pair) for pair in all_submissions_from(session, message_id))
        notices = outbox.notices_about(session, message_id, TOLD_OF_MAIL)
        happened = [_notice(one) for one in notices] + _decisions(session, f"message:{message_id}")
    agency = desk.directory.agencies.get(outcome.agency or "")
    incident = f"VV-{outcome.incident.id:04d}" if outcome.incident else ""
    return MailExplained(case, agency.name if agency else "", versions, incident, _in_order(happened))


def explain_obligation(desk: Desk, agency: str, report_type: str, period: str) -> ObligationExplained:
    """Why one deadline is what it is, and how the obligation stands. Raises `ConfigError` for what is not owed."""
    refuse_unknown(desk, agency, report_type)
    kind, who = desk.directory.report_types[report_type], desk.directory.agencies[agency]
    owed = owed_by(desk, agency, report_type, period)
    with desk.database.reading() as session:
        row = obligation_of(session, agency, report_type, owed.period if owed else period)
        versions, happened = _history(desk, session, row)
    due = row or owed
    if due is None:
        raise ConfigError(f"{agency} does not owe {report_type} for {period}, by the registry")
    reasons = reasons_for(kind, parse_period(kind, due.period), desk.working_days, desk.zone) if owed else None
    return ObligationExplained(
        agency=agency,
        agency_name=who.name,
        **period_head(desk, due),
        standing=standing(row.status if row else "open", due.period_end, due.due_at, desk.now, desk.zone),
        receipt=(row.receipt if row else None) or "",
        decided_at=row.received_at if row else None,
        first_received_at=row.first_received_at if row else None,
        missing=tuple(row.missing) if row else (),
        reasons=reasons,
        extended_why=row.extended_why if row else "",
        is_moved=reasons is not None and reasons.late_at != due.due_at,
        versions=versions,
        happenings=happened,
    )


def incident_history(desk: Desk, incident_id: int) -> tuple[Happening, ...]:
    """What was asked and decided about an urgent matter."""
    with desk.database.reading() as session:
        return _asked_history(desk, session, f"incident:{incident_id}", demands_of(session, [incident_id]))


def directive_history(desk: Desk, directive_id: int) -> tuple[Happening, ...]:
    """What was written and decided about a directive."""
    with desk.database.reading() as session:
        return _asked_history(desk, session, f"directive:{directive_id}", confirmations_of(session, [directive_id]))


def _asked_history(desk: Desk, session: Session, subject: str, demands: Sequence[Demand]) -> tuple[Happening, ...]:
    names = {str(one.id): desk.directory.agencies[one.agency_code].name for one in demands}
    confirmed = {
        one.id: ", ".join(name for key, name in names.items() if _was_confirmed(one, key))
        for one in audit.events_about(session, subject)
        if one.action == CONFIRMED
    }
    decided = [replace(one, about=confirmed.get(one.event, "")) for one in _decisions(session, subject)]
    return _in_order([_notice(one) for one in notices_asking(session, [one.id for one in demands])] + decided)


def _was_confirmed(event: AuditEvent, demand: str) -> bool:
    before, after = (state.get("demands", {}).get(demand) for state in (event.before, event.after))
    return bool(after == "answered" != before)


def _history(
    desk: Desk, session: Session, row: Obligation | None
) -> tuple[tuple[VersionShown, ...], tuple[Happening, ...]]:
    if row is None:
        return (), ()
    versions = tuple(_version(desk, one, row) for one in all_submissions_of(session, row.id))
    subjects = [f"obligation:{row.id}", *dict.fromkeys(f"message:{one.message}" for one in versions if one.message)]
    happened = [_notice(one) for one in outbox.notices_on(session, row.id)]
    happened += [one for subject in subjects for one in _decisions(session, subject)]
    return versions, _in_order(happened)


def _version(desk: Desk, one: Submission, obligation: Obligation) -> VersionShown:
    return VersionShown(
        **period_head(desk, obligation),
        version=one.version,
        status=one.status,
        timeliness=one.timeliness,
        received_at=one.received_at,
        arrived_at=delivery_of(one).arrived_at,
        receipt=one.receipt,
        number=one.number or "",
        message=one.message_id or 0,
        channel=one.channel,
        present=tuple(one.present),
        missing=tuple(one.missing),
        replaces=one.replaces is True,
        withdrawn_at=one.withdrawn_at,
    )


def _notice(row: Notice) -> Happening:
    who = f"{row.recipient} [{row.reference}]"
    return Happening(row.sent_at or row.queued_at, "notice", row.name, who, _why_not_sent(row))


def _why_not_sent(row: Notice) -> str:
    """What became of a notice that did not arrive; "" for one that left and did not come back."""
    if row.status == "withdrawn":
        return f"withdrawn: {row.error}"
    if row.status in ("queued", "claimed", "sending"):
        return f"not sent yet: {row.error}" if row.error else "not sent yet"
    return f"did not arrive: {row.error}" if row.status == "failed" or row.bounced_at else ""


def _decisions(session: Session, subject: str) -> list[Happening]:
    events = audit.events_about(session, subject)
    return [_decision(one, is_taken_back(one, events)) for one in events if one.action in (*DECISIONS, UNDONE)]


def _decision(event: AuditEvent, taken_back: bool) -> Happening:
    return Happening(event.at, "decision", event.action, event.who, event.why, event.id, taken_back)


def _in_order(happened: list[Happening]) -> tuple[Happening, ...]:
    return tuple(sorted(happened, key=lambda one: (one.at, one.event)))
