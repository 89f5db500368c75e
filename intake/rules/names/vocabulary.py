"""The words of a report type's names, against which the words of a title are held.

A word with marks has to be spelled as it is there: "Đông" is no "động". Without marks either may be meant.
"""

from collections import defaultdict
from collections.abc import Iterable

from intake.rules.language.words import Word


class Vocabulary:
    """Words by what they are folded to, each with the ways in which it is spelled."""

    def __init__(self, words: Iterable[Word] = (), others: Iterable["Vocabulary"] = ()) -> None:
        self._spellings: dict[str, set[str]] = defaultdict(set)
        self.add(words)
        for other in others:
            for folded, spellings in other._spellings.items():
                self._spellings[folded] |= spellings

    def add(self, words: Iterable[Word]) -> None:
        for word in words:
            self._spellings[word.folded].add(word.spelled)

    def allow(self, folded: Iterable[str]) -> None:
        """Words that belong to it however they are spelled."""
        for word in folded:
            self._spellings[word].add(word)

    def __contains__(self, folded: str) -> bool:
        return folded in self._spellings

    def explains(self, word: Word) -> bool:
        spellings = self._spellings.get(word.folded, ())
        return word.spelled in spellings or word.folded in spellings or (bool(spellings) and not word.marked)
