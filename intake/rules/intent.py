"""Whether a mail brings a report at all: requests, questions, promises, plans and drafts are for a person.

Answers the reason in words, or "" where nothing speaks against a report.
"""

import re
from collections.abc import Collection

from intake.rules.completeness import is_recall
from intake.rules.period_patterns import PeriodMention
from intake.rules.period_text import period_mentions
from intake.rules.phrases import Phrase, Phrases, clauses, phrases
from intake.rules.reading import MailReading
from intake.rules.text import fold

_OPENING_LINES = 15
_LONGEST_LINE = 600
ASKS_LATER = phrases(
    "gia hạn", "xin lùi", "lùi thời hạn", "lùi thời gian", "xin chậm", "xin gửi chậm", "xin nộp chậm", "xin gửi muộn",
    "xin phép gửi chậm", "xin phép gửi muộn", "xin được gửi chậm", "xin hoãn", "kéo dài thời hạn",
    "kéo dài thời gian gửi",
)  # fmt: skip
_PROMISE = phrases(
    "sẽ gửi", "sẽ nộp", "sẽ báo cáo sau", "gửi sau", "báo cáo sau", "xin phép gửi", "xin gửi báo cáo vào", "chưa gửi",
    "chưa tổng hợp", "đang tổng hợp", "đang hoàn thiện", "chưa hoàn thành", "sẽ bổ sung", "sẽ có báo cáo",
    "sẽ hoàn thành", "sẽ cập nhật", "chưa có số liệu", "chưa có báo cáo",
)  # fmt: skip
_QUESTION = phrases(
    "xin hỏi", "cho hỏi", "hỏi về", "đã nhận được báo cáo", "nhận được chưa", "đã nhận chưa", "đề nghị xác nhận",
    "xin xác nhận", "đề nghị hướng dẫn", "xin hướng dẫn", "đề nghị cung cấp", "đã gửi hôm qua", "đã gửi báo cáo",
    "đề nghị gửi", "đề nghị văn phòng", "xin mẫu", "cho xin", "đã nộp báo cáo", "đã nhận được thông báo",
    "đã nhận được thư", "nhờ anh", "nhờ chị", "nhờ văn phòng", "mong anh", "mong chị", "mong văn phòng",
)  # fmt: skip
_ENCLOSED = phrases(
    "đính kèm", "gửi kèm", "báo cáo kèm theo", "kèm theo báo cáo", "văn bản kèm theo", "biểu kèm theo", "file kèm",
    "kèm file", "tệp kèm", "file báo cáo", "tệp báo cáo", "tệp tin", "trong file", "theo file", "bản scan", "bản pdf",
)  # fmt: skip
_INVITATION = phrases(
    "kính mời", "mời dự", "mời họp", "trân trọng mời", "thành phần tham dự", "thành phần dự họp", "lịch họp",
    "lịch trực", "phân công trực", "sẽ tổ chức họp", "chương trình họp", "đăng ký nội dung",
)  # fmt: skip
_DRAFT = phrases(
    "dự thảo", "bản nháp", "xin ý kiến", "lấy ý kiến", "bản thảo", "xin góp ý", "đề nghị góp ý", "mời góp ý",
    "cho góp ý", "tham gia góp ý", "để góp ý",
)  # fmt: skip
# A paper that goes along may be shown only. A report in the mail's own words tells of papers that are to be signed.
_SHOWN_ONLY = phrases(
    "xem trước", "có gì góp ý", "góp ý giúp", "trước khi ký", "trước khi em trình", "trước khi trình ký",
    "trước khi trình lãnh đạo", "trước khi trình giám đốc", "trước khi phát hành", "trước khi ban hành", "rồi trình",
    "rồi em trình", "để em trình", "để trình ký", "đang trình ký", "chờ ký", "chờ lãnh đạo ký", "chưa phát hành",
    "chưa ban hành", "để tham khảo", "tham khảo khi",
)  # fmt: skip
_REPORT = phrases("báo cáo", "bc")
_OTHER_KINDS = phrases(
    "kế hoạch", "giấy mời", "lịch công tác", "lịch làm việc", "lịch tuần", "tờ trình", "quyết định", "đăng ký",
    "thông báo", "chương trình công tác", "thư mời", "mời họp", "hướng dẫn", "biên bản", "danh sách", "đề nghị",
)  # fmt: skip
_FORWARD = re.compile(r"(?:fw|fwd|chuyen tiep)\s*:")
_REPLY = re.compile(r"(?:(?:re|tra loi|tl)\s*:|\[bc-)")


def why_no_report(reading: MailReading, has_documents: bool) -> str:
    """Why the mail's own words say that it brings no report; "" if they do not. Quoted text says nothing."""
    subject, opening = reading.message.subject, opening_of(reading.message.own_text)
    if is_recall(reading):
        return "the mail takes back a report that was sent before"
    if found := _says(subject, ASKS_LATER) or (not has_documents and _says(opening, ASKS_LATER)):
        return f'the mail asks for a later deadline ("{found.text}")'
    names = "\n\n".join(document.name.replace("_", " ") for document in reading.documents)
    own = opening if has_documents else _without_plans(opening, subject)
    if found := _says(f"{subject}\n\n{names}", _DRAFT) or _says(own, _DRAFT):
        return f'this may be a draft ("{found.text}"), not the report'
    if has_documents and (found := _says(opening, _SHOWN_ONLY)):
        return f'the mail only shows what it carries ("{found.text}")'
    if kind := _other_kind(subject):
        return f'the subject names another kind of document ("{kind.text}")'
    return "" if has_documents else _why_nothing_enclosed(subject, opening)


def _without_plans(opening: str, subject: str) -> str:
    """The lines of a report in a mail's own words but those of another period: "Tuần 28: dự thảo Đề án" is its plan."""
    reported = {_of(one) for one in period_mentions(subject)}
    return "\n".join(line for line in opening.splitlines() if not _is_headed_by_another(line, reported))


def _is_headed_by_another(line: str, reported: Collection[tuple[str, int | None]]) -> bool:
    heading, colon, _ = line.partition(":")
    mentions = period_mentions(heading) if colon and reported else ()
    return len(mentions) == 1 and mentions[0].words == heading.strip() and _of(mentions[0]) not in reported


def _of(mention: PeriodMention) -> tuple[str, int | None]:
    return mention.unit, mention.number


def is_reply(subject: str) -> bool:
    return _REPLY.match(fold(subject)) is not None


def is_forward(subject: str) -> bool:
    return _FORWARD.match(fold(subject)) is not None


def opening_of(text: str) -> str:
    """The first lines with words, where a mail says what it brings."""
    return "\n".join([line[:_LONGEST_LINE] for line in text.splitlines() if line.strip()][:_OPENING_LINES])


def _why_nothing_enclosed(subject: str, opening: str) -> str:
    text = f"{subject}\n\n{opening}"
    if found := _says(text, _ENCLOSED):
        return f'the mail speaks of an enclosure ("{found.text}") and carries none'
    if found := _says(text, _INVITATION):
        return f'the mail invites or arranges ("{found.text}") and carries no report'
    if found := _says(text, _PROMISE):
        return f'the mail only announces a report ("{found.text}")'
    if found := _says(text, _QUESTION):
        return f'the mail asks or answers something ("{found.text}") and carries no report'
    return "the mail asks a question and carries no report" if "?" in text else ""


def _says(text: str, wanted: Phrases) -> Phrase | None:
    return clauses(text).says(wanted)


def _other_kind(subject: str) -> Phrase | None:
    """The kind of document that a subject names before, or instead of, a report."""
    for clause in clauses(subject):
        reports = [place for phrase in _REPORT for place in clause.positions(phrase)]
        first_report = min(reports, default=len(clause))
        for kind in _OTHER_KINDS:
            if any(place < first_report for place in clause.positions(kind)):
                return kind
        if reports:
            return None
    return None
