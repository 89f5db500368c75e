"""Outlook's compressed rich text (MS-OXRTFCP) and the words of an RTF, with HTML packed into it (MS-OXRTFEX) or not."""

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass, replace

from intake.mail.charsets import clean

_PRELOADED = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript "
    b"\\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n"
    b"\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)
_RING = 4096
_MOST = 1_000_000
_TOKEN = re.compile(r"\\([a-z]{1,32})(-?\d{1,10})?[ ]?|\\'([0-9a-f]{2})|\\(.)|([{}])|([^\\{}\r\n]+)|[\r\n]+", re.DOTALL)
_UNSEEN = {
    "fonttbl", "colortbl", "stylesheet", "info", "pict", "object", "header", "footer", "generator", "listtable",
    "listoverridetable", "rsidtbl", "themedata", "latentstyles", "datastore", "htmltag", "mhtmltag",
}  # fmt: skip
_CODE_PAGE = re.compile(r"\\ansicpg(\d{3,5})")
_SIGNS = {"~": "\u00a0", "-": "", "_": "-", "\n": "\n", "\r": "\n"}
_BREAKS = {"par": "\n", "line": "\n", "row": "\n", "sect": "\n", "page": "\n", "tab": "\t", "cell": "\t"}


def decompressed(packed: bytes) -> bytes:
    """The RTF; what can be read of it where the bytes are damaged."""
    if len(packed) < 16:
        return b""
    _, size, kind, _ = struct.unpack_from("<IIII", packed)
    if kind == 0x414C454D:
        return packed[16 : 16 + size]
    return _expanded(packed, min(size, _MOST)) if kind == 0x75465A4C else b""


def _expanded(packed: bytes, size: int) -> bytes:
    """LZFu: runs of eight literals or references into a ring of what came before."""
    ring = bytearray(_PRELOADED.ljust(_RING, b"\0"))
    written = len(_PRELOADED)
    out = bytearray()
    for literal in _pieces(packed):
        start, length = (int.from_bytes(literal) >> 4, (literal[1] & 15) + 2) if len(literal) == 2 else (-1, 1)
        if start == written % _RING or len(out) >= size:
            break
        for step in range(length):
            byte = literal[0] if start < 0 else ring[(start + step) % _RING]
            out.append(byte)
            ring[written % _RING] = byte
            written += 1
    return bytes(out[:size])


def _pieces(packed: bytes) -> Iterator[bytes]:
    """A literal as one byte, a reference as two."""
    position = 16
    while position < len(packed):
        flags, position = packed[position], position + 1
        for bit in range(8):
            length = 2 if flags >> bit & 1 else 1
            if position + length > len(packed):
                return
            yield packed[position : position + length]
            position += length


@dataclass(slots=True)
class _Group:
    """What holds between two braces: nothing seen, RTF that an HTML reader leaves out, letters after a \\u to skip."""

    unseen: bool = False
    aside: bool = False
    skipped: int = 1


def rich_to_text(rich: bytes) -> str:
    """The words of an RTF, "" where it is none."""
    source = rich[:_MOST].decode("latin-1")
    if not source.lstrip().startswith("{\\rtf"):
        return ""
    page = _CODE_PAGE.search(source)
    words = "".join(_words(source, f"cp{page[1]}" if page else "cp1252"))
    return clean("\n".join(line.strip() for line in words.split("\n"))).strip()


def _words(source: str, charset: str) -> Iterator[str]:
    groups = [_Group()]
    to_skip = 0
    for found in _TOKEN.finditer(source):
        word, number, byte, sign, brace, text = found.groups()
        group = groups[-1]
        if brace:
            groups = [*groups, replace(group)] if brace == "{" else groups[:-1] or [_Group()]
            continue
        if word == "u" and number:
            piece, to_skip = chr(int(number) % 0x10000), group.skipped
        elif word or sign == "*":
            piece = _controlled(word or "", number, sign, group)
        elif to_skip and (byte or text):
            piece, to_skip = text[to_skip:] if text else "", 0
        else:
            piece = _decoded(byte, charset) if byte else _SIGNS.get(sign, sign or "") or text or ""
        if piece and not group.unseen and not group.aside:
            yield piece


def _controlled(word: str, number: str | None, sign: str | None, group: _Group) -> str:
    """What a control word prints; what it changes of its group."""
    if word == "uc":
        group.skipped = int(number or 1)
    elif word == "htmlrtf":
        group.aside = number != "0"
    elif word in _UNSEEN or sign == "*":
        group.unseen = True
    return _BREAKS.get(word, "")


def _decoded(byte: str, charset: str) -> str:
    try:
        return bytes([int(byte, 16)]).decode(charset, "replace")
    except LookupError:
        return bytes([int(byte, 16)]).decode("cp1252", "replace")
