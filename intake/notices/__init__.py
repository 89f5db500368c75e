"""Every mail that leaves, as one frozen dataclass: its fields are its template's variables, with samples.

A notice waits in the outbox as JSON (`to_fields`) and comes back as it was (`from_fields`). Nothing is worded here.
"""

from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from intake.errors import PermanentError
from intake.notices.base import Notice
from intake.notices.corrected import Correction
from intake.notices.deadlines import DeadlineMoved, RequestAnswer
from intake.notices.digest import DailyDigest
from intake.notices.digest_lines import (
    AgencyLine,
    ComingLine,
    DueLine,
    IncidentStanding,
    IncompleteLine,
    PaperLine,
    ReceivedLine,
    UnansweredLine,
    UndeliveredLine,
)
from intake.notices.due import Directive, DueNotice, Escalation, Overdue, Reminder
from intake.notices.internal import AdminAlert, AlertKind, ComplianceSummary, LostLine, OfficeReceipt
from intake.notices.lines import (
    AgencyStanding,
    AskedLine,
    DeadlineLine,
    FileLine,
    IncidentLine,
    KeptLine,
    NextStep,
    ObligationLine,
    OfficeLine,
    OriginalLine,
    ReportLine,
    RequestStage,
    Role,
    StepNotice,
    TellingLine,
    Timeliness,
    ToldLine,
)
from intake.notices.orders import DirectiveOrder, OrderLine, ProblemLine
from intake.notices.received import (
    Acknowledgment,
    Incomplete,
    Refusal,
    RefusalReason,
    ReviewReason,
    SecrecyRefusal,
    UnderReview,
)
from intake.notices.sharing import FollowedLine, Share
from intake.notices.urgent import IncidentAlert, IncidentRequest

__all__ = [
    "NOTICES", "Acknowledgment", "AdminAlert", "AgencyLine", "AgencyStanding", "AlertKind", "AskedLine", "ComingLine",
    "ComplianceSummary", "Correction", "DailyDigest", "DeadlineLine", "DeadlineMoved", "Directive", "DirectiveOrder",
    "DueLine", "DueNotice", "Escalation", "FileLine", "FollowedLine", "IncidentAlert", "IncidentLine",
    "IncidentRequest", "IncidentStanding", "Incomplete", "IncompleteLine", "KeptLine", "LostLine", "NextStep", "Notice",
    "ObligationLine", "OfficeLine", "OfficeReceipt", "OrderLine", "OriginalLine", "Overdue", "PaperLine",
    "ProblemLine", "ReceivedLine", "Refusal", "RefusalReason", "Reminder", "ReportLine", "RequestAnswer",
    "RequestStage", "ReviewReason", "Role", "SecrecyRefusal", "Share", "StepNotice", "TellingLine", "Timeliness",
    "ToldLine", "UnansweredLine", "UndeliveredLine", "UnderReview", "from_fields", "to_fields",
]  # fmt: skip

NOTICES: dict[str, type[Notice]] = {
    notice.name: notice
    for notice in (
        Acknowledgment, Incomplete, UnderReview, Refusal, Reminder, Overdue, Escalation, Directive, IncidentAlert,
        IncidentRequest, Share, OfficeReceipt, DailyDigest, ComplianceSummary, SecrecyRefusal, AdminAlert,
        Correction, RequestAnswer, DeadlineMoved, DirectiveOrder,
    )
}  # fmt: skip


def to_fields(notice: Notice) -> dict[str, Any]:
    """The notice as JSON keeps it; `from_fields` with the notice's name brings back its equal."""
    fields: dict[str, Any] = _adapter(notice.name).dump_python(notice, mode="json")
    return fields


def from_fields(name: str, fields: dict[str, Any]) -> Notice:
    """The notice that `to_fields` made these fields of. Raises `PermanentError` if they are none of this notice."""
    if name not in NOTICES:
        raise PermanentError(f"there is no notice named {name!r}")
    try:
        return _adapter(name).validate_python(fields)
    except ValidationError as cause:
        raise PermanentError(f"the stored fields of this {name} cannot be read: {cause}") from cause


@cache
def _adapter(name: str) -> TypeAdapter[Notice]:
    return TypeAdapter(NOTICES[name])
