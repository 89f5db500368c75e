"""Small mails and registries for tests, built with what the program itself does not use: the standard library."""

import hashlib
import io
import zipfile
from datetime import date, datetime
from email.message import EmailMessage
from email.utils import format_datetime
from zoneinfo import ZoneInfo

from intake.model import OFFICE, Agency, Contact, ReportType
from intake.registry import Registry

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
OFFICE_ADDRESS = "baocao@tinh.example"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def at(text: str) -> datetime:
    """A moment in the office's zone, from "2026-10-15 09:00"."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def registry() -> Registry:
    """Two departments and two communes; a monthly report of all, a weekly one of the departments."""
    names = {"STC": "Sở Tài chính", "SYT": "Sở Y tế", "XHOABINH": "UBND xã Hòa Bình", "XPHUTHO": "UBND xã Phú Thọ"}
    agencies = [Agency(code=OFFICE, name="Văn phòng UBND tỉnh")]
    contacts = [
        Contact(agency_code=OFFICE, email=f"{role}@vp.tinh.example", role=role, name=name)
        for role, name in (("records", "Bộ phận lưu trữ"), ("duty", "Trực ban"), ("secrecy", "Cán bộ bảo mật"))
    ]
    for code, name in names.items():
        agencies.append(Agency(code=code, name=name, groups=["so" if code.startswith("S") else "xa"]))
        box = code.lower()
        contacts += [
            Contact(agency_code=code, email=f"{box}@tinh.example", role="submitter", name=f"Văn thư {name}"),
            Contact(agency_code=code, email=f"truong.{box}@tinh.example", role="head", name=f"Thủ trưởng {name}"),
        ]
    report_types = [
        ReportType(
            code="KTXH-T", name="Báo cáo tình hình kinh tế - xã hội tháng", aliases=["BC KTXH tháng", "KT-XH tháng"],
            frequency="monthly", closing="decree", due="closing +2wd", required=["document", "number"],
            groups=["so", "xa"], active_from=date(2026, 1, 1),
        ),
        ReportType(
            code="GIAOBAN", name="Báo cáo phục vụ giao ban tuần", aliases=["giao ban tuần"], frequency="weekly",
            due="thu", roll="previous", required=["body"], groups=["so"], active_from=date(2026, 1, 1),
        ),
    ]  # fmt: skip
    return Registry(agencies, contacts, report_types)


def docx(*paragraphs: str) -> bytes:
    """A Word document with these paragraphs."""
    body = "".join(f"<w:p><w:r><w:t xml:space='preserve'>{text}</w:t></w:r></w:p>" for text in paragraphs)
    main = (
        '<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w='
        f'"http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{body}</w:body></w:document>'
    )
    types = (
        '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/'
        'content-types"><Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{DOCX}.main+xml"/></Types>'
    )
    rels = (
        '<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
        'relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        'relationships/officeDocument" Target="word/document.xml"/></Relationships>'
    )
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as package:
        for name, text in (("[Content_Types].xml", types), ("_rels/.rels", rels), ("word/document.xml", main)):
            package.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), text)
    return packed.getvalue()


def monthly_report(agency: str, number: str, month: int, year: int = 2026) -> bytes:
    """A monthly report of an agency, as a Word document in the form of Decree 30/2020."""
    return docx(
        agency.upper(),
        f"Số: {number}",
        f"Sơn Hà, ngày 15 tháng {month} năm {year}",
        "BÁO CÁO",
        f"Tình hình kinh tế - xã hội tháng {month}, nhiệm vụ trọng tâm tháng {month % 12 + 1} năm {year + month // 12}",
        "Kính gửi: Ủy ban nhân dân tỉnh",
        "Trong tháng, tình hình kinh tế - xã hội tiếp tục ổn định; thu ngân sách đạt 8,2% dự toán năm.",
        "Nơi nhận: - Như trên; - Lưu: VT.",
    )


def _minted(*parts: object) -> str:
    return f"<{hashlib.sha256(repr(parts).encode()).hexdigest()[:20]}@tinh.example>"


def mail(
    sender: str,
    subject: str,
    body: str,
    received_at: datetime,
    *,
    files: dict[str, bytes] | None = None,
    message_id: str = "",
    headers: dict[str, str] | None = None,
) -> bytes:
    """A mail as our server took it: with its Received field, CRLF, and Word documents attached."""
    message = EmailMessage()
    message["Return-Path"] = f"<{sender}>"
    message["Received"] = f"from mx.tinh.example by mail.tinh.example with ESMTPS; {format_datetime(received_at)}"
    message["From"] = sender
    message["To"] = OFFICE_ADDRESS
    message["Subject"] = subject
    message["Date"] = format_datetime(received_at)
    message["Message-ID"] = message_id or _minted(sender, subject, body, received_at)
    for name, value in (headers or {}).items():
        message[name] = value
    message.set_content(body)
    for name, content in (files or {}).items():
        main, sub = DOCX.split("/")
        message.add_attachment(content, maintype=main, subtype=sub, filename=name)
    return message.as_bytes(policy=message.policy.clone(linesep="\r\n"))
