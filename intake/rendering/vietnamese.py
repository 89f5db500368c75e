"""The filters of the Vietnamese templates: dates, deadlines, periods and the registry's words, as offices write them.

Dates follow Decree 30/2020/NĐ-CP: days below 10 and the months 1 and 2 are padded. Instants are in the office's zone.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from typing import Any

from intake.rendering.evidence import in_vietnamese
from intake.rendering.periods import Periodic, period_parts
from intake.rules.deadlines.due import INSTANT

__all__ = [
    "after", "bare", "by", "category", "clock", "count", "day", "days", "deadline", "evidence", "head_of",
    "headline", "honoured", "instant", "last_day", "listing", "moment", "number", "office_short", "period",
    "remedy", "requirement", "requirements", "roles", "size", "span", "timeliness", "title", "told", "weekday",
    "window",
]  # fmt: skip

_WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
_ROMAN = ("I", "II", "III", "IV")
_HALVES = ("6 tháng đầu năm", "6 tháng cuối năm")
_UNIT_AT_THE_END = re.compile(
    r"(?<!\d)\s+(?:(?:hằng|hàng)\s+)?(?:(?:6|9|sáu|chín) tháng(?: (?:đầu|cuối) năm)?|tháng|quý|năm|tuần|ngày)$"
)
_REQUIRED = {
    "pdf": "bản PDF",
    "signed_pdf": "bản PDF có chữ ký số",
    "docx": "bản Word (.docx)",
    "xlsx": "bảng Excel (.xlsx)",
    "document": "văn bản (PDF, Word)",
    "table": "biểu số liệu (Excel)",
    "body": "nội dung trong thư",
    "number": "số, ký hiệu văn bản",
}
_REMEDIES = {
    "pdf": "gửi báo cáo ở dạng tệp .pdf (xuất từ Word hoặc quét bản giấy)",
    "signed_pdf": "ký số bản PDF rồi gửi lại; tệp PDF chưa ký số, kể cả bản quét có chữ ký và con dấu, hoặc đã bị sửa "
    "sau khi ký, chưa đáp ứng yêu cầu. Nếu bản ký số đã gửi qua kênh khác, đề nghị cho biết kênh và ngày gửi",
    "docx": "gửi báo cáo ở dạng tệp Word .docx (tệp .doc đề nghị lưu lại thành .docx)",
    "xlsx": "gửi biểu số liệu ở dạng tệp Excel .xlsx (tệp .xls đề nghị lưu lại thành .xlsx)",
    "document": "gửi văn bản báo cáo ở dạng tệp PDF hoặc Word",
    "table": "gửi biểu số liệu ở dạng tệp Excel (.xlsx, .xls), không gửi ảnh chụp hoặc bản quét của biểu",
    "body": "ghi nội dung báo cáo trong thư trả lời",
    "number": "gửi bản đã được cấp số, có ghi đầy đủ số, ký hiệu trên văn bản",
}
_TIMELINESS = {"on_time": "ĐÚNG HẠN", "early": "ĐÚNG HẠN (gửi sớm)", "late": "CHẬM"}
_ROLES = {
    "submitter": "cơ quan báo cáo",
    "head": "thủ trưởng cơ quan",
    "supervisor": "chuyên viên theo dõi",
    "duty": "bộ phận trực ban",
    "leader": "Lãnh đạo Văn phòng",
    "records": "bộ phận lưu trữ",
    "secrecy": "cán bộ bảo mật",
}
_TOLD = {
    "reminder": "nhắc",
    "overdue": "thông báo quá hạn",
    "escalation": "báo cáo cấp trên",
    "directive": "đề nghị chấn chỉnh",
}


def day(value: date) -> str:
    return f"{_day_month(value)}/{value.year}"


def _day_month(value: date) -> str:
    return f"{value.day:02d}/{_month(value.month)}"


def _month(month: int) -> str:
    return f"{month:02d}" if month < 3 else str(month)


def days(values: Iterable[date]) -> str:
    """ "ngày 16/11, 18/11 và 19/11/2019": a year is said once, with the last of its days."""
    found = sorted(set(values))
    words = [
        _day_month(one) if position + 1 < len(found) and found[position + 1].year == one.year else day(one)
        for position, one in enumerate(found)
    ]
    return f"ngày {listing(words)}"


def weekday(value: date) -> str:
    return _WEEKDAYS[value.weekday()]


def clock(value: datetime) -> str:
    return f"{value.hour:02d} giờ {value.minute:02d}"


def moment(value: datetime) -> str:
    return f"{clock(value)}, ngày {day(value)}"


def instant(value: datetime) -> str:
    return f"{clock(value)} phút {value.second:02d} giây, ngày {day(value)} ({weekday(value)})"


def last_day(due_at: datetime) -> date:
    """The last day on which something is in time, given the first instant that is late."""
    return (due_at - INSTANT).date()


def deadline(due_at: datetime, with_weekday: bool = True) -> str:
    """ "hết ngày 18/11/2019 (thứ Hai)", or "trước 17 giờ 00 ngày 17/9/2019 (thứ Ba)"."""
    last = last_day(due_at)
    whole_day = due_at.time() == time()
    words = f"hết ngày {day(last)}" if whole_day else f"trước {clock(due_at)} ngày {day(due_at)}"
    return f"{words} ({weekday(last)})" if with_weekday else words


def by(due_at: datetime, with_weekday: bool = True) -> str:
    """The deadline after a verb: "trước khi hết ngày 18/11/2019 (thứ Hai)"."""
    words = deadline(due_at, with_weekday)
    return f"trước khi {words}" if due_at.time() == time() else words


def after(value: datetime) -> str:
    """ "sau ngày 18/11/2019" for the midnight that ends it."""
    return f"sau ngày {day(last_day(value))}" if value.time() == time() else f"sau {moment(value)}"


def period(line: Any) -> str:
    """ "tháng 10/2019", "quý III/2019"; "" for what is reported once."""
    parts = period_parts(line)
    if parts is None:
        return "" if line.period == line.report_type else f"theo yêu cầu {line.period}"
    if parts.unit == "day":
        return f"ngày {day(date(parts.year, parts.month, parts.number))}"
    if parts.unit == "week":
        return f"tuần {parts.number:02d}/{parts.year} ({_day_month(line.period_start)} - {day(line.period_end)})"
    if parts.unit == "month":
        return f"tháng {_month(parts.number)}/{parts.year}"
    if parts.unit == "quarter":
        return f"quý {_ROMAN[parts.number - 1]}/{parts.year}"
    if parts.unit == "half":
        return f"{_HALVES[parts.number - 1]} {parts.year}"
    return f"9 tháng năm {parts.year}" if parts.unit == "nine_months" else f"năm {parts.year}"


def window(line: Any) -> str:
    """ "từ 15/9 đến 14/10/2019", where the period does not say it itself."""
    parts = period_parts(line)
    if parts is None or parts.unit in ("day", "week"):
        return ""
    start, end = line.period_start, line.period_end
    return f"từ {_day_month(start) if start.year == end.year else day(start)} đến {day(end)}"


def title(line: Periodic) -> str:
    """ "Báo cáo tình hình kinh tế - xã hội tháng 10/2019": the report's name and period, the unit said once."""
    words = period(line)
    if not words:
        return line.report_name
    bare = _UNIT_AT_THE_END.sub("", line.report_name)
    return f"{bare} {words}" if bare != line.report_name else f"{bare}, {words}"


def bare(name: str) -> str:
    """A report's name after the words "báo cáo" that stand before it."""
    return name.removeprefix("Báo cáo ")


def headline(lines: Sequence[Periodic]) -> str:
    """What a subject calls one report, or several of one period or of many."""
    if len(lines) == 1:
        return title(lines[0])
    periods = {period(one) for one in lines}
    same = periods.pop() if len(periods) == 1 else ""
    names = dict.fromkeys(bare(_UNIT_AT_THE_END.sub("", one.report_name) if same else title(one)) for one in lines)
    return f"{count(len(lines))} báo cáo{' ' + same if same else ''}: {'; '.join(names)}"


def requirement(word: str) -> str:
    """The registry's word for what a complete report carries, in plain words."""
    kind, _, place = word.partition(":")
    if kind == "xlsx" and place:
        sheet, _, cell = place.rpartition("!")
        return f"số liệu tại ô {cell} của biểu {sheet}"
    if kind == "docx" and place:
        return f'nội dung mục "{place}"'
    return _REQUIRED.get(word, word)


def remedy(word: str) -> str:
    """How an agency supplies what is missing, after "đề nghị"."""
    kind, _, place = word.partition(":")
    if kind in ("xlsx", "docx") and place:
        return "điền ngay trong tệp báo cáo rồi gửi lại tệp đó"
    return _REMEDIES.get(word, "gửi bổ sung")


def evidence(sentence: str) -> str:
    """A sentence of the rules, which are English."""
    return in_vietnamese(sentence)


def requirements(words: Sequence[str]) -> str:
    return "; ".join(requirement(word) for word in words)


def timeliness(word: str) -> str:
    return _TIMELINESS[word]


def category(word: str) -> str:
    found = in_vietnamese(word)
    return found if found != word else in_vietnamese("other")


def roles(words: Sequence[str]) -> str:
    return listing([_ROLES[word] for word in words])


def told(lines: Sequence[Any]) -> str:
    """ "nhắc ngày 16/11 và 18/11/2019; thông báo quá hạn ngày 19/11/2019"."""
    by_notice: dict[str, list[date]] = {}
    for line in lines:
        by_notice.setdefault(line.notice, []).append(line.on)
    return "; ".join(f"{_TOLD[notice]} {days(dates)}" for notice, dates in by_notice.items())


def number(value: float) -> str:
    """ "36.451", "1,5"."""
    return f"{value:,}".translate(str.maketrans(",.", ".,"))


def size(value: int) -> str:
    return f"{number(value)} byte"


def count(value: int) -> str:
    return f"{value:02d}"


def listing(words: Sequence[str]) -> str:
    return " và ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def head_of(agency: str) -> str:
    """The title of who heads an agency, by the agency's name."""
    if agency.startswith(("UBND", "Ủy ban nhân dân", "Uỷ ban nhân dân")):
        return f"Chủ tịch {agency}"
    return f"Giám đốc {agency}" if agency.startswith("Sở ") else f"Thủ trưởng {agency}"


def honoured(name: str, agency: str) -> str:
    """How a head is addressed: by name where one is known, else by title."""
    known = name if name and not name.startswith("Thủ trưởng") else head_of(agency)
    return known if known.startswith(("Đồng chí", "Ông ", "Bà ")) else f"Đồng chí {known}"


def span(first: date, last: date, as_of: datetime) -> str:
    """ "báo cáo có thời hạn từ ngày 01/10/2019 đến ngày 31/10/2019, số liệu đến 08 giờ 00, ngày 01/11/2019"."""
    return f"báo cáo có thời hạn từ ngày {day(first)} đến ngày {day(last)}, số liệu đến {moment(as_of)}"


def office_short(name: str) -> str:
    """What the office calls itself after it was named in full."""
    return "Văn phòng" if name.startswith("Văn phòng") else name
