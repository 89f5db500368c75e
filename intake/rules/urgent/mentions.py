"""Keywords of urgent matters in running text, and how each stands there: an event, told, denied, feared or long past.

In running text, what has just happened is an event, whatever the words around it are.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from intake.config import Category
from intake.rules.language.phrases import Clause, Clauses, Phrase, Phrases, phrase
from intake.rules.urgent import urgent_words as words
from intake.rules.urgent.recent import moments
from intake.rules.urgent.urgent_vocabulary import COMMON, HARMS, IDIOMS

Standing = Literal["event", "told", "denied", "feared", "past"]
# So many clauses, with its own, stand under a time; a line break in a scan or an abbreviation parts them too.
_GOES_ON = 3


@dataclass(frozen=True, slots=True)
class Mention:
    """A keyword as it stands in the text. Of one event, of a topic, of what is denied, of what is guarded against.

    `is_recent` says that the sentence tells of what has just happened.
    """

    category: str
    keyword: str
    standing: Standing
    is_recent: bool = False

    @property
    def is_told(self) -> bool:
        return self.standing in ("event", "told")

    @property
    def in_text(self) -> Standing:
        """Its standing where it is part of running text."""
        return "event" if self.is_told and self.is_recent else self.standing


class Vocabulary:
    """Keywords, each with its category, in the order in which they are looked for."""

    def __init__(self, pairs: Iterable[tuple[str, Phrase]]) -> None:
        self._pairs = tuple(pairs)
        self._keywords = Phrases(keyword for _, keyword in self._pairs)

    def among(self, clause: Clause) -> list[tuple[str, Phrase]]:
        """The keywords that have all their words in the clause."""
        return [self._pairs[place] for place in self._keywords.among(clause)]

    def stands_in(self, said: Clauses) -> bool:
        """Whether any keyword stands in a text, in whatever way."""
        return said.says(self._keywords) is not None


def vocabulary_of(categories: Mapping[str, Category]) -> Vocabulary:
    """The office's keywords and the common ones of each category that is configured, the longest first."""
    return _vocabulary(tuple((name, tuple(category.keywords)) for name, category in categories.items()))


@lru_cache(maxsize=8)
def _vocabulary(categories: tuple[tuple[str, tuple[str, ...]], ...]) -> Vocabulary:
    pairs = [
        (name, phrase(keyword))
        for name, keywords in categories
        for keyword in dict.fromkeys((*keywords, *COMMON.get(name, ())))
    ]
    return Vocabulary(sorted((pair for pair in pairs if pair[1].folded), key=lambda pair: -len(pair[1].folded)))


_HARMS, _NO_WORDS = Vocabulary(("other", one) for one in HARMS), Vocabulary(())


def harms_of(categories: Mapping[str, Category]) -> Vocabulary:
    """The words of harm that name no category: for a mail that tells of none."""
    return _HARMS if "other" in categories else _NO_WORDS


def mentions_in(said: Clauses, vocabulary: Vocabulary, day: date) -> list[Mention]:
    """The keywords in the text of a mail received on `day`. A sentence without a date goes on with those before."""
    if not vocabulary.stands_in(said):
        return []
    found: list[Mention] = []
    goes_on = 0
    for clause, at in zip(said, moments(said, day), strict=True):
        goes_on = _GOES_ON if at == "recent" else 0 if at else max(goes_on - 1, 0)
        found += _mentions(clause, vocabulary, is_recent=goes_on > 0, is_past=at == "past")
    return found


def _mentions(clause: Clause, vocabulary: Vocabulary, is_recent: bool, is_past: bool) -> Iterator[Mention]:
    """The keywords in a clause, the longest where they overlap."""
    keywords = vocabulary.among(clause)
    if not keywords:
        return
    idioms = [range(at, at + len(idiom.folded)) for idiom in _idioms(clause) for at in clause.positions(idiom)]
    taken: set[int] = set()
    for category, keyword in keywords:
        for at in clause.positions(keyword):
            span = range(at, at + len(keyword.folded))
            if taken.isdisjoint(span) and not _is_idiom(span, idioms) and _is_legible(clause, at, keyword):
                standing = _standing(clause, at, span.stop)
                is_over = is_past and standing in ("event", "told")
                yield Mention(category, keyword.text, "past" if is_over else standing, is_recent)
                taken.update(span)


def _idioms(clause: Clause) -> list[Phrase]:
    return [IDIOMS[place] for place in IDIOMS.among(clause)]


def _is_idiom(span: range, idioms: Sequence[range]) -> bool:
    """Whether words are part of an idiom. A keyword that begins before it is none: "phát nổ máy"."""
    return any(span.start in one for one in idioms)


def _is_legible(clause: Clause, at: int, keyword: Phrase) -> bool:
    """Without marks "chay" may be cháy or chạy: a single word needs others that speak of an event."""
    if clause.marked or len(keyword.folded) > 1 or keyword.folded[0] in words.LEGIBLE:
        return True
    if any(clause.has_at(at - 1, one) for one in words.OF_ANYTHING if at):
        return bool(clause.says(words.AT_THE_SCENE))
    return _is_event(clause, at) or bool(clause.says(words.URGENT_MARKS) or clause.says(words.AT_THE_SCENE))


def _standing(clause: Clause, at: int, end: int) -> Standing:
    event = _is_event(clause, at) or any(clause.has_at(end, one) for one in words.EFFECTS)
    if _is_denied_before(clause, at) or (not event and _is_denied_after(clause, end)):
        return "denied"
    if _is_feared(clause, at):
        return "feared"
    return "event" if event else "told"


def _is_event(clause: Clause, at: int) -> bool:
    if any(clause.has_at(at, one) for one in words.EVENTS_THEMSELVES):
        return True
    close = any(clause.has_at(i, one) for one in words.ONE_OF_A_KIND for i in range(max(0, at - 2), at))
    return close or any(_last_before(clause, at, one) is not None for one in words.HAPPENINGS)


def _is_feared(clause: Clause, at: int) -> bool:
    if any(clause.has_at(at - len(one.folded), one) for one in words.FEARED_DIRECTLY if at >= len(one.folded)):
        return True
    return any(
        (start := _last_before(clause, at, one)) is not None
        and (at - start <= words.FEAR_REACHES or _is_listed(clause, start, at))
        and not _is_cut(clause, start + len(one.folded), at, words.FEAR_ENDS)
        for one in words.FEARS
    )


def _is_listed(clause: Clause, start: int, at: int) -> bool:
    """Whether the words are a later item of a list of what is feared: "nguy cơ lũ quét, sạt lở, ngập úng"."""
    commas = [i for i in range(start, at) if "," in clause.gaps[i]]
    return bool(commas) and at == commas[-1] + 1 and commas[0] - start <= words.FEAR_REACHES


def _is_denied_before(clause: Clause, at: int) -> bool:
    starts = ((_last_before(clause, at, one), len(one.folded)) for one in words.DENIALS)
    return any(
        start is not None and not _is_cut(clause, start + length, at, words.DENIAL_ENDS) for start, length in starts
    )


def _is_denied_after(clause: Clause, end: int) -> bool:
    """Whether a list of topics ends in "không": "Cháy, nổ: không phát sinh"."""
    start = next((i for i in range(end, len(clause)) if _is_nothing(clause, i)), None)
    if start is None or not (
        start == end or clause.gaps[end - 1].strip() or clause.folded[end] in words.LEADING_TO_NOTHING
    ):
        return False
    for i in range(start + 1, len(clause)):
        if "," in clause.gaps[i - 1]:
            return True
        if clause.folded[i] not in words.NOTHING_MORE:
            return False
    return True


def _is_nothing(clause: Clause, at: int) -> bool:
    """Whether "không" stands here, or a nought that answers a topic: "Cháy: 00 vụ", but not "08 giờ 00"."""
    if any(clause.has_at(at, one) for one in words.NOTHING):
        return True
    return ":" in clause.gaps[at - 1] and any(clause.has_at(at, one) for one in words.NONE_COUNTED)


def _is_cut(clause: Clause, start: int, end: int, turns: Sequence[Phrase]) -> bool:
    """Whether something between the two ends what was said before: a colon, or a word that turns the sentence."""
    if any(":" in gap for gap in clause.gaps[start:end]):
        return True
    return any(start <= i < end for one in turns for i in clause.positions(one))


def _last_before(clause: Clause, at: int, wanted: Phrase) -> int | None:
    ends = [i for i in clause.positions(wanted) if i + len(wanted.folded) <= at]
    return ends[-1] if ends else None
