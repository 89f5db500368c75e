"""Whether a secrecy mark (MẬT, TỐI MẬT, TUYỆT MẬT) stands on a mail or a document: a mark, not talk of secrets.

A mark stands alone: as a line of the first page, in brackets or at an edge of a subject or a file name. Running text
("bảo mật", "bí mật nhà nước", "độ Mật, Tối mật") is none, and neither is "mat" without its marks.
"""

import re
import unicodedata
from collections.abc import Sequence
from itertools import islice

_GRADE = r"(?:(?:TUYỆT|TỐI|Tuyệt|Tối)\s*(?:MẬT|Mật|mật)|MẬT|Mật|(?:TOI|TUYET)\s+MAT)"
_LOWER_GRADE = r"(?:tuyệt mật|tối mật|mật)"
_URGENCY = r"(?:\s*[-–—,/+&]?\s*(?:HỎA TỐC|HOẢ TỐC|THƯỢNG KHẨN|KHẨN))?"
_LABEL = r"(?:(?:độ|Độ|ĐỘ|Mức độ|MỨC ĐỘ|Cấp độ|CẤP ĐỘ|Dấu|DẤU)\s*(?:mật|MẬT|Mật)?\s*[:\-–]\s*)"
_OPEN, _CLOSE = r"[\[({<«“\"'*=–—-]*\s*", r"\s*[\])}>»”\"'.!*=–—-]*"

_LINE = re.compile(rf"{_OPEN}{_LABEL}?{_GRADE}{_URGENCY}{_CLOSE}")
_LABELLED = re.compile(rf"(?:^|\W){_LABEL}(?:{_GRADE}|{_LOWER_GRADE})\s*(?:$|[\])}}.;,\-–_])")
# "Số: 15/BC-CAT (MẬT)".
_NUMBERED = re.compile(r"(?:SỐ|Số|số)\s*:\s*\d+\s*/\s*\S+\s*[(\[–—-]\s*(?:(?:TUYỆT|TỐI)\s+)?MẬT\s*[)\]]?")
_BRACKETED = re.compile(rf"[\[({{<«“\"]\s*{_LABEL}?{_GRADE}{_URGENCY}\s*[\])}}>»”\"]")
_BRACKETED_FIRST = re.compile(rf"\s*[\[({{<]\s*{_LOWER_GRADE}\s*[\])}}>]")
_AT_START = re.compile(rf"\s*{_GRADE}{_URGENCY}\s*(?:$|[-–—:|/.;!])")
_AT_END = re.compile(rf"[-–—:|/.;]\s*{_GRADE}{_URGENCY}\s*[.!]*$")
_SHOUTED_START = re.compile(r"\s*(?:TUYỆT\s+MẬT|TỐI\s+MẬT|MẬT)\s+(?P<next>\S+)")
_REPLY = re.compile(r"^\s*(?:(?:re|fw|fwd|tl|trả lời|chuyển tiếp)\s*:\s*)+", re.IGNORECASE)
_SPACED = re.compile(r"\b(?:[^\W\d_] ){2,}[^\W\d_]\b")
_TALK_BEFORE = re.compile(r"(?:bí|bảo|cơ|an|mặt|độ|bi|bao|co)\s*$", re.IGNORECASE)
# Whatever else a mark is written with.
_OF_ANY_GRADE = re.compile(r"M[ẬA]T|[Mm]ật")
_QUOTE = re.compile(r"^[>|\s]+")
_EXTENSION = re.compile(r"(?:\.(?:signed|ldsigned|[A-Za-z0-9]{1,5}))+$")
_JOINTS = re.compile(r"[_.]+")
# "Mật" alone may be part of a name whose words are parted by low lines.
_PARTED_GRADE = re.compile(r"(?:TUYỆT|TỐI|Tuyệt|Tối)\s*(?:MẬT|Mật|mật)|(?:TOI|TUYET)\s+MAT")
_JOINED_GRADE = re.compile(r"(TUYỆT|TUYET|TỐI|TOI)[_.\-]+(MẬT|MAT)", re.IGNORECASE)
_FIRST_LINES = 60
_HEAD_LINES = 12
_COLUMNS = re.compile(r"\t| {3,}")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_FIRST_CHARS = 20_000


def mark_in_subject(subject: str) -> bool:
    """A mark in brackets, or parted from the rest at the start or the end."""
    text = _REPLY.sub("", _plain(subject)).strip()
    return _stands_alone(text) or _shouts(text)


def mark_in_name(filename: str) -> bool:
    """The same in a file name, where low lines and dots part the words too."""
    stem = _EXTENSION.sub("", _plain(filename))
    words = " ".join(_JOINTS.sub(" - ", _JOINED_GRADE.sub(r"\1 \2", stem)).split())
    return _stands_alone(words) or _shouts(words) or any(map(_PARTED_GRADE.fullmatch, words.split(" - ")))


def mark_on_page(text: str) -> bool:
    """A mark as a line of its own on the first page: up to the form feed, or the first sixty lines with words."""
    page = text.lstrip("\f\n ")[:_FIRST_CHARS].partition("\f")[0]
    lines = (_QUOTE.sub("", _plain(raw)).strip() for raw in page.split("\n"))
    shown = list(islice(filter(None, lines), _FIRST_LINES))
    return any(_is_mark(shown, place) for place, line in enumerate(shown) if _OF_ANY_GRADE.search(line))


def _is_mark(lines: Sequence[str], place: int) -> bool:
    cells = [cell.strip() for cell in _COLUMNS.split(lines[place]) if cell.strip()]
    if any(map(_NUMBERED.fullmatch, cells)):
        return True
    graded = [cell for cell in cells if _LINE.fullmatch(cell)]
    if len(graded) != 1:
        return False
    # "Mật" is honey, too: in small letters it is a grade only where a stamp would stand.
    if graded[0].istitle() and " " not in graded[0] and place >= _HEAD_LINES:
        return False
    before, after = lines[place - 1] if place else "", lines[place + 1] if place + 1 < len(lines) else ""
    if len(cells) > 1 and not graded[0].isupper():
        return False
    return not (_differs(graded[0], before) or _differs(graded[0], after) or _TALK_BEFORE.search(before))


def _differs(grade: str, line: str) -> bool:
    """Another grade beside a grade: they head the columns of a table. A mark may be repeated, never gainsaid."""
    return _LINE.fullmatch(line.strip()) is not None and line.strip() != grade


def _stands_alone(text: str) -> bool:
    if _LINE.fullmatch(text) or _BRACKETED.search(text) or _BRACKETED_FIRST.match(text) or _LABELLED.search(text):
        return True
    return bool(_AT_START.match(text)) or _parted_at_end(text)


def _parted_at_end(text: str) -> bool:
    found = _AT_END.search(text)
    return found is not None and _TALK_BEFORE.search(text[: found.start()].rstrip()) is None


def _shouts(text: str) -> bool:
    """A mark in capitals before a subject that is not."""
    found = _SHOUTED_START.match(text)
    return found is not None and not found["next"].isupper()


def _plain(text: str) -> str:
    """NFC, blanks made plain, letters set apart ("M Ậ T") drawn together."""
    text = _UNSEEN.sub("", unicodedata.normalize("NFC", text)).replace("\r\n", "\n").replace("\u00a0", " ")
    return _SPACED.sub(lambda found: found[0].replace(" ", ""), text)
