"""Reporting periods as offices write them: text in, mentions out, each with its words and where they stand.

What follows "phương hướng", "nhiệm vụ", "kế hoạch" or "so với" is a plan or a comparison, not what is reported on.
"Tháng 9" is not "9 tháng", and "10 tháng đầu năm" is no period. What a mention means on the day of a mail is asked of
`period_keys`.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from intake.rules.language.period_patterns import LISTED, NUMBER_WORDS, PATTERNS, RUNNING_TOTAL, PeriodMention
from intake.rules.language.text import fold_letters, has_marks, spelled

_PLAN = re.compile(
    r"phuong huong|nhiem vu|ke hoach(?! (?:von|so)\b)|chuong trinh (?:cong tac|trong tam)|giai phap|du kien|trong tam"
    r"|\buoc (?:thuc hien|dat|ca nam|nam|thang|quy|den|giai ngan)\b|\bso voi\b|\bcung ky\b"
    r"|(?<!so )\b(?:kh|nv|nvtt|ph|phnv)\b(?=\s*(?:t\s?\.?\d|q\s?\.?\d|(?:thang|quy|tuan|nam)\b))"
    r"|(?:\bva|[,;+])\s*kh\b(?!\s*(?:dt|cn)\b|\s*[&-])"
    r"|\b(?:tuan|thang|quy|ky|nam) (?:sau|toi|tiep theo|ke tiep)\b|thoi gian toi"
)
# A term, and the next one that is planned for, are of the school year that stands at the end.
_TERM = re.compile(r"\bhoc k[iy] (?:i{1,2}|[12]|mot|hai)\W*(?:va\W*)?$")
_SCHOOL_YEAR = re.compile(r"\bnam hoc 20\d\d\s*[-–]\s*20\d\d\W*$")
_COMPARED = ("so voi", "cung ky")
# "Kết quả thực hiện nhiệm vụ" reports on a task; it plans none.
_REPORTED_TASK = re.compile(
    r"(?:thuc hien|trien khai|hoan thanh|giai ngan|phan bo|ket qua|tinh hinh|giao|xay dung|giai quyet"
    r"|danh gia|ve|theo|mot so|cac)(?: (?:cac|nhung|mot so|nghi quyet|ve|chi tieu|muc tieu))*[\s,]*$"
)

# "Phục vụ kỳ họp tháng 12": when people meet.
_MEETING = re.compile(r"\b(?:hop|phien|hoi nghi)\b[^,;.]{0,40}$")
# "Số liệu 9 tháng đã báo cáo tại …": what an earlier report told.
_TOLD_BEFORE = re.compile(r"[\s(]*da (?:bao cao|gui)\b")
# Behind a period, "triển khai nhiệm vụ tháng 9" is what comes next.
_NEXT_TASK = re.compile(
    r"\b(?:thang|quy|nam|tuan)\b.*(?:\b(?:trien khai|giao|xay dung|va)|[,;–-])"
    r"(?:\s+(?:cac|nhung|mot so|thuc hien))*\s*$",
    re.DOTALL,
)


@lru_cache(maxsize=512)
def period_mentions(text: str) -> tuple[PeriodMention, ...]:
    """The periods that a title, a subject or a sentence names, in its order."""
    normal = unicodedata.normalize("NFC", text)
    plan_from = plan_start(normal)
    found = sorted(_Scan(normal).mentions(), key=lambda one: one.start)
    folded = fold_letters(normal)
    reported = [replace(one, planned=one.start >= plan_from) for one in found]
    return _with_years([replace(one, planned=_is_planned(one, reported, folded)) for one in reported], folded)


def _is_planned(mention: PeriodMention, all_of_them: Sequence[PeriodMention], folded: str) -> bool:
    """Whether it is no period reported on: a plan's, an earlier report's, or a meeting's behind another period."""
    if _TOLD_BEFORE.match(folded, mention.end):
        return True
    before = [one.end for one in all_of_them if one.unit == mention.unit and one.end <= mention.start]
    return mention.planned or (bool(before) and bool(_MEETING.search(folded, before[-1], mention.start)))


def plan_start(text: str) -> int:
    """Where the plan for the time to come, or a comparison, begins in an NFC text; its length if it has none."""
    folded = fold_letters(text)
    for found in _PLAN.finditer(folded):
        before = folded[: found.start()]
        if not _REPORTED_TASK.search(before) or _NEXT_TASK.search(before):
            return found.start()
    return len(text)


def reported_part(text: str) -> str:
    """The part of an NFC text before its plan."""
    start, folded = plan_start(text), fold_letters(text)
    year = _SCHOOL_YEAR.search(folded, start) if _TERM.search(folded[:start]) else None
    return text[:start] + (text[year.start() :] if year else "")


class _Scan:
    """One pass over one text. What one pattern took, the patterns after it no longer see."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._folded = fold_letters(text)
        self._marked = has_marks(text)
        self._unit_before: dict[int, str] = {}

    def mentions(self) -> Iterator[PeriodMention]:
        for needed, pattern, read in PATTERNS:
            if not any(part in self._folded for part in needed):
                continue
            place = 0
            while found := pattern.search(self._folded, place):
                place = found.end()
                if self._is_spelled_so(found):
                    self._folded = self._folded[: found.start()] + "\0" * len(found[0]) + self._folded[found.end() :]
                    if mention := self._listed(read(found)):
                        yield replace(mention, words=self._text[found.start() : found.end()].strip())

    def _listed(self, mention: PeriodMention | None) -> PeriodMention | None:
        """The mention; of a number behind a period and a comma one of that unit: "tháng 8, 9", "tuần 41, 42"."""
        if mention and mention.unit == LISTED:
            unit = self._unit_before.get(mention.start)
            is_one = unit == "weekly" or (unit == "monthly" and (mention.number or 0) <= _MONTHS)
            mention = replace(mention, unit=unit) if unit and is_one else None
        if mention:
            self._unit_before[mention.end] = mention.unit
        return mention

    def _is_spelled_so(self, found: re.Match[str]) -> bool:
        """Whether the unit's word is the one meant: quý, not quy or quỹ; năm, not the Nam of a place."""
        word = found.groupdict().get("unit")
        if word is None:
            return True
        written = spelled(self._text[found.start("unit") : found.end("unit")])
        if written == word:
            return word not in _NEEDS_MARKS or not self._marked or _is_numbered_quarter(found)
        return written == spelled(_UNITS[word])


def _is_numbered_quarter(found: re.Match[str]) -> bool:
    """ "Quy III" or "quy 3/2025" with its mark forgotten: no other quy is followed by such a number."""
    number = found.groupdict().get("number")
    if found["unit"] != "quy" or not number or number in NUMBER_WORDS:
        return False
    return not number.isdigit() or bool(found["year"])


_UNITS = {
    "thang": "tháng", "quy": "quý", "nam": "năm", "tuan": "tuần", "ngay": "ngày", "sau": "sáu", "chin": "chín",
    "tu": "từ",
}  # fmt: skip
_NEEDS_MARKS = frozenset({"nam", "sau", "quy"})


# A year behind the name of another report, or in brackets of its own, is what that report is for.
_OF_ITS_OWN = re.compile(r"\b(?:bao cao|bc)\b|\)[^()]*\([^()]*$")
_MONTHS = 12
_LAST_MONTH = {"monthly": 1, "quarterly": 3, "half_yearly": 6}


def _with_years(found: list[PeriodMention], folded: str) -> tuple[PeriodMention, ...]:
    """Gives a mention without year the year of the next one that has it: "tháng 12, nhiệm vụ tháng 01 năm 2020"."""
    done: list[PeriodMention] = []
    for mention in reversed(found):
        following = next((one for one in reversed(done) if one.year), None)
        if mention.year is None and following:
            mention = replace(mention, year=_year_before(mention, following, folded))
            if _is_its_year(mention, following) and not _OF_ITS_OWN.search(folded[mention.end : following.start]):
                done.remove(following)
        done.append(mention)
    return tuple(reversed(done))


def _year_before(mention: PeriodMention, following: PeriodMention, folded: str) -> int | None:
    """A plan is for the next year, an estimate for the same; of a comparison with a year nothing follows."""
    assert following.year
    month, next_month = _last_month(mention), _first_month(following)
    if month is None or next_month is None:
        return None
    if following.unit == "yearly" and following.planned:
        words = [one[0] for one in _PLAN.finditer(folded, 0, following.end)]
        is_compared, is_estimated = words[-1].startswith(_COMPARED), words[-1].startswith("uoc")
        return None if is_compared else following.year if is_estimated else following.year - 1
    if following.unit == "yearly":
        return following.year
    return following.year if month <= next_month else following.year - 1


def _is_its_year(mention: PeriodMention, following: PeriodMention) -> bool:
    """ "Tháng 10 của huyện năm 2019" names no year of its own; "tháng 12 và cả năm 2019" does."""
    if following.unit != "yearly" or following.planned or mention.unit == "yearly":
        return False
    return fold_letters(following.words).startswith("nam ")


def _last_month(mention: PeriodMention) -> int | None:
    if mention.unit in _LAST_MONTH:
        return mention.number and mention.number * _LAST_MONTH[mention.unit]
    return {"nine_monthly": 9, "daily": mention.number}.get(mention.unit)


def _first_month(mention: PeriodMention) -> int | None:
    """The month by which a later mention follows an earlier one within its year."""
    return 12 if mention.unit in ("yearly", RUNNING_TOTAL) else _last_month(mention)
