"""The three sheets of a registry: their columns, the titles these are known by, and the notes of the template."""

import re
from dataclasses import dataclass

from intake.config import AGENCY_ROLES, OFFICE_ROLES
from intake.rules.language.text import fold

FREQUENCIES = (
    "daily", "weekly", "monthly", "quarterly", "half_yearly", "nine_monthly", "yearly", "once", "ad_hoc",
)  # fmt: skip
CLOSINGS = ("decree", "calendar")
ROLLS = ("next", "previous", "none")
ROLES = tuple(dict.fromkeys(AGENCY_ROLES + OFFICE_ROLES))

_NO_WORD = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Column:
    """One column. The first of `titles` is the Vietnamese one that the template bears."""

    name: str
    titles: tuple[str, ...]
    note: str
    example: str = ""
    needed: bool = False
    choices: tuple[str, ...] = ()
    is_date: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of the workbook, or one CSV file. The first of `titles` is the template's."""

    name: str
    titles: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def names(self) -> list[str]:
        return [column.name for column in self.columns]

    def column_titled(self, title: str) -> Column | None:
        wanted = plain(title)
        return next((one for one in self.columns if wanted in map(plain, (one.name, *one.titles))), None)

    def is_titled(self, title: str) -> bool:
        return plain(title) in map(plain, (self.name, *self.titles))


def plain(title: str) -> str:
    """A title as it is compared: no case, no marks, no punctuation."""
    return _NO_WORD.sub(" ", fold(title)).strip()


_ACTIVE = (
    Column("active_from", ("Hiệu lực từ", "Từ ngày"), "Ngày bắt đầu. Để trống: từ trước tới nay.", "01/03/2025",
           is_date=True),
    Column("active_to", ("Hiệu lực đến", "Đến ngày"), "Ngày cuối cùng còn hiệu lực. Để trống: chưa kết thúc.",
           "30/06/2025", is_date=True),
)  # fmt: skip
_ALIASES = Column("aliases", ("Tên gọi khác", "Tên khác", "Tên viết tắt"), "Các tên gọi khác, cách nhau bằng dấu ;")

AGENCIES = Sheet("agencies", ("Cơ quan", "Đơn vị"), (
    Column("code", ("Mã cơ quan", "Mã"), "Mã ngắn, không trùng. Mã office là chính Văn phòng tiếp nhận.", "SNV", True),
    Column("name", ("Tên cơ quan", "Tên"), "Tên đầy đủ, như trong văn bản.", "Sở Nội vụ", True),
    _ALIASES,
    Column("groups", ("Nhóm", "Các nhóm"), "Các nhóm mà cơ quan thuộc về, cách nhau bằng dấu ;", "so"),
    Column("parent", ("Cơ quan cấp trên", "Trực thuộc"), "Mã của cơ quan cấp trên, nếu có."),
    *_ACTIVE,
))  # fmt: skip

CONTACTS = Sheet("contacts", ("Đầu mối", "Liên hệ"), (
    Column("agency", ("Mã cơ quan", "Cơ quan"), "Mã cơ quan, như ở trang Cơ quan; office là Văn phòng.", "SNV", True),
    Column("email", ("Thư điện tử", "Email", "Địa chỉ thư"),
           "Mỗi dòng một địa chỉ. *@so.tinh.gov.vn nhận ra mọi người gửi của tên miền và không bao giờ được gửi tới.",
           "vanthu@so.example.gov.vn", True),
    Column("name", ("Họ và tên", "Họ tên", "Tên"), "Tên người hoặc bộ phận.", "Văn thư Sở Nội vụ"),
    Column("role", ("Vai trò",),
           "submitter: người gửi; head: thủ trưởng; supervisor: người theo dõi; duty: trực ban. "
           "Riêng office: duty, leader (lãnh đạo), records (lưu trữ), secrecy (bảo vệ bí mật).",
           "submitter", True, ROLES),
))  # fmt: skip

REPORT_TYPES = Sheet("report_types", ("Loại báo cáo", "Chế độ báo cáo"), (
    Column("code", ("Mã báo cáo", "Mã"), "Mã ngắn, không trùng.", "KTXH-T", True),
    Column("name", ("Tên báo cáo", "Tên"), "Tên đầy đủ.", "Báo cáo tình hình kinh tế - xã hội tháng", True),
    _ALIASES,
    Column("frequency", ("Tần suất", "Tần suất báo cáo"),
           "daily: ngày; weekly: tuần; monthly: tháng; quarterly: quý; half_yearly: 6 tháng; nine_monthly: 9 tháng; "
           "yearly: năm; once: một lần; ad_hoc: đột xuất, theo yêu cầu.", "monthly", True, FREQUENCIES),
    Column("closing", ("Chốt số liệu", "Thời gian chốt số liệu"),
           "decree: từ ngày 15 đến ngày 14 theo Nghị định 09/2019/NĐ-CP; calendar (mặc định): theo lịch.",
           "decree", choices=CLOSINGS),
    Column("due", ("Thời hạn", "Thời hạn gửi", "Hạn gửi"),
           "closing +2wd: 2 ngày làm việc sau ngày chốt; closing +3d; day 20; day 5 next month; before day 20; "
           "thu (mon … sun): thứ trong tuần; ngày: chỉ ghi giờ, như 17:00; một lần: 2026-03-31. "
           "Có thể ghi thêm giờ ở sau; không ghi giờ thì tính hết ngày.", "closing +2wd"),
    Column("roll", ("Khi trùng ngày nghỉ", "Dời hạn"),
           "next (mặc định): dời sang ngày làm việc sau; previous: dời về ngày làm việc trước; none: giữ nguyên.",
           "next", choices=ROLLS),
    Column("required", ("Thành phần", "Thành phần báo cáo"),
           "Cách nhau bằng dấu ; gồm pdf, signed_pdf (PDF ký số), docx, xlsx, document (văn bản), table (biểu), "
           "body (nội dung thư), number (số, ký hiệu), xlsx:TRANG!Ô, docx:ĐỀ MỤC.", "document;number"),
    Column("groups", ("Nhóm phải báo cáo", "Nhóm", "Đối tượng"), "Các nhóm phải gửi, cách nhau bằng dấu ;", "so;huyen"),
    Column("policy", ("Quy tắc nhắc", "Chính sách nhắc"), "Tên quy tắc nhắc trong config.toml; mặc định standard.",
           "standard"),
    Column("share_with", ("Gửi bản sao cho", "Chia sẻ với"), "Mã cơ quan hoặc nhóm nhận bản sao, cách nhau bằng dấu ;",
           "STC"),
    *_ACTIVE,
))  # fmt: skip

SHEETS = (AGENCIES, CONTACTS, REPORT_TYPES)
