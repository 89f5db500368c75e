"""Whether the section under a heading is filled in: the probes "docx:HEADING" of the registry.

A heading is a paragraph that says just that, with or without its number; words in running text are none. Its section
ends at the next heading of its level or above, or where the signing begins. Labels and placeholders fill nothing.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from intake.rules.language.text import fold

_NUMBERS: tuple[tuple[int, re.Pattern[str]], ...] = (
    (2, re.compile(r"[IVX]{1,5}\s?[.)/:\-–]\s*")),
    (1, re.compile(r"[A-Z]\s?[.)/]\s*")),
    (4, re.compile(r"\d{1,2}(\.\d{1,2})+\s?[.)/:]?\s+")),
    (3, re.compile(r"\d{1,2}\s?[.)/:]\s*")),
    (5, re.compile(r"[a-zđ]\s?[.)/]\s*")),
)
_PART = re.compile(r"phần (thứ \w+|[ivx]+|\d+)\b\s*[.:)\-–]?\s*", re.IGNORECASE)
_LEADERS = re.compile(r"(\.{3,}|…+|\t)\s*\d+$")
_STYLED = re.compile(r"(?:heading|tieu de|muc)\s*(\d)")
_PLACEHOLDER = re.compile(r"[\s\-–—_.…*•+·:;,/x]*", re.IGNORECASE)
_INSTRUCTION = re.compile(r"[(\[<].*\b(neu|ghi|trinh bay|liet ke|dien)\b.*[)\]>]\.?")
_SIGNING = re.compile(r"noi nhan\b|(tm|kt|tl|tuq|q)\s?[./]\s?\w")
_SIGNER = re.compile(
    r"(q\. ?|quyen |pho )?(chu tich|(tong )?giam doc|truong|chanh|(chi )?cuc truong|thu truong|vien truong|"
    r"nguoi (lap|bao cao)|dai dien|lanh dao)\b.{0,60}"
)
_CLOSING = re.compile(r"tren day( la|,|\b.*\bbao cao\b)")
_REGARDS = re.compile(r"(\w+ ){0,12}(tran trong|kinh) (bao cao|gui|trinh)\b")
_ASKING = re.compile(r"\b(de nghi|kien nghi|de xuat|khong)\b")
_JOINTS = re.compile(r"\bva\b|[^\w\s]")
_LONGEST_TAIL = 60
_LONGEST_HEADING = 300


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of a document. `style` is its style's id, `list_level` the list that numbers it and how deep."""

    text: str
    style: str = ""
    list_level: tuple[str, int] | None = None
    in_table: bool = False


@dataclass(frozen=True)
class _Line:
    """A paragraph as a heading or a text would be read: its number's level (None without one) and its bare words."""

    words: str
    number: int | None
    styled: int | None
    list_level: tuple[str, int] | None

    @cached_property
    def folded(self) -> str:
        return fold(self.words)

    @cached_property
    def title(self) -> str:
        """The beginning, folded: as much as could be a heading."""
        return fold(self.words[:_LONGEST_HEADING])


def filled_sections(paragraphs: Sequence[Paragraph], headings: Iterable[str]) -> dict[str, bool]:
    """For each heading that the document has, whether there is real text under it."""
    lines = [_line(paragraph) for paragraph in paragraphs if paragraph.text.strip() and not _in_contents(paragraph)]
    found = {heading: _places(lines, heading) for heading in headings}
    return {
        heading: any(_has_text(lines, place, rest) for place, rest in places)
        for heading, places in found.items()
        if places
    }


def _in_contents(paragraph: Paragraph) -> bool:
    """A line of the table of contents repeats a heading and is none."""
    return paragraph.style.upper().startswith("TOC") or _LEADERS.search(paragraph.text.strip()) is not None


def _line(paragraph: Paragraph) -> _Line:
    words = paragraph.text.strip()
    number, words = _numbered(words)
    styled = _STYLED.search(fold(paragraph.style))
    return _Line(words, number, int(styled[1]) if styled else None, paragraph.list_level)


def _numbered(words: str) -> tuple[int | None, str]:
    """The level of the number that the words begin with, and the words after it."""
    if part := _PART.match(words):
        return 0, words[part.end() :]
    for level, pattern in _NUMBERS:
        if found := pattern.match(words):
            return level, words[found.end() :]
    return None, words


def _places(lines: Sequence[_Line], heading: str) -> list[tuple[int, str]]:
    """Where the heading stands, and what follows it on its own line."""
    wanted = _bare(fold(heading))
    found = ((place, _rest(line, wanted)) for place, line in enumerate(lines))
    return [(place, rest) for place, rest in found if rest is not None]


def _bare(folded: str) -> str:
    return " ".join(_JOINTS.sub(" ", folded).split())


def _rest(line: _Line, wanted: str) -> str | None:
    """What follows the heading on its line: after a colon the section's text; None if it is no heading."""
    title, colon, text = line.title.partition(":")
    if _bare(title) == wanted:
        return text.strip() if colon else ""
    marked = line.number is not None or line.styled is not None or line.list_level is not None
    longer = _bare(title).startswith(f"{wanted} ") and len(line.folded) <= len(wanted) + _LONGEST_TAIL
    if marked and longer and not line.folded.endswith((".", ";")):
        return text.strip()
    return None


def _has_text(lines: Sequence[_Line], place: int, rest: str) -> bool:
    if rest and not _is_placeholder(rest):
        return True
    heading = lines[place]
    for line in lines[place + 1 :]:
        if _ends(heading, line):
            return False
        if _is_text(line):
            return True
    return False


def _ends(heading: _Line, line: _Line) -> bool:
    if _SIGNING.match(line.folded) or (line.words.isupper() and _SIGNER.fullmatch(line.folded)):
        return True
    if line.styled is not None:
        return heading.styled is None or line.styled <= heading.styled
    if heading.list_level is not None and line.list_level is not None:
        same_list = line.list_level[0] == heading.list_level[0]
        return same_list and line.list_level[1] <= heading.list_level[1]
    if line.number is None:
        return False
    if heading.number is not None:
        return line.number <= heading.number
    return line.number <= 2 or line.words.isupper()


def _is_text(line: _Line) -> bool:
    folded = line.folded
    if folded.endswith(":") or _is_placeholder(folded) or _INSTRUCTION.fullmatch(folded):
        return False
    return not (_CLOSING.match(folded) or (_REGARDS.match(folded) and not _ASKING.search(folded)))


def _is_placeholder(folded: str) -> bool:
    return _PLACEHOLDER.fullmatch(folded) is not None
