"""Bytes and the charset they claim to be in, to text in NFC. Nothing is refused: what was wrong is noted.

A label of one byte a letter is believed only if the bytes are not valid UTF-8; a Vietnamese legacy encoding needs
strong evidence. ISO 8859-1 and US-ASCII mean windows-1252, as in every mail reader.
"""

import codecs
import re
import unicodedata
from collections.abc import Callable

from intake.mail.legacy_vietnamese import repaired
from intake.mail.syllables import is_syllable, marked_words

Note = Callable[[str], None]

_UTF8_SEQUENCE = re.compile(b"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_ALIASES = {
    "iso8859-1": "cp1252", "ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030", "euc_kr": "cp949",
    "shift_jis": "cp932", "utf-8-sig": "utf-8", "tcvn": "cp1252", "cp1252": "cp1252",
}  # fmt: skip
_NAMES = {
    "tcvn3": "cp1252",
    "tcvn": "cp1252",
    "x-viet-tcvn": "cp1252",
    "x-viet-vni": "cp1252",
    "unicode-1-1-utf-7": "utf-7",
}
# Codecs of Python that are no charsets of mail.
_NO_CHARSETS = {
    "idna",
    "punycode",
    "undefined",
    "mbcs",
    "oem",
    "unicode_escape",
    "unicode-escape",
    "raw-unicode-escape",
}
_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_LINE_END = re.compile("\r\n|\r|\x0c|\x85")


def _with_no_gaps(charset: str) -> str:
    """The code page as a decoding table; the bytes that it leaves empty stay control characters."""
    return "".join(bytes([code]).decode(charset, "ignore") or chr(code) for code in range(256))


_TABLES = {charset: _with_no_gaps(charset) for charset in ("cp1252", "cp1258")}


def decode(raw: bytes, label: str, note: Note) -> str:
    """The text of `raw`, which says that it is in `label` ("" where nothing is said)."""
    return clean(_repaired(_decoded(raw, label, note), note))


def clean(text: str) -> str:
    """NFC, lines ended by LF, without control characters and lone surrogates."""
    if _LONE_SURROGATE.search(text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    text = _CONTROLS.sub("", _LINE_END.sub("\n", text).removeprefix("\ufeff"))
    return unicodedata.normalize("NFC", text)


def _repaired(text: str, note: Note) -> str:
    if (found := repaired(text)) is None:
        return text
    note(f"text was {found[1]}")
    return found[0]


def _decoded(raw: bytes, label: str, note: Note) -> str:
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return raw.decode("utf-16", "replace")
    if raw.isascii() and not label.lower().startswith(("utf-16", "utf-7", "utf-32", "iso-2022", "hz", "unicode-1-1")):
        return raw.decode("ascii")
    charset = charset_named(label)
    if charset is None:
        if label:
            note(f"unknown charset {label!r}")
        return _unlabelled(raw)
    if (text := _utf8(raw)) is not None:
        if charset != "utf-8":
            note(f"text labelled {label} is UTF-8")
        return text
    return _labelled(raw, charset, label, note)


def charset_named(label: str) -> str | None:
    """Python's name of the charset, or of the one that is meant by it; None if there is none."""
    plain = label.strip("\"' ").lower()
    try:
        name = codecs.lookup(_NAMES.get(plain, plain)).name
        "".encode(name)
    except (LookupError, ValueError, TypeError):
        return None
    return None if name in _NO_CHARSETS else _ALIASES.get(name, name)


def _utf8(raw: bytes) -> str | None:
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return None
    # Other charsets that are valid UTF-8 by chance: 7-bit ones, and UTF-16 of plain letters.
    return None if text.isascii() or "\x00" in text[:200] else text


def _labelled(raw: bytes, charset: str, label: str, note: Note) -> str:
    if charset == "utf-8":
        return _damaged_utf8(raw, note)
    if charset in ("cp1252", "cp1258"):
        return _single_byte(raw, charset)
    try:
        return raw.decode(charset)
    except (UnicodeError, ValueError):
        note(f"text is not in the charset it names, {label}")
        return raw.decode(charset, "replace")


def _damaged_utf8(raw: bytes, note: Note) -> str:
    note("text labelled UTF-8 is not valid UTF-8")
    text = raw.decode("utf-8", "replace")
    return text if len(_UTF8_SEQUENCE.findall(raw)) >= text.count("\ufffd") else _single_byte(raw, "cp1252")


def _unlabelled(raw: bytes) -> str:
    if (text := _utf8(raw)) is not None:
        return text
    damaged = raw.decode("utf-8", "replace")
    if len(_UTF8_SEQUENCE.findall(raw)) > 4 * damaged.count("\ufffd"):
        return damaged
    return _single_byte(raw, "cp1252")


def _single_byte(raw: bytes, charset: str) -> str:
    """windows-1252 or windows-1258, whichever the words speak for, or a legacy font's encoding under either."""
    western, vietnamese = (_by_table(raw, name) for name in ("cp1252", "cp1258"))
    legacy = repaired(western)
    if legacy and _rightness(legacy[0]) > _rightness(vietnamese):
        return legacy[0]
    if charset == "cp1258" or _is_vietnamese(vietnamese):
        return vietnamese
    return western


def _by_table(raw: bytes, charset: str) -> str:
    return unicodedata.normalize("NFC", codecs.charmap_decode(raw, "strict", _TABLES[charset])[0])


def _rightness(text: str) -> float:
    words = marked_words(text)
    return sum(map(is_syllable, words)) / len(words) if words else 0.0


def _is_vietnamese(text: str) -> bool:
    right = {word.lower() for word in marked_words(text) if is_syllable(word)}
    return len(right) >= 2 and _rightness(text) >= 0.8
