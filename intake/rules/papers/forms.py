"""Forms that nobody filled in: rows of dots stand where the account should."""

import re

from intake.rules.language.text import fold

_DOTTED = re.compile(r"[.…_]{6,}")
_FORMAL = re.compile(r"\W*(?:kinh gui|noi nhan|luu)\b")
_FEWEST_DOTTED = 2
_FEWEST_TOLD = 5


def is_blank_form(text: str) -> bool:
    """Whether a text has rows of dots, and not one sentence."""
    lines = [line.strip() for line in text.splitlines()]
    told = [one for one in lines if one.endswith((".", ";")) and len(one.split()) >= _FEWEST_TOLD]
    is_told = any(not (_DOTTED.search(one) or _FORMAL.match(fold(one))) for one in told)
    return not is_told and sum(bool(_DOTTED.search(line)) for line in lines) >= _FEWEST_DOTTED
