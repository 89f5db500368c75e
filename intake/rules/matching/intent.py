"""Whether a mail brings a report at all: requests, questions, promises, plans and drafts are for a person.

Answers the reason in words, or "" where nothing speaks against a report.
"""

import re
import unicodedata
from collections.abc import Collection

from intake.rules.language.period_patterns import PeriodMention
from intake.rules.language.period_text import period_mentions
from intake.rules.language.phrases import Phrase, Phrases, clauses, phrases
from intake.rules.language.text import fold
from intake.rules.papers.completeness import is_recall
from intake.rules.reading import MailReading

_OPENING_LINES = 15
_LONGEST_LINE = 600
_FEWEST_ITEMS = 2
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
    "sẽ tổ chức họp", "chương trình họp", "đăng ký nội dung",
)  # fmt: skip
# Further down, a report of the day may say who is on duty next.
_ROSTER = phrases("lịch trực", "phân công trực")
_DRAFT = phrases(
    "dự thảo", "bản nháp", "xin ý kiến", "lấy ý kiến", "bản thảo", "xin góp ý", "đề nghị góp ý", "mời góp ý",
    "cho góp ý", "tham gia góp ý", "để góp ý",
)  # fmt: skip
# A report in the mail's own words lists what was done, and names the drafts of other papers that were dealt with.
_ITEM = re.compile(r"\s*(?:[-–+*•]|\d{1,2}[.)])\s*\w")
_DRAFT_OF_ANOTHER = re.compile(
    r"\b(?:du thao|y kien)(?: [^\W\d]+)? (?:nghi quyet|quyet dinh|thong tu|nghi dinh|luat|quy che|quy dinh|ke hoach"
    r"|de an|chi thi|to trinh|van ban|huong dan)\b"
)
# Beside these, what a clerk calls a file that is not yet, or no longer, the report: "nhập" is another word.
_UNFINISHED = re.compile(r"\b(?:bản )?nháp\b|\bdraft ?\d*\b|\b(?:bản |file )cũ\b|\bban cu\b")
_TO_BE_SIGNED = re.compile(r"\b(?:trình|trinh) (?:ký|ky|duyệt|duyet|lđ|ld|lãnh đạo|lanh dao)\b")
# Not signed, not final, or waiting for somebody: "chờ" is to wait, "cho ý kiến" to comment.
_UNSIGNED = re.compile(
    r"(?<!word )(?<!mem )\bchua (?:duoc )?(?:ky(?! (?:so|duoc so))|dong dau|duyet|phe duyet|hoan chinh|hoan thien)\b"
    r"|\b(?:ban|bao cao|van ban)\b[^.;,]{0,30} chua (?:phai )?(?:ban )?chinh thuc\b"
    r"|\bse gui (?:lai )?(?:ban|bao cao) (?:khac|chinh thuc|hoan chinh|hoan thien|thay the)\b"
    r"|\b(?:ban|bao cao) (?:chinh thuc|hoan chinh)[^.;]{0,30} sau\b"
)
_WAITING = re.compile(r"\bchờ (?:[^\W\d_]+ ){0,6}(?:ý kiến|ký|duyệt)\b|\bdang cho (?:ky|y kien|duyet)\b")
# The sender takes back in the same mail what it brings, or tries out whether it arrives.
_NOT_MEANT = phrases(
    "không sử dụng báo cáo này", "không sử dụng văn bản này", "không sử dụng bản này", "không dùng báo cáo này",
    "không dùng bản này",
    "bỏ qua thư này", "bỏ qua mail này", "bỏ qua email này", "gửi thử", "thư thử", "gửi test",
)  # fmt: skip
_TRIAL = re.compile(r"(?:test|thu nghiem)\b")
# A paper that goes along may be shown only. A report in the mail's own words tells of papers that are to be signed.
_SHOWN_ONLY = phrases(
    "xem trước", "có gì góp ý", "góp ý giúp", "trước khi ký", "trước khi em trình", "trước khi trình ký",
    "để anh tham khảo", "để chị tham khảo", "để anh chị tham khảo", "trước khi trình lãnh đạo",
    "trước khi trình giám đốc", "trước khi phát hành", "trước khi ban hành", "rồi trình",
    "rồi em trình", "để em trình", "để trình ký", "đang trình ký", "chờ ký", "chờ lãnh đạo ký", "chưa phát hành",
    "chưa ban hành", "để tham khảo", "tham khảo khi",
)  # fmt: skip
_REPORT = phrases("báo cáo", "bc")
_OTHER_KINDS = phrases(
    "kế hoạch", "giấy mời", "lịch công tác", "lịch làm việc", "lịch tuần", "tờ trình", "quyết định", "đăng ký",
    "thông báo", "chương trình công tác", "thư mời", "mời họp", "hướng dẫn", "biên bản", "danh sách", "đề nghị",
)  # fmt: skip
# So begins the subject of what is about a report, or of the blank form of one.
_ABOUT_A_REPORT = re.compile(
    r"(?:(?:tham gia )?gop y|(?:tham gia )?y kien|(?:hoi|mau) (?:ve|bc|bao cao)|phan cong|ban giao"
    r"|nhac|don doc|trien khai|tham khao|tai lieu hop|hop thong qua)\b"
)
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
    own = opening if has_documents else _without_work(opening, subject)
    if found := _says(f"{subject}\n\n{names}", _DRAFT) or _says(own, _DRAFT):
        return f'this may be a draft ("{found.text}"), not the report'
    if unfinished := _unfinished(reading):
        return f'this may be a draft ("{unfinished}"), not the report'
    if has_documents and (shown := _shown_only(opening)):
        return f'the mail only shows what it carries ("{shown}")'
    if meant := _TRIAL.match(fold(subject)):
        return f'the mail only tries out whether it arrives ("{meant[0]}")'
    if found := _says(own, _NOT_MEANT):
        return f'the mail says that what it brings is not to be used ("{found.text}")'
    if kind := _other_kind(subject):
        return f'the subject names another kind of document ("{kind}")'
    return "" if has_documents else _why_nothing_enclosed(subject, opening)


def _unfinished(reading: MailReading) -> str:
    """What the subject or a file name says; of a signed file the name may be left over from before."""
    papers = [one for one in reading.documents if "signed" not in one.name and one.kind != "message"]
    names = _lowered("\n".join(one.name.replace("_", " ") for one in papers))
    found = _UNFINISHED.search(f"{_lowered(reading.message.subject)}\n{names}") or _TO_BE_SIGNED.search(names)
    return found[0] if found else ""


def _shown_only(opening: str) -> str:
    """The words that say that a paper is not to be filed: still to be looked at, or neither signed nor final."""
    if found := _says(opening, _SHOWN_ONLY):
        return found.text
    unsigned = _UNSIGNED.search(fold(opening)) or _WAITING.search(_lowered(opening))
    return unsigned[0] if unsigned else ""


def _lowered(text: str) -> str:
    """In small letters with their marks, whatever the normal form."""
    return unicodedata.normalize("NFC", text).lower()


def _without_work(opening: str, subject: str) -> str:
    """The lines of a report in a mail's own words that may speak of the mail: none of work, none of another period.

    "Tuần 28: dự thảo Đề án" is its plan.
    """
    reported = {_of(one) for one in period_mentions(subject)}
    lines = [line for line in opening.splitlines() if not _is_headed_by_another(line, reported)]
    return "\n".join(line for line in lines if not (_ITEM.match(line) or _DRAFT_OF_ANOTHER.search(fold(line))))


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
    if found := _says(f"{subject}\n\n{opening}", _ENCLOSED):
        return f'the mail speaks of an enclosure ("{found.text}") and carries none'
    text = f"{subject}\n\n{_without_items(opening)}"
    first = opening.partition("\n")[0]
    if found := _says(text, _INVITATION) or _says(f"{subject}\n\n{first}", _ROSTER):
        return f'the mail invites or arranges ("{found.text}") and carries no report'
    if found := _says(text, _PROMISE):
        return f'the mail only announces a report ("{found.text}")'
    if found := _says(text, _QUESTION):
        return f'the mail asks or answers something ("{found.text}") and carries no report'
    return "the mail asks a question and carries no report" if "?" in text else ""


def _without_items(opening: str) -> str:
    """Without the list of what was done, where some is not finished yet; one item alone may be all that is said."""
    lines = opening.splitlines()
    items = [line for line in lines if _ITEM.match(line)]
    told = [line for line in items if not _says(line, _PROMISE)]
    return "\n".join(line for line in lines if line not in items) if len(told) >= _FEWEST_ITEMS else opening


def _says(text: str, wanted: Phrases) -> Phrase | None:
    return clauses(text).says(wanted)


def _other_kind(subject: str) -> str:
    """The kind of document that a subject names before, or instead of, a report."""
    if about := _ABOUT_A_REPORT.match(fold(subject)):
        return about[0]
    for clause in clauses(subject):
        reports = [place for phrase in _REPORT for place in clause.positions(phrase)]
        first_report = min(reports, default=len(clause))
        for kind in _OTHER_KINDS:
            if any(place < first_report for place in clause.positions(kind)):
                return kind.text
        if reports:
            return ""
    return ""
