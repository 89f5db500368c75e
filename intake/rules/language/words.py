"""A text as its words, abbreviations written out, and an index that finds known phrases among them.

Words are compared folded and confirmed as they are spelled, so "bảo vệ" is never found in "bao vệ" read as "báo vệ".
"""

import re
import unicodedata
from bisect import insort
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from intake.rules.language.text import fold, forms_of, spelled

_WORD = re.compile(r"[^\W_]+")
_LONGEST_ABBREVIATION = 4
_JOINT = re.compile(r"[ .,&/–-]{0,3}")

# How offices shorten their own language; what a registry shortens in its own way stands there as an alias.
ABBREVIATIONS = {
    "bc": "báo cáo", "kq": "kết quả", "cv": "công văn", "nq": "nghị quyết", "qlnn": "quản lý nhà nước",
    "ubnd": "ủy ban nhân dân", "hđnd": "hội đồng nhân dân", "vp": "văn phòng", "tp": "thành phố", "tx": "thị xã",
    "ktxh": "kinh tế xã hội", "ktvhxh": "kinh tế văn hóa xã hội", "qpan": "quốc phòng an ninh",
    "antt": "an ninh trật tự",
    "attt": "an toàn thông tin", "atgt": "an toàn giao thông", "ttatgt": "trật tự an toàn giao thông",
    "cchc": "cải cách hành chính", "tthc": "thủ tục hành chính", "kstthc": "kiểm soát thủ tục hành chính",
    "kntc": "khiếu nại tố cáo", "tcd": "tiếp công dân", "pctn": "phòng chống tham nhũng",
    "pcttkcn": "phòng chống thiên tai tìm kiếm cứu nạn", "tkcn": "tìm kiếm cứu nạn",
    "pctt": "phòng chống thiên tai", "pccc": "phòng cháy chữa cháy", "pcccr": "phòng cháy chữa cháy rừng",
    "bvr": "bảo vệ rừng", "qlbvr": "quản lý bảo vệ rừng", "ntm": "nông thôn mới", "attp": "an toàn thực phẩm",
    "bvmt": "bảo vệ môi trường", "cntt": "công nghệ thông tin", "cđs": "chuyển đổi số",
    "bmnn": "bí mật nhà nước", "bvbmnn": "bảo vệ bí mật nhà nước", "tđkt": "thi đua khen thưởng",
    "dtts": "dân tộc thiểu số", "dttsmn": "dân tộc thiểu số miền núi",
    "ctmtqg": "chương trình mục tiêu quốc gia", "mtqg": "mục tiêu quốc gia",
    "khđt": "kế hoạch đầu tư", "nnptnt": "nông nghiệp phát triển nông thôn", "ptnt": "phát triển nông thôn",
    "nnmt": "nông nghiệp môi trường", "tnmt": "tài nguyên môi trường", "tttt": "thông tin truyền thông",
    "lđtbxh": "lao động thương binh xã hội", "vhttdl": "văn hóa thể thao du lịch", "khcn": "khoa học công nghệ",
    "gdđt": "giáo dục đào tạo", "gtvt": "giao thông vận tải", "dttg": "dân tộc tôn giáo",
    "bql": "ban quản lý", "kkt": "khu kinh tế", "bch": "ban chỉ huy", "bđbp": "bộ đội biên phòng",
    "chqs": "chỉ huy quân sự", "qlda": "quản lý dự án", "bqlda": "ban quản lý dự án", "đtxd": "đầu tư xây dựng",
    "đtc": "đầu tư công", "tnhh": "trách nhiệm hữu hạn", "mtv": "một thành viên",
}  # fmt: skip
# Names of the Central Highlands are written in several ways: Đắk, Đăk and Đak are one.
_OFFICIALLY = {"dak": "đak"}
_WRITTEN_OUT = {
    fold(short): tuple((fold(word), spelled(word)) for word in full.split()) for short, full in ABBREVIATIONS.items()
}
# Whatever an abbreviation begins with: of most words it is known at once that they begin none.
_BEGINNINGS = frozenset(short[:length] for short in _WRITTEN_OUT for length in range(1, len(short) + 1))
_AND = frozenset({"va", spelled("và")})
_FILLERS = _AND | {"so", spelled("số")}


class Word(NamedTuple):
    """One word at a place of its text. A word written out of an abbreviation stands where that stood."""

    folded: str
    spelled: str
    start: int
    end: int

    @property
    def marked(self) -> bool:
        return self.spelled != self.folded


def words_of(text: str) -> list[Word]:
    """The words in order, abbreviations written out, "và" and the "số" of a cited number left out.

    Positions are those of the NFC form of the text.
    """
    text = unicodedata.normalize("NFC", text)
    written = list(_WORD.finditer(text))
    forms = forms_of([one[0] for one in written])
    found = [
        Word(folded, _OFFICIALLY.get(folded) or spelling, *one.span())
        for one, (folded, spelling, _) in zip(written, forms, strict=True)
    ]
    return _without_fillers(_written_out(text, found))


def _written_out(text: str, found: list[Word]) -> list[Word]:
    if _BEGINNINGS.isdisjoint(word.folded for word in found):
        return found
    written_out: list[Word] = []
    place = 0
    while place < len(found):
        length = _abbreviated(text, found, place)
        if not length:
            written_out.append(found[place])
        else:
            start, end = found[place].start, found[place + length - 1].end
            short = "".join(word.folded for word in found[place : place + length])
            written_out += [Word(folded, spelling, start, end) for folded, spelling in _WRITTEN_OUT[short]]
        place += length or 1
    return written_out


def _abbreviated(text: str, found: Sequence[Word], place: int) -> int:
    """How many words from here on make one abbreviation, as KT - XH does; 0 if none do."""
    length, short = 0, ""
    for count, word in enumerate(found[place : place + _LONGEST_ABBREVIATION], 1):
        short += word.folded
        if short not in _BEGINNINGS:
            break
        if count > 1 and not _JOINT.fullmatch(text, found[place + count - 2].end, word.start):
            break
        if short in _WRITTEN_OUT:
            length = count
    return length


def _without_fillers(found: list[Word]) -> list[Word]:
    return [word for place, word in enumerate(found) if word.spelled not in _FILLERS or not _is_filler(found, place)]


def _is_filler(found: Sequence[Word], place: int) -> bool:
    """ "Công văn số 88" is cited with or without it. In "chuyển đổi số 6 tháng" the figure belongs to the months."""
    if found[place].spelled in _AND:
        return True
    behind = [word.folded for word in found[place + 1 : place + 3]]
    return bool(behind) and behind[0].isdigit() and behind[1:] != ["thang"]


@dataclass(frozen=True, slots=True)
class Found:
    """A known phrase at words `first` to `last - 1`: the values it stands for."""

    first: int
    last: int
    values: frozenset[str]


def folded(words: Iterable[Word]) -> tuple[str, ...]:
    return tuple(word.folded for word in words)


class PhraseIndex:
    """Phrases and what they stand for, found in any text by a look-up for each of its words."""

    def __init__(self) -> None:
        self._entries: dict[tuple[str, ...], dict[tuple[str, ...], set[str]]] = defaultdict(lambda: defaultdict(set))
        self._lengths: dict[str, list[int]] = defaultdict(list)

    def add(self, phrase: Sequence[Word], value: str) -> None:
        self._entries[folded(phrase)][tuple(word.spelled for word in phrase)].add(value)
        lengths = self._lengths[phrase[0].folded]
        if len(phrase) not in lengths:
            insort(lengths, len(phrase))

    def find(self, text: Sequence[Word]) -> list[Found]:
        """Every phrase that stands in the text, overlapping ones too, in the order in which they begin."""
        words = folded(text)
        found = []
        for place, word in enumerate(words):
            for end in [place + length for length in self._lengths.get(word, ()) if place + length <= len(words)]:
                spellings = self._entries.get(words[place:end])
                if spellings and (values := self._values(text[place:end], spellings)):
                    found.append(Found(place, end, values))
        return found

    def longest(self, text: Sequence[Word]) -> list[Found]:
        """The phrases of which none lies within a longer one."""
        return outermost(self.find(text))

    def _values(self, part: Sequence[Word], spellings: Mapping[tuple[str, ...], set[str]]) -> frozenset[str]:
        """Those whose spelling agrees; those that agree to the letter rule out the others."""
        exact = spellings.get(tuple(word.spelled for word in part))
        agreeing = [exact] if exact else [values for spelling, values in spellings.items() if _agrees(part, spelling)]
        return frozenset().union(*agreeing)


def outermost(found: Sequence[Found]) -> list[Found]:
    """Those of which none lies within a longer one."""
    return [one for one in found if not any(_within(one, other) for other in found)]


def _agrees(part: Sequence[Word], spelling: Sequence[str]) -> bool:
    return all(not word.marked or word.spelled == wanted for word, wanted in zip(part, spelling, strict=True))


def _within(inner: Found, outer: Found) -> bool:
    is_same = (inner.first, inner.last) == (outer.first, outer.last)
    return outer.first <= inner.first and inner.last <= outer.last and not is_same
