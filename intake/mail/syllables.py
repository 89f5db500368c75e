"""Whether a word is spelt as a Vietnamese syllable: the evidence by which a wrong decoding is told from a right one.

Spelling only: that a syllable is well formed does not say that the word exists.
"""

import re
import unicodedata
from functools import lru_cache

# kr, br … stand in the place names of the Central Highlands.
_ONSET = "ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|kr|br|pr|pl|kl|đr|hr|sr|b|c|d|đ|g|h|k|l|m|n|p|r|s|t|v|x"
_CODAS = {
    "a": " c ch i k m n ng nh o p t u y", "ă": "c k m n ng p t", "â": "c m n ng p t u y",
    "e": " c m n ng o p t", "ê": " ch c n ng nh m p t u k", "i": " ch m n nh p t u a êc êm ên êng êp êt êu",
    "o": " a ac ach ai am an ang anh ao ap at ay ăc ăm ăn ăng ăt c e en eo et i m n ng ong oc p t k",
    "ô": " c i k m n ng ông p t", "ơ": " i k m n p t",
    "u": " a ân âng ât ây c ê êch ênh i m n ng ơ ôc ôi ôm ôn ông ôt p t y ya ych yêt yên ynh yt yu yp",
    "ư": " a c i ng ơc ơi ơm ơn ơng ơp ơt ơu t u", "y": " êm ên êng êt êu t nh",
}  # fmt: skip
_AFTER_QU = {
    "a": " c ch i n ng nh o t u y", "ă": "c m n ng p t", "â": "n t y", "e": " n o t", "ê": " n ch nh t",
    "i": " t", "y": " ch ên êt n nh t", "ô": "c ng", "ơ": " i n t",
}  # fmt: skip
_TONES = str.maketrans("", "", "\u0300\u0301\u0303\u0309\u0323")
_TONE = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_STOPPED = re.compile(r"(?:c|ch|p|t)$")
WORD = re.compile(r"[^\s\d!-/:-@\[-`{-~“”‘’–—…]+")
PLAIN = re.compile(r"[A-Za-z]")
_SPLIT = re.compile(rf"({_ONSET})?(.+)")


def _spellings(table: dict[str, str]) -> frozenset[str]:
    return frozenset(nucleus + coda for nucleus, codas in table.items() for coda in codas.split(" "))


_RIMES = _spellings(_CODAS) - {"ă", "â"}
_RIMES_AFTER_QU = _spellings(_AFTER_QU)


@lru_cache(maxsize=50_000)
def is_syllable(word: str) -> bool:
    """True for a well-formed syllable, written in lower case, with one capital in front, or in capitals throughout."""
    if not (word.islower() or word.isupper() or word.istitle()):
        return False
    decomposed = unicodedata.normalize("NFD", word.lower())
    tones = _TONE.findall(decomposed)
    bare = unicodedata.normalize("NFC", decomposed.translate(_TONES))
    return (
        len(tones) <= 1 and _is_spelt(bare) and not (_STOPPED.search(bare) and set(tones) & set("\u0300\u0303\u0309"))
    )


def _is_spelt(bare: str) -> bool:
    if bare in _RIMES or bare in ("gi", "giêng"):
        return True
    found = _SPLIT.fullmatch(bare)
    if not found or not found[1]:
        return False
    return found[2] in (_RIMES_AFTER_QU if found[1] == "qu" else _RIMES)


def marked_words(text: str) -> list[str]:
    """The words of `text` that have letters with and without marks."""
    return [word for word in WORD.findall(text) if not word.isascii() and PLAIN.search(word)]
