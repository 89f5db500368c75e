"""Vietnamese text made comparable. Folding finds; where folded words collide, the accented text decides."""

import re
import unicodedata

_SPACES = re.compile(r"\s+")
_STROKE = str.maketrans({"đ": "d", "Đ": "D", "Ð": "D", "ð": "d"})


def fold(text: str) -> str:
    """Lower case, no marks, đ as d, white space collapsed: "Báo cáo  Đak Đoa" is "bao cao dak doa".

    Equal for every placement of tone marks and every normal form. Not reversible: quý, quy and quỹ become one.
    """
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return _SPACES.sub(" ", bare.translate(_STROKE).casefold()).strip()


def has_marks(text: str) -> bool:
    """Whether the text is written with Vietnamese marks at all, so that their absence in a word means something."""
    return any(c in "đĐ" or unicodedata.combining(c) for c in unicodedata.normalize("NFD", text))
