"""The head of an administrative document (Decree 30/2020): issuer, number and symbol, date, kind, title, addressee.

Takes the text as it was extracted: columns may stand side by side or one below the other. Only what the head itself
says is answered; numbers and dates of documents that are cited never are.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from itertools import takewhile

from intake.rules.language.text import fold, fold_letters, spelled
from intake.rules.papers.document_numbers import is_number, number_in, without_number
from intake.rules.papers.motto import may_hold_motto, with_whole_motto, without_motto

HEAD_LINES = 45
_FOOT_LINES = 80
# No line of a head is longer; what is cut off could only cost time.
_LONGEST_LINE = 600
_LONGEST_TITLE = 6
_WRAPPED = 45
_FEWEST_IN_A_ROW = 3

# A number or a day that was left blank is a gap within its column, not one between two.
_SPREAD = re.compile(r"(?:[^\W\d_] {1,3}){4,}[^\W\d_](?!\S)")
# The same is not there where not even this is.
_APART = re.compile(r" [^\W\d_] {1,3}[^\W\d_](?!\S)")
_BLANK = re.compile(r"((?:s[oố]\s*:|ng[aà]y|th[aá]ng|n[aă]m))[ \t]{2,}(?=\S)", re.IGNORECASE)
_COLUMNS = re.compile(r"\t+|\s{4,}|\s+\|\s+")
_SMALL_MOTTO = re.compile(r"cộng h\w{1,3} xã h\w{1,2} chủ nghĩa việt nam")
_UNFINISHED = re.compile(r"(?:uy ban nhan dan|ubnd|hoi dong nhan dan|hdnd|ban chi huy|ban chi dao)|.*(?: va|,|-)")
_OF_A_PLACE = re.compile(r"(?:tinh|huyen|quan|xa|phuong|thi xa|thi tran|thanh pho|tp|dac khu)\b")
_DATED = re.compile(
    r",?\s*ngay\s*(?P<day>[0-3]?\d|[.…_\s]*)\s*thang\s*(?P<month>[01]?\d|[.…_\s]*)\s*nam\s*(?P<year>(?:19|20)\d\d|[.…_\s]*)"
)
_DATED_IN_FIGURES = re.compile(
    r"(?:^|,\s*)ngay\s*(?P<day>[0-3]?\d)\s?[/.-]\s?(?P<month>[01]?\d)\s?[/.-]\s?(?P<year>(?:19|20)\d\d)$"
)
_KINDS = (
    "báo cáo", "kế hoạch", "tờ trình", "quyết định", "thông báo", "nghị quyết", "chỉ thị", "giấy mời", "lịch công tác",
    "chương trình", "biên bản", "hướng dẫn", "công điện", "đề án", "phương án", "quy chế", "quy định", "hợp đồng",
    "giấy ủy quyền", "đề cương", "giấy giới thiệu", "thông cáo", "phiếu chuyển", "phiếu gửi", "phụ lục",
)  # fmt: skip
# The kind as Letterhead says it, as people write it.
KINDS = {fold(kind): kind for kind in (*_KINDS, "công văn")}
_SPELLED_KINDS = {fold(kind): [spelled(word) for word in kind.split()] for kind in _KINDS}
_SHOUTED_KIND = re.compile(rf"(?:{'|'.join(_SPELLED_KINDS)})\b")
_REGARDING = re.compile(r"v\s*/\s*v\b\s*:?\s*|ve viec\b\s*")
_ADDRESSED = re.compile(r"kinh gui\b\s*:?\s*")
# What a line begins with is told by so many letters: none of the three above is longer, as columns part wide blanks.
_BEGINNING = 24
_FIRST_OF_KINDS = frozenset({"v", *(kind[0] for kind in _SPELLED_KINDS)})
_BODY_START = re.compile(
    r"(?:[ivx]{1,4}|\d{1,2}|[a-d]|phan \w+)\s*[.:/)-]|[-–_*=.]{3,}|kinh gui|noi nhan|phan thu"
    r"|(?:can cu|thuc hien|theo|trong (?:thang|quy|nam|tuan|ngay)|de|uy ban nhan dan|ubnd|so|ngay|nham|sau khi|don vi"
    r"|tu ngay|s?tt)\b"
)
_URGENCY = re.compile(r"(?:hoa toc|thuong khan|khan)(?: hen gio)?")
_STAMPED = re.compile(
    rf"{_URGENCY.pattern}|luu hanh noi bo|xem xong tra lai|(?:ban )?sao(?: y| luc)?(?: ban chinh)?|trich sao|ban chinh"
)
_DRAFT = re.compile(r"\W*(?:ban )?du thao\b")
# Wherever it stands on the first page, alone on its line it is a mark.
_DRAFT_MARK = re.compile(r"\W*(?:ban )?du thao(?: (?:lan )?(?:thu )?(?:\d{1,2}|mot|hai|ba))?\W*")
_DRAFT_TITLE = re.compile(r"\(\W*(?:ban )?du thao\b")
_ONLY_A_PERIOD = re.compile(
    r"(?:(?:6|9|sau|chin) )?(?:thang|quy|tuan|nam)\b(?: (?:dau|cuoi) nam)?[^.;:,a-z]{0,12}(?:nam 20\d\d)?"
)
_PROVINCE = re.compile(r"(?:uy ban nhan dan|ubnd) tinh\b")
_SIGNED_FOR = re.compile(r"(?:tm|kt|q|tl|tuq)\s*\.\s*\S")
_SIGNED_AS = re.compile(rf"{_SIGNED_FOR.pattern}|(?:pho )?(?:chu tich|giam doc|chanh thanh tra) \S")
_SIGNED_FOR_BEGINS = ("t", "k", "q", "c", "p", "g")


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What the head of a document says; empty texts and None where it does not.

    `issuers` are the lines of the issuing agency as they stand, its superior first; `below_province` is a line in
    small letters below the province's, which may name it. `number` is number and symbol
    together, None where the number is blank (`is_blank`) or missing. `kind` is folded: "bao cao", or "cong van" for a
    letter with "V/v". `signer` are the lines that say for whom and as what it was signed.
    """

    issuers: tuple[str, ...] = ()
    below_province: str = ""
    number: str | None = None
    is_blank: bool = False
    symbol: str = ""
    place: str = ""
    issued_on: date | None = None
    issued_year: int | None = None
    kind: str = ""
    title: str = ""
    addressee: str = ""
    urgency: str = ""
    signer: tuple[str, ...] = ()
    is_draft: bool = False

    @property
    def issuer(self) -> str:
        """The issuing agency itself, over the lines that its name was wrapped to; "" where none is named."""
        name = ""
        for line in reversed(self.issuers):
            if name and not (_UNFINISHED.fullmatch(fold(line)) or _OF_A_PLACE.match(fold(name))):
                break
            name = f"{line} {name}".strip()
        return name

    @property
    def is_report(self) -> bool:
        return self.kind == "bao cao" or (self.kind == "cong van" and _is_of_report(self.title))


def read_letterhead(text: str) -> Letterhead:
    """The head of the document whose whole text this is."""
    written = _written(with_whole_motto(text))
    lines = [cell for line in _tidied(_with_capitals(written[:HEAD_LINES])) for cell in _cells(line)]
    kind_at, kind, rest = _kind(lines)
    before = lines[:kind_at] if kind else _before_body(lines)
    number, blank, symbol = number_in(before if kind != "cong van" else lines[: kind_at + 2])
    place, issued_on, issued_year = _dated(lines[: kind_at + 6] if kind else before)
    title = _title(lines, kind_at, rest) if kind else ""
    return Letterhead(
        issuers=tuple(line for line in before if _is_issuer(line)) if kind or symbol else (),
        below_province=_below_province(before) if kind else "",
        number=number,
        is_blank=blank,
        symbol=symbol,
        place=place,
        issued_on=issued_on,
        issued_year=issued_year,
        kind=kind,
        title=title,
        addressee=_addressee(lines),
        urgency=next((line for line in before if _URGENCY.fullmatch(fold(line))), ""),
        signer=tuple(filter(_is_signed_for, _tidied([line for line in written[-_FOOT_LINES:] if _may_sign(line)]))),
        is_draft=_is_draft(before, title) or any(map(_is_draft_mark, lines)),
    )


def _written(text: str) -> list[str]:
    """The lines that are not blank."""
    lines = text.replace("\f", "\n").replace("\v", "\n").split("\n")
    return [line for line in map(str.strip, lines) if line]


def _tidied(lines: list[str]) -> list[str]:
    if not lines:
        return []
    composed = unicodedata.normalize("NFC", "\n".join(line[:_LONGEST_LINE] for line in lines))
    return (_SPREAD.sub(_drawn_together, composed) if _APART.search(composed) else composed).split("\n")


def _with_capitals(lines: list[str]) -> list[str]:
    """The lines up to the kind in capitals, where the motto stands small: a font that showed capitals was lost."""
    if not any(_SMALL_MOTTO.match(line) for line in lines):
        return lines
    kind = next((place for place, line in enumerate(lines) if line.islower() and fold(line) in KINDS), len(lines))
    return [line.upper() if line.islower() and place <= kind else line for place, line in enumerate(lines)]


def _drawn_together(spread: re.Match[str]) -> str:
    """ "B Á O  C Á O", with its letters set apart, as "BÁO CÁO"."""
    return " ".join(word.replace(" ", "") for word in re.split(r"\s{2,}", spread[0]))


def _cells(line: str) -> list[str]:
    """The columns of a line, the national motto cut out wherever it was joined to one of them.

    "Kế hoạch" beside "Thực hiện" heads a column of figures and is no kind of document.
    """
    plain = line.replace("\t", " ")
    is_simple = plain.isprintable() and "  " not in plain and "|" not in plain
    columns = line.split("\t") if is_simple else _COLUMNS.split(_BLANK.sub(r"\1 ", line))
    if may_hold_motto(line):
        columns = [part for cell in columns for part in without_motto(cell)]
    cells = [cell for column in columns if (cell := column.strip(" -–—_*"))]
    is_row = len(cells) >= _FEWEST_IN_A_ROW
    return [cell for cell in cells if not _heads_a_column(cell)] if is_row else cells


def _heads_a_column(cell: str) -> bool:
    return not (cell[0].isdigit() or cell.isupper()) and fold(cell) in KINDS


def _kind(lines: list[str]) -> tuple[int, str, str]:
    """The line that says what kind of document this is, the kind, and what of the title stands on that line."""
    for place, line in enumerate(lines):
        if line[0].isdigit() or fold_letters(line[0]) not in _FIRST_OF_KINDS:
            continue
        folded = fold_letters(line[:_BEGINNING])
        if regarding := _REGARDING.match(folded):
            return place, "cong van", line[regarding.end() :]
        if shouted := _SHOUTED_KIND.match(folded):
            written, rest = line[: shouted.end()], line[shouted.end() :]
            if _is_kind(written, shouted[0], alone=not rest.strip()):
                return place, shouted[0], rest
    return len(lines), "", ""


def _is_kind(written: str, kind: str, *, alone: bool) -> bool:
    """Whether it means that kind: in capitals, or on a line of its own. "PHƯỜNG AN" begins the name of a ward."""
    words = written.split()
    has_no_marks = [spelled(word) for word in words] == [fold(word) for word in words]
    is_shown = written.isupper() or (alone and written[:1].isupper())
    return is_shown and (has_no_marks or [spelled(word) for word in words] == _SPELLED_KINDS[kind])


def _title(lines: list[str], kind_at: int, rest: str) -> str:
    """What follows the kind, over the lines that it was wrapped to, up to the addressee or the body."""
    title = [rest.strip(" :")] if rest.strip(" :") else []
    for line in lines[kind_at + 1 :]:
        if len(title) >= _LONGEST_TITLE or (title and not _goes_on(title[-1], line)) or _ADDRESSED.match(fold(line)):
            break
        title.append(line)
    return " ".join(title)


def _goes_on(before: str, line: str) -> bool:
    """Whether a line continues the title: it begins small, or the line before was full, and no body begins."""
    folded = fold(line)
    if folded.startswith(("ve ", "v/v ")):
        return not before.endswith((".", ":"))
    if line[0].islower() or line[0] == "(" or (line.isupper() and before.isupper() and not _BODY_START.match(folded)):
        return not before.endswith((".", ":"))
    if (line[0].isdigit() and not _BODY_START.match(folded)) or _ONLY_A_PERIOD.fullmatch(folded):
        return True
    full = len(before) >= _WRAPPED and before[-1] not in ".:;)" and not re.search(r"20\d\d$", before)
    return full and not _BODY_START.match(folded) and not _DATED.search(folded)


def _before_body(lines: list[str]) -> list[str]:
    """The lines of a head without kind: those until the first that reads like running text."""
    return list(takewhile(lambda line: not _ADDRESSED.match(fold(line)) and len(line) < 2 * _WRAPPED, lines[:8]))


def _dated(lines: list[str]) -> tuple[str, date | None, int | None]:
    """Place, day and year. The year may stand there although the day was left blank."""
    for line in lines:
        if "ngay" not in fold(line):
            continue
        folded = fold_letters(line)
        if found := _DATED.search(folded) or _DATED_IN_FIGURES.search(folded):
            year = int(found["year"]) if found["year"].isdigit() else None
            return without_number(line[: found.start()]), _date(found), year
    return "", None, None


def _date(found: re.Match[str]) -> date | None:
    try:
        return date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        return None


def _below_province(lines: list[str]) -> str:
    """What stands below the province's name, if that alone is in capitals: over a table its own name is often small."""
    shouted = [place for place, line in enumerate(lines) if _is_issuer(line)]
    if len(shouted) != 1 or not _PROVINCE.match(fold(lines[shouted[0]])):
        return ""
    return next(iter(lines[shouted[0] + 1 :]), "")


def _is_issuer(line: str) -> bool:
    folded = fold(line)
    shouted = sum(map(str.isupper, line)) > sum(map(str.islower, line))
    return shouted and not is_number(folded) and not _DATED.search(folded) and not _STAMPED.fullmatch(folded)


def _is_draft(before: list[str], title: str) -> bool:
    return any(_DRAFT.match(fold(line)) for line in (*before, title)) or bool(_DRAFT_TITLE.search(fold(title)))


def _is_draft_mark(line: str) -> bool:
    return len(line) <= _BEGINNING and _DRAFT_MARK.fullmatch(fold(line)) is not None


def _may_sign(line: str) -> bool:
    return line[0].isupper() and fold(line[0]).startswith(_SIGNED_FOR_BEGINS)


def _is_signed_for(line: str) -> bool:
    as_whom = _SIGNED_AS if line.isupper() else _SIGNED_FOR
    return _may_sign(line) and as_whom.match(fold(line)) is not None


def _addressee(lines: list[str]) -> str:
    for line in lines:
        if line[0].isdigit() or fold_letters(line[0]) != "k":
            continue
        if found := _ADDRESSED.match(fold_letters(line[:_BEGINNING])):
            return line[found.end() :].strip(" .")
    return ""


def _is_of_report(title: str) -> bool:
    return re.match(r"(?:gui )?(?:bao cao|bc)\b", fold(title)) is not None
