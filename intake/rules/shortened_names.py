"""How letterheads shorten the registered name of a body below a department, a ministry or the province.

The lines of a head come in, whole; which agencies they may stand for goes out. The province that stands above is left
out below it ("SỞ Y TẾ X / BỆNH VIỆN SẢN NHI"), and words are drawn together to initials ("CÔNG TY CP", "CTTL").
"""

from collections.abc import Iterable, Sequence

from intake.model import OFFICE, Agency
from intake.rules.words import Word, words_of

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


class ShortenedNames:
    """The bodies of one registry by their names. Built once, asked only where a head bears no registered name."""

    def __init__(self, agencies: Iterable[Agency]) -> None:
        everyone = list(agencies)
        names = {one.code: _folded(words_of(one.name)) for one in everyone}
        self._places = frozenset(place for code, name in names.items() if (place := _place_in(name, code)))
        # Below a commune stands its own centre, whatever the province's is called.
        self._superiors = frozenset(name for name in names.values() if name[: len(_COMMITTEE)] != _COMMITTEE)
        self._bodies: dict[Phrase, set[str]] = {}
        for one in everyone:
            for text in (one.name, *one.aliases):
                name = _folded(words_of(text))
                if name[: len(_COMMITTEE)] != _COMMITTEE and len(name) > 1:
                    self._bodies.setdefault(name, set()).add(one.code)

    def meant(self, rows: Sequence[Sequence[Word]]) -> frozenset[str]:
        """Whose shortened name the last rows are, if what stands above them can stand above it; empty for nobody's."""
        lines = [_folded(row) for row in rows]
        for first in range(len(lines)):
            above, place = lines[:first], self._place_above(lines[:first])
            own = tuple(word for line in _without_country(lines[first:]) for word in line)
            if place is not None and all(map(self._may_stand_above, above)):
                cores = self._matching(own, self._places | ({place} if place else frozenset()))
                if len(cores) == 1:
                    return cores
        return frozenset()

    def called(self, name: Phrase) -> list[Phrase]:
        """What a body is called beyond its kind and its province: "sản nhi", by which "BV Sản Nhi" is known."""
        kind = max((len(one) for one in OTHER_BODIES if name[: len(one)] == one), default=0)
        whole = _without_place(name, self._places)
        found = [whole, whole[kind:], name[kind:]] if kind else []
        return [one for one in found if len(one) >= _FEWEST_KEPT]

    def _matching(self, own: Phrase, places: frozenset[Phrase]) -> frozenset[str]:
        found = [codes for name, codes in self._bodies.items() if _is_short_for(own, name, places)]
        return frozenset().union(*found)

    def _place_above(self, above: Sequence[Phrase]) -> Phrase | None:
        """The province that the line above names, () if it names none, None if it is another one."""
        place = _behind_a_name(above[-1], self._superiors) if above else ()
        return place if not (place and self._places) or place in self._places else None

    def _may_stand_above(self, line: Phrase) -> bool:
        cities = [(*_COMMITTEE, *_CITY, *place) for place in self._places]
        return any(line[: len(one)] == one for one in (_PROVINCIAL, *cities, *_OF_THE_STATE, *self._superiors))


def _folded(words: Iterable[Word]) -> Phrase:
    return tuple(word.folded for word in words)


def _place_in(name: Phrase, code: str) -> Phrase:
    """The province that a name ends with: "Hà Nam" of "Thuế tỉnh Hà Nam"; a city only by the office's own name."""
    for mark in [(_PROVINCE,), *([_CITY] if code == OFFICE else [])]:
        for place in range(len(name) - len(mark)):
            if name[place : place + len(mark)] == mark and len(name) - place - len(mark) <= _LONGEST_PLACE:
                return name[place + len(mark) :]
    return ()


def _behind_a_name(line: Phrase, names: Iterable[Phrase]) -> Phrase:
    """What follows the registered name, or the committee of the province, that a line begins with, without "tỉnh"."""
    begun = [len(one) for one in (_PROVINCIAL, *names) if line[: len(one)] == one]
    rest = line[max(begun, default=len(line)) :]
    return rest[1:] if rest[:1] == (_PROVINCE,) else rest


def _without_country(lines: Sequence[Phrase]) -> list[Phrase]:
    """ "NGÂN HÀNG NHÀ NƯỚC VIỆT NAM / CHI NHÁNH KHU VỰC 6" is a branch's name over two lines."""
    *upper, last = lines
    return [*(line[: -len(_COUNTRY)] if line[-len(_COUNTRY) :] == _COUNTRY else line for line in upper), last]


def _is_short_for(own: Phrase, name: Phrase, places: frozenset[Phrase]) -> bool:
    """Whether a line is a name with words drawn together; a body of its own may leave out its province, too."""
    is_body = any(name[: len(one)] == one for one in OTHER_BODIES)
    pairs = [(own, name), (_without_place(own, places), _without_place(name, places))] if is_body else [(own, name)]
    return any(_is_drawn_together(short, full) for short, full in pairs)


def _without_place(name: Phrase, places: Iterable[Phrase]) -> Phrase:
    bare = next((name[: -len(one)] for one in places if name[-len(one) :] == one), name)
    rank = _CITY if bare != name and bare[-len(_CITY) :] == _CITY else (_PROVINCE,)
    return bare[: -len(rank)] if bare[-len(rank) :] == rank else bare


def _is_drawn_together(short: Phrase, full: Phrase, kept: int = 0) -> bool:
    """Whether each word is the next of the full name, or the initials of the next ones; the last word is its last."""
    if not short or not full:
        return short == full and kept >= _FEWEST_KEPT
    word, size = short[0], len(short[0])
    if word == full[0] and _is_drawn_together(short[1:], full[1:], kept + 1):
        return True
    is_initials = size > 1 and len(short) > 1 and "".join(one[0] for one in full[:size]) == word
    return is_initials and _is_drawn_together(short[1:], full[size:], kept)
