"""Vietnamese phrases found in running text, clause by clause. Folding finds them, the accented text confirms them.

"báo" is never "bão" where the text is written with marks; where it is not, "bao" may be either.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from intake.rules.text import SMALL, fold, has_marks

_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_WORD = re.compile(r"\w+")
# A full stop between digits belongs to a number, and a lower-case line goes on with the sentence of the line above.
_CLAUSE_END = re.compile(rf"[;!?…]+|\.+(?!\d)|\n\s*\n|\n(?=\s*[^\s{SMALL}])|(?<=:)\n")
# So many words without a single mark are written without marks, whatever the rest of the text does.
_TELLING_LENGTH = 4


@lru_cache(maxsize=16_384)
def _forms(word: str) -> tuple[str, str]:
    """The word folded, and with its tone mark moved to its end: hoả and hỏa become one, bão and báo stay two."""
    decomposed = unicodedata.normalize("NFD", word.casefold())
    spelled = "".join(c for c in decomposed if c not in _TONES) + "".join(c for c in decomposed if c in _TONES)
    return fold(word), spelled


@dataclass(frozen=True, slots=True)
class Phrase:
    """Consecutive words, whatever punctuation stands between them."""

    text: str
    folded: tuple[str, ...]
    spelled: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Clause:
    """A sentence or less. `gaps[i]` is what stands between word `i` and the next one."""

    folded: tuple[str, ...]
    spelled: tuple[str, ...]
    gaps: tuple[str, ...]
    marked: bool

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
        if first not in self.folded:
            return []
        return [i for i, word in enumerate(self.folded) if word == first and self.has_at(i, phrase)]

    def says(self, phrases: tuple[Phrase, ...]) -> Phrase | None:
        """The first of the phrases that stands here."""
        return next((phrase for phrase in phrases if self.positions(phrase)), None)


@lru_cache(maxsize=4096)
def phrase(text: str) -> Phrase:
    words = _WORD.findall(unicodedata.normalize("NFC", text))
    folded, spelled = _all_forms(words)
    return Phrase(text, folded, spelled)


def phrases(*texts: str) -> tuple[Phrase, ...]:
    return tuple(map(phrase, texts))


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
    )


def _all_forms(words: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    forms = [_forms(word) for word in words]
    return tuple(folded for folded, _ in forms), tuple(spelled for _, spelled in forms)
