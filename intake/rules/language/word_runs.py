"""Runs of words within a text: folded, standing together, with others among them, or as initials of a name."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence

from intake.rules.language.text import fold, fold_letters
from intake.rules.language.words import Word, folded

_FIELDS = (("nganh",), ("linh", "vuc"))
_FEWEST_INITIALS = 4
# A phrase is nearly named if no more words than these stand between its own: "an toàn (vệ sinh) thực phẩm".
_MOST_INSERTED = 3
# "Nghị quyết số 05/NQ-HĐND ngày 10/7/2024 của HĐND tỉnh về …": when and by whom, which may as well be left out.
_DATE_AND_AUTHOR = re.compile(
    r"\d\s?/\s?[^\W\d_][\w.&/-]*((?:\s+ngay\s+[\d/.-]{4,12}|\s+ngay \d+ thang \d+ nam \d+)?"
    r"(?:\s+cua\s[^,;()\d]{3,60}?)?)\s+ve\b"
)


def without_date_and_author(text: str, words: Sequence[Word]) -> list[Word]:
    """The words of an NFC text but those that say when and by whom a document was issued that it cites."""
    spans = [found.span(1) for found in _DATE_AND_AUTHOR.finditer(fold_letters(text))]
    return [word for word in words if not any(start <= word.start < end for start, end in spans)]


def spread(words: Sequence[Word], phrase: Sequence[str]) -> tuple[int, int] | None:
    """From which word to which a phrase reaches that stands in a text with a few other words in between."""
    for first, word in enumerate(words):
        if word.folded != phrase[0]:
            continue
        place, matched = first, 0
        while place < len(words) and matched < len(phrase) and place - first - matched <= _MOST_INSERTED:
            matched += words[place].folded == phrase[matched]
            place += 1
        if matched == len(phrase):
            return first, place
    return None


def standing_in(words: Sequence[Word], phrases: Iterable[tuple[str, ...]]) -> Iterator[Word]:
    """The words that belong to one of these folded phrases."""
    text = folded(words)
    for phrase in phrases:
        for place in range(len(text) - len(phrase) + 1):
            if text[place : place + len(phrase)] == phrase:
                yield from words[place : place + len(phrase)]


def own_field(words: Sequence[Word], names: Collection[tuple[str, ...]]) -> Iterator[Word]:
    """The words by which an agency's own field is called: "ngành Nông nghiệp" by its Sở Nông nghiệp và Môi trường."""
    own = {word for name in names for word in name}
    field = next(standing_in(words, _FIELDS), None)
    yield from (word for word in words if field and word.start > field.start and word.folded in own)


def is_initials(written: str, names: Collection[tuple[str, ...]]) -> bool:
    """Whether capitals are the initials of words next to each other in a name: "DDCN", "dân dụng và công nghiệp"."""
    short = fold(written)
    is_short = written.isupper() and written.isalpha() and len(short) >= _FEWEST_INITIALS
    return is_short and any(short in "".join(word[0] for word in name) for name in names)
