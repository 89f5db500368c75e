"""The patterns by which a period is read in folded text, in their order, and what each makes of what it finds."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

RUNNING_TOTAL = "running_total"
# A programme's or a term's years: no report is owed for them.
LONG_SPAN = "long_span"
# One more of the unit before it.
LISTED = "listed"
# A thirteenth month, a fifth quarter: no calendar has it, so what is meant cannot be known.
NO_SUCH = 99

NUMBER_WORDS = {
    "mot": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5, "lam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9,
    "muoi": 10, "muoi mot": 11, "muoi hai": 12, "gieng": 1, "nhat": 1,
}  # fmt: skip
_HALVES = {"dau": 1, "cuoi": 2}
_IN_WORDS = "muoi mot|muoi hai|" + "|".join(word for word in NUMBER_WORDS if " " not in word)
_YEAR = r"(?:\s*(?:/|\.|-|,)?\s*(?:cua\s+)?(?:nam\s+)*(?:nam\s*)?(?P<year>(?:19|20)\d\d)(?!\d|[./-]\d))"
_SHORT_YEAR = r"(?:[/.](?P<short>\d\d)(?![\d/]))"
_MONTH_IN_WORDS = r"(?:muoi mot|muoi hai|muoi|gieng|mot(?! lan)|hai|ba|tu|nam(?!\s*\d)|sau|bay|tam|chin)(?![^\W_])"
_DATE = (
    r"(?P<day>[0-3]?\d)(?:\s?[/.-]\s?(?P<month>[01]?\d)(?:\s?[/.-]\s?(?P<year>(?:19|20)\d\d))?"
    rf"|\s*thang\s*(?P<named>[01]?\d|{_MONTH_IN_WORDS})(?:\s*(?:nam|/)\s*(?P<long>(?:19|20)\d\d))?)"
)
# The letter O behind a 1 is a nought mistyped: what month is meant a person sees.
_MONTH = rf"(?P<number>0?[1-9]|1[0-2])(?!\d|o(?![^\W_]))(?:{_YEAR}|{_SHORT_YEAR})?"
_ROMANS = {
    "i": 1,
    "ii": 2,
    "iii": 3,
    "iv": 4,
    "v": 5,
    "vi": 6,
    "vii": 7,
    "viii": 8,
    "ix": 9,
    "x": 10,
    "xi": 11,
    "xii": 12,
}
# What is counted or cited, not a day: "biểu 01 tháng 10 năm 2019", "Đề án 06 tháng 3 năm 2026".
_COUNTING = (
    "bieu", "so", "mau", "luc", "lan", "dot", "ky", "quy", "tuan", "thu", "bang", "nam",
    "an", "thi", "quyet", "hoach", "dinh", "van", "cv", "nq", "ct", "kh", "qd", "da",
)  # fmt: skip
_COUNTED = "".join(f"(?<!{word} )" for word in _COUNTING)


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


def _whole(found: re.Match[str], *names: str) -> int | None:
    groups = found.groupdict()
    return next((int(groups[name]) for name in names if groups.get(name)), None)


def _year_of(found: re.Match[str]) -> int | None:
    short = _whole(found, "short")
    return _whole(found, "year", "long") or (2000 + short if short else None)


def _mention(found: re.Match[str], unit: str, number: int | None) -> PeriodMention:
    return PeriodMention(unit, number, _year_of(found), found.start(), found.end(), "")


def _day(found: re.Match[str]) -> PeriodMention | None:
    named = found.groupdict().get("named")
    month = NUMBER_WORDS.get(named or "") or _whole(found, "month", "named")
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
    return _mention(found, "monthly", NUMBER_WORDS.get(found["number"]) or _ROMANS[found["number"]])


def _unclear_month(found: re.Match[str]) -> PeriodMention:
    """ "Tháng 13", "từ tháng 9", or "tháng 6 đầu năm", which may be the month or six months turned round."""
    return _mention(found, "monthly", NO_SUCH)


def _listed(found: re.Match[str]) -> PeriodMention:
    return _mention(found, LISTED, int(found["number"]))


def _several_days(found: re.Match[str]) -> PeriodMention:
    """ "Ngày 15, 16/10": no day is the one that is reported on."""
    return _mention(found, "daily", NO_SUCH)


def _no_such_quarter(found: re.Match[str]) -> PeriodMention:
    return _mention(found, "quarterly", NO_SUCH)


def _months_run(found: re.Match[str]) -> PeriodMention:
    """Six, nine and twelve months are periods; any other run of months only adds up, and no report is owed for it."""
    text = found["count"]
    count = int(text) if text.isdigit() else NUMBER_WORDS[text]
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
    number = {"i": 1, "ii": 2, "iii": 3, "iv": 4}.get(text) or NUMBER_WORDS.get(found["number"])
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


# In this order, as each takes what it reads: dates before months, "9 tháng" before "tháng 9", years last. Each stands
# behind what a text has to hold for it, one or another.
_AS_WRITTEN: tuple[tuple[str, re.Pattern[str], Callable[[re.Match[str]], PeriodMention | None]], ...] = (
    ("dau",
     _pattern(r"tu\s+dau\s+(?P<unit>nam)(?:\s*20\d\d)?\s+(?:cho\s+)?den\s+(?:(?:het|cuoi|giua)\s+)?(?:thang\s*"
              + _MONTH + "|nay)"), _from_the_start),
    ("20",
     _pattern(r"(?:(?:[^\W_]+\s*thang\s+(?:dau|cuoi)\s+(?:cua\s+)?)?(?:giai doan|nhiem ky|nam hoc|nien khoa)"
              r"|\d{1,2}\s+(?P<unit>nam)(?:\s+(?:thuc hien|trien khai|thi hanh))?)"
              r"\s*(?:tu\s+)?(?:nam\s+)?20\d\d\s*(?:-|–|den)\s*(?:nam\s+)?(?:20)?\d\d(?!\d)"), _long_span),
    ("nam",
     _pattern(r"(?<!thang )(?<!quy )(?<!ngay )(?<!tuan )(?:\d{1,2}|mot|hai|ba|bon|muoi)"
              r"\s+(?P<unit>nam)(?!\s*(?:20)?\d\d)(?![^\W_])"), _long_span),
    ("/",
     _pattern(r"(?:so|nghi quyet|quyet dinh|chi thi|ke hoach|cong van|bao cao)\s+(?:so\s+)?\d+[^\s,;()]*/[^\s,;()]+"
              r"(?:\s+ngay\s+" + _DATE + ")?"), _as_of),
    ("- – den toi",
     _pattern(r"(?:tu|\()?\s*(?:ngay\s+)?(?P<d1>[0-3]?\d)(?:\s?[/.]\s?(?P<m1>[01]?\d)(?:\s?[/.]\s?(?P<y1>20\d\d))?)?"
              r"\s*(?:-|–|den het|den|toi)\s*(?:het\s+)?(?:ngay\s+)?(?P<d2>[0-3]?\d)"
              r"(?:\s?[/.]\s?(?P<m2>[01]?\d)(?!\d)(?:\s?[/.]\s?(?P<y2>20\d\d))?|\s*thang\s*(?P<n2>[01]?\d)"
              r"(?:\s*(?:nam|/)\s*(?P<z2>20\d\d))?)(?!\d)"), _dates),
    ("den tu truoc sau ky luc hoi",
     _pattern(r"(?:tinh\s+den|den\s+het|den|(?<!trat )tu|truoc|sau|ky|luc|(?<!xa )hoi)\s+"
              r"(?:\d+\s*(?:gio|h|g|:)\s*\d*(?:\s*phut)?,?\s*)?(?:ngay\s+)?"
              + _DATE), _as_of),
    (", va & +",
     _pattern(r"(?<!gio )(?<!so )(?<![\d/.:-])[0-3]?\d\s*(?:,|va|&|\+)\s*(?:ngay\s+)?"
              r"[0-3]?\d\s?[/.-]\s?(?:0?[1-9]|1[0-2])(?:\s?[/.-]\s?(?P<year>20\d\d))?(?!\d)"), _several_days),
    ("ngay",
     _pattern(r"(?P<unit>ngay)\s*" + _DATE), _day),
    ("20",
     _pattern(r"(?P<day>[0-3]?\d)[/.-](?P<month>[01]?\d)[/.-](?P<year>20\d\d)(?!\d)"), _day),
    ("/",
     _pattern(r"(?<!/)(?P<day>[0-3]?\d)/(?P<month>0?[1-9]|1[0-2])(?![\d/])"), _day),
    ("thang",
     _pattern(_COUNTED + r"(?P<day>[0-3]?\d)\s+(?P<unit>thang)\s+(?P<named>[01]?\d)\s*(?:nam|/)\s*(?P<long>20\d\d)"),
     _day),
    ("tuan",
     _pattern(r"tuan\s*(?:thu\s*)?(?:[1-5]|" + _IN_WORDS + r")\s*(?:cua\s*|,\s*|-\s*)?thang\s*\d+" + _YEAR + "?"),
     _week_of_month),
    ("tuan w",
     _pattern(r"(?:(?P<unit>tuan)\s*(?:le\s*)?(?:thu\s*)?(?:so\s*)?|w)(?P<number>[0-5]?\d)(?!\d)"
              r"(?!\s*[/.-]\s*\d{1,2}(?!\d))" + _YEAR + "?"), _week),
    ("thang",
     _pattern(r"(?:cac|nhung|may)\s+(?P<unit>thang)\s+(?:dau|cuoi|con lai)(?:\s+(?:cua\s+)?nam)?" + _YEAR + "?"),
     _from_the_start),
    ("quy",
     _pattern(r"(?<!thang )(?<!tuan )(?:0?[2-4]|hai|ba|bon)\s+(?P<unit>quy)\s+(?:(?:dau|cuoi)\s+)?nam" + _YEAR + "?"),
     _from_the_start),
    ("thang",
     _pattern(r"(?P<count>\d{1,2}|(?P<unit>sau|chin)|" + _IN_WORDS + r")\s*thang(?!\s*\d)"
              r"(?:\s+(?P<part>dau|cuoi)(?:\s+nam)?)?" + _YEAR + "?"), _months_run),
    ("nua",
     _pattern(r"nua\s+(?P<part>dau|cuoi)\s+nam" + _YEAR + "?"), _half),
    ("6 9 12",
     _pattern(r"(?P<count>0?6|0?9|12)\s?t(?![^\W_])(?:\s+(?P<part>dau|cuoi)(?:\s+nam)?)?" + _YEAR + "?"), _months_run),
    ("q",
     _pattern(r"(?:(?:(?P<unit>quy)|qui)\s*(?:thu\s+)?[/.:-]?\s*|q\s*[/.]?\s*)"
              r"(?P<number>[il1|!]v|[il1](?:[il1|!]?[il1])?(?!\|)|[2-4]|mot|nhat|hai|ba|tu|bon)(?![^\W_])"
              + _YEAR + "?"), _quarter),
    ("quy",
     _pattern(r"(?P<unit>quy)\s*(?P<number>0?[5-9]|1\d|vi{0,3}|ix|x)(?![^\W_]|/v)(?!\s*%)" + _YEAR + "?"),
     _no_such_quarter),
    ("tu thang",
     _pattern(r"(?<!trat )(?<!dau )(?P<unit>tu)\s+thang\s*" + _MONTH + r"(?!\s*(?:den|toi|-|–))"), _unclear_month),
    ("thang",
     _pattern(r"(?P<unit>thang)\s*(?:0?[69]\s+(?=dau\s+nam)|0{1,2}(?!\d)|1[3-9](?!\d)|[2-9]\d(?!\d))" + _YEAR + "?"),
     _unclear_month),
    ("thang",
     _pattern(r"(?P<unit>thang)\s*" + _MONTH), _month),
    ("thang",
     _pattern(rf"(?P<unit>thang)\s+(?P<number>{_MONTH_IN_WORDS})" + _YEAR + "?"), _named_month),
    ("thang",
     _pattern(r"(?P<unit>thang)\s+(?P<number>viii|vii|vi|v|iii|ii|iv|ix|i|xii|xi|x)(?![^\W_]|/v)" + _YEAR + "?"),
     _named_month),
    ("t",
     _pattern(r"(?:t\s?[./]?\s?|th\.?(?=\d))" + _MONTH), _month),
    ("truoc",
     _pattern(r"(?P<unit>thang)\s+truoc(?! (?:do|day|khi|ngay)\b)"), _unclear_month),
    ("20",
     _pattern(r"(?<!\d)(?P<year>20\d\d)[-/.](?P<number>0[1-9]|1[0-2])(?!\d|[-/.]\d)"), _month),
    ("20",
     _pattern(r"(?<![\d/.-])(?P<number>0[1-9]|1[0-2])(?P<year>20[12]\d)(?![\d/.-])"), _month),
    ("20",
     _pattern(r"(?<![\d/.-])(?P<year>20[12]\d)(?P<number>0[1-9]|1[0-2])(?![\d/.-])"), _month),
    ("\0",
     _pattern(r"(?<=\0)\s*(?:,|va|&|\+|-|–|/|den)\s*(?P<number>0?[1-9]|[1-5]\d)(?!\d)"
              r"(?:\s*(?:/|nam)\s*(?P<year>20\d\d)(?!\d|/))?"), _listed),
    ("20",
     _pattern(r"(?<![\d/.-])(?P<number>0?[1-9]|1[0-2])\s?[/.-]\s?(?P<year>20\d\d)(?!\d|/)"), _month),
    ("ca",
     _pattern(r"ca\s+(?P<unit>nam)" + _YEAR + "?"), _year),
    ("dau",
     _pattern(r"dau\s+(?P<unit>nam)" + _YEAR), _from_the_start),
    ("nam",
     _pattern(r"(?<!viet )(?<!quang )(?:(?:va|&)\s+)?(?P<unit>nam)\s+(?P<year>(?:19|20)\d\d)(?!\d)"), _year),
)  # fmt: skip
PATTERNS = tuple((needed.split(), pattern, read) for needed, pattern, read in _AS_WRITTEN)
