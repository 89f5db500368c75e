"""How letterheads shorten the registered name of a body below a department, a ministry or the province.

The lines of a head come in, whole; which agencies they may stand for goes out. The province that stands above is left
out below it ("SỞ Y TẾ X / BỆNH VIỆN SẢN NHI"), and words are drawn together to initials ("CÔNG TY CP", "CTTL").
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from intake.model import OFFICE, Agency
from intake.rules.language.words import Word, folded, words_of

Phrase = tuple[str, ...]

# Bodies beside or below the agencies of a province, whatever line they stand in.
OTHER_BODIES = tuple(tuple(words.split()) for words in (
    "tong cuc", "chi cuc", "cuc", "trung tam", "truong", "dai hoc", "hoc vien", "benh vien", "hoi nong dan",
    "hoi lien hiep", "hoi cuu chien binh", "lien doan", "doan", "mat tran", "dang bo", "dang uy", "tinh uy", "thanh uy",
    "huyen uy", "thi uy", "thanh pho uy", "ngan hang", "bao hiem", "buu dien", "cong ty", "tap doan", "hop tac xa",
))  # fmt: skip
_OF_THE_STATE = tuple(tuple(words.split()) for words in (
    "bo", "cuc", "tong cuc", "tong cong ty", "tap doan", "ngan hang nha nuoc", "bao hiem xa hoi viet nam",
    "kho bac nha nuoc",
))  # fmt: skip
_PROVINCE = "tinh"
_COMMITTEE = ("uy", "ban", "nhan", "dan")
_CITY = ("thanh", "pho")
_PROVINCIAL = (*_COMMITTEE, _PROVINCE)
_COUNTRY = ("viet", "nam")
_LONGEST_PLACE = 3
# So many words of a shortened name stand as they are registered; of fewer it could be anybody's.
_FEWEST_KEPT = 2
_FEWEST_WITHOUT = 4


@dataclass(frozen=True, slots=True)
class _Province:
    """What a registry calls its province: the places that its names end with, and "tỉnh", or "thành phố" of a city."""

    places: frozenset[Phrase]
    ranks: tuple[Phrase, ...]

    def left_out_of(self, name: Phrase) -> Phrase:
        bare = next((name[: -len(one)] for one in self.places if name[-len(one) :] == one), name)
        return next((bare[: -len(rank)] for rank in self.ranks if bare[-len(rank) :] == rank), bare)


class ShortenedNames:
    """The bodies of one registry by their names. Built once, asked only where a head bears no registered name."""

    def __init__(self, agencies: Iterable[Agency]) -> None:
        everyone = list(agencies)
        names = {one.code: folded(words_of(one.name)) for one in everyone}
        self._province = _province_of(names)
        # Below a commune stands its own centre, whatever the province's is called.
        whole = [name for name in names.values() if name[: len(_COMMITTEE)] != _COMMITTEE]
        cores = [core for name in whole if len(core := self._province.left_out_of(name)) >= _FEWEST_KEPT]
        self._superiors = frozenset([*whole, *cores])
        self._bodies: dict[Phrase, set[str]] = {}
        for one in everyone:
            # A place is that of its party committee and its Front, too.
            is_body = names[one.code][: len(_COMMITTEE)] != _COMMITTEE
            for name in [folded(words_of(text)) for text in (one.name, *one.aliases) if is_body]:
                self._bodies.setdefault(name, set()).add(one.code)

    def meant(self, rows: Sequence[Sequence[Word]]) -> frozenset[str]:
        """Whose shortened name the last rows are, if what stands above them can stand above it; empty for nobody's."""
        lines = [folded(row) for row in rows]
        for first in range(len(lines)):
            above, place = lines[:first], self._place_above(lines[:first])
            own = tuple(word for line in _without_country(lines[first:]) for word in line)
            if place is not None and all(map(self._may_stand_above, above)):
                places = self._province.places | ({place} if place else frozenset())
                is_below_province = bool(above) and self._is_of_the_province(above[-1])
                codes = self._matching(own, replace(self._province, places=places), is_below_province)
                if len(codes) == 1:
                    return codes
        return frozenset()

    def is_province(self, words: Iterable[Word]) -> bool:
        return folded(words) in self._province.places

    def called(self, name: Phrase) -> list[Phrase]:
        """What a body is called beyond its kind and its province: "sản nhi", by which "BV Sản Nhi" is known."""
        kind = max((len(one) for one in OTHER_BODIES if name[: len(one)] == one), default=0)
        whole = self._province.left_out_of(name)
        found = [whole, whole[kind:], name[kind:]] if kind else [whole]
        return [one for one in found if len(one) >= _FEWEST_KEPT and one != name]

    def _matching(self, own: Phrase, province: _Province, is_below_province: bool) -> frozenset[str]:
        found = [codes for name, codes in self._bodies.items() if _is_short_for(own, name, province, is_below_province)]
        return frozenset().union(*found)

    def _place_above(self, above: Sequence[Phrase]) -> Phrase | None:
        """The province that the line above names, () if it names none, None if it is another one."""
        place, known = _behind_a_name(above[-1], self._superiors) if above else (), self._province.places
        return place if not (place and known) or place in known else None

    def _may_stand_above(self, line: Phrase) -> bool:
        is_superior = any(line[: len(one)] == one for one in (*_OF_THE_STATE, *self._superiors))
        return is_superior or self._is_of_the_province(line)

    def _is_of_the_province(self, line: Phrase) -> bool:
        cities = [(*_COMMITTEE, *_CITY, *place) for place in self._province.places]
        return any(line[: len(one)] == one for one in (_PROVINCIAL, *cities))


def drawn_together(words: Sequence[Word], names: Iterable[Phrase]) -> Iterator[Word]:
    """The words by which a text calls one of these names with some of its words as initials: "BVĐK KV Phú Thuận"."""
    text = folded(words)
    short = {word for word in text if len(word) > 1}
    # Most texts hold no initials of the name at all.
    full = [name for name in names if len(name) > _FEWEST_KEPT and _has_initials(name, short)]
    for first in range(len(text) if full else 0):
        for last in range(len(text), first + _FEWEST_KEPT, -1):
            if any(_is_drawn_together(text[first:last], name) for name in full):
                yield from words[first:last]
                break


def _has_initials(name: Phrase, short: Iterable[str]) -> bool:
    initials = "".join(word[0] for word in name)
    return any(word in initials for word in short)


def _province_of(names: Mapping[str, Phrase]) -> _Province:
    """By what names end with behind "tỉnh"; a city that is none of a province only by the office's own name."""
    is_city = _CITY in pairwise(names.get(OFFICE, ()))
    ranks = ((_PROVINCE,), _CITY) if is_city else ((_PROVINCE,),)
    places = [_behind(rank, name) for code, name in names.items() for rank in ranks[: 1 + (code == OFFICE)]]
    return _Province(frozenset(filter(None, places)), ranks)


def _behind(rank: Phrase, name: Phrase) -> Phrase:
    """ "Hà Nam" of "Thuế tỉnh Hà Nam"."""
    ends = (place + len(rank) for place in range(len(name)) if name[place : place + len(rank)] == rank)
    return next((name[end:] for end in ends if len(name) - end <= _LONGEST_PLACE), ())


def _behind_a_name(line: Phrase, names: Iterable[Phrase]) -> Phrase:
    """What follows the registered name, or the committee of the province, that a line begins with, without its rank."""
    begun = [len(one) for one in (_PROVINCIAL, *names) if line[: len(one)] == one]
    rest = line[max(begun, default=len(line)) :]
    return next((rest[len(rank) :] for rank in ((_PROVINCE,), _CITY) if rest[: len(rank)] == rank), rest)


def _without_country(lines: Sequence[Phrase]) -> list[Phrase]:
    """ "NGÂN HÀNG NHÀ NƯỚC VIỆT NAM / CHI NHÁNH KHU VỰC 6" is a branch's name over two lines."""
    *upper, last = lines
    return [*(line[: -len(_COUNTRY)] if line[-len(_COUNTRY) :] == _COUNTRY else line for line in upper), last]


def _is_short_for(own: Phrase, name: Phrase, province: _Province, is_below_province: bool) -> bool:
    """Whether a line is a name with words drawn together; a body of its own may leave out its province, too.

    What has few words without it, such as "THANH TRA", is a division anywhere but right below the province.
    """
    core = province.left_out_of(name)
    is_body = is_below_province or len(core) >= _FEWEST_WITHOUT or any(name[: len(one)] == one for one in OTHER_BODIES)
    return _is_drawn_together(own, name) or (is_body and _is_drawn_together(province.left_out_of(own), core))


def _is_drawn_together(short: Phrase, full: Phrase, kept: int = 0) -> bool:
    """Whether each word is the next of the full name, or the initials of the next ones, up to the last."""
    if not short or not full:
        return short == full and kept >= _FEWEST_KEPT
    word, size = short[0], len(short[0])
    if word == full[0] and _is_drawn_together(short[1:], full[1:], kept + 1):
        return True
    is_initials = size > 1 and "".join(one[0] for one in full[:size]) == word
    return is_initials and _is_drawn_together(short[1:], full[size:], kept)
