"""What of the registry's `required` is there in a report, and what a later mail means to do to an earlier one.

Takes what was read of the report's documents. Answers in the registry's own words; never says when it was due.
"""

from collections.abc import Callable, Collection, Mapping, Sequence

from intake.rules.language.phrases import Phrases, clauses, phrases
from intake.rules.reading import DocumentKind, DocumentReading, MailReading
from intake.rules.verdicts import Completeness

# A scanned page has no text and is a document all the same; one too large to read was delivered too.
_DELIVERED = ("read", "empty", "too_large")

_OPENING_LINES = 8
_OPENING_CHARS = 2_000
_REPLACEMENT_ANYWHERE = phrases(
    "bản sửa đổi", "báo cáo sửa đổi", "sửa đổi báo cáo", "thay thế báo cáo", "thay thế bản", "thay thế văn bản",
    "thay thế cho", "bản thay thế", "báo cáo thay thế", "báo cáo này thay thế", "văn bản thay thế", "đính chính",
    "gửi lại", "bản sửa", "bản cập nhật", "bản chỉnh sửa", "bản điều chỉnh",
)  # fmt: skip
# Alone these words belong as often to a report's topic, so they count only where the mail names itself.
_REPLACEMENT_IN_NAMES = phrases("sửa đổi", "thay thế", "cập nhật", "đã sửa", "chỉnh sửa")
_AMENDED_LAW = phrases("sửa đổi luật", "luật sửa đổi", "sửa đổi bổ sung", "nghị định sửa đổi", "sửa đổi nghị định")
_RECALL = phrases(
    "thu hồi báo cáo", "thu hồi văn bản", "thu hồi công văn", "thu hồi thư", "thu hồi mail", "thu hồi email",
    "thu hồi bản", "xin thu hồi", "đề nghị thu hồi", "xin rút", "đề nghị rút", "rút báo cáo", "rút lại báo cáo",
    "rút văn bản", "rút lại văn bản",
)  # fmt: skip
# Who sends the right one cancels the one before; who sends no other cancels this one.
_CANCELLED = phrases(
    "đề nghị hủy", "xin hủy", "văn phòng hủy", "hủy báo cáo", "hủy bản", "hủy văn bản", "không tổng hợp bản",
    "không tổng hợp báo cáo này", "không sử dụng báo cáo", "không sử dụng bản", "không sử dụng văn bản",
)  # fmt: skip
_RECALLED_THINGS = phrases("thu hồi đất", "thu hồi vật liệu", "thu hồi vốn", "thu hồi giấy", "thu hồi tài sản")


def check(required: Sequence[str], documents: Sequence[DocumentReading], number: str | None, body: str) -> Completeness:
    """Which words of `required` the report fulfils. `documents` are the report's own, `body` the mail's own text."""
    delivered = [document for document in documents if document.outcome in _DELIVERED and document.size]
    there = [word for word in required if _fulfilled(word, delivered, number, body)]
    return Completeness(tuple(there), tuple(word for word in required if word not in there))


def combine(previous_present: Collection[str], now: Completeness) -> Completeness:
    """The report as it stands after a mail that brings the rest of it."""
    completed = tuple(word for word in now.missing if word in previous_present)
    return Completeness(now.present + completed, tuple(word for word in now.missing if word not in completed))


def is_replacement(reading: MailReading) -> bool:
    """Whether the mail says that it brings an amended version of what was sent before."""
    message = reading.message
    names = "\n\n".join(
        [message.subject[:_OPENING_CHARS], *(document.name.replace("_", " ") for document in reading.documents)]
    )
    if _says(f"{names}\n\n{_opening(message.own_text)}", _REPLACEMENT_ANYWHERE):
        return True
    return _says(names, _REPLACEMENT_IN_NAMES) and not _says(names, _AMENDED_LAW)


def is_recall(reading: MailReading) -> bool:
    """Whether the mail takes back what was sent before."""
    text = f"{reading.message.subject[:_OPENING_CHARS]}\n\n{_opening(reading.message.own_text)}"
    if _says(text, _RECALL):
        return not _says(text, _RECALLED_THINGS)
    return _says(text, _CANCELLED) and not is_replacement(reading)


def _opening(text: str) -> str:
    lines = [line for line in text[:_OPENING_CHARS].splitlines() if line.strip()]
    return "\n".join(lines[:_OPENING_LINES])


def _says(text: str, wanted: Phrases) -> bool:
    return bool(clauses(text).says(wanted))


def _fulfilled(word: str, documents: Sequence[DocumentReading], number: str | None, body: str) -> bool:
    if ":" in word:
        return any(document.filled.get(word, False) for document in documents)
    if word == "number":
        return bool(number)
    if word == "body":
        return any(character.isalnum() for character in body)
    return any(_OFFERS[word](document) for document in documents)


def _is_kind(*kinds: DocumentKind) -> Callable[[DocumentReading], bool]:
    return lambda document: document.kind in kinds


def _is_signed_pdf(document: DocumentReading) -> bool:
    return document.kind == "pdf" and document.signature in ("intact", "trusted")


def _is_table(document: DocumentReading) -> bool:
    """An empty sheet is no table, other than an empty text layer, which a scan has."""
    return document.kind in ("xlsx", "xls", "ods", "csv") and document.outcome != "empty"


_OFFERS: Mapping[str, Callable[[DocumentReading], bool]] = {
    "pdf": _is_kind("pdf"),
    "signed_pdf": _is_signed_pdf,
    "docx": _is_kind("docx"),
    "xlsx": _is_kind("xlsx"),
    "document": _is_kind("pdf", "docx", "doc", "rtf", "odt"),
    "table": _is_table,
}
