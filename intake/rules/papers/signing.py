"""Whom an administrative document addresses and who signed it (Decree 30/2020, appendix I): "Kính gửi" and the foot.

Takes the text as it was extracted: columns may stand side by side or one below the other. What does not stand there in
so many words is not answered.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from intake.rules.language.text import fold, fold_letters

_COLUMNS = re.compile(r"\t+|\s{4,}|\s+\|\s+")
_LONGEST_LINE = 600
_MOST_LINES = 20_000
_ADDRESSED = re.compile(r"kinh gui\b\s*:?\s*")
_LISTED = re.compile(r"[-–+*•]\s*")
_MOST_ADDRESSEES = 30
_HEAD_CELLS = 60
_RECEIVERS = re.compile(r"noi nhan\b")
_BEFORE_RECEIVERS = 8
_ON_BEHALF = re.compile(r"(?:tm|kt|q|tl|tuq|quyen)\s*\.?\s+\S|(?:tm|kt|q|tl|tuq)\s*\.\s*\S")
_TITLE = re.compile(
    r"(?:q\.? ?|quyen |pho )?(?:tong )?(?:chu tich|giam doc|chanh \w+|(?:chi )?cuc truong|bo truong|thu truong|bi thu"
    r"|truong \w+|hieu truong|vien truong|vu truong|doi truong|chu nhiem|tong bien tap|thu ky|tu lenh|chi huy truong"
    r"|chanh)\b.{0,60}"
)
_RANK = re.compile(
    r"(?:(?:ths|ts|pgs|gs|bs|ks|cn|ls|bsck(?:i|ii|1|2)?|ts\.bs)\.?\s*)+(?=\w)"
    r"|(?:dai|thuong|trung|thieu) (?:tuong|ta|uy)\s+", re.IGNORECASE
)  # fmt: skip
_NAME = re.compile(r"[^\W\d_]+(?: [^\W\d_]+){1,5}")
_AFTER_TITLE = 14
_LONGEST_TITLE = 80


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signed: name and title, and in whose place ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH")."""

    name: str
    title: str = ""
    on_behalf: tuple[str, ...] = ()


def addressees(text: str) -> tuple[str, ...]:
    """Those after "Kính gửi", one by one."""
    cells = _cells(text)
    for place, cell in enumerate(cells[:_HEAD_CELLS]):
        if found := _ADDRESSED.match(fold_letters(cell)):
            named = [cell[found.end() :], *_listed(cells[place + 1 :])]
            single = (_tidy(part) for one in named for part in one.split(";"))
            return tuple(filter(None, single))[:_MOST_ADDRESSEES]
    return ()


def signer(text: str) -> Signer | None:
    """Who signed the document itself, not an annex behind it; None where no name stands under a title."""
    cells = _cells(text)
    receivers = next((place for place, cell in enumerate(cells) if _RECEIVERS.match(fold(cell[:20]))), None)
    if receivers is not None and (found := _signed(cells[max(0, receivers - _BEFORE_RECEIVERS) :])):
        return found
    return _signed(cells[_last_titles(cells) :]) if receivers is None else None


def _cells(text: str) -> list[str]:
    lines = unicodedata.normalize("NFC", text).split("\n", _MOST_LINES)[:_MOST_LINES]
    cells = (cell.strip(" \f\r\v|") for line in lines for cell in _COLUMNS.split(line[:_LONGEST_LINE]))
    return [cell for cell in cells if cell]


def _listed(cells: Sequence[str]) -> Iterator[str]:
    for cell in cells:
        if not (found := _LISTED.match(cell)):
            return
        yield cell[found.end() :]


def _tidy(name: str) -> str:
    return _LISTED.sub("", name.strip(), count=1).strip(" .,;:")


def _last_titles(cells: Sequence[str]) -> int:
    """Where the last titles that stand one below the other begin."""
    place = len(cells)
    while place and not _is_title(cells[place - 1]):
        place -= 1
    while place and _is_title(cells[place - 1]):
        place -= 1
    return place


def _signed(cells: Sequence[str]) -> Signer | None:
    """The first title that a name follows, and what stands above it."""
    titles: list[str] = []
    since = 0
    for cell in cells:
        if _is_title(cell):
            titles.append(cell)
            since = 0
        elif titles and _is_name(cell):
            *above, last = titles
            is_behalf = _ON_BEHALF.match(fold(last)) is not None
            on_behalf = tuple(titles) if is_behalf else tuple(above)
            return Signer(_plain_name(cell), "" if is_behalf else last, on_behalf)
        else:
            since += 1
            titles = titles if since <= _AFTER_TITLE else []
    return None


def _is_title(cell: str) -> bool:
    if not cell.isupper() or len(cell) > _LONGEST_TITLE:
        return False
    folded = fold(cell)
    return _ON_BEHALF.match(folded) is not None or _TITLE.fullmatch(folded) is not None


def _is_name(cell: str) -> bool:
    """Two to six words, each with one capital in front."""
    bare = _plain_name(cell)
    return _NAME.fullmatch(bare) is not None and all(word.istitle() for word in bare.split())


def _plain_name(cell: str) -> str:
    folded = fold_letters(cell)
    found = _RANK.match(folded)
    return cell[found.end() :].strip() if found else cell
