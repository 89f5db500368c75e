"""Vietnamese text made comparable. Folding finds; where folded words collide, the accented text decides."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

# Small letters, for a class of a regular expression: a range from à to ỹ would hold Đ and Ế, too.
SMALL = "a-zàáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"

_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
# The marks of Vietnamese and their like; what else combines letters is rare, and looked for one by one.
_USUAL_MARKS = re.compile("[\u0300-\u034e\u0350-\u036f]+")
_MARKED = re.compile("[đĐ\u0300-\u034e\u0350-\u036f]")
_MOST_LETTERS = 4096
_MOST_WORDS = 16_384
# Words, names and lines come again and again within one mail and from mail to mail; whole texts do not.
_SHORT = 200


def fold(text: str) -> str:
    """Lower case, no marks, đ as d, white space collapsed: "Báo cáo  Đak Đoa" is "bao cao dak doa".

    Equal for every placement of tone marks and every normal form. Not reversible: quý, quy and quỹ become one.
    """
    if text.isascii():
        return " ".join(text.lower().split())
    return _fold_short(text) if len(text) <= _SHORT else _fold(text)


def _fold(text: str) -> str:
    bare = _USUAL_MARKS.sub("", unicodedata.normalize("NFKD", text)).casefold().replace("đ", "d").replace("ð", "d")
    if not bare.isascii():
        bare = "".join(c for c in bare if not unicodedata.combining(c))
    return " ".join(bare.split())


_fold_short = lru_cache(maxsize=16_384)(_fold)


def has_marks(text: str) -> bool:
    """Whether the text is written with Vietnamese marks at all, so that their absence in a word means something."""
    if text.isascii():
        return False
    decomposed = unicodedata.normalize("NFD", text)
    return bool(_MARKED.search(decomposed)) or any(map(unicodedata.combining, decomposed))


def fold_letters(text: str) -> str:
    """Folded letter by letter, so that every position stays where it is in the NFC form of the text."""
    return text.lower() if text.isascii() else unicodedata.normalize("NFC", text).translate(_FOLDED_LETTERS)


def spelled(word: str) -> str:
    """The word in lower case with its tone mark moved to its end: hoả and hỏa become one, bão and báo stay two."""
    if word.isascii():
        return word.lower()
    return _spelled_short(word) if len(word) <= _SHORT else _spelled(word)


def _spelled(word: str) -> str:
    decomposed = unicodedata.normalize("NFD", word.casefold())
    return "".join(c for c in decomposed if c not in _TONES) + "".join(c for c in decomposed if c in _TONES)


_spelled_short = lru_cache(maxsize=16_384)(_spelled)


class Forms(NamedTuple):
    """A word folded and spelled, and whether it has marks."""

    folded: str
    spelled: str
    marked: bool


class _KnownForms(dict[str, Forms]):
    """The forms of a word, worked out when it first comes; emptied when full, so that junk of one mail does not stay.

    Figures seldom come again, and long words are none.
    """

    def __missing__(self, word: str) -> Forms:
        forms = Forms(fold(word), spelled(word), has_marks(word))
        if len(word) <= _SHORT and not word.isdecimal():
            if len(self) >= _MOST_WORDS:
                self.clear()
            self[word] = forms
        return forms


_KNOWN_FORMS = _KnownForms()


def forms_of(words: Iterable[str]) -> list[Forms]:
    """The forms of each word, which come again and again within one mail and from mail to mail."""
    return [_KNOWN_FORMS[word] for word in words]


class _FoldedLetters(dict[int, str]):
    """What a letter is folded to, worked out when it first comes; one that would be several stays as it is."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        folded = fold(letter)
        found = folded if len(folded) == 1 else letter
        if len(self) < _MOST_LETTERS:
            self[code] = found
        return found


_FOLDED_LETTERS = _FoldedLetters()
