"""A booking becomes rows: a submission, the state of its obligation, a receipt, an audit event."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from intake.desk import Desk
from intake.errors import ConfigError
from intake.model import Obligation, Submission
from intake.records.case import Case
from intake.records.versions import add_version
from intake.rules.deadlines.periods import owed_for, parse_period
from intake.rules.deadlines.standing import timeliness
from intake.rules.papers.completeness import check, is_replacement
from intake.rules.reading import DocumentReading, MailReading
from intake.rules.verdicts import Booking, Completeness, Owed
from intake.store.engine import Session
from intake.store.obligations import AT_ONCE, DueObligation, newly_opened, obligation_of
from intake.store.submissions import submissions_of


@dataclass(frozen=True, slots=True)
class Arrival:
    """What came for an obligation: when, how complete, and by which mail or other channel."""

    received_at: datetime
    found: Completeness
    number: str | None = None
    message_id: int | None = None
    documents: Sequence[str] = ()
    channel: str = ""
    replaces: bool = False


@dataclass(frozen=True, slots=True)
class Filed:
    """One report as filed. `repeated` where the agency had delivered just these documents before."""

    obligation: Obligation
    submission: Submission
    repeated: bool = False


def owed_by(desk: Desk, agency: str, report_type: str, period: str) -> Owed | None:
    """What the agency owes for that period, by the registry. Raises `ConfigError` if the period is none of the type.

    What is due on request only has no period before its request.
    """
    kind, who = desk.directory.report_types.get(report_type), desk.directory.agencies.get(agency)
    if kind is None or who is None or kind.frequency == "ad_hoc":
        return None
    return owed_for(desk.directory, kind, parse_period(kind, period), who, desk.working_days, desk.zone)


def refuse_unknown(desk: Desk, agency: str, report_type: str) -> None:
    """Raises `ConfigError` for a code that does not stand in the registry."""
    if agency not in desk.directory.agencies:
        raise ConfigError(f"there is no agency {agency!r} in the registry")
    if report_type not in desk.directory.report_types:
        raise ConfigError(f"there is no report type {report_type!r} in the registry")


def still_owed(desk: Desk, row: Obligation | DueObligation) -> bool:
    """Whether the registry in force still asks for what was opened."""
    kind = desk.directory.report_types.get(row.report_type_code)
    agency = desk.directory.agencies.get(row.agency_code)
    return kind is not None and agency is not None and desk.directory.owes(agency, kind, row.period_end)


def obligation_for(desk: Desk, session: Session, agency: str, report_type: str, period: str) -> Obligation | None:
    """The row of the obligation, opened now if a mail came before its time. None if the agency does not owe it."""
    owed = owed_by(desk, agency, report_type, period)
    row = obligation_of(session, agency, report_type, owed.period if owed else period)
    if row is not None or owed is None:
        return row
    return newly_opened(session, owed, desk.now, AT_ONCE if owed.due_at > desk.now else None)


def file_report(case: Case, obligation: Obligation, booking: Booking) -> Filed:
    """Files one report of a mail, unless just these documents were filed for this obligation before."""
    documents = [case.reading.documents[index] for index in booking.documents]
    fingerprints = _fingerprints(documents, case.reading)
    earlier = submissions_of(case.session, obligation.id)
    repeated = next((one for one in earlier if set(fingerprints) <= set(one.documents)), None)
    if repeated:
        return Filed(obligation, repeated, repeated=True)
    required = case.desk.directory.report_types[booking.report_type].required
    found = check(required, documents, booking.number, case.reading.message.own_text)
    arrival = Arrival(
        case.message.received_at,
        found,
        booking.number,
        case.message.id,
        fingerprints,
        replaces=is_replacement(case.reading),
    )
    submission = _add(case.desk, case.session, obligation, earlier, arrival)
    case.became.reports.append((submission, obligation))
    return Filed(obligation, submission)


def file_otherwise(desk: Desk, session: Session, obligation: Obligation, on: datetime, how: str) -> Submission:
    """Files a report that came by another channel: complete, because a person saw it."""
    required = tuple(desk.directory.report_types[obligation.report_type_code].required)
    earlier = submissions_of(session, obligation.id)
    return _add(desk, session, obligation, earlier, Arrival(on, Completeness(required, ()), channel=how))


def _fingerprints(documents: Sequence[DocumentReading], reading: MailReading) -> list[str]:
    """What makes two deliveries of one report the same: the documents' bytes; the words where there is no document."""
    if documents:
        return sorted({one.sha256 for one in documents})
    words = " ".join(reading.message.own_text.split())
    return [hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()]


def _add(
    desk: Desk, session: Session, obligation: Obligation, earlier: Sequence[Submission], arrival: Arrival
) -> Submission:
    submission = Submission(
        obligation_id=obligation.id,
        message_id=arrival.message_id,
        version=0,
        status="incomplete" if arrival.found.missing else "accepted",
        timeliness=timeliness(arrival.received_at, obligation.period_end, obligation.due_at, desk.zone),
        receipt="",
        received_at=arrival.received_at,
        missing=list(arrival.found.missing),
        present=list(arrival.found.present),
        number=arrival.number,
        documents=list(arrival.documents),
        channel=arrival.channel,
        brought=list(arrival.found.present),
        arrived_at=arrival.received_at,
        replaces=arrival.replaces,
    )
    add_version(desk, session, obligation, earlier, submission)
    return submission
