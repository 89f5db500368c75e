"""Reporting periods as offices write them: text in, mentions out, each with its words and where they stand.

What follows "phương hướng", "nhiệm vụ", "kế hoạch" or "so với" is a plan or a comparison, not what is reported on.
"Tháng 9" is not "9 tháng", and "10 tháng đầu năm" is no period. What a mention means on the day of a mail is asked of
`period_keys`.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from intake.rules.text import fold_letters, has_marks, spelled

RUNNING_TOTAL = "running_total"
# A programme's or a term's years: no report is owed for them.
LONG_SPAN = "long_span"

_NUMBER_WORDS = {
    "mot": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5, "lam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9,
    "muoi": 10, "muoi mot": 11, "muoi hai": 12, "gieng": 1, "nhat": 1,
}  # fmt: skip
_HALVES = {"dau": 1, "cuoi": 2}
_IN_WORDS = "muoi mot|muoi hai|" + "|".join(word for word in _NUMBER_WORDS if " " not in word)
_YEAR = r"(?:\s*(?:/|\.|-|,)?\s*(?:cua\s+)?(?:nam\s+)*(?:nam\s*)?(?P<year>(?:19|20)\d\d)(?!\d|[./-]\d))"
_SHORT_YEAR = r"(?:[/.](?P<short>\d\d)(?![\d/]))"
_DAY_MONTH = r"(?P<{0}>[0-3]?\d)\s?[/.-]\s?(?P<{1}>[01]?\d)(?:\s?[/.-]\s?(?P<{2}>(?:19|20)\d\d))?"
_DATE = (
    r"(?P<day>[0-3]?\d)(?:\s?[/.-]\s?(?P<month>[01]?\d)(?:\s?[/.-]\s?(?P<year>(?:19|20)\d\d))?"
    r"|\s*thang\s*(?P<named>[01]?\d)(?:\s*(?:nam|/)\s*(?P<long>(?:19|20)\d\d))?)"
)
_MONTH = rf"(?P<number>0?[1-9]|1[0-2])(?!\d)(?:{_YEAR}|{_SHORT_YEAR})?"

_PLAN = re.compile(
    r"phuong huong|nhiem vu|ke hoach(?! (?:von|so)\b)|chuong trinh (?:cong tac|trong tam)|giai phap|du kien|trong tam"
    r"|\buoc (?:thuc hien|dat|ca nam|nam|thang|quy|den|giai ngan)\b|\bso voi\b|\bcung ky\b"
    r"|\b(?:tuan|thang|quy|ky|nam) (?:sau|toi|tiep theo|ke tiep)\b|thoi gian toi"
)
# "Kết quả thực hiện nhiệm vụ" reports on a task; it plans none.
_REPORTED_TASK = re.compile(
    r"(?:thuc hien|trien khai|hoan thanh|giai ngan|phan bo|ket qua|tinh hinh|giao|xay dung|giai quyet"
    r"|danh gia|ve|theo|mot so|cac)(?: (?:cac|nhung|mot so|nghi quyet|ve|chi tieu|muc tieu))*[\s,]*$"
)

# Behind a period, "triển khai nhiệm vụ tháng 9" is what comes next.
_NEXT_TASK = re.compile(
    r"\b(?:thang|quy|nam|tuan)\b.*(?:\b(?:trien khai|giao|xay dung|va)|[,;–-])"
    r"(?:\s+(?:cac|nhung|mot so|thuc hien))*\s*$",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class PeriodMention:
    """One period in a text. `unit` is a frequency of the registry, or a running total; what is None was not said.

    `number` is the month, quarter, half-year or ISO week, and 9 for nine months. A day is `day` of month `number`. A
    week given by its dates has them in `dates`, as (day, month, year) of its first and its last day.
    """

    unit: str
    number: int | None
    year: int | None
    start: int
    end: int
    words: str
    day: int | None = None
    dates: tuple[tuple[int, int, int | None], ...] = ()
    planned: bool = False


@lru_cache(maxsize=512)
def period_mentions(text: str) -> tuple[PeriodMention, ...]:
    """The periods that a title, a subject or a sentence names, in its order."""
    normal = unicodedata.normalize("NFC", text)
    plan_from = plan_start(normal)
    found = sorted(_Scan(normal).mentions(), key=lambda one: one.start)
    return _with_years([replace(one, planned=one.start >= plan_from) for one in found], fold_letters(normal))


def plan_start(text: str) -> int:
    """Where the plan for the time to come, or a comparison, begins in an NFC text; its length if it has none."""
    folded = fold_letters(text)
    for found in _PLAN.finditer(folded):
        before = folded[: found.start()]
        if not _REPORTED_TASK.search(before) or _NEXT_TASK.search(before):
            return found.start()
    return len(text)


class _Scan:
    """One pass over one text. What one pattern took, the patterns after it no longer see."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._folded = fold_letters(text)
        self._marked = has_marks(text)

    def mentions(self) -> Iterator[PeriodMention]:
        for pattern, read in _PATTERNS:
            place = 0
            while found := pattern.search(self._folded, place):
                place = found.end()
                if self._is_spelled_so(found):
                    self._folded = self._folded[: found.start()] + "\0" * len(found[0]) + self._folded[found.end() :]
                    mention = read(found)
                    if mention:
                        yield replace(mention, words=self._text[found.start() : found.end()].strip())

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
    if found["unit"] != "quy" or found["number"] in _NUMBER_WORDS:
        return False
    return not found["number"].isdigit() or bool(found["year"])


_UNITS = {"thang": "tháng", "quy": "quý", "nam": "năm", "tuan": "tuần", "ngay": "ngày", "sau": "sáu", "chin": "chín"}
_NEEDS_MARKS = frozenset({"nam", "sau", "quy"})


def _whole(found: re.Match[str], *names: str) -> int | None:
    groups = found.groupdict()
    return next((int(groups[name]) for name in names if groups.get(name)), None)


def _year_of(found: re.Match[str]) -> int | None:
    short = _whole(found, "short")
    return _whole(found, "year", "long") or (2000 + short if short else None)


def _mention(found: re.Match[str], unit: str, number: int | None) -> PeriodMention:
    return PeriodMention(unit, number, _year_of(found), found.start(), found.end(), "")


def _day(found: re.Match[str]) -> PeriodMention | None:
    month = _whole(found, "month", "named")
    return replace(_mention(found, "daily", month), day=int(found["day"])) if month else None


def _as_of(found: re.Match[str]) -> None:
    """A date up to which something counts, or on which a cited document was signed, is no period."""


def _dates(found: re.Match[str]) -> PeriodMention:
    last = (int(found["d2"]), int(found["m2"] or found["n2"]), _whole(found, "y2", "z2"))
    first = (int(found["d1"]), _whole(found, "m1") or last[1], _whole(found, "y1") or None)
    return replace(_mention(found, "weekly", None), dates=(first, last))


def _month(found: re.Match[str]) -> PeriodMention:
    return _mention(found, "monthly", int(found["number"]))


def _named_month(found: re.Match[str]) -> PeriodMention:
    return _mention(found, "monthly", _NUMBER_WORDS[found["number"]])


def _months_run(found: re.Match[str]) -> PeriodMention:
    """Six, nine and twelve months are periods; any other run of months only adds up, and no report is owed for it."""
    text = found["count"]
    count = int(text) if text.isdigit() else _NUMBER_WORDS[text]
    half = _HALVES.get(found["part"] or "")
    if count == 6:
        return _mention(found, "half_yearly", half)
    if count == 9 and half != 2:
        return _mention(found, "nine_monthly", 9)
    return _mention(found, "yearly" if count == 12 and not half else RUNNING_TOTAL, None)


def _from_the_start(found: re.Match[str]) -> PeriodMention:
    return _mention(found, RUNNING_TOTAL, None)


def _half(found: re.Match[str]) -> PeriodMention:
    return _mention(found, "half_yearly", _HALVES[found["part"]])


def _quarter(found: re.Match[str]) -> PeriodMention:
    text = re.sub(r"[l|!1]", "i", found["number"]) if len(found["number"]) > 1 else found["number"].replace("l", "i")
    number = {"i": 1, "ii": 2, "iii": 3, "iv": 4}.get(text) or _NUMBER_WORDS.get(found["number"])
    return _mention(found, "quarterly", number or int(text))


def _long_span(found: re.Match[str]) -> PeriodMention:
    return PeriodMention(LONG_SPAN, None, None, found.start(), found.end(), "")


def _week(found: re.Match[str]) -> PeriodMention:
    return _mention(found, "weekly", int(found["number"]))


def _week_of_month(found: re.Match[str]) -> PeriodMention:
    """Which ISO week "the second week of November" is nobody can know: a weekly mention without number."""
    return _mention(found, "weekly", None)


def _year(found: re.Match[str]) -> PeriodMention:
    return _mention(found, "yearly", None)


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_]){text}", re.VERBOSE if "\n" in text else 0)


# In this order, as each takes what it reads: dates before months, "9 tháng" before "tháng 9", years last.
_PATTERNS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], PeriodMention | None]], ...] = (
    (_pattern(r"tu\s+dau\s+(?P<unit>nam)(?:\s*20\d\d)?\s+(?:cho\s+)?den\s+(?:(?:het|cuoi|giua)\s+)?(?:thang\s*"
              + _MONTH + "|nay)"), _from_the_start),
    (_pattern(r"(?:giai doan|nhiem ky|nam hoc|nien khoa"
              r"|\d{1,2}\s+(?P<unit>nam)(?:\s+(?:thuc hien|trien khai|thi hanh))?)"
              r"\s*(?:tu\s+)?(?:nam\s+)?20\d\d\s*(?:-|–|den)\s*(?:nam\s+)?(?:20)?\d\d(?!\d)"), _long_span),
    (_pattern(r"(?<!thang )(?<!quy )(?<!ngay )(?<!tuan )(?:\d{1,2}|mot|hai|ba|bon|muoi)"
              r"\s+(?P<unit>nam)(?!\s*(?:20)?\d\d)(?![^\W_])"), _long_span),
    (_pattern(r"(?:so|nghi quyet|quyet dinh|chi thi|ke hoach|cong van|bao cao)\s+(?:so\s+)?\d+[^\s,;()]*/[^\s,;()]+"
              r"(?:\s+ngay\s+" + _DATE + ")?"), _as_of),
    (_pattern(r"(?:tu|\()?\s*(?:ngay\s+)?(?P<d1>[0-3]?\d)(?:\s?[/.]\s?(?P<m1>[01]?\d)(?:\s?[/.]\s?(?P<y1>20\d\d))?)?"
              r"\s*(?:-|–|den het|den|toi)\s*(?:het\s+)?(?:ngay\s+)?(?P<d2>[0-3]?\d)"
              r"(?:\s?[/.]\s?(?P<m2>[01]?\d)(?!\d)(?:\s?[/.]\s?(?P<y2>20\d\d))?|\s*thang\s*(?P<n2>[01]?\d)"
              r"(?:\s*(?:nam|/)\s*(?P<z2>20\d\d))?)(?!\d)"), _dates),
    (_pattern(r"(?:tinh\s+den|den\s+het|den|(?<!trat )tu|truoc|sau|ky|luc|(?<!xa )hoi)\s+"
              r"(?:\d+\s*(?:gio|h|g|:)\s*\d*(?:\s*phut)?,?\s*)?(?:ngay\s+)?"
              + _DATE), _as_of),
    (_pattern(r"(?P<unit>ngay)\s*" + _DATE), _day),
    (_pattern(r"(?P<day>[0-3]?\d)[/.-](?P<month>[01]?\d)[/.-](?P<year>20\d\d)(?!\d)"), _day),
    (_pattern(r"(?<!/)(?P<day>[0-3]?\d)/(?P<month>0?[1-9]|1[0-2])(?![\d/])"), _day),
    (_pattern(r"tuan\s*(?:thu\s*)?(?:[1-5]|" + _IN_WORDS + r")\s*(?:cua\s*|,\s*|-\s*)?thang\s*\d+" + _YEAR + "?"),
     _week_of_month),
    (_pattern(r"(?:(?P<unit>tuan)\s*(?:le\s*)?(?:thu\s*)?(?:so\s*)?|w)(?P<number>[0-5]?\d)(?!\d)"
              r"(?!\s*[/.-]\s*\d{1,2}(?!\d))" + _YEAR + "?"), _week),
    (_pattern(r"(?P<count>\d{1,2}|(?P<unit>sau|chin)|" + _IN_WORDS + r")\s*thang(?!\s*\d)"
              r"(?:\s+(?P<part>dau|cuoi)(?:\s+nam)?)?" + _YEAR + "?"), _months_run),
    (_pattern(r"nua\s+(?P<part>dau|cuoi)\s+nam" + _YEAR + "?"), _half),
    (_pattern(r"(?P<count>0?6|0?9|12)\s?t(?![^\W_])(?:\s+(?P<part>dau|cuoi)(?:\s+nam)?)?" + _YEAR + "?"), _months_run),
    (_pattern(r"(?:(?:(?P<unit>quy)|qui)\s*(?:thu\s+)?[/.:-]?\s*|q\s*[/.]?\s*)"
              r"(?P<number>[il1|!]v|[il1](?:[il1|!]?[il1])?(?!\|)|[2-4]|mot|nhat|hai|ba|tu|bon)(?![^\W_])"
              + _YEAR + "?"), _quarter),
    (_pattern(r"(?P<unit>thang)\s*" + _MONTH), _month),
    (_pattern(r"(?P<unit>thang)\s+"
              r"(?P<number>muoi mot|muoi hai|muoi|gieng|mot(?! lan)|hai|ba|tu|nam(?!\s*\d)|sau|bay|tam|chin)"
              r"(?![^\W_])" + _YEAR + "?"), _named_month),
    (_pattern(r"t\s?[./]?\s?" + _MONTH), _month),
    (_pattern(r"(?<=\0)\s*(?:,|va|&|\+|-|–|/|den)\s*(?P<number>0?[1-9]|1[0-2])(?!\d)"
              r"(?:\s*(?:/|nam)\s*(?P<year>20\d\d)(?!\d|/))?"), _month),
    (_pattern(r"(?<![\d/.-])(?P<number>0?[1-9]|1[0-2])\s?[/.-]\s?(?P<year>20\d\d)(?!\d|/)"), _month),
    (_pattern(r"ca\s+(?P<unit>nam)" + _YEAR + "?"), _year),
    (_pattern(r"(?<!viet )(?<!quang )(?:(?:va|&)\s+)?(?P<unit>nam)\s+(?P<year>(?:19|20)\d\d)(?!\d)"), _year),
)  # fmt: skip


# A year behind the name of another report, or in brackets of its own, is what that report is for.
_OF_ITS_OWN = re.compile(r"\b(?:bao cao|bc)\b|\)[^()]*\([^()]*$")
_LAST_MONTH = {"monthly": 1, "quarterly": 3, "half_yearly": 6}


def _with_years(found: list[PeriodMention], folded: str) -> tuple[PeriodMention, ...]:
    """Gives a mention without year the year of the next one that has it: "tháng 12, nhiệm vụ tháng 01 năm 2020"."""
    done: list[PeriodMention] = []
    for mention in reversed(found):
        following = next((one for one in reversed(done) if one.year), None)
        if mention.year is None and following:
            mention = replace(mention, year=_year_before(mention, following))
            if _is_its_year(mention, following) and not _OF_ITS_OWN.search(folded[mention.end : following.start]):
                done.remove(following)
        done.append(mention)
    return tuple(reversed(done))


def _year_before(mention: PeriodMention, following: PeriodMention) -> int | None:
    assert following.year
    month, next_month = _last_month(mention), _first_month(following)
    if month is None or next_month is None:
        return None
    if following.unit == "yearly":
        return following.year - following.planned
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
