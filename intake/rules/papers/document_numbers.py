"""Number and symbol of an administrative document, as they stand in its head and as a mail cites them."""

import re
import unicodedata

from intake.rules.language.text import fold_letters

_SYMBOL = r"[^\W\d_][\w.&Đđ]*(?:[-–/][\w.&]+)*"
_NUMBER = re.compile(
    rf"\b(?:so|s0)\s*[:.;]?\s*(?:(?P<number>\d{{1,6}}\w?)|[.…_\s]*)\s*(?P<joint>[/\-–])\s*(?P<symbol>{_SYMBOL})"
)
_BARE_NUMBER = re.compile(rf"(?:so\s+)?(?P<number>\d{{1,6}}\w?)\s*(?P<joint>/)\s*(?P<symbol>{_SYMBOL})")
_NO_NUMBER = re.compile(r"\bso\s*[:.][.…_\s]*$")
_BROUGHT = re.compile(
    r"(?:gui|trinh|nop|chuyen)\b[^.;:\n\d]{0,80}?\b(?:bao cao|bc) (?:so )?"
    rf"(?P<number>\d{{1,6}})\s*(?P<joint>/)\s*(?P<symbol>{_SYMBOL})"
)
_OTHERS = re.compile(r"thay the|thuc hien|theo|de nghi|yeu cau|da ")


def cited_number(text: str) -> str | None:
    """The number of the report that a mail says it brings; None if it cites several, or none unmistakably."""
    folded = fold_letters(text)
    found = {
        _joined(unicodedata.normalize("NFC", text), one)
        for one in _BROUGHT.finditer(folded)
        if not _OTHERS.search(folded[: one.start()].rpartition("\n")[2])
    }
    return found.pop() if len(found) == 1 else None


def number_in(lines: list[str]) -> tuple[str | None, bool, str]:
    """Number and symbol, whether the number was left blank, and the symbol alone."""
    for line in lines:
        folded = fold_letters(line)
        found = _NUMBER.search(folded) or _BARE_NUMBER.fullmatch(folded)
        if found:
            symbol = _tidy(line[found.start("symbol") : found.end("symbol")])
            return (_joined(line, found) if found["number"] else None), not found["number"], symbol
        if _NO_NUMBER.search(folded):
            return None, True, ""
    return None, False, ""


def is_number(folded: str) -> bool:
    """Whether a folded line is, or has in it, the place of a document's number."""
    return bool(_NUMBER.search(folded) or _BARE_NUMBER.fullmatch(folded) or _NO_NUMBER.search(folded))


def _joined(text: str, found: re.Match[str]) -> str:
    symbol = _tidy(text[found.start("symbol") : found.end("symbol")])
    joint = "/" if found["joint"] == "/" else "-"
    return f"{text[found.start('number') : found.end('number')]}{joint}{symbol}"


def _tidy(symbol: str) -> str:
    return symbol.replace("–", "-").rstrip(".-")


def without_number(line: str) -> str:
    """What stands left of the date without the number, where both columns became one line."""
    found = _NUMBER.match(fold_letters(line))
    return line[found.end() if found else 0 :].strip()
