"""An invented province, its report types and its mails, for the tests of matching."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from intake.mail.parsed import Address, Attachment, ParsedMessage
from intake.model import Agency, Contact, ReportType
from intake.rules.matching.match import match
from intake.rules.names.directory import Directory
from intake.rules.reading import DocumentReading, MailReading
from intake.rules.verdicts import Match

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
RECEIVED = datetime(2023, 10, 16, 9, 30, tzinfo=ZONE)

AGENCIES = [
    Agency(code="office", name="Văn phòng UBND tỉnh", aliases=["VP UBND tỉnh"]),
    Agency(code="STC", name="Sở Tài chính", aliases=["STC"], groups=["so"]),
    Agency(code="SNN", name="Sở Nông nghiệp và Phát triển nông thôn", aliases=["Sở NN&PTNT"], groups=["so"]),
    Agency(code="SYT", name="Sở Y tế", groups=["so", "y-te"]),
    Agency(code="CAT", name="Công an tỉnh", groups=["luc-luong"]),
    Agency(code="HTANHOA", name="UBND huyện Tân Hòa", aliases=["huyện Tân Hòa", "Tân Hòa"], groups=["huyen"]),
    Agency(code="HTANHOADONG", name="UBND huyện Tân Hòa Đông", aliases=["huyện Tân Hòa Đông"], groups=["huyen"]),
    Agency(code="TXSONGCAU", name="UBND thị xã Sông Cái", aliases=["TX Sông Cái", "Sông Cái"], groups=["huyen"]),
    Agency(code="XTANHOA", name="UBND xã Tân Hòa", aliases=["xã Tân Hòa"], groups=["xa"]),
    Agency(code="HCU", name="UBND huyện Bàu Cũ", aliases=["Bàu Cũ"], groups=["huyen"], active_to=date(2023, 6, 30)),
    Agency(
        code="TPCU", name="UBND thành phố Bàu Cũ", aliases=["Bàu Cũ"], groups=["huyen"], active_from=date(2023, 7, 1)
    ),
]
CONTACTS = [
    ("office", "truc@vp.tinh.example", "duty"),
    ("STC", "stc@tinh.example", "submitter"),
    ("SNN", "snn@tinh.example", "submitter"),
    ("SYT", "syt@tinh.example", "submitter"),
    ("CAT", "cat@tinh.example", "duty"),
    ("HTANHOA", "tanhoa@tinh.example", "submitter"),
    ("HTANHOA", "chung@tinh.example", "submitter"),
    ("HTANHOADONG", "tanhoadong@tinh.example", "submitter"),
    ("HTANHOADONG", "chung@tinh.example", "submitter"),
    ("TXSONGCAU", "*@songcai.tinh.example", "submitter"),
    ("XTANHOA", "xatanhoa@tinh.example", "submitter"),
    ("HCU", "baucu@tinh.example", "submitter"),
    ("TPCU", "baucumoi@tinh.example", "submitter"),
    ("STC", "theodoi@vp.tinh.example", "supervisor"),
]
ALL, BELOW = ["so", "huyen"], ["so", "huyen", "xa"]
TYPES = [
    ReportType(
        code="KT-T",
        name="Báo cáo tình hình kinh tế - xã hội tháng",
        aliases=["KTXH tháng", "kinh tế - xã hội, quốc phòng - an ninh tháng"],
        frequency="monthly", closing="decree", due="closing +2wd", required=["document", "number"], groups=BELOW,
    ),
    ReportType(
        code="KT-Q", name="Báo cáo tình hình kinh tế - xã hội quý", aliases=["KTXH quý"],
        frequency="quarterly", closing="decree", due="day 20", required=["document"], groups=ALL,
    ),
    ReportType(
        code="KT-6T", name="Báo cáo tình hình kinh tế - xã hội 6 tháng", aliases=["KTXH 6T"],
        frequency="half_yearly", closing="decree", due="day 20", required=["document"], groups=BELOW,
    ),
    ReportType(
        code="KT-N", name="Báo cáo tình hình kinh tế - xã hội năm", aliases=["KTXH năm"],
        frequency="yearly", closing="decree", due="closing +3d", required=["document"], groups=BELOW,
    ),
    ReportType(
        code="PCCC-Q", name="Báo cáo công tác phòng cháy, chữa cháy quý", aliases=["BC PCCC"],
        frequency="quarterly", due="day 5 next month", required=["document"], groups=ALL,
    ),
    ReportType(
        code="PCCCR-T", name="Báo cáo công tác phòng cháy, chữa cháy rừng tháng", aliases=["PCCCR"],
        frequency="monthly", due="day 5 next month", required=["document"], groups=ALL,
    ),
    ReportType(
        code="TDKT-T", name="Báo cáo công tác thi đua, khen thưởng tháng", aliases=["TĐKT"],
        frequency="monthly", due="day 25", required=["document", "table"], groups=ALL,
    ),
    ReportType(
        code="GB-W", name="Báo cáo giao ban tuần", aliases=["giao ban tuần"],
        frequency="weekly", due="fri", required=["body"], groups=ALL,
    ),
    ReportType(
        code="TRUC-D", name="Báo cáo trực ban ngày", aliases=["trực ban"],
        frequency="daily", due="17:00", required=["body"], groups=["huyen", "luc-luong"],
    ),
    ReportType(
        code="DICH-W", name="Báo cáo tình hình dịch bệnh truyền nhiễm tuần", aliases=["BC dịch tuần"],
        frequency="weekly", due="fri 15:00", required=["table"], groups=["y-te"],
    ),
    ReportType(
        code="CV88", name="Báo cáo kết quả thực hiện Công văn số 88/UBND-TH", aliases=["BC thực hiện CV 88"],
        frequency="once", due="2023-10-30", required=["document", "number"], groups=ALL,
    ),
    ReportType(
        code="LU", name="Báo cáo nhanh tình hình mưa lũ", aliases=["báo cáo mưa lũ"],
        frequency="ad_hoc", required=["body"], groups=ALL,
    ),
    ReportType(
        code="CU-T", name="Báo cáo công tác dân vận tháng",
        frequency="monthly", due="day 25", groups=ALL, active_to=date(2022, 12, 31),
    ),
]  # fmt: skip


def directory() -> Directory:
    contacts = [Contact(agency_code=agency, email=email, role=role) for agency, email, role in CONTACTS]
    return Directory(AGENCIES, contacts, TYPES)


HEADS = {
    "HTANHOA": ("ỦY BAN NHÂN DÂN\nHUYỆN TÂN HÒA", "UBND"),
    "HTANHOADONG": ("ỦY BAN NHÂN DÂN\nHUYỆN TÂN HÒA ĐÔNG", "UBND"),
    "XTANHOA": ("ỦY BAN NHÂN DÂN\nXÃ TÂN HÒA", "UBND"),
    "TXSONGCAU": ("ỦY BAN NHÂN DÂN\nTHỊ XÃ SÔNG CÁI", "UBND"),
    "TPCU": ("ỦY BAN NHÂN DÂN\nTHÀNH PHỐ BÀU CŨ", "UBND"),
    "STC": ("UBND TỈNH BÌNH HÀ\nSỞ TÀI CHÍNH", "STC"),
    "SYT": ("UBND TỈNH BÌNH HÀ\nSỞ Y TẾ", "SYT"),
    "CAT": ("BỘ CÔNG AN\nCÔNG AN TỈNH BÌNH HÀ", "CAT-PV01"),
}


def paper(
    title: str,
    issuer: str = "HTANHOA",
    *,
    number: str = "120",
    kind: str = "BÁO CÁO",
    dated: str = "ngày 15 tháng 10 năm 2023",
    body: str = "I. KẾT QUẢ\nCác chỉ tiêu cơ bản đạt kế hoạch.",
) -> str:
    """The text of a document laid out as Decree 30 has it. `issuer` is a code, or the lines of the letterhead."""
    lines, unit = HEADS.get(issuer, (issuer, "UBND"))
    return (
        f"{lines}\nSố: {number}/BC-{unit}\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
        f"Bình Hà, {dated}\n{kind}\n{title}\nKính gửi: Ủy ban nhân dân tỉnh Bình Hà.\n{body}\n"
        "Nơi nhận:\n- Như trên;\n- Lưu: VT.\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nNguyễn Văn Ba"
    )


def document(text: str = "", name: str = "120-BC-UBND.docx", **more: object) -> DocumentReading:
    kind = {"xlsx": "xlsx", "pdf": "pdf", "jpg": "image", "zip": "archive", "eml": "message"}.get(name[-4:].strip("."))
    given = {"kind": kind or "docx", "size": 9, "sha256": "0" * 64, "attachment": 0, "text": text} | more
    return DocumentReading(name=name, **given)  # type: ignore[arg-type]


def scan(name: str, **more: object) -> DocumentReading:
    return document("", name, outcome="empty", detail="no text layer", **more)


def mail(
    subject: str = "", text: str = "", *documents: DocumentReading, sender: str = "tanhoa@tinh.example", **more: object
) -> MailReading:
    attachments = tuple(Attachment(one.name, "application/octet-stream", 9, one.sha256) for one in documents)
    given = {"attachments": attachments, "text": text, "own_text": text} | more
    message = ParsedMessage(sender=Address("", sender), subject=subject, **given)  # type: ignore[arg-type]
    return MailReading(message, documents)


DIRECTORY = directory()


def matched(reading: MailReading, at: datetime = RECEIVED, replies: tuple[object, ...] = ()) -> Match:
    return match(reading, DIRECTORY, at, ZONE, replies)  # type: ignore[arg-type]


def booked(found: Match) -> list[tuple[str, str, str]]:
    return [(one.agency, one.report_type, one.period) for one in found.bookings]


def report(title: str, issuer: str = "HTANHOA", *, name: str = "120-BC-UBND.docx", **more: str) -> DocumentReading:
    """A document that is a report with this title."""
    return document(paper(title, issuer, **more), name)
