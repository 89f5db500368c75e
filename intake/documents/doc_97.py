"""The text of a DOC of Word 97 to 2003 with headers, notes and text boxes, each run by its own font (MS-DOC).

Only fonts that a run names itself are followed, not those of its styles.
"""

import re
import struct
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from intake.documents.legacy_fonts import in_their_fonts, is_legacy
from intake.documents.ole_streams import Compound

_MAGIC = 0xA5EC
_WORD_97 = 0x00C1
_OTHER_TABLE = 0x0200
# Places in the tables of the file information block (sections 2.5.4 and 2.5.6).
_LENGTHS, _CHPX, _FONTS, _PIECES = 3, 12, 15, 33
_COMPRESSED = 1 << 30
_PAGE = 512
_FONT_SPRMS = (0x4A4F, 0x4A51)
_HIDDEN_SPRMS = (0x083C, 0x0800)
_CAPITALS_SPRM = 0x083B
_OPERANDS = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}
_FIELD_CODE = re.compile("\x13[^\x13\x14\x15]*\x14|\x13[^\x13\x14\x15]*\x15|\x15")
_DEEPEST_FIELD = 5
_MARKS = str.maketrans({"\x0b": "\n", "\x0c": "\f", "\x1e": "-", "\r": "\n", "\xa0": " "})
# Word keeps a soft hyphen by its own code. In TCVN3 it is the letter ư.
_KEPT_HYPHEN, _SOFT_HYPHEN = "\x1f", "\xad"
_OBJECTS = re.compile("[\x01\x02\x03\x04\x05\x08]")
_EMPTY_BESIDE_A_CELL = re.compile("(?<!\r)\r+\x07|(?<=\x07)\r+(?=[^\x07\r])")
_ROW_END = re.compile("\x07\x07")
# A cell of several paragraphs lays out a page; other cells are data, parted by tabs.
_LAYOUT_CELL = re.compile("\x07(?=[^\x07]*\r[^\x07]*\x07)(?!\x07)")


@dataclass(frozen=True, slots=True)
class _Look:
    """How a run looks, as far as that changes what it says."""

    font: str = ""
    hidden: bool = False
    capitals: bool = False


class Doc:
    """One document. `legacy_fonts` are those that it came by.

    Raises `struct.error`, `ValueError` or `IndexError` if it is damaged.
    """

    def __init__(self, content: bytes, most_chars: int) -> None:
        self._most = most_chars
        compound = Compound(content)
        self._main = compound.stream("WordDocument")
        magic, version = struct.unpack_from("<HH", self._main)
        if magic != _MAGIC or version < _WORD_97:
            raise ValueError("not of Word 97 or later")
        flags = struct.unpack_from("<H", self._main, 10)[0]
        self._table = compound.stream("1Table" if flags & _OTHER_TABLE else "0Table")
        self._numbers, self._places = self._information()
        self.legacy_fonts: dict[str, None] = {}
        self._looks = list(self._runs())
        self._starts = [start for start, _ in self._looks]

    def text(self) -> str:
        """Page headers and footers first, then the body, then notes and text boxes."""
        units = list(islice(self._units(), self._most))
        stories, place = [], 0
        for length in self._numbers[_LENGTHS : _LENGTHS + 8]:
            stories.append(self._story(units[place : place + length]))
            place += length
        body, footnotes, headers, _, _, endnotes, boxes, header_boxes = stories
        return "\n".join(filter(str.strip, (headers, body, footnotes, endnotes, boxes, header_boxes)))

    def _information(self) -> tuple[tuple[int, ...], list[tuple[int, int]]]:
        """The numbers of the file information block, and where in the table stream each of its tables stands."""
        words = struct.unpack_from("<H", self._main, 32)[0]
        at = 34 + 2 * words
        count = struct.unpack_from("<H", self._main, at)[0]
        numbers = struct.unpack_from(f"<{count}I", self._main, at + 2)
        at += 2 + 4 * count
        pairs = struct.unpack_from("<H", self._main, at)[0]
        flat = struct.unpack_from(f"<{2 * pairs}I", self._main, at + 2)
        return numbers, list(zip(flat[::2], flat[1::2], strict=True))

    def _of_table(self, which: int) -> bytes:
        start, length = self._places[which]
        return self._table[start : start + length]

    def _units(self) -> Iterator[tuple[str, int]]:
        """Each letter in the order of the text, with its place in the file."""
        for start, first, last in self._pieces():
            if start & _COMPRESSED:
                at = (start & ~_COMPRESSED) // 2
                text = self._main[at : at + last - first].decode("cp1252", "replace")
                yield from ((letter, at + place) for place, letter in enumerate(text))
            else:
                text = self._main[start : start + 2 * (last - first)].decode("utf-16-le", "replace")
                yield from ((letter, start + 2 * place) for place, letter in enumerate(text))

    def _pieces(self) -> Iterator[tuple[int, int, int]]:
        """Where each piece of the text stands in the file, and its first and last place in the text (2.8.35)."""
        clx = self._of_table(_PIECES)
        at = 0
        while clx[at : at + 1] == b"\x01":
            at += 3 + struct.unpack_from("<H", clx, at + 1)[0]
        length = struct.unpack_from("<I", clx, at + 1)[0]
        count = (length - 4) // 12
        bounds = struct.unpack_from(f"<{count + 1}I", clx, at + 5)
        for number in range(count):
            start = struct.unpack_from("<I", clx, at + 5 + 4 * (count + 1) + 8 * number + 2)[0]
            yield start, bounds[number], bounds[number + 1]

    def _story(self, units: list[tuple[str, int]]) -> str:
        pieces = []
        for letter, place in units:
            look = self._look(place)
            if not look.hidden:
                shown = letter.upper() if look.capitals else letter
                pieces.append((shown.replace(_KEPT_HYPHEN, _SOFT_HYPHEN), look.font))
        text = _OBJECTS.sub("", in_their_fonts(pieces))
        for _ in range(_DEEPEST_FIELD):
            text = _FIELD_CODE.sub("", text)
        rows = _ROW_END.sub("\n", _LAYOUT_CELL.sub("\n", _EMPTY_BESIDE_A_CELL.sub(_without_paragraphs, text)))
        return rows.replace("\x07", "\t").translate(_MARKS)

    def _look(self, place: int) -> _Look:
        at = bisect_right(self._starts, place) - 1
        return self._looks[at][1] if at >= 0 else _Look()

    def _runs(self) -> Iterator[tuple[int, _Look]]:
        """Where in the file each run begins and how it looks, from the pages of formatting (2.9.33)."""
        names = list(self._font_names())
        plex = self._of_table(_CHPX)
        count = (len(plex) - 4) // 8
        pages = struct.unpack_from(f"<{count}I", plex, 4 * (count + 1))
        for number in pages:
            page = self._main[number * _PAGE : (number + 1) * _PAGE]
            runs = page[-1]
            starts = struct.unpack_from(f"<{runs + 1}I", page)
            for run in range(runs):
                offset = 2 * page[4 * (runs + 1) + run]
                changes = page[offset + 1 : offset + 1 + page[offset]] if offset else b""
                yield starts[run], self._changed(changes, names)

    def _changed(self, changes: bytes, names: list[str]) -> _Look:
        font, hidden, capitals = "", False, False
        for code, operand in _sprms(changes):
            if code in _FONT_SPRMS:
                number = int.from_bytes(operand, "little")
                font = names[number] if number < len(names) else ""
            elif code in _HIDDEN_SPRMS:
                hidden = hidden or operand == b"\1"
            elif code == _CAPITALS_SPRM:
                capitals = operand == b"\1"
        if not is_legacy(font):
            return _Look("", hidden, capitals)
        self.legacy_fonts[font] = None
        return _Look(font, hidden, capitals)

    def _font_names(self) -> Iterator[str]:
        """The fonts in the order of their numbers (2.9.286): each record has its name behind forty bytes."""
        table = self._of_table(_FONTS)
        count = struct.unpack_from("<H", table)[0] if table else 0
        at = 4
        for _ in range(count):
            length = table[at]
            name = table[at + 40 : at + 1 + length].decode("utf-16-le", "replace")
            yield name.partition("\0")[0]
            at += 1 + length


def _without_paragraphs(found: re.Match[str]) -> str:
    return found[0].strip("\r")


def _sprms(changes: bytes) -> Iterator[tuple[int, bytes]]:
    """The single changes of a list (2.2.5.1): a code, which tells how long its operand is, and the operand."""
    at = 0
    while at + 2 <= len(changes):
        code = struct.unpack_from("<H", changes, at)[0]
        at += 2
        length = _OPERANDS.get(code >> 13)
        if length is None:
            length = changes[at] if at < len(changes) else 0
            at += 1
        yield code, changes[at : at + length]
        at += length
