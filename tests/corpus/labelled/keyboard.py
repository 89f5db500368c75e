"""Vietnamese as the machines of senders write it: without marks, decomposed, in windows-1258, or as HTML."""

import base64
import unicodedata
from collections.abc import Mapping
from html import escape
from typing import Any

TONES = "\u0300\u0301\u0303\u0309\u0323"


def typed(text: str, mail: Mapping[str, Any]) -> str:
    if mail.get("unaccented"):
        bare = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
        return "".join(char for char in bare if not unicodedata.combining(char))
    return unicodedata.normalize("NFD", text) if mail.get("decomposed") else text


def as_old_windows(text: str, *, word: bool = True) -> bytes:
    """In windows-1258; `word` as an encoded word of a header (RFC 2047)."""
    coded = b"".join(map(_in_1258, unicodedata.normalize("NFC", text)))
    return b"=?windows-1258?B?" + base64.b64encode(coded) + b"?=" if word else coded


def as_html(text: str) -> str:
    """As Outlook writes it: a paragraph for each line, spaces that do not break, a style that nobody reads."""
    lines = "".join(
        f"<p class=MsoNormal><span lang=VI>{escape(line) or '&nbsp;'}</span></p>\n" for line in text.split("\n")
    )
    style = "<style>p.MsoNormal {margin:0cm; font-size:13.0pt}</style>"
    return f"<html><head>{style}</head><body lang=VI><div class=WordSection1>{lines}</div></body></html>"


def _in_1258(char: str) -> bytes:
    try:
        return char.encode("cp1258")
    except UnicodeEncodeError:
        parts = unicodedata.normalize("NFD", char)
        tones = "".join(one for one in parts if one in TONES)
        base = unicodedata.normalize("NFC", "".join(one for one in parts if one not in TONES))
        return (base + tones).encode("cp1258")
