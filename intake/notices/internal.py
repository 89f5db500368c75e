"""The notices that stay within the house: receipts, summaries, alerts."""

from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar, Literal, Self

from pydantic import AwareDatetime

from intake.notices import examples
from intake.notices.base import Notice
from intake.notices.lines import AgencyStanding, Failing, FileLine, KeptLine, ReportLine
from intake.notices.orders import (
    ASSIGNED,
    CLOSED,
    DIRECTED,
    REFUSED,
    REQUESTED,
    UNCLEAR,
    OrderLine,
    ProblemLine,
)

AlertKind = Literal[
    "mailbox_unread", "mails_unknown", "message_unfetched", "message_failed", "message_quarantined", "secrecy_mark",
    "notice_failed", "notice_bounced", "template_broken", "storage_low", "agency_without_address",
    "sending_capped", "config_broken",
]  # fmt: skip
_FAILING: tuple[Failing, ...] = ("late", "incomplete", "missing", "waiting")
_OTHER_ALERTS: tuple[AlertKind, ...] = (
    "mails_unknown", "message_unfetched", "message_failed", "message_quarantined", "secrecy_mark", "notice_failed",
    "notice_bounced", "template_broken", "storage_low", "agency_without_address", "sending_capped", "config_broken",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class OfficeReceipt(Notice):
    """Tells the office's own records desk what was booked from one mail, or an officer what became of an order.

    `message` is what `intake replay` takes.
    """

    name: ClassVar[str] = "office_receipt"

    received_at: AwareDatetime
    message: int
    sender: str
    reports: tuple[ReportLine, ...] = ()
    mail_subject: str = ""
    files: tuple[FileLine, ...] = ()
    evidence: tuple[str, ...] = ()
    order: OrderLine | None = None

    @classmethod
    def sample(cls) -> Self:
        return cls(
            **examples.common("BC-3F7K2Q", "2019-10-16T16:46:00", recipient="Bộ phận Hành chính - Lưu trữ"),
            received_at=examples.RECEIVED,
            message=1207,
            sender="ubndsonglam@tinh.example",
            mail_subject="BC KTXH và ATGT tháng 10",
            reports=(examples.ECONOMY, examples.TRAFFIC),
            files=examples.FILES,
            evidence=("địa chỉ gửi thuộc UBND huyện Sông Lam", "tên báo cáo và kỳ nêu tại trích yếu"),
        )

    @classmethod
    def variants(cls) -> tuple[Self, ...]:
        sample = cls.sample()
        ordered = cls(
            **examples.common("BC-7W2N5D", "2019-11-05T14:12:00", "", "Trực ban Văn phòng UBND tỉnh"),
            received_at=examples.at("2019-11-05T14:11:20"),
            message=1311,
            sender="trucban@vp.tinh.example",
        )
        orders = (ASSIGNED, REQUESTED, CLOSED, replace(CLOSED, kind="end"), DIRECTED, REFUSED, UNCLEAR)
        nobody = replace(DIRECTED, problems=(ProblemLine(kind="no_report_type"),))
        return (
            replace(sample, reports=(examples.REFORM,), files=(), evidence=(), mail_subject=""),
            *(replace(ordered, order=one) for one in (*orders, nobody)),
        )


@dataclass(frozen=True, kw_only=True)
class ComplianceSummary(Notice):
    """How the agencies kept their deadlines from `first` to `last`.

    With `agency` it is that agency's own page: its standing alone, and in `reports` what did not come whole in time.
    """

    name: ClassVar[str] = "compliance_summary"

    first: date
    last: date
    standings: tuple[AgencyStanding, ...]
    reports: tuple[KeptLine, ...] = ()

    @classmethod
    def sample(cls) -> Self:
        return cls(
            **examples.common("BC-TK-201910", "2019-11-01T08:00:00", "", "Lãnh đạo Văn phòng UBND tỉnh"),
            first=date(2019, 10, 1),
            last=date(2019, 10, 31),
            standings=(
                AgencyStanding(agency=examples.DISTRICT, owed=9, on_time=7, late=2, mean_days_late=1.5),
                AgencyStanding(agency=examples.TOWN, owed=9, on_time=6, incomplete=1, missing=2),
            ),
        )

    @classmethod
    def variants(cls) -> tuple[Self, ...]:
        sample = cls.sample()
        lines = tuple(
            KeptLine(
                report_type="KTXH-T",
                report_name="Báo cáo tình hình kinh tế - xã hội tháng",
                period="2019-10",
                period_start=date(2019, 9, 15),
                period_end=date(2019, 10, 14),
                due_at=examples.at("2019-10-17T00:00:00"),
                outcome=outcome,
                received_at=examples.at("2019-10-18T09:00:00") if outcome in ("late", "incomplete") else None,
            )
            for outcome in _FAILING
        )
        standing = replace(sample.standings[0], waiting=1)
        own = replace(sample, agency=examples.DISTRICT, recipient="", standings=(standing,), reports=lines)
        good = AgencyStanding(agency=examples.DISTRICT, owed=9, on_time=9)
        return (replace(sample, standings=()), own, replace(own, standings=(good,), reports=()))


@dataclass(frozen=True, slots=True, kw_only=True)
class LostLine:
    """A notice that was refused or came back: which, under which reference, and to whom."""

    notice: str
    reference: str
    recipient: str


@dataclass(frozen=True, kw_only=True)
class AdminAlert(Notice):
    """Tells those who run the service that something needs them.

    `kind` chooses the words for what happened and what to do. `about` names the one thing concerned: a mailbox, a
    message's id, a notice's id, a template; `lost` is that notice. `details` are further lines, never anything of a
    quarantined mail.
    """

    name: ClassVar[str] = "admin_alert"

    kind: AlertKind
    about: str = ""
    since: AwareDatetime | None = None
    lost: LostLine | None = None
    details: tuple[str, ...] = ()

    @classmethod
    def sample(cls) -> Self:
        return cls(
            **examples.common("BC-QT-0007", "2019-11-05T09:00:00", "", "Quản trị hệ thống"),
            kind="mailbox_unread",
            about="imap:baocao@mail.tinh.example/INBOX",
            since=examples.at("2019-11-05T08:10:00"),
            details=("the server closed the connection",),
        )

    @classmethod
    def variants(cls) -> tuple[Self, ...]:
        sample = cls.sample()
        bare = replace(sample, about="", since=None, details=())
        lost = LostLine(notice="overdue", reference="BC-7K2M9Q", recipient="sotttt@tinh.example")
        refused = replace(sample, kind="notice_bounced", about="412", lost=lost, details=("5.1.1 user unknown",))
        return (refused, *(replace(one, kind=kind) for kind in _OTHER_ALERTS for one in (sample, bare)))
