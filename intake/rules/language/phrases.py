"""Vietnamese phrases found in running text, clause by clause. Folding finds them, the accented text confirms them.

"báo" is never "bão" where the text is written with marks; where it is not, "bao" may be either.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Self

from intake.rules.language.text import SMALL, forms_of, has_marks

# Parts a text into what stands before its first word, and each word with what stands behind it, in turn.
_WORD = re.compile(r"(\w+)")
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
    """A sentence or less. `gaps[i]` is what stands between word `i` and the next one; `said` has the folded words.

    `words` are those that a phrase has to have: as they are spelled where they are written with marks, else folded.
    """

    folded: tuple[str, ...]
    spelled: tuple[str, ...]
    gaps: tuple[str, ...]
    marked: bool
    said: str
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
        if not self.words.issuperset(phrase.spelled if self.marked else phrase.folded):
            return []
        first = phrase.folded[0]
        return [i for i, word in enumerate(self.folded) if word == first and self.has_at(i, phrase)]

    def says(self, phrases: "Phrases") -> Phrase | None:
        """The first of the phrases that stands here."""
        return next((phrases[at] for at in phrases.among(self) if self.positions(phrases[at])), None)


class Clauses(tuple[Clause, ...]):
    """A text taken apart once, for all that it is asked. `is_marked` says whether it is written with marks at all."""

    is_marked: bool

    def __new__(cls, found: Iterable[Clause], *, is_marked: bool) -> Self:
        self = super().__new__(cls, found)
        self.is_marked = is_marked
        return self

    @cached_property
    def words(self) -> tuple[frozenset[str], frozenset[str]]:
        """The words of the clauses that are written with marks, and of the others."""
        with_marks = (clause.words for clause in self if clause.marked)
        without = (clause.words for clause in self if not clause.marked)
        return frozenset[str]().union(*with_marks), frozenset[str]().union(*without)

    def says(self, phrases: "Phrases") -> Phrase | None:
        """What the first of the clauses says that says any of the phrases."""
        if not phrases.among_all(self):
            return None
        return next(filter(None, (clause.says(phrases) for clause in self)), None)

    def above(self, other: "Clauses") -> "Clauses":
        """Both as one text, this one first: what has no marks is read by those of the other."""
        if self.is_marked == other.is_marked:
            return Clauses((*self, *other), is_marked=self.is_marked)
        return Clauses(map(_within_marked, (*self, *other)), is_marked=True)


class Phrases(tuple[Phrase, ...]):
    """Phrases that are looked for together. Which may stand somewhere is told by the words, before any is placed."""

    @cached_property
    def _by_spelling(self) -> "_ByFirst":
        return _ByFirst(one.spelled for one in self)

    @cached_property
    def _by_folding(self) -> "_ByFirst":
        return _ByFirst(one.folded for one in self)

    def among(self, clause: Clause) -> list[int]:
        """The places among these phrases, in order, of those that have all their words in the clause."""
        return sorted((self._by_spelling if clause.marked else self._by_folding).within(clause.words))

    def among_all(self, said: Clauses) -> list[int]:
        """The same of a whole text, whichever clauses the words stand in."""
        with_marks, without = said.words
        found = self._by_spelling.within(with_marks)
        return sorted({*found, *self._by_folding.within(without)} if without else found)


class _ByFirst:
    """Phrases as the sets of their words, by their first words."""

    def __init__(self, phrases: Iterable[Sequence[str]]) -> None:
        self._found: dict[str, list[tuple[int, frozenset[str]]]] = defaultdict(list)
        for place, words in enumerate(phrases):
            self._found[words[0]].append((place, frozenset(words)))
        self._firsts = frozenset(self._found)

    def within(self, words: frozenset[str]) -> list[int]:
        """The places of those of which all words are there."""
        return [place for first in self._firsts & words for place, needed in self._found[first] if needed <= words]


@lru_cache(maxsize=4096)
def phrase(text: str) -> Phrase:
    forms = forms_of(_WORD.findall(unicodedata.normalize("NFC", text)))
    return Phrase(text, tuple(one.folded for one in forms), tuple(one.spelled for one in forms))


def phrases(*texts: str) -> Phrases:
    return Phrases(map(phrase, texts))


# Each part of a mail is asked for many things, one after the other.
@lru_cache(maxsize=64)
def clauses(text: str) -> Clauses:
    """The text's clauses in order, the empty ones left out."""
    normal = unicodedata.normalize("NFC", text)
    is_marked = has_marks(normal)
    found = (_clause(part, is_marked) for part in _CLAUSE_END.split(normal))
    return Clauses(filter(None, found), is_marked=is_marked)


def _clause(text: str, is_within_marked: bool) -> Clause | None:
    """The clause that a part of a text is, which may have marks; None where it has no words."""
    _, *parts = _WORD.split(text)
    if not parts:
        return None
    folded, spelled, marks = zip(*forms_of(parts[::2]), strict=True)
    marked = is_within_marked and (len(folded) < _TELLING_LENGTH or any(marks) or has_marks(text))
    words = frozenset(spelled if marked else folded)
    return Clause(folded, spelled, tuple(parts[1::2]), marked, " ".join(folded), words)


def _within_marked(clause: Clause) -> Clause:
    """The clause as part of a text that is written with marks."""
    if clause.marked or len(clause) >= _TELLING_LENGTH:
        return clause
    return replace(clause, marked=True, words=frozenset(clause.spelled))
