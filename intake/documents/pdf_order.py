"""The text of a PDF page whose letters are not drawn in reading order: each is put where it stands on the page.

Programs that lack a letter in one font draw it from another after the rest of the line, tone marks or stamped numbers
likewise. Pieces that belong to one stretch of a line are joined; otherwise the page's own order of lines is kept.
"""

import ctypes
import math
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby, pairwise

import pypdfium2
from pypdfium2 import raw

_MOST_GLYPHS = 30_000
_SAME_LINE = 0.45
_JUMP = 2.0
_ADJACENT = 0.6
_WORD_GAP = 0.18
_SAME_PLACE = 0.1
_FEW = 3
_SHARE = 20
_TONES = frozenset("\u02c6\u02c7\u02d8\u02d9\u02da\u02dc\u0384\u00b4`")


def looks_torn(text: str) -> bool:
    """Whether marks or single letters with marks stand about alone, as where they were drawn apart from their words."""
    words = text.split()
    first_letters = Counter(word[0] for word in words)
    marks = sum(count for letter, count in first_letters.items() if _is_mark(letter))
    lone = sum(1 for word in words if len(word) == 1 and word > "\x7f" and word.isalpha() and word not in "đĐ")
    return marks > 1 or (lone > _FEW and lone * _SHARE > len(words))


def in_order(page: pypdfium2.PdfTextPage) -> str | None:
    """The page's text with every letter in its place; None where the page has too many letters for that."""
    if raw.FPDFText_CountChars(page) > _MOST_GLYPHS:
        return None
    pieces = sorted(_joined(_pieces(_glyphs(page))), key=lambda piece: piece.place)
    text = ""
    for before, piece in pairwise([None, *pieces]):
        assert piece is not None
        text += ("" if before is None else "\t" if _goes_on(before, piece) else "\n") + piece.text()
    return text


@dataclass(frozen=True, slots=True)
class _Glyph:
    """One letter in a frame turned so that its line runs to the right: where it begins and ends, and its base line."""

    text: str
    left: float
    right: float
    base: float
    size: float
    angle: int


@dataclass(slots=True)
class _Piece:
    """Letters that were drawn one after the other on one line. `place` is when they were drawn."""

    place: int
    glyphs: list[_Glyph] = field(default_factory=list)

    @property
    def size(self) -> float:
        return max(glyph.size for glyph in self.glyphs)

    @property
    def base(self) -> float:
        return self.glyphs[0].base

    @property
    def left(self) -> float:
        return min(glyph.left for glyph in self.glyphs)

    @property
    def right(self) -> float:
        return max(glyph.right for glyph in self.glyphs)

    def text(self) -> str:
        letters = sorted((one for one in self.glyphs if not _is_mark(one.text)), key=lambda one: one.left)
        letters = [one for before, one in pairwise([None, *letters]) if one and not _repeats(before, one)]
        written = [one.text for one in letters]
        starts = [one.left for one in letters]
        for mark in (one for one in self.glyphs if _is_mark(one.text)):
            # Over the letter in which the mark's middle lies.
            over = max(0, bisect_right(starts, (mark.left + mark.right) / 2) - 1)
            if written:
                written[over] += _combining(mark.text)
        spaces = [_is_word_gap(before, one) for before, one in pairwise(letters)]
        parts = (f" {text}" if gap else text for text, gap in zip(written, [False, *spaces], strict=False))
        return unicodedata.normalize("NFC", "".join(parts)).strip()


def _glyphs(page: pypdfium2.PdfTextPage) -> Iterator[_Glyph]:
    left, right, bottom, top, x, y = (ctypes.c_double() for _ in range(6))
    for place in range(raw.FPDFText_CountChars(page)):
        code = raw.FPDFText_GetUnicode(page, place)
        if raw.FPDFText_IsGenerated(page, place) == 1 or code < 32:
            continue
        raw.FPDFText_GetCharBox(page, place, left, right, bottom, top)
        raw.FPDFText_GetCharOrigin(page, place, x, y)
        angle = raw.FPDFText_GetCharAngle(page, place)
        cos, sin = math.cos(angle), math.sin(angle)
        corners = [u * cos + v * sin for u in (left.value, right.value) for v in (bottom.value, top.value)]
        # pdfium writes U+FFFE for a hyphen at the end of a line.
        text = "-" if code == 0xFFFE else chr(code)
        base = y.value * cos - x.value * sin
        size = raw.FPDFText_GetFontSize(page, place) or 1.0
        height = (top.value - bottom.value) if abs(cos) > 0.7 else (right.value - left.value)
        yield _Glyph(text, min(corners), max(corners), base, max(size, height), round(math.degrees(angle)))


def _pieces(glyphs: Iterable[_Glyph]) -> Iterator[_Piece]:
    piece = _Piece(0)
    for place, glyph in enumerate(glyphs):
        if piece.glyphs and not _follows(piece.glyphs[-1], glyph):
            yield piece
            piece = _Piece(place)
        piece.glyphs.append(glyph)
    if piece.glyphs:
        yield piece


def _follows(before: _Glyph, glyph: _Glyph) -> bool:
    size = max(before.size, glyph.size)
    if before.angle != glyph.angle or abs(before.base - glyph.base) > _SAME_LINE * size:
        return False
    return -size / 2 <= glyph.left - before.right <= _JUMP * size


def _joined(pieces: Iterable[_Piece]) -> Iterator[_Piece]:
    """The pieces, those that touch or lie within each other on one line made one."""
    in_lines = sorted(pieces, key=lambda piece: (piece.glyphs[0].angle, -piece.base))
    for line in _lines(in_lines):
        line.sort(key=lambda piece: piece.left)
        whole = line[0]
        end = whole.right
        for piece in line[1:]:
            if piece.left - end <= _ADJACENT * min(whole.size, piece.size):
                whole = _Piece(min(whole.place, piece.place), whole.glyphs + piece.glyphs)
                end = max(end, piece.right)
            else:
                yield whole
                whole, end = piece, piece.right
        yield whole


def _lines(pieces: list[_Piece]) -> Iterator[list[_Piece]]:
    for _, turned in groupby(pieces, key=lambda piece: piece.glyphs[0].angle):
        line: list[_Piece] = []
        for piece in turned:
            if line and abs(line[0].base - piece.base) > _SAME_LINE * max(line[0].size, piece.size):
                yield line
                line = []
            line.append(piece)
        yield line


def _goes_on(before: _Piece, piece: _Piece) -> bool:
    same_line = abs(before.base - piece.base) <= _SAME_LINE * max(before.size, piece.size)
    return same_line and before.glyphs[0].angle == piece.glyphs[0].angle and piece.left >= before.right


def _repeats(before: _Glyph | None, glyph: _Glyph) -> bool:
    """A letter drawn twice at nearly one place is a bold one."""
    return before is not None and before.text == glyph.text and glyph.left - before.left < _SAME_PLACE * glyph.size


def _is_word_gap(before: _Glyph, glyph: _Glyph) -> bool:
    is_apart = glyph.left - before.right > _WORD_GAP * max(before.size, glyph.size)
    return is_apart and not before.text.isspace() and not glyph.text.isspace()


def _is_mark(letter: str) -> bool:
    return unicodedata.combining(letter) != 0 or letter in _TONES


_COMBINING = dict(zip("\u02c6\u02d8\u02dc\u0384\u00b4`", "\u0302\u0306\u0303\u0301\u0301\u0300", strict=True))


def _combining(mark: str) -> str:
    return _COMBINING.get(mark, mark)
