"""The notices about urgent matters: the alert to the office, and the request to an agency."""

from dataclasses import dataclass, replace
from typing import ClassVar, Self

from pydantic import AwareDatetime

from intake.notices import examples
from intake.notices.base import Notice
from intake.notices.lines import FileLine, IncidentLine


@dataclass(frozen=True, kw_only=True)
class IncidentAlert(Notice):
    """Tells the office's duty officer and leaders at once that an urgent matter was reported.

    `summary` are the lines of the report worth reading first, as the agency wrote them.
    """

    name: ClassVar[str] = "incident_alert"

    incident: IncidentLine
    received_at: AwareDatetime
    opened: bool = True
    sender: str = ""
    mail_subject: str = ""
    summary: tuple[str, ...] = ()
    files: tuple[FileLine, ...] = ()
    next_report_by: AwareDatetime | None = None

    @classmethod
    def sample(cls) -> Self:
        return cls(
            **examples.common("BC-VV0012", "2019-10-31T15:21:00", recipient="Trực ban Văn phòng UBND tỉnh"),
            incident=examples.FLOOD,
            received_at=examples.FLOOD.opened_at,
            sender="ubndsonglam@tinh.example",
            mail_subject="Báo cáo nhanh tình hình mưa lũ",
            summary=("Tính đến 15 giờ 00: 15 nhà tốc mái, 112 ha lúa bị ngập.", "Không có thiệt hại về người."),
            files=examples.FILES[:1],
            next_report_by=examples.at("2019-11-01T17:00:00"),
        )

    @classmethod
    def variants(cls) -> tuple[Self, ...]:
        bare = replace(examples.FLOOD, place="", category="other")
        return (
            replace(cls.sample(), opened=False),
            replace(cls.sample(), incident=bare, summary=(), files=(), next_report_by=None, sender="", mail_subject=""),
        )


@dataclass(frozen=True, kw_only=True)
class IncidentRequest(Notice):
    """Asks an agency for a report on an urgent matter: the first, or the next after `last_report_at`."""

    name: ClassVar[str] = "incident_request"

    incident: IncidentLine
    due_at: AwareDatetime
    last_report_at: AwareDatetime | None = None

    @classmethod
    def sample(cls) -> Self:
        return cls(
            **examples.common("BC-VV0012", "2019-11-01T17:30:00"),
            incident=examples.FLOOD,
            due_at=examples.at("2019-11-01T19:00:00"),
            last_report_at=examples.FLOOD.opened_at,
        )

    @classmethod
    def variants(cls) -> tuple[Self, ...]:
        bare = replace(examples.FLOOD, place="", category="other")
        return (replace(cls.sample(), last_report_at=None), replace(cls.sample(), incident=bare))
