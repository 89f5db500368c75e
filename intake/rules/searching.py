"""How mails are found by words: what is kept of a mail, and what is asked, both folded to bare words.

"Báo cáo 12/BC-STC" and "bao cao 12 bc stc" find each other.
"""

import re
import unicodedata

MOST_LETTERS = 100_000
LONGEST_WORD = 60
MOST_WORDS = 12

_STROKE = str.maketrans({"đ": "d", "ð": "d"})
_MARKS = re.compile("[\u0300-\u036f]+")
_BETWEEN = re.compile(r"[\W_]+")


def words_of(*texts: str) -> str:
    """All the words of these texts, folded and parted by single spaces; of a very long text its beginning."""
    whole = "\n".join(texts)[:MOST_LETTERS]
    bare = _MARKS.sub("", unicodedata.normalize("NFKD", whole).casefold()).translate(_STROKE)
    return " ".join(word[:LONGEST_WORD] for word in _BETWEEN.split(bare) if word)


def asked_words(question: str) -> tuple[str, ...]:
    """The words that a mail has to hold to be found."""
    return tuple(words_of(question).split()[:MOST_WORDS])
