"""Whom a subject or a sentence speaks for: words and the names among them come in; who reports by them goes out.

A place, an addressee, who asked for the report, and whose place the reporter took report nothing.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence

from intake.rules.language.text import spelled
from intake.rules.language.words import Found, Word, folded

RANKS = frozenset({"xa", "phuong", "huyen", "quan", "tinh", "tran", "pho", "khu"})
_NOT_THE_REPORTER = frozenset({
    "tai", "o", "gui", "den", "cho", "voi", "theo", "giua", "ve", "tu", "qua", "boi", "toi", "trinh", "giup",
})  # fmt: skip
# For whom somebody else sends: "thay mặt UBND xã X", "gửi hộ xã X".
_IN_THE_PLACE_OF = tuple(tuple(words.split()) for words in (
    "thay mat", "gui ho", "nop ho", "chuyen ho", "gui thay", "nop thay", "gui giup", "nop giup",
    "gui thay cho", "gui giup cho", "gui ho cho",
))  # fmt: skip
# Whose place the reporter took.
_FORMERLY = (("truoc", "day", "la"), ("tien", "than", "la"), ("nguyen", "la"), ("truoc", "la"))
_FORMER = frozenset({"cu", spelled("cũ")})
_AREA = spelled("bàn")
_SENDS = frozenset({"gui", "bao", "trinh", "kinh", "nop", "xin", "chuyen"})
# "Theo đề nghị của", "thực hiện Công văn số 12 của": who asked, not who reports.
_CITING = tuple(tuple(words.split()) for words in (
    "theo", "thuc hien", "can cu", "cong van", "quyet dinh", "chi thi", "de nghi", "yeu cau", "chi dao",
))  # fmt: skip


def starts_with(words: Sequence[Word], phrases: Iterable[tuple[str, ...]]) -> bool:
    return any(folded(words[: len(phrase)]) == phrase for phrase in phrases)


def addressed(words: Sequence[Word], found: Iterable[Found]) -> list[Found]:
    """The names that stand for a place or an addressee, and those listed right behind one."""
    found_so_far: list[Found] = []
    for one in sorted(found, key=lambda one: one.first):
        listed = any(other.last == one.first for other in found_so_far)
        is_former = any(word.spelled in _FORMER for word in words[one.last : one.last + 1])
        if listed or is_former or not may_report(words, one.first):
            found_so_far.append(one)
    return found_so_far


def may_report(words: Sequence[Word], first: int) -> bool:
    """Whether what is named at this word is neither a place nor an addressee, nor who asked for the report."""
    start = _start_with_rank(words, first)
    before = start - 1
    if before < 0 or _is_in_the_place_of(words, start):
        return True
    if starts_with(words[max(before - 2, 0) :], _FORMERLY):
        return False
    asked = any(starts_with(words[place:before], _CITING) for place in range(before))
    is_elsewhere = words[before].folded in _NOT_THE_REPORTER or _is_an_area(words, before)
    return not is_elsewhere and not (words[before].folded == "cua" and asked)


def _is_an_area(words: Sequence[Word], last: int) -> bool:
    """ "Địa bàn huyện X" says where; "trực ban huyện X" is who."""
    is_marked = words[last].spelled == _AREA
    return is_marked or (words[last].folded == "ban" and last > 0 and words[last - 1].folded == "dia")


def leads(words: Sequence[Word], first: int, last: int) -> bool:
    """Whether the sentence begins with the name, says whose the report is, or says next what the named one sends."""
    sends = last < len(words) and words[last].folded in _SENDS
    return first == 0 or words[first - 1].folded == "cua" or sends or _is_in_the_place_of(words, first)


def _is_in_the_place_of(words: Sequence[Word], first: int) -> bool:
    """Whether somebody else sends for what is named at this word, its rank before it or not."""
    start = _start_with_rank(words, first)
    return any(starts_with(words[max(start - length, 0) : start], _IN_THE_PLACE_OF) for length in (2, 3))


def _start_with_rank(words: Sequence[Word], first: int) -> int:
    """Where what is named at this word begins if its rank stands before it: "thị xã X" for "X"."""
    while first and (words[first - 1].folded in RANKS or words[first - 1].folded == "thi"):
        first -= 1
    return first


def own_names(words: Sequence[Word], names: Collection[tuple[str, ...]]) -> Iterator[Word]:
    """The words by which the sender is called; "xã Tân Hòa" is not the district that "Tân Hòa" stands for."""
    text = folded(words)
    for name in names:
        for place in range(len(text) - len(name) + 1):
            if text[place : place + len(name)] == name:
                ranked = text[max(place - 1, 0) : place + len(name)]
                if ranked[0] not in RANKS or any(one[-len(ranked) :] == ranked for one in names):
                    yield from words[place : place + len(name)]
