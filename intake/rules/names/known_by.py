"""What a report type is known by: the phrases that its name and its aliases come down to.

Period words ("tháng", "6 tháng") and the office's stock phrases ("tình hình", "kết quả thực hiện") are no part of them.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from intake.rules.language.word_runs import without_date_and_author
from intake.rules.language.words import Word, folded, words_of

_STOCK_PHRASES = tuple(tuple(words.split()) for words in (
    "bao cao", "tinh hinh", "ket qua", "thuc hien", "cong tac", "nhiem vu", "phat trien", "tong ket", "so ket",
    "tong hop", "danh gia", "phuc vu", "noi dung", "dinh ky", "trien khai", "ve", "viec", "nhanh",
))  # fmt: skip
# Its words are those of many a matter: "tiền", "đô thị".
_PROGRESS = ("tien", "do")
_STOCK_WORDS = frozenset(word for phrase in _STOCK_PHRASES for word in phrase)
# Clerks name these reports without the parts that each of them has: letters lead to complaints, and since 2022
# corruption is reported on together with waste and misconduct; traffic has its order and its safety. What else is
# listed tells one report from another.
_LEFT_OUT = tuple((tuple(whole.split()), tuple(part.split())) for whole, part in (
    ("khieu nai", "xu ly don thu"), ("khieu nai", "xu ly don"), ("tham nhung", "lang phi"), ("tham nhung", "tieu cuc"),
    ("an toan giao thong", "trat tu"),
))  # fmt: skip
# What stands at the end of many a name by the way: "kinh tế - xã hội, bảo đảm quốc phòng - an ninh".
_BY_THE_WAY = tuple(tuple(words.split()) for words in (
    "bao dam", "dam bao", "giu vung", "cung co", "quoc phong", "an ninh", "doi ngoai", "chi dao", "dieu hanh",
))  # fmt: skip
_PERIOD_WORDS = frozenset(
    {"thang", "quy", "nam", "tuan", "ngay", "sau", "chin", "dau", "cuoi", "hang", "ca", "ky", "trong"}
)
_SHORT_PERIOD = re.compile(r"\d{0,2}[tqn]")
_FEWEST_LETTERS = 3
_FEWEST_WORDS = 3
_FEWEST_BEGUN = 4


def phrases_of(text: str) -> Iterator[list[Word]]:
    """What a name is known by: without period words and, as long as it still tells something, without stock phrases.

    A name that tells too little without them, such as "BC dịch tuần", is known by all of its words.
    """
    words = without_date_and_author(unicodedata.normalize("NFC", text), words_of(text))
    core = _without_period(words)
    if len(words) >= _FEWEST_WORDS and not _is_telling(text, core):
        yield words
    while core:
        if _is_telling(text, core):
            yield core
        core = core[_stock_length(core) :] if _stock_length(core) else []


def shorter_phrases_of(text: str) -> Iterator[list[Word]]:
    """What clerks make of a name: without the parts that go without saying. It may be the whole name of another."""
    for core in phrases_of(text):
        found = [core]
        for whole, part in _LEFT_OUT:
            found += [rest for name in found if _place_of(whole, name) >= 0 and (rest := _without(part, name)) != name]
        found += [_without_end(name) for name in found]
        yield from (name for name in found if name != core and _is_telling(text, name))


def _without_end(words: list[Word]) -> list[Word]:
    """The words before those at the end that are all said by the way."""
    end = len(words)
    while part := next((one for one in _BY_THE_WAY if _ends_with(words[:end], one)), ()):
        end -= len(part)
    return words[:end]


def _ends_with(words: Sequence[Word], part: tuple[str, ...]) -> bool:
    return folded(words[-len(part) :]) == part


def _without(part: tuple[str, ...], words: list[Word]) -> list[Word]:
    place = _place_of(part, words)
    return words if place < 0 else words[:place] + words[place + len(part) :]


def _place_of(part: tuple[str, ...], words: Sequence[Word]) -> int:
    text = folded(words)
    return next((place for place in range(len(text)) if text[place : place + len(part)] == part), -1)


def beginnings_of(text: str) -> Iterator[Sequence[Word]]:
    """The first parts of a name that lists several matters, as far as each of its commas."""
    text = unicodedata.normalize("NFC", text)
    core = without_stock(words_of(text))
    ends = [end for end in range(_FEWEST_BEGUN, len(core)) if "," in text[core[end - 1].end : core[end].start]]
    yield from (core[:end] for end in ends)


def _without_period(words: list[Word]) -> list[Word]:
    """A name without the period at its end: "tháng", "6 tháng", "6T". The number of a cited document stays."""
    core = words
    while core and (_is_period(core[-1]) or (core[-1].folded.isdigit() and words[len(core) :])):
        core = core[:-1]
    return core


def _is_period(word: Word) -> bool:
    return word.folded in _PERIOD_WORDS or bool(_SHORT_PERIOD.fullmatch(word.folded))


def _is_telling(text: str, words: Sequence[Word]) -> bool:
    telling = [word for word in words if word.folded not in _STOCK_WORDS and not _is_period(word)]
    if len(telling) > 1 or not telling:
        return len(telling) > 1
    written = unicodedata.normalize("NFC", text)[telling[0].start : telling[0].end]
    return written.isupper() and len(written) >= _FEWEST_LETTERS


def is_general(words: Sequence[Word]) -> bool:
    """Whether a name says no more than how often: "báo cáo tuần"."""
    return any(map(_is_period, words)) and all(word.folded in _STOCK_WORDS or _is_period(word) for word in words)


def _stock_length(words: Sequence[Word]) -> int:
    return stock_at_start(folded(words))


def without_stock(words: Sequence[Word]) -> Sequence[Word]:
    """The words behind the stock phrases that a name begins with."""
    while length := _stock_length(words):
        words = words[length:]
    return words


def stock_at_start(folded: tuple[str, ...]) -> int:
    """How many words the longest stock phrase has that folded words begin with; 0 for none."""
    return max((len(phrase) for phrase in (*_STOCK_PHRASES, _PROGRESS) if folded[: len(phrase)] == phrase), default=0)


def says_too_little(text: str) -> bool:
    """Whether a name is only stock phrases and period words, by which any report could be meant."""
    return not _is_telling(text, _without_period(words_of(text)))
