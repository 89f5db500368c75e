"""The national motto at the top of an administrative document (Decree 30/2020), which stands in the way of its head."""

import re
import unicodedata

from intake.rules.language.text import fold, fold_letters

# Cheap to look for, and a part of either motto.
_OF_MOTTO = ("chu nghia", "tu do")
_MOTTO = re.compile(r"cong h\w{1,3} xa h\w{1,2} chu nghia viet nam|doc lap\s*[-–—]\s*tu do\s*[-–—]\s*hanh phuc")
# A narrow column breaks the motto over two lines.
_BROKEN_MOTTO = re.compile(
    r"cong\s+h\w{1,3}\s+xa\s+h\w{1,2}\s+chu\s+nghia\s+viet\s+nam|doc\s+lap\s*[-–—]\s*tu\s+do\s*[-–—]\s*hanh\s+phuc"
)
_MOTTO_WITHIN = 3000


def with_whole_motto(text: str) -> str:
    """The text with the motto in one line: it stands at the top or nowhere."""
    head = unicodedata.normalize("NFC", text[:_MOTTO_WITHIN])
    if not _is_broken(head):
        return head + text[_MOTTO_WITHIN:]
    for found in _BROKEN_MOTTO.finditer(fold_letters(head)):
        whole = " ".join(head[found.start() : found.end()].split())
        head = head[: found.start()] + whole.ljust(len(found[0])) + head[found.end() :]
    return head + text[_MOTTO_WITHIN:]


def _is_broken(head: str) -> bool:
    """Whether the motto stands there otherwise than in one line with single blanks."""
    if not may_hold_motto(head):
        return False
    whole = [line for line in map(str.strip, head.split("\n")) if _MOTTO.search(fold(line))]
    is_plain = all(" ".join(line.split()) == line for line in whole)
    return not is_plain or sum(len(_MOTTO.findall(fold(line))) for line in whole) != len(_MOTTO.findall(fold(head)))


def may_hold_motto(text: str) -> bool:
    folded = fold(text)
    return any(part in folded for part in _OF_MOTTO)


def without_motto(cell: str) -> list[str]:
    found = _MOTTO.search(fold_letters(cell))
    return [cell[: found.start()], cell[found.end() :]] if found else [cell]
