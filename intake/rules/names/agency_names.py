"""Which agency a text speaks for: names and aliases found in letterheads, subjects and sentences.

A place that is mentioned is not the reporter, "UBND xã X" is not "UBND huyện X", and an authority that nobody
registered is said to be unknown rather than taken for one whose name is like it.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from intake.model import OFFICE, Agency
from intake.rules.language.text import fold
from intake.rules.language.words import Found, PhraseIndex, Word, folded, words_of
from intake.rules.names.shortened_names import OTHER_BODIES, ShortenedNames
from intake.rules.names.speaking import RANKS, addressed, leads, may_report, starts_with

_LONGEST_TEXT = 2000
# Names longer than this go without their "tỉnh" in a letterhead: "BAN QUẢN LÝ KHU KINH TẾ".
_FEWEST_WORDS = 4
_AUTHORITY = frozenset({"uy", "so", "ban", "bo", "cong", "thanh", "cuc", "kho", "toa", "vien"}) | RANKS
_BOARD = ("ban", "quan", "ly")
_COMMITTEE = ("uy", "ban", "nhan", "dan")
_COMMITTEE_RANKS = (
    ("xa",), ("phuong",), ("huyen",), ("quan",), ("thi", "xa"), ("thi", "tran"), ("thanh", "pho"), ("dac", "khu"),
)  # fmt: skip
_ROMAN = re.compile("[IVX]+")
_PROVINCE = (("tinh",), ("thanh", "pho"))
_DIVISIONS = tuple(tuple(words.split()) for words in (
    "phong", "hat", "ban chi huy", "ban chi dao", "ban tiep cong dan", "van phong", "doi", "to", "bo phan", "hoi dong",
    "thuong truc",
))  # fmt: skip
_PROVINCIAL_COMMITTEES = (("uy", "ban", "nhan", "dan", "tinh"), ("uy", "ban", "nhan", "dan", "thanh", "pho"))
_SUPERIORS = tuple(tuple(words.split()) for words in (
    "uy ban nhan dan tinh", "uy ban nhan dan thanh pho", "uy ban nhan dan", "bo", "quan khu", "tinh uy",
))  # fmt: skip
# Words that begin a new thought after a name, however they are written.
_AFTER_A_NAME = frozenset({
    "bao", "gui", "kinh", "trinh", "ve", "v", "thang", "quy", "nam", "tuan", "ngay", "nop", "chuyen", "t", "cong",
    "tinh", "xin", "dang", "da", "kem", "la", "co", "vao", "a", "cung", "van", "noi", "ket", "de", "huyen", "thanh",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mention:
    """An agency that a text speaks for. None in `codes`: an authority that is in no registry.

    `by_rank` tells "Sở X" and "UBND xã X" from a bare name that may as well be a place. `leads` tells a name of whom
    the sentence says that it reports from one further on. `below`: a division of the agency, by its head.
    """

    codes: frozenset[str]
    words: str
    by_rank: bool = True
    leads: bool = True
    below: bool = False


class AgencyNames:
    """The names and aliases of one registry's agencies. Built once, asked for every mail."""

    def __init__(self, agencies: Iterable[Agency]) -> None:
        self._agencies = {agency.code: agency for agency in agencies}
        self._index = PhraseIndex()
        self._ranks: dict[str, frozenset[str]] = {}
        self._symbols: dict[str, set[str]] = defaultdict(set)
        self._phrases: dict[str, tuple[tuple[str, ...], ...]] = {}
        self._initials: dict[str, set[str]] = defaultdict(set)
        self._below_province: dict[tuple[str, ...], set[str]] = defaultdict(set)
        for agency in self._agencies.values():
            self._add(agency)
        self._shortened = ShortenedNames(self._agencies.values())
        self._phrases_beyond = {
            code: ways + tuple(short for way in ways for short in self._shortened.called(way))
            for code, ways in self._phrases.items()
        }

    def _add(self, agency: Agency) -> None:
        name = words_of(agency.name)
        self._ranks[agency.code] = RANKS.intersection(word.folded for word in name)
        self._initials["".join(word.folded[0] for word in name)].add(agency.code)
        rank = next((rank for rank in _PROVINCE if folded(name[-len(rank) :]) == rank), ())
        if rank and len(name) > len(rank):
            self._below_province[folded(name[: -len(rank)])].add(agency.code)
        ways = [folded(words_of(text)) for text in (agency.name, *agency.aliases)]
        self._phrases[agency.code] = tuple(dict.fromkeys(short for way in ways for short in _shortened(way)))
        for text in (agency.name, *agency.aliases):
            if phrase := words_of(text):
                self._index.add(phrase, agency.code)
            if len(phrase) > _FEWEST_WORDS and phrase[-1].folded == "tinh":
                self._index.add(phrase[:-1], agency.code)
        for text in (agency.code, *agency.aliases):
            self._symbols[_letters(text)].add(agency.code)

    def phrases_for(self, code: str) -> tuple[tuple[str, ...], ...]:
        """The folded words by which an agency may be called, each way for itself; "xã Tân An" and "Tân An" are two."""
        return self._phrases_beyond[code]

    def issuer(self, lines: Sequence[str], on: date) -> Mention | None:
        """The agency that a letterhead names: the lowest one, or the one above a division; None where it names none."""
        rows = [row for line in lines if (row := words_of(line))]
        said = " / ".join(lines)
        found = self._issuer(rows, said, on)
        if (found is None or found.below or not found.codes) and (short := self._shortened.meant(rows)):
            return Mention(self._active(short, on), said)
        return found

    def _issuer(self, rows: Sequence[Sequence[Word]], said: str, on: date) -> Mention | None:
        text = [word for row in rows for word in row]
        last = max(self._index.longest(text), key=lambda one: one.last, default=None)
        if last is None:
            below = self._named_below_province(rows)
            if below:
                return Mention(self._active(below, on), said)
            return Mention(frozenset(), said) if _is_unregistered(rows) else None
        division = self._division(rows, text, last)
        if division is None or not self._rank_fits(text, last):
            return Mention(frozenset(), said)
        return Mention(self._active(last.values, on), said, below=bool(division))

    def _named_below_province(self, rows: Sequence[Sequence[Word]]) -> frozenset[str]:
        """Thanh tra tỉnh calls itself "THANH TRA" below "UBND TỈNH ...", as no other body of that name stands there."""
        if len(rows) < 2 or not starts_with(rows[0], _PROVINCIAL_COMMITTEES):
            return frozenset()
        return frozenset(self._below_province.get(tuple(word.folded for row in rows[1:] for word in row), ()))

    def _division(self, rows: Sequence[Sequence[Word]], text: Sequence[Word], found: Found) -> Sequence[Word] | None:
        """The words of a division that the lines name beside the agency; None if they name another authority."""
        ends = _line_ends(rows)
        line_start = max([end for end in ends if end <= found.first], default=0)
        line_end = next(end for end in ends if end >= found.last)
        before, tail, below = text[line_start : found.first], text[found.last : line_end], text[line_end:]
        is_ranked = starts_with(text[found.first :], _COMMITTEE_RANKS)
        is_place = any(self._phrases[code][0][: len(_COMMITTEE)] == _COMMITTEE for code in found.values)
        is_under = is_ranked or (is_place and starts_with(text, OTHER_BODIES))
        above = text[:line_start] if is_under and not before else []
        is_province = starts_with(tail, _PROVINCE) or self._shortened.is_province(tail)
        whole = not tail or text[found.last - 1].folded == "tinh" or is_province
        if not whole or (above and not starts_with(above, _SUPERIORS)):
            return None
        beside = [words for words in (before, below) if words and not starts_with(words, _PROVINCE)]
        return (
            [word for words in beside for word in words]
            if all(starts_with(one, _DIVISIONS) for one in beside)
            else None
        )

    def of_symbol(self, symbol: str, on: date) -> frozenset[str]:
        """The agencies that a document's symbol hints at: STC for "BC-STC", none for "BC-UBND"."""
        unit = _letters(symbol.rpartition("-")[2])
        return self._active(frozenset(self._symbols.get(unit) or self._initials.get(unit) or ()), on)

    def named(self, text: str, on: date) -> list[tuple[int, int, frozenset[str]]]:
        """Where names and aliases stand in an NFC text, from letter to letter, and whose they are that day.

        What is only the beginning of a longer name, or the name of another rank, is nobody's.
        """
        words = words_of(text)
        return [
            (words[one.first].start, words[one.last - 1].end, self._active(one.values, on))
            for one in self._index.longest(words)
            if self._rank_fits(words, one) and not _goes_on(text, words, one)
        ]

    def whole(self, text: str, on: date) -> frozenset[str]:
        """Whose name or alias a text is, from its first letter to its last."""
        return next(
            (codes for start, end, codes in self.named(text, on) if text[start:end] == text.strip()), frozenset()
        )

    def called(self, text: str, on: date) -> frozenset[str]:
        """Whose code, or whose name without its "UBND", a text is to the word."""
        wanted, letters = folded(words_of(text)), _letters(text)
        codes = {code for code, phrases in self._phrases.items() if wanted in phrases or _letters(code) == letters}
        return frozenset(code for code in codes if self._agencies[code].active_on(on))

    def mentioned(self, text: str, on: date) -> list[Mention]:
        """The agencies that a subject or a sentence may speak for; places, addressees and the office are left out."""
        normal = unicodedata.normalize("NFC", text[:_LONGEST_TEXT])
        words = words_of(normal)
        found = self._index.longest(words)
        others = addressed(words, found)
        known = [self._mention(normal, words, one, on) for one in found if one not in others]
        spans = [span for span in _committees(normal, words) if not _covered(span, found)]
        unknown = [Mention(frozenset(), _said(normal, words, *span), leads=leads(words, *span)) for span in spans]
        return [one for one in known if OFFICE not in one.codes] + unknown

    def _mention(self, text: str, words: Sequence[Word], found: Found, on: date) -> Mention:
        by_rank = any(word.folded in _AUTHORITY for word in words[found.first : found.last])
        is_leading = leads(words, found.first, found.last)
        if not self._rank_fits(words, found) or _goes_on(text, words, found):
            return Mention(frozenset(), _said(text, words, max(found.first - 1, 0), found.last + 1), leads=is_leading)
        return Mention(self._active(found.values, on), _said(text, words, found.first, found.last), by_rank, is_leading)

    def _rank_fits(self, text: Sequence[Word], found: Found) -> bool:
        """ "Xã Chư Prông" is not the district that the alias "Chư Prông" stands for."""
        before = text[found.first - 1].folded if found.first else ""
        return before not in RANKS or any(before in self._ranks[code] for code in found.values)

    def _active(self, codes: frozenset[str], on: date) -> frozenset[str]:
        """Those of the agencies that there are on a day; all of them if there is none any more."""
        return frozenset(code for code in codes if self._agencies[code].active_on(on)) or codes


def _shortened(way: tuple[str, ...]) -> list[tuple[str, ...]]:
    """A committee's name, then without "UBND", then its place alone; a board's name and what it manages."""
    if way[: len(_BOARD)] == _BOARD:
        return [way, way[len(_BOARD) :]]
    if way[: len(_COMMITTEE)] != _COMMITTEE:
        return [way] if way else []
    ranked = way[len(_COMMITTEE) :]
    rank = next((rank for rank in _COMMITTEE_RANKS if ranked[: len(rank)] == rank), ())
    return [one for one in (way, ranked, ranked[len(rank) :]) if one]


def _line_ends(rows: Sequence[Sequence[Word]]) -> list[int]:
    return [sum(map(len, rows[: count + 1])) for count in range(len(rows))]


def _is_unregistered(rows: Sequence[Sequence[Word]]) -> bool:
    """Whether the lines name an authority and not only a superior, a division or none at all.

    What stands right below the province is no division of the sender's, whatever it calls itself.
    """
    below, of_the_province = list(rows), False
    while len(below) > 1 and _is_superior(below[0]) and below[1][0].folded not in RANKS:
        of_the_province = starts_with(below[0], _PROVINCIAL_COMMITTEES)
        below = below[1:]
    if any(starts_with(row, OTHER_BODIES) for row in below):
        return True
    if below and starts_with(below[0], _DIVISIONS):
        return of_the_province
    return bool(below) and below[0][0].folded in _AUTHORITY


def _is_superior(row: Sequence[Word]) -> bool:
    """Whether a row only says whose unit is named next; the committee of a commune is an authority of its own."""
    ranked = starts_with(row, [_COMMITTEE + rank for rank in _COMMITTEE_RANKS if rank != _PROVINCE[1]])
    return starts_with(row, _SUPERIORS) and not (ranked and len(row) > len(_COMMITTEE) + 1)


def _goes_on(text: str, words: Sequence[Word], found: Found) -> bool:
    """Whether the name is only the beginning of a longer one: "Đak Tơ" in "Đak Tơ Ver", but not in "Đak Tơ ANTT"."""
    last = found.last
    if _said(text, words, found.first, last).isupper():
        return False
    if last >= len(words) or words[last - 1].folded == "tinh" or text.isupper():
        return False
    between, following = text[words[last - 1].end : words[last].start], _said(text, words, last, last + 1)
    is_short = following.isupper() and len(following) > 1 and not _ROMAN.fullmatch(following)
    return between.isspace() and following[0].isupper() and not (is_short or words[last].folded in _AFTER_A_NAME)


def _committees(text: str, words: Sequence[Word]) -> list[tuple[int, int]]:
    """Where a people's committee below the province is named: "UBND", its rank and a name in capitals."""
    spans = []
    for place, word in enumerate(words):
        if word.folded != _COMMITTEE[0]:
            continue
        rank = next((rank for rank in _COMMITTEE_RANKS if starts_with(words[place:], (_COMMITTEE + rank,))), ())
        name = place + len(_COMMITTEE + rank)
        if rank and name < len(words) and text[words[name].start].isupper() and may_report(words, place):
            spans.append((place, name + 1))
    return spans


def _covered(span: tuple[int, int], found: Iterable[Found]) -> bool:
    return any(one.first < span[1] and span[0] < one.last for one in found)


def _said(text: str, words: Sequence[Word], first: int, last: int) -> str:
    return text[words[first].start : words[min(last, len(words)) - 1].end]


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, fold(text)))
