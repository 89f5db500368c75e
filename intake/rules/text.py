"""Vietnamese text made comparable. Folding finds; where folded words collide, the accented text decides."""

import re
import unicodedata
from functools import lru_cache

# Small letters, for a class of a regular expression: a range from à to ỹ would hold Đ and Ế, too.
SMALL = "a-zàáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"

_SPACES = re.compile(r"\s+")
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_STROKE = str.maketrans({"đ": "d", "Đ": "D", "Ð": "D", "ð": "d"})


# Words, names and lines come again and again within one mail and from mail to mail; whole texts do not.
_SHORT = 200


def fold(text: str) -> str:
    """Lower case, no marks, đ as d, white space collapsed: "Báo cáo  Đak Đoa" is "bao cao dak doa".

    Equal for every placement of tone marks and every normal form. Not reversible: quý, quy and quỹ become one.
    """
    return _fold_short(text) if len(text) <= _SHORT else _fold(text)


def _fold(text: str) -> str:
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return _SPACES.sub(" ", bare.translate(_STROKE).casefold()).strip()


_fold_short = lru_cache(maxsize=16_384)(_fold)


def has_marks(text: str) -> bool:
    """Whether the text is written with Vietnamese marks at all, so that their absence in a word means something."""
    return any(c in "đĐ" or unicodedata.combining(c) for c in unicodedata.normalize("NFD", text))


def fold_letters(text: str) -> str:
    """Folded letter by letter, so that every position stays where it is in the NFC form of the text."""
    return "".join(map(_folded_letter, unicodedata.normalize("NFC", text)))


def spelled(word: str) -> str:
    """The word in lower case with its tone mark moved to its end: hoả and hỏa become one, bão and báo stay two."""
    decomposed = unicodedata.normalize("NFD", word.casefold())
    return "".join(c for c in decomposed if c not in _TONES) + "".join(c for c in decomposed if c in _TONES)


@lru_cache(maxsize=4096)
def _folded_letter(letter: str) -> str:
    folded = fold(letter)
    return folded if len(folded) == 1 else letter
