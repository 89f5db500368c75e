"""How mails are found by words: what is kept of a mail, and what is asked, both folded to bare words.

"Báo cáo 12/BC-STC" and "bao cao 12 bc stc" find each other.
"""

import re
import unicodedata

MOST_LETTERS = 100_000
LONGEST_WORD = 60
MOST_WORDS = 12

# The iota below a Greek letter is one when it is folded.
_MARKS = re.compile("[\u0300-\u0344\u0346-\u036f]+")
_WORD = re.compile(r"[^\W_]+")
_BLANKS = {code: " " for code in range(128) if not chr(code).isalnum()}


def words_of(*texts: str) -> str:
    """All the words of these texts, folded and parted by single spaces; of a very long text its beginning."""
    bare = _MARKS.sub("", unicodedata.normalize("NFKD", "\n".join(texts)[:MOST_LETTERS]))
    for stroked, plain in ("đd", "Đd", "ðd", "Ðd"):
        bare = bare.replace(stroked, plain)
    words = _words(bare.casefold())
    is_short = max(map(len, words), default=0) <= LONGEST_WORD
    return " ".join(words if is_short else [word[:LONGEST_WORD] for word in words])


def _words(bare: str) -> list[str]:
    """Without marks nearly all is ASCII, for which a table of blanks is quicker than an expression."""
    return bare.translate(_BLANKS).split() if bare.isascii() else _WORD.findall(bare)


def asked_words(question: str) -> tuple[str, ...]:
    """The words that a mail has to hold to be found."""
    return tuple(words_of(question).split()[:MOST_WORDS])
