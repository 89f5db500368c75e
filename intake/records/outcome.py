"""What became of one message, as the outside reads it: a line of `import --json` and of `run --once --json`."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from intake.model import Incident, Message, Obligation, Submission
from intake.records.case import Case
from intake.store.engine import Session
from intake.store.incidents import report_of
from intake.store.submissions import submissions_from


@dataclass(frozen=True, slots=True)
class BookedReport:
    report_type: str
    period: str
    status: str
    timeliness: str
    version: int
    missing: list[str]
    number: str | None
    receipt: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class BookedIncident:
    id: int
    category: str
    opened: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """One message and its disposition, with all that was recorded for it. `failed` where it could not be processed."""

    source: str
    id: int
    message_id: str
    received_at: datetime
    disposition: str
    reason: str
    agency: str | None
    failed: bool = False
    subject: str = ""
    reports: list[BookedReport] = field(default_factory=list)
    incident: BookedIncident | None = None
    evidence: list[str] = field(default_factory=list)
    suggestions: list[dict[str, Any]] = field(default_factory=list)
    request: dict[str, Any] = field(default_factory=dict)

    def as_json(self, zone: ZoneInfo) -> dict[str, Any]:
        """The object of `interface.md`, with times in the office's zone."""
        line = asdict(self) | {"request": self.request or None}
        line["received_at"] = self.received_at.astimezone(zone).isoformat()
        for report in line["reports"]:
            report["due_at"] = report["due_at"].astimezone(zone).isoformat()
        return line


def outcome_of(session: Session, message: Message) -> Outcome:
    """The outcome, read from the message's rows."""
    told = report_of(session, message.id)
    return _outcome(message, submissions_from(session, message.id), (told[1], told[0].opened) if told else None)


def outcome_of_case(case: Case) -> Outcome:
    """The outcome of a message that was judged for the first time, or anew, from what it became: nothing is read."""
    became = case.became
    return _outcome(case.message, became.reports, (became.incident, became.opened) if became.incident else None)


def _outcome(
    message: Message, reports: Sequence[tuple[Submission, Obligation]], told: tuple[Incident, bool] | None
) -> Outcome:
    """A message that could not be processed needs a person: `review`."""
    return Outcome(
        source=message.source,
        id=message.id,
        message_id=message.message_id,
        received_at=message.received_at,
        disposition=message.disposition or "review",
        reason=message.reason or message.error,
        agency=message.agency_code,
        failed=message.status == "failed",
        subject=message.subject,
        reports=[_booked(*pair) for pair in reports],
        incident=BookedIncident(told[0].id, told[0].category, told[1]) if told else None,
        evidence=message.evidence,
        suggestions=message.suggestions,
        request=message.request,
    )


def _booked(submission: Submission, obligation: Obligation) -> BookedReport:
    return BookedReport(
        report_type=obligation.report_type_code,
        period=obligation.period,
        status=submission.status,
        timeliness=submission.timeliness,
        version=submission.version,
        missing=submission.missing,
        number=submission.number,
        receipt=submission.receipt,
        due_at=obligation.due_at,
    )
