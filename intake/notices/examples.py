"""Made-up facts that the samples of all notices are built from. Nobody and nothing in here exists."""

from datetime import date, datetime, timedelta, timezone
from typing import Any

from intake.notices.lines import (
    DeadlineLine,
    FileLine,
    IncidentLine,
    NextStep,
    ObligationLine,
    OfficeLine,
    ReportLine,
    ToldLine,
)

_ZONE = timezone(timedelta(hours=7))


def at(text: str) -> datetime:
    """An instant in the sample office's zone."""
    return datetime.fromisoformat(text).replace(tzinfo=_ZONE)


OFFICE = OfficeLine(name="Văn phòng UBND tỉnh", address="baocao@tinh.example", phone="0200.000.0100")
DEPARTMENT = "Sở Thông tin và Truyền thông"
DISTRICT = "UBND huyện Sông Lam"
TOWN = "UBND thị xã Đồi Xanh"
RECEIVED = at("2019-10-16T16:45:20")


def common(reference: str, now: str, agency: str = DISTRICT, recipient: str = "") -> dict[str, Any]:
    """The fields that each notice has."""
    return {
        "office": OFFICE,
        "reference": reference,
        "now": at(now),
        "agency": agency,
        "recipient": recipient or (agency and f"Văn thư {agency}"),
    }


ECONOMY = ReportLine(
    report_type="KTXH-T",
    report_name="Báo cáo tình hình kinh tế - xã hội tháng",
    period="2019-10",
    period_start=date(2019, 9, 15),
    period_end=date(2019, 10, 14),
    due_at=at("2019-10-17T00:00:00"),
    receipt="2019/01873",
    received_at=RECEIVED,
    timeliness="on_time",
    number="512/BC-UBND",
    present=("document", "number"),
)
TRAFFIC = ReportLine(
    report_type="ATGT-T",
    report_name="Báo cáo tình hình trật tự, an toàn giao thông tháng",
    period="2019-10",
    period_start=date(2019, 9, 15),
    period_end=date(2019, 10, 14),
    due_at=at("2019-10-19T00:00:00"),
    receipt="2019/01874",
    received_at=RECEIVED,
    timeliness="on_time",
    number="513/BC-UBND",
    present=("pdf",),
)
REFORM = ReportLine(
    report_type="CCHC-Q",
    report_name="Báo cáo công tác cải cách hành chính quý",
    period="2019-Q3",
    period_start=date(2019, 6, 15),
    period_end=date(2019, 9, 14),
    due_at=at("2019-09-17T17:00:00"),
    receipt="2019/01602",
    received_at=at("2019-09-17T10:05:40"),
    timeliness="on_time",
    status="incomplete",
    number="97/BC-STTTT",
    missing=("signed_pdf",),
    present=("number",),
)
REPLACED: dict[str, Any] = {"replaces": "512/BC-UBND", "earlier_received_at": RECEIVED}
COMPLETED: dict[str, Any] = {"earlier_received_at": RECEIVED, "completes": True}
FILES = (
    FileLine(filename="512 BC KTXH T10.docx", size=36_451, sha256="a73d8f3c06e665cd" * 4),
    FileLine(filename="513 BC ATGT T10.pdf", size=47_805, sha256="1ea9ad00fdfe3be8" * 4),
)
REFORM_FILE = FileLine(filename="BC CCHC quý III.2019.pdf", size=48_591, sha256="875c9fa5e11a8e22" * 4)

OWED = ObligationLine(
    agency=DISTRICT,
    report_type="KTXH-T",
    report_name="Báo cáo tình hình kinh tế - xã hội tháng",
    period="2019-11",
    period_start=date(2019, 10, 15),
    period_end=date(2019, 11, 14),
    due_at=at("2019-11-19T00:00:00"),
    required=("document", "number"),
)
OWED_TRAFFIC = ObligationLine(
    agency=DISTRICT,
    report_type="ATGT-T",
    report_name="Báo cáo tình hình trật tự, an toàn giao thông tháng",
    period="2019-11",
    period_start=date(2019, 10, 15),
    period_end=date(2019, 11, 14),
    due_at=at("2019-11-20T00:00:00"),
    required=("pdf",),
)
OWED_ONCE = ObligationLine(
    agency=TOWN,
    report_type="CV100",
    report_name="Báo cáo kết quả thực hiện Công văn số 100/UBND-NC",
    period="CV100",
    period_start=date(2019, 12, 10),
    period_end=date(2019, 12, 10),
    due_at=at("2019-12-10T17:00:00"),
    required=("signed_pdf", "xlsx:BVR01!C8", "docx:Kiến nghị, đề xuất"),
)
MOVED = DeadlineLine(
    report_type="KTXH-T",
    report_name="Báo cáo tình hình kinh tế - xã hội tháng",
    period="2019-11",
    period_start=date(2019, 10, 15),
    period_end=date(2019, 11, 14),
    due_at=at("2019-11-21T00:00:00"),
    former_due_at=at("2019-11-19T00:00:00"),
)
MOVED_ONCE = DeadlineLine(
    report_type="CV100",
    report_name="Báo cáo kết quả thực hiện Công văn số 100/UBND-NC",
    period="CV100",
    period_start=date(2019, 12, 10),
    period_end=date(2019, 12, 10),
    due_at=at("2019-12-13T17:00:00"),
    former_due_at=at("2019-12-10T17:00:00"),
)
REMINDED = (ToldLine(notice="reminder", on=date(2019, 11, 16)), ToldLine(notice="reminder", on=date(2019, 11, 18)))
TOLD_OVERDUE = (*REMINDED, ToldLine(notice="overdue", on=date(2019, 11, 19)))
TO_THE_HEAD = NextStep(notice="escalation", at=at("2019-11-20T00:00:00"), to=("submitter", "head"))
TO_THE_SUPERVISOR = NextStep(notice="directive", at=at("2019-11-26T00:00:00"), to=("head", "supervisor"))

FLOOD = IncidentLine(
    code="VV-0012",
    category="natural_disaster",
    title="Mưa lũ gây ngập tại xã Bến Đá",
    agency=DISTRICT,
    opened_at=at("2019-10-31T15:20:00"),
    place="xã Bến Đá, huyện Sông Lam",
)
FOREST_FIRE = IncidentLine(
    code="VV-0015",
    category="fire_explosion",
    title="Cháy rừng tại tiểu khu 215, xã Bến Đá",
    agency=DISTRICT,
    opened_at=at("2019-11-05T14:10:00"),
    place="xã Bến Đá, huyện Sông Lam",
)
