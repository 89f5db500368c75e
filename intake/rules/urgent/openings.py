"""Where a mail and its documents say what they are: the subject, the first lines, the title of a document."""

import re
from collections.abc import Iterable
from itertools import takewhile

from intake.mail.parsed import ParsedMessage
from intake.mail.quoting import without_headers
from intake.rules.language.text import fold
from intake.rules.urgent.urgent_words import CLOCK

_PREFIXES = re.compile(r"^\s*((re|fw|fwd|tl|trả lời|chuyển tiếp)\s*:|\[[A-Z]+-[\w-]+\])\s*", re.IGNORECASE)
_ANSWER = re.compile(r"^\s*(\[[A-Z]+-[\w-]+\]\s*)?(re|tl|trả lời)\s*:", re.IGNORECASE)
_TITLE_START = re.compile(r"^(bao cao|bc nhanh|cong van|dien bao|tin nhanh|v/v|ve viec)\b")
_SUBJECT_OF_LETTER = re.compile(r"\bV/v\b.*", re.IGNORECASE)
_FORWARD = re.compile(r"^\s*(\[[A-Z]+-[\w-]+\]\s*)?(fw|fwd|chuyển tiếp)\s*:", re.IGNORECASE)
_ADDRESSEE = re.compile(r"^(kinh gui|noi nhan|thuc hien|can cu)\b")
# So much of a mail is read for urgent matters, and so much of each document.
SUBJECT_CHARS = 1_000
BODY_CHARS = 20_000
_OPENING_LINES = 40
_OPENING_CHARS = 8_000
_TITLE_LINES = 4
_SHORT_LINE = 160


def plain_subject(subject: str) -> str:
    """The subject without "Re:", "Fwd:" and our own reference codes."""
    while found := _PREFIXES.match(subject):
        subject = subject[found.end() :]
    return subject.strip()


def is_answer(subject: str) -> bool:
    """Whether the subject is that of the mail answered, and so not what this mail says of itself."""
    return bool(_ANSWER.match(subject))


def words_told(message: ParsedMessage) -> str:
    """The mail's own words. Whoever forwards a mail tells what it says, and little of his own."""
    return without_headers(message.text) if _FORWARD.match(message.subject) else message.own_text


def lead(text: str) -> str:
    """The short lines with which a text begins, running or not."""
    lines = [line.strip() for line in text.splitlines() if line.strip()][:_TITLE_LINES]
    return "\n".join(takewhile(lambda line: len(line) <= _SHORT_LINE, lines))


def title_of(text: str) -> str:
    """The lines above the running text, which has sentences. One line that tells the hour is all of such a text."""
    title = "\n".join(takewhile(lambda line: not line.endswith((".", ",", ";", "!", "?")), lead(text).splitlines()))
    return "" if title == text.strip() and CLOCK.search(fold(title)) else title


def opening(text: str) -> str:
    """The first lines of a document."""
    return "\n".join(text[:_OPENING_CHARS].splitlines()[:_OPENING_LINES])


def document_title(opening: str) -> str:
    """The title of an administrative document: "BÁO CÁO" with the lines below it, or what follows "V/v"."""
    lines = [line.strip() for line in opening.splitlines()]
    for at, line in enumerate(lines):
        if letter := _SUBJECT_OF_LETTER.search(line):
            return "\n".join([letter[0], *_title_lines(lines[at + 1 : at + 2])])
        if _TITLE_START.match(fold(line)):
            return "\n".join([line, *_title_lines(lines[at + 1 : at + _TITLE_LINES])])
    return ""


def _title_lines(lines: Iterable[str]) -> list[str]:
    found: list[str] = []
    for line in lines:
        if _ADDRESSEE.match(fold(line)) or len(line) > _SHORT_LINE or line.endswith("."):
            break
        found.append(line)
    return found
