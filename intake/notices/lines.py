"""The values that notices are made of: one report, one obligation, one file, one incident. Plain, frozen, JSON-able."""

from dataclasses import dataclass
from datetime import date
from typing import Literal, Self

from pydantic import AwareDatetime

from intake import config

Role = Literal["submitter", "head", "supervisor", "duty", "leader", "records", "secrecy"]
StepNotice = Literal["reminder", "overdue", "escalation", "directive"]
Timeliness = Literal["early", "on_time", "late"]
RequestStage = Literal["asked", "reminder", "overdue", "escalation", "withdrawn"]
OrderKind = Literal["request", "directive", "assign", "close", "end", "unknown"]
ProblemKind = Literal[
    "no_unit", "unknown_unit", "ambiguous_unit", "no_subject", "unclear_time", "past_time", "no_incident",
    "several_incidents", "unknown_incident", "closed_incident", "unclear", "no_address", "no_report_type",
]  # fmt: skip
DemandKind = Literal["report", "update", "closing", "confirmation"]
Failing = Literal["late", "incomplete", "missing", "waiting"]


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeLine:
    """Who writes. Instants are shown in `timezone`."""

    name: str
    address: str
    phone: str = ""
    timezone: str = "Asia/Ho_Chi_Minh"

    @classmethod
    def of(cls, office: config.Office) -> Self:
        return cls(name=office.name, address=office.address, phone=office.phone, timezone=office.timezone)


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodLine:
    """One report for one period, and its deadline."""

    report_type: str
    report_name: str
    period: str
    period_start: date
    period_end: date
    due_at: AwareDatetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportLine(PeriodLine):
    """One booked report. `missing` and `present` have the registry's words; `due_at` is the first late instant.

    `replaces` is the number of the version before, where this one has another; `earlier_received_at` is when that came;
    `completes` where this version stands beside that one and does not take its place.
    """

    receipt: str
    received_at: AwareDatetime
    timeliness: Timeliness
    status: Literal["accepted", "incomplete"] = "accepted"
    number: str | None = None
    missing: tuple[str, ...] = ()
    present: tuple[str, ...] = ()
    version: int = 1
    replaces: str | None = None
    earlier_received_at: AwareDatetime | None = None
    completes: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FileLine:
    """One attachment as it was received; `size` in bytes."""

    filename: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldLine:
    """That an obligation was spoken of before: by which notice, on which day."""

    notice: StepNotice
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ObligationLine(PeriodLine):
    """One report that an agency still owes, wholly or (with `missing`) in part. `agency` is the agency's name."""

    agency: str
    agency_code: str = ""
    required: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    received_at: AwareDatetime | None = None
    told: tuple[ToldLine, ...] = ()
    working_days_overdue: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineLine(PeriodLine):
    """One report whose deadline was spoken about. `former_due_at` is what it was before, where it was moved."""

    former_due_at: AwareDatetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NextStep:
    """What the policy does next if nothing arrives: which notice, when, and to which roles."""

    notice: StepNotice
    at: AwareDatetime
    to: tuple[Role, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentLine:
    """One urgent matter. `code` is what people call it by; `agency` the name of the agency that told of it."""

    code: str
    category: str
    title: str
    agency: str
    opened_at: AwareDatetime
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginalLine:
    """A mail that a copy is made of when it leaves, by the SHA-256 of its raw bytes.

    `files` are the SHA-256 of the attachments that go along; with `everything` all that it attaches does. `text` says
    that its own words are a part of the report.
    """

    mail: str
    files: tuple[str, ...] = ()
    everything: bool = False
    text: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TellingLine:
    """That a request was made or repeated, and when."""

    step: str
    at: AwareDatetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedLine:
    """Of whom a report on an urgent matter was asked, and by when. `reached` is False where no address is known."""

    agency: str
    due_at: AwareDatetime
    reached: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyStanding:
    """How one agency kept its deadlines in a span of time. `mean_days_late` counts late reports only."""

    agency: str
    owed: int
    on_time: int = 0
    late: int = 0
    incomplete: int = 0
    missing: int = 0
    waiting: int = 0
    mean_days_late: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptLine(PeriodLine):
    """One report of an agency that did not come whole and in time, and what became of it."""

    outcome: Failing
    received_at: AwareDatetime | None = None
