"""The notices about urgent matters: the alert to the office, and the request to an agency."""

from dataclasses import dataclass, replace
from typing import ClassVar, Self

from pydantic import AwareDatetime

from intake.notices import examples
from intake.notices.base import Notice
from intake.notices.lines import DemandKind, FileLine, IncidentLine, OriginalLine, RequestStage, Role, TellingLine


@dataclass(frozen=True, kw_only=True)
class IncidentAlert(Notice):
    """Tells the office's duty officer and leaders at once that an urgent matter was reported.

    `summary` are the lines of the report worth reading first, as the agency wrote them. Without `incident` it may be
    one: `undecided` says why a person has to decide, `number` which mail of the review desk it is. Of one that
    `is_kept_out` nothing is told but whose it is, and `undecided` says why. `is_last` says that by the mail the matter
    is over.
    """

    name: ClassVar[str] = "incident_alert"

    incident: IncidentLine | None = None
    undecided: str = ""
    number: int = 0
    is_kept_out: bool = False
    received_at: AwareDatetime
    opened: bool = True
    sender: str = ""
    mail_subject: str = ""
    summary: tuple[str, ...] = ()
    files: tuple[FileLine, ...] = ()
    next_report_by: AwareDatetime | None = None
    is_last: bool = False

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
        undecided = replace(
            cls.sample(),
            incident=None,
            undecided="it speaks of an urgent matter and comes from an address that is no agency's: an@thu.example",
            number=214,
            reference="BC-7Q2MKD",
            sender="an@thu.example",
            mail_subject="cầu cứu",
            next_report_by=None,
        )
        return (
            replace(cls.sample(), opened=False),
            replace(cls.sample(), opened=False, next_report_by=None, is_last=True),
            replace(cls.sample(), incident=bare, summary=(), files=(), next_report_by=None, sender="", mail_subject=""),
            undecided,
            replace(undecided, mail_subject=""),
            *cls._of_mails_kept_out(),
        )

    @classmethod
    def _of_mails_kept_out(cls) -> tuple[Self, ...]:
        known = replace(
            cls.sample(),
            incident=None,
            undecided="an encrypted archive that cannot be opened or examined",
            number=215,
            is_kept_out=True,
            mail_subject="",
            summary=(),
            files=(),
            reference="BC-4T8XWN",
            next_report_by=None,
        )
        return known, replace(known, agency="")


@dataclass(frozen=True, kw_only=True)
class IncidentRequest(Notice):
    """Asks an agency for a report on an urgent matter, reminds of it, tells those above of silence, or takes it back.

    `kind` is the first report, one of the day's, or the last. `known` is what the office wrote. `last_report_at` is
    when the agency last told of the matter; `also_asked` are the other agencies asked at the same time, by name.
    `files` are filled in from `originals`, the office's own mail, when it leaves; `too_large` ones are not attached.
    """

    name: ClassVar[str] = "incident_request"

    incident: IncidentLine
    due_at: AwareDatetime
    asked_at: AwareDatetime
    kind: DemandKind = "report"
    stage: RequestStage = "asked"
    role: Role = "submitter"
    last_report_at: AwareDatetime | None = None
    known: tuple[str, ...] = ()
    also_asked: tuple[str, ...] = ()
    told: tuple[TellingLine, ...] = ()
    originals: tuple[OriginalLine, ...] = ()
    files: tuple[FileLine, ...] = ()
    too_large: bool = False

    @classmethod
    def sample(cls) -> Self:
        return cls(
            **examples.common("BC-4Q7M2T", "2019-11-05T14:10:00"),
            incident=examples.FOREST_FIRE,
            due_at=examples.at("2019-11-05T17:00:00"),
            asked_at=examples.at("2019-11-05T14:10:00"),
            known=("Báo Gia Định điện tử ngày 05/11/2019 đưa tin cháy rừng tại tiểu khu 215, xã Bến Đá.",),
        )

    @classmethod
    def variants(cls) -> tuple[Self, ...]:
        asked = cls.sample()
        told = (
            TellingLine(step="asked", at=asked.asked_at),
            TellingLine(step="-30m", at=examples.at("2019-11-05T16:30")),
        )
        reminded = replace(asked, stage="reminder", now=told[1].at, told=told[:1])
        overdue = replace(asked, stage="overdue", now=asked.due_at, told=told)
        head = replace(overdue, stage="escalation", role="head", recipient="", now=examples.at("2019-11-05T17:30"))
        bare = replace(examples.FOREST_FIRE, place="", category="other")
        daily = replace(
            overdue,
            kind="update",
            incident=examples.FLOOD,
            last_report_at=examples.at("2019-11-04T16:40:00"),
            known=(),
            told=told[1:],
        )
        closing = replace(daily, kind="closing", stage="asked", told=())
        return (
            replace(asked, incident=bare, known=(), also_asked=("Sở Nông nghiệp và PTNT", examples.TOWN)),
            reminded,
            overdue,
            head,
            replace(head, role="submitter"),
            replace(head, role="leader", recipient="Lãnh đạo Văn phòng UBND tỉnh", last_report_at=asked.asked_at),
            replace(daily, stage="reminder"),
            daily,
            replace(daily, stage="escalation", role="head", recipient=""),
            closing,
            replace(closing, stage="overdue", told=told[:1]),
            replace(closing, stage="escalation", role="supervisor", recipient="", told=told),
            replace(asked, files=examples.FILES[:1]),
            replace(asked, files=examples.FILES[:1], too_large=True),
            replace(asked, stage="withdrawn"),
            replace(closing, stage="withdrawn"),
        )
