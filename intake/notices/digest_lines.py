"""What a digest is made of: how agencies, reports, deadlines and urgent matters stand."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from pydantic import AwareDatetime

from intake.notices.lines import DemandKind, IncidentLine, PeriodLine


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyLine:
    """An agency by its code, for programs, and by its name, for people."""

    code: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentStanding:
    """One urgent matter: the last that was told of it, by how many reports, and whether it is new or closed.

    `place` is where it is, or the name of the agency that told of it. `news` says whether anything was told since the
    last digest.
    """

    incident: IncidentLine
    agency_code: str
    place: str
    last_report_at: AwareDatetime
    reports: int
    summary: str = ""
    new: bool = False
    news: bool = False
    closed_at: AwareDatetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnansweredLine:
    """What an agency was asked about an urgent matter and has not answered.

    `standing` is as in `DueLine`: nobody is called late of whom it may not be said.
    """

    agency: AgencyLine
    code: str
    title: str
    kind: DemandKind
    asked_at: AwareDatetime
    due_at: AwareDatetime
    standing: Literal["missing", "waiting", "unknown", "still_open"]


@dataclass(frozen=True, slots=True, kw_only=True)
class IncompleteLine:
    """An agency whose report came without a part; `missing` has the registry's words."""

    agency: AgencyLine
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedLine(PeriodLine):
    """Who sent one report for one period since the last digest. `nil` are those of them that had nothing to report."""

    on_time: tuple[AgencyLine, ...] = ()
    late: tuple[AgencyLine, ...] = ()
    incomplete: tuple[IncompleteLine, ...] = ()
    nil: tuple[AgencyLine, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DueLine(PeriodLine):
    """How many agencies owed one report whose deadline has come, and who has not sent it.

    `missing` is said only of whom it may be said: the mail of those `waiting` has not been decided on, and of those
    `unknown` nothing can be said, because the mailbox was not read through since the deadline. `still_open` have time.
    """

    owed: int
    on_time: int = 0
    late: int = 0
    incomplete: tuple[IncompleteLine, ...] = ()
    missing: tuple[AgencyLine, ...] = ()
    waiting: tuple[AgencyLine, ...] = ()
    unknown: tuple[AgencyLine, ...] = ()
    still_open: tuple[AgencyLine, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ComingLine(PeriodLine):
    """How many agencies owe one report that falls due next, and how many of them have sent it."""

    owed: int
    received: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class UndeliveredLine:
    """A notice that was refused or came back: which, and to whom."""

    notice: str
    recipient: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperLine:
    """What stands at the head and at the foot of a document of the office (Decree 30/2020, appendix I)."""

    above: str = ""
    symbol: str = ""
    place: str = ""
    signing: tuple[str, ...] = ()
    signer: str = ""
