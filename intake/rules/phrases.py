"""Vietnamese phrases found in running text, clause by clause. Folding finds them, the accented text confirms them.

"báo" is never "bão" where the text is written with marks; where it is not, "bao" may be either.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from intake.rules.text import SMALL, fold, has_marks, spelled

_WORD = re.compile(r"\w+")
# A full stop between digits belongs to a number, and a lower-case line goes on with the sentence of the line above.
_CLAUSE_END = re.compile(rf"[;!?…]+|\.+(?!\d)|\n\s*\n|\n(?=\s*[^\s{SMALL}])|(?<=:)\n")
# So many words without a single mark are written without marks, whatever the rest of the text does.
_TELLING_LENGTH = 4


@dataclass(frozen=True, slots=True)
class Phrase:
    """Consecutive words, whatever punctuation stands between them."""

    text: str
    folded: tuple[str, ...]
    spelled: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Clause:
    """A sentence or less. `gaps[i]` is what stands between word `i` and the next one; `words` are the folded ones."""

    folded: tuple[str, ...]
    spelled: tuple[str, ...]
    gaps: tuple[str, ...]
    marked: bool
    words: frozenset[str]

    def __len__(self) -> int:
        return len(self.folded)

    def has_at(self, index: int, phrase: Phrase) -> bool:
        end = index + len(phrase.folded)
        if self.folded[index:end] != phrase.folded:
            return False
        return not self.marked or self.spelled[index:end] == phrase.spelled

    def positions(self, phrase: Phrase) -> list[int]:
        """The indices of the words at which the phrase begins."""
        first = phrase.folded[0]
        if first not in self.words:
            return []
        return [i for i, word in enumerate(self.folded) if word == first and self.has_at(i, phrase)]

    def says(self, phrases: "Phrases") -> Phrase | None:
        """The first of the phrases that stands here."""
        return next((phrases[at] for at in phrases.beginning_in(self) if self.positions(phrases[at])), None)


class Phrases(tuple[Phrase, ...]):
    """Phrases that are looked for together, found by the first words that a clause has of them."""

    @cached_property
    def _by_first(self) -> dict[str, list[int]]:
        by_first: dict[str, list[int]] = {}
        for place, one in enumerate(self):
            by_first.setdefault(one.folded[0], []).append(place)
        return by_first

    @cached_property
    def _firsts(self) -> frozenset[str]:
        return frozenset(self._by_first)

    def beginning_in(self, clause: Clause) -> list[int]:
        """The places among these phrases, in order, of those whose first word the clause has."""
        found = self._firsts & clause.words
        return sorted(place for word in found for place in self._by_first[word]) if found else []


@lru_cache(maxsize=4096)
def phrase(text: str) -> Phrase:
    words = _WORD.findall(unicodedata.normalize("NFC", text))
    folded, spelled = _all_forms(words)
    return Phrase(text, folded, spelled)


def phrases(*texts: str) -> Phrases:
    return Phrases(map(phrase, texts))


def clauses(text: str) -> list[Clause]:
    """The text's clauses in order, the empty ones left out."""
    return list(_clauses(text))


# Each part of a mail is asked for many things, one after the other.
@lru_cache(maxsize=64)
def _clauses(text: str) -> tuple[Clause, ...]:
    normal = unicodedata.normalize("NFC", text)
    all_marked = has_marks(normal)
    return tuple(clause for part in _CLAUSE_END.split(normal) if (clause := _clause(part, all_marked)))


def _clause(text: str, all_marked: bool) -> Clause:
    found = list(_WORD.finditer(text))
    ends = [*(match.start() for match in found[1:]), len(text)]
    folded, spelled = _all_forms([match[0] for match in found])
    return Clause(
        folded=folded,
        spelled=spelled,
        gaps=tuple(text[match.end() : end] for match, end in zip(found, ends, strict=False)),
        marked=has_marks(text) or (all_marked and len(found) < _TELLING_LENGTH),
        words=frozenset(folded),
    )


def _all_forms(words: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return tuple(map(fold, words)), tuple(map(spelled, words))
