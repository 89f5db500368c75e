"""RTF (specification 1.9.1), also under the name .doc: body, headers, notes and text boxes, each run by its own font.

The reader knows no styles: Word writes what they mean beside them.
"""

import re
from dataclasses import dataclass, field, replace

from intake.documents.contents import Asked, Contents, File, Format, UnreadableError, within
from intake.documents.legacy_fonts import evidence_of, in_font, in_their_fonts, is_legacy

_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|[\r\n]+|([^\\{}\r\n]+)|(.)", re.S
)
_CODE_PAGES = {
    77: "mac_roman", 128: "cp932", 129: "cp949", 134: "gbk", 136: "cp950", 161: "cp1253", 162: "cp1254", 163: "cp1258",
    177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250", 254: "cp437",
}  # fmt: skip
_LETTERS = {
    "tab": "\t", "line": "\n", "lbr": "\n", "page": "\f", "emdash": "—", "endash": "–", "bullet": "•", "emspace": " ",
    "enspace": " ", "qmspace": " ", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”",
}  # fmt: skip
_SYMBOLS = {b"~": "\u00a0", b"_": "-", b"{": "{", b"}": "}", b"\\": "\\", b"\n": "\n", b"\r": "\n"}
# What a reader is not to show; of the destinations that may be passed over, only those below are read.
_UNSHOWN = frozenset(
    {"colortbl", "stylesheet", "info", "pict", "object", "fldinst", "sp", "xe", "tc", "rxe", "pntext", "pnseclvl",
     "nonshppict", "datafield", "formfield", "template", "operator", "ftnsep", "ftnsepc", "aftnsep", "aftnsepc",
     "listtable", "revtbl", "annotation", "atnid", "atnauthor", "themedata", "latentstyles", "datastore"}
)  # fmt: skip
_READ_THOUGH_STARRED = frozenset({"shpinst", "shptxt", "ud", "fldrslt"})
_APART = {"header": 0, "headerf": 0, "headerl": 0, "headerr": 0, "shptxt": 2, "footnote": 3, "footer": 4,
          "footerf": 4, "footerl": 4, "footerr": 4}  # fmt: skip
_BODY = 1
_SWITCHES = ("v", "caps", "deleted")
_DEEPEST = 5_000
_MOST_WORDS = 2_000_000


def read(file: File, asked: Asked) -> Contents:
    """The text, the page headers first, notes and page footers last."""
    reader = _Reader(asked.limits.text_chars)
    reader.run(file.content)
    return within(reader.text(), asked.limits, map(evidence_of, reader.fonts_used))


@dataclass(slots=True)
class _Font:
    name: str = ""
    code_page: str = ""


@dataclass(slots=True)
class _Story:
    """One stream of paragraphs in the making, with the row of a table that is under way."""

    lines: list[str] = field(default_factory=list)
    line: list[tuple[str, str]] = field(default_factory=list)
    cell: list[str] = field(default_factory=list)
    row: list[list[str]] = field(default_factory=list)

    def end_paragraph(self, in_table: bool) -> None:
        text = in_their_fonts(self.line)
        self.line.clear()
        (self.cell if in_table else self.lines).append(text)

    def end_cell(self) -> None:
        self.end_paragraph(in_table=True)
        self.row.append([line for line in self.cell if line.strip()])
        self.cell = []

    def end_row(self) -> None:
        """A row of data as one line, its cells parted by tabs; a row that lays out a page as its paragraphs."""
        if any(len(cell) > 1 for cell in self.row):
            self.lines += [line for cell in self.row for line in cell]
        else:
            self.lines.append("\t".join(cell[0].strip() if cell else "" for cell in self.row))
        self.row = []

    def text(self) -> str:
        rest = [*self.cell, *(line for cell in self.row for line in cell), in_their_fonts(self.line)]
        return "\n".join([*self.lines, *rest]).strip("\n")


@dataclass(frozen=True, slots=True)
class _State:
    """What a group inherits and its end takes back."""

    story: _Story
    font: int = -1
    skip: int = 1
    unshown: bool = False
    naming: int | None = None
    in_table: bool = False
    off: frozenset[str] = frozenset()


class _Reader:
    """Reads one document. `fonts_used` are those of its fonts that are no Unicode."""

    def __init__(self, most_chars: int) -> None:
        self._left = most_chars
        self._stories: list[tuple[int, _Story]] = [(_BODY, _Story())]
        self._state = _State(self._stories[0][1])
        self._stack: list[_State] = []
        self._fonts: dict[int, _Font] = {}
        self._usual_font = -1
        self._usual_code_page = "cp1252"
        self._raw = bytearray()
        self._to_skip = 0
        self._starred = False
        self._high = ""
        self.fonts_used: dict[str, None] = {}

    def text(self) -> str:
        self._decode()
        in_order = sorted(self._stories, key=lambda one: one[0])
        return "\n".join(filter(None, (story.text() for _, story in in_order)))

    def run(self, content: bytes) -> None:
        place = words = 0
        while self._left > 0 and (found := _TOKEN.match(content, place)):
            place = found.end()
            words += 1
            if words > _MOST_WORDS:
                raise UnreadableError("too_large", f"it holds more than {_MOST_WORDS} control words")
            word, number, code, symbol, brace, text, _ = found.groups()
            if code:
                self._byte(bytes.fromhex(code.decode()))
            elif text:
                self._bytes(text)
            elif brace:
                self._brace(brace)
            elif symbol:
                self._symbol(symbol)
            elif word == b"bin":
                place += max(0, int(number or 0))
            elif word:
                self._word(word.decode(), int(number) if number else None)

    def _brace(self, brace: bytes) -> None:
        self._decode()
        self._starred = False
        if brace == b"{":
            if len(self._stack) >= _DEEPEST:
                raise UnreadableError("hostile", "groups within groups, too deep")
            self._stack.append(self._state)
        elif self._stack:
            ended, self._state = self._state.story, self._stack.pop()
            if ended is not self._state.story and ended.line:
                ended.end_paragraph(in_table=False)

    def _symbol(self, symbol: bytes) -> None:
        if symbol == b"*":
            self._starred = True
        elif symbol in _SYMBOLS:
            self._letters(_SYMBOLS[symbol])

    def _bytes(self, text: bytes) -> None:
        if self._to_skip:
            skipped = min(self._to_skip, len(text))
            self._to_skip -= skipped
            text = text[skipped:]
        self._raw += text

    def _byte(self, one: bytes) -> None:
        if self._to_skip:
            self._to_skip -= 1
        else:
            self._raw += one

    def _word(self, word: str, number: int | None) -> None:
        if word == "u":
            self._unicode(number or 0)
            return
        self._decode()
        starred, self._starred = self._starred, False
        if word in _LETTERS:
            self._letters(_LETTERS[word])
        elif word in _UNSHOWN or (starred and word not in _READ_THOUGH_STARRED and word not in _APART):
            self._state = replace(self._state, unshown=True)
        elif word in _APART:
            story = _Story()
            self._stories.append((_APART[word], story))
            self._state = replace(self._state, story=story, in_table=False)
        elif word in _SWITCHES:
            off = self._state.off
            self._state = replace(self._state, off=off - {word} if number == 0 else off | {word})
        elif not self._state.unshown:
            self._layout(word)
            self._setting(word, number)

    def _layout(self, word: str) -> None:
        story = self._state.story
        match word:
            case "par" | "sect":
                story.end_paragraph(self._state.in_table)
            case "cell" | "nestcell":
                story.end_cell()
            case "row" | "nestrow":
                story.end_row()
            case "pard":
                self._state = replace(self._state, in_table=False)
            case "intbl":
                self._state = replace(self._state, in_table=True)
            case "plain":
                self._state = replace(self._state, font=self._usual_font, off=frozenset())

    def _setting(self, word: str, number: int | None) -> None:
        match word, number:
            case "fonttbl", _:
                self._state = replace(self._state, naming=-1)
            case "f", int() if self._state.naming is not None:
                self._fonts[number] = _Font()
                self._state = replace(self._state, naming=number)
            case "f", int():
                self._state = replace(self._state, font=number)
            case "fcharset", int() if self._state.naming is not None:
                self._named_font().code_page = _CODE_PAGES.get(number, "")
            case "deff", int():
                self._usual_font = number
            case "ansicpg", int():
                self._usual_code_page = _known(f"cp{number}")
            case "uc", int():
                self._state = replace(self._state, skip=min(max(number, 0), 8))

    def _named_font(self) -> _Font:
        return self._fonts.setdefault(self._state.naming if self._state.naming is not None else -1, _Font())

    def _unicode(self, number: int) -> None:
        """A code unit of UTF-16 as a signed number, followed by what older readers are to show instead."""
        self._decode()
        letter = chr(number % 0x10000)
        if "\ud800" <= letter < "\udc00":
            self._high = letter
        else:
            pair = (self._high + letter).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
            self._high = ""
            self._letters(pair)
        self._to_skip = self._state.skip

    def _decode(self) -> None:
        self._to_skip = 0
        if self._raw:
            raw = bytes(self._raw)
            self._raw.clear()
            font = self._fonts.get(self._state.font, _Font())
            self._letters(raw.decode(font.code_page or self._usual_code_page, "replace"))

    def _letters(self, letters: str) -> None:
        self._decode()
        state = self._state
        if state.unshown or state.off & {"v", "deleted"}:
            return
        if state.naming is not None:
            self._named_font().name += letters.rstrip(";")
            return
        name = self._fonts.get(state.font, _Font()).name
        if is_legacy(name):
            self.fonts_used[name] = None
        piece = (in_font(letters, name).upper(), "") if "caps" in state.off else (letters, name)
        state.story.line.append(piece)
        self._left -= len(letters)


def _known(code_page: str) -> str:
    """The code page, or windows-1252 where Python has none of that number."""
    try:
        "".encode(code_page)
    except LookupError:
        return "cp1252"
    return code_page


def _is_rtf(file: File) -> bool:
    return file.content[:64].lstrip(b"\xef\xbb\xbf \r\n").startswith(b"{\\rtf")


FORMATS = (Format("rtf", _is_rtf, read),)
