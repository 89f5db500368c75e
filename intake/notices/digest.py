"""The day's synthesis for the office's leaders and its duty desk, with the values that it is made of."""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, ClassVar, Self

from pydantic import AwareDatetime

from intake.notices import examples
from intake.notices.base import Notice
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


@dataclass(frozen=True, kw_only=True)
class DailyDigest(Notice):
    """The day's synthesis: what was told, sent and missed from `since` until `now`.

    `mailbox_read_at` is None while the mailbox cannot be read. `overdue` counts every report that may be called
    missing, whenever it was due. `coming_to` is the last day that `coming` looks ahead to.
    """

    name: ClassVar[str] = "daily_digest"

    day: date
    since: AwareDatetime
    mailbox_read_at: AwareDatetime | None = None
    incidents: tuple[IncidentStanding, ...] = ()
    unanswered: tuple[UnansweredLine, ...] = ()
    received: tuple[ReceivedLine, ...] = ()
    due: tuple[DueLine, ...] = ()
    overdue: int = 0
    waiting_review: int = 0
    quarantined: int = 0
    unread: int = 0
    undelivered: tuple[UndeliveredLine, ...] = ()
    coming: tuple[ComingLine, ...] = ()
    coming_to: date
    paper: PaperLine = field(default_factory=PaperLine)

    @classmethod
    def sample(cls) -> Self:
        return cls(
            **examples.common("BC-TH-20191105", "2019-11-05T17:30:00", "", "Lãnh đạo Văn phòng UBND tỉnh"),
            day=date(2019, 11, 5),
            since=examples.at("2019-11-04T17:30:00"),
            mailbox_read_at=examples.at("2019-11-05T17:29:00"),
            incidents=(_FLOOD, _LANDSLIDE, _FIRE),
            unanswered=(_SILENT, replace(_SILENT, kind="update", standing="still_open")),
            received=(_RECEIVED, _WATCH),
            due=(_DUE, _WATCH_DUE),
            overdue=2,
            waiting_review=2,
            quarantined=1,
            undelivered=(
                UndeliveredLine(notice="reminder", recipient="bqlkkt@tinh.example", on=date(2019, 11, 5)),
                UndeliveredLine(notice="acknowledgment", recipient="sotttt@tinh.example", on=date(2019, 11, 4)),
            ),
            coming=(_COMING,),
            coming_to=date(2019, 11, 6),
            paper=PaperLine(
                above="UBND TỈNH",
                symbol="BC-VP",
                place="Sông Lam",
                signing=("CHÁNH VĂN PHÒNG",),
                signer="Nguyễn Văn An",
            ),
        )

    @classmethod
    def variants(cls) -> tuple[Self, ...]:
        sample = cls.sample()
        quiet = cls(
            **examples.common("BC-TH-20191110", "2019-11-10T17:30:00", ""),
            day=date(2019, 11, 10),
            since=examples.at("2019-11-09T17:30:00"),
            mailbox_read_at=examples.at("2019-11-10T17:30:00"),
            coming_to=date(2019, 11, 11),
        )
        blind = replace(_DUE, missing=(), waiting=(_DISTRICT,), unknown=(_TOWN, _DEPARTMENT), still_open=())
        one = replace(sample, incidents=(_LANDSLIDE,), overdue=1, waiting_review=1, quarantined=0, unread=1)
        doubtful = (
            replace(_SILENT, kind="update", standing="waiting"),
            replace(_SILENT, kind="closing", standing="unknown"),
        )
        return (
            quiet,
            replace(sample, unanswered=doubtful),
            replace(sample, mailbox_read_at=None, due=(blind,), overdue=0),
            replace(one, undelivered=sample.undelivered[:1], coming=(replace(_COMING, owed=1, received=0),)),
            replace(sample, received=(replace(_RECEIVED, incomplete=()),), incidents=(_FIRE,)),
        )


_DISTRICT = AgencyLine(code="SONGLAM", name=examples.DISTRICT)
_TOWN = AgencyLine(code="DOIXANH", name=examples.TOWN)
_DEPARTMENT = AgencyLine(code="STTTT", name=examples.DEPARTMENT)

_FLOOD = IncidentStanding(
    incident=examples.FLOOD,
    agency_code="SONGLAM",
    place="xã Bến Đá, huyện Sông Lam",
    last_report_at=examples.at("2019-11-01T16:50:00"),
    reports=3,
    summary="15 nhà tốc mái, 112 ha lúa bị ngập; không có thiệt hại về người.",
)
_LANDSLIDE = IncidentStanding(
    incident=replace(
        examples.FLOOD,
        code="VV-0014",
        title="Sạt lở đường liên xã tại xã Khe Gió",
        agency=examples.TOWN,
        opened_at=examples.at("2019-11-05T09:10:00"),
    ),
    agency_code="DOIXANH",
    place=examples.TOWN,
    last_report_at=examples.at("2019-11-05T09:10:00"),
    reports=1,
    new=True,
    news=True,
)
_FIRE = IncidentStanding(
    incident=replace(
        examples.FLOOD,
        code="VV-0013",
        category="fire_explosion",
        title="Cháy kho hàng tại thị xã Đồi Xanh",
        agency=examples.TOWN,
        opened_at=examples.at("2019-11-02T10:00:00"),
    ),
    agency_code="DOIXANH",
    place=examples.TOWN,
    last_report_at=examples.at("2019-11-05T15:00:00"),
    reports=2,
    summary="Đám cháy đã được dập tắt; thiệt hại ước tính 1,2 tỷ đồng, không có người bị nạn.",
    news=True,
    closed_at=examples.at("2019-11-05T16:00:00"),
)
_SILENT = UnansweredLine(
    agency=_DISTRICT,
    code="VV-0015",
    title="Cháy rừng tại tiểu khu 215",
    kind="report",
    asked_at=examples.at("2019-11-05T14:10:00"),
    due_at=examples.at("2019-11-05T17:00:00"),
    standing="missing",
)
_PETITIONS: dict[str, Any] = {
    "report_type": "KNTC-T",
    "report_name": "Báo cáo công tác tiếp công dân và giải quyết khiếu nại, tố cáo tháng",
    "period": "2019-10",
    "period_start": date(2019, 10, 1),
    "period_end": date(2019, 10, 31),
}
_WATCHING: dict[str, Any] = {
    "report_type": "TRUCBAN",
    "report_name": "Báo cáo trực ban ngày",
    "period": "2019-11-05",
    "period_start": date(2019, 11, 5),
    "period_end": date(2019, 11, 5),
    "due_at": examples.at("2019-11-05T17:00:00"),
}
_RECEIVED = ReceivedLine(
    **_PETITIONS,
    due_at=examples.at("2019-11-06T00:00:00"),
    on_time=(_DEPARTMENT,),
    incomplete=(IncompleteLine(agency=AgencyLine(code="SNGV", name="Sở Ngoại vụ"), missing=("table",)),),
)
_WATCH = ReceivedLine(
    **_WATCHING, on_time=(_DISTRICT,), late=(AgencyLine(code="BDT", name="Ban Dân tộc"),), nil=(_DISTRICT,)
)
_DUE = DueLine(
    **_PETITIONS,
    due_at=examples.at("2019-11-06T00:00:00"),
    owed=36,
    on_time=29,
    incomplete=_RECEIVED.incomplete,
    waiting=(_DEPARTMENT,),
    still_open=(AgencyLine(code="BDT", name="Ban Dân tộc"), _TOWN, _DISTRICT),
)
_WATCH_DUE = DueLine(**_WATCHING, owed=20, on_time=17, late=1, missing=(_TOWN, _DEPARTMENT))
_COMING = ComingLine(
    **_WATCHING | {"period": "2019-11-06", "due_at": examples.at("2019-11-06T17:00:00")},
    owed=20,
    received=1,
)
