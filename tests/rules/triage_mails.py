"""Mails and a small registry for the tests of triage: every default is an ordinary mail of a registered agency."""

from datetime import date, datetime, timedelta, timezone

from intake.config import Category
from intake.mail.parsed import Address, ParsedMessage
from intake.model import Agency, Contact
from intake.rules.names.directory import Directory
from intake.rules.reading import DocumentReading, MailReading

HANOI = timezone(timedelta(hours=7))
RECEIVED = datetime(2026, 8, 12, 9, 30, tzinfo=HANOI)

CATEGORIES = {
    "natural_disaster": Category(keywords=("thiên tai", "mưa lũ", "bão số", "lũ quét", "ngập lụt", "sạt lở")),
    "epidemic": Category(keywords=("ổ dịch", "ca bệnh", "dịch tả lợn châu Phi", "ngộ độc tập thể")),
    "social_evil": Category(keywords=("tệ nạn xã hội", "đánh bạc", "ma túy", "mại dâm")),
    "security": Category(keywords=("mất an ninh", "tập trung đông người", "kích động")),
    "public_order": Category(keywords=("gây rối trật tự", "giết người", "cố ý gây thương tích")),
    "fire_explosion": Category(keywords=("cháy", "nổ", "hỏa hoạn", "cháy rừng")),
    "border_crossing": Category(keywords=("vượt biên", "nhập cảnh trái phép")),
    "deforestation": Category(keywords=("phá rừng", "chặt phá rừng", "khai thác lâm sản trái phép")),
    "other": Category(keywords=("vụ việc phức tạp", "sự cố nghiêm trọng", "đuối nước")),
}


def directory() -> Directory:
    agencies = [
        Agency(code="office", name="Văn phòng UBND tỉnh"),
        Agency(code="XANTAN", name="UBND xã An Tân", aliases=["xã An Tân"]),
        Agency(code="XBINHLONG", name="UBND xã Bình Long", aliases=["Bình Long"]),
        Agency(code="CAT", name="Công an tỉnh"),
        Agency(code="HCU", name="UBND huyện Cũ", active_to=date(2025, 6, 30)),
    ]
    contacts = [
        Contact(agency_code="office", email="truc@vp.tinh.example", role="duty"),
        Contact(agency_code="XANTAN", email="antan@tinh.example", role="submitter"),
        Contact(agency_code="XANTAN", email="chung@tinh.example", role="submitter"),
        Contact(agency_code="XANTAN", email="theodoi@vp.tinh.example", role="supervisor"),
        Contact(agency_code="XBINHLONG", email="chung@tinh.example", role="submitter"),
        Contact(agency_code="XBINHLONG", email="*@binhlong.tinh.example", role="submitter"),
        Contact(agency_code="CAT", email="truc@cat.tinh.example", role="duty"),
        Contact(agency_code="HCU", email="huyencu@tinh.example", role="submitter"),
    ]
    return Directory(agencies, contacts, [])


def document(text: str = "", *, name: str = "van-ban.pdf", kind: str = "pdf", **more: object) -> DocumentReading:
    return DocumentReading(name=name, kind=kind, size=9, sha256="0" * 64, attachment=0, text=text, **more)  # type: ignore[arg-type]


def mail(
    subject: str = "",
    text: str = "",
    *documents: DocumentReading,
    sender: str = "antan@tinh.example",
    secrecy: str = "",
    **more: object,
) -> MailReading:
    message = ParsedMessage(
        message_id="<this@tinh.example>",
        sender=Address("", sender) if sender else None,
        subject=subject,
        text=text,
        own_text=text,
        **more,  # type: ignore[arg-type]
    )
    return MailReading(message, documents, secrecy)
