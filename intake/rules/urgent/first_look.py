"""Whether a mail is to be read before the others, by its subject and its header alone. Pure, and cheap.

It only puts waiting mails in order: taking an ordinary mail for an urgent one costs nothing, so the folded words are
enough. What a mail really is, `urgency` says once it is read.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from intake.rules.language.text import fold
from intake.rules.urgent.urgent_vocabulary import COMMON
from intake.rules.urgent.urgent_words import QUICK_FORMS, URGENT_MARKS

_HASTE = ("gap", "cuu", "tinh den", "vu viec", "su co")
# Of shorter words, "nổ" looks like "nợ" where marks are taken off.
_TELLING_LENGTH = 4
_IMPORTANT = re.compile(r"\s*(?:high|urgent|[12]\b)", re.IGNORECASE)


def looks_urgent(subject: str, importance: str = "", keywords: Iterable[str] = ()) -> bool:
    """`importance` is the value of Importance, Priority or X-Priority; `keywords` are the office's of urgent matters.

    A mail without a subject may be typed on a telephone at night, and is read first too.
    """
    folded = fold(subject)
    if not folded or _IMPORTANT.match(importance):
        return True
    return _pattern(tuple(keywords)).search(folded) is not None


@lru_cache(maxsize=8)
def _pattern(keywords: tuple[str, ...]) -> re.Pattern[str]:
    phrases = [" ".join(one.folded) for one in (*QUICK_FORMS, *URGENT_MARKS)]
    common = (one for words in COMMON.values() for one in map(fold, words) if len(one) >= _TELLING_LENGTH)
    wanted = {*phrases, *_HASTE, *common, *filter(None, map(fold, keywords))}
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(wanted)))})\b")
