"""Bytes and the charset they claim to be in, to text in NFC. Nothing is refused: what was wrong is noted.

A label of one byte a letter is believed only if the bytes are not valid UTF-8; a Vietnamese legacy encoding needs
strong evidence. ISO 8859-1 and US-ASCII mean windows-1252, as in every mail reader.
"""

import codecs
import re
import unicodedata
from collections.abc import Callable

from intake.mail.charset_evidence import escaped_charset, likely_charset, utf16_order
from intake.mail.charset_names import UNREAD_BY_PYTHON, charset_named
from intake.mail.legacy_vietnamese import decode_tcvn5712, decode_viscii, decode_vni, repaired
from intake.mail.syllables import is_syllable, marked_words

Note = Callable[[str], None]

_UTF8_SEQUENCE = re.compile(b"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_UTF8_LONG = re.compile(b"[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_MULTIBYTE = ("gb18030", "big5hkscs", "cp949", "cp932", "euc_jis_2004", "johab")
_STATEFUL = ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be", "utf-7", "hz", "iso2022_kr")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")
_MANY_MARKS = re.compile("([\u0300-\u036f]{30})[\u0300-\u036f]+")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_SAMPLE = 20_000
_JIS_RUN = re.compile(rb"\x1b([$(].)([^\x1b]*)", re.DOTALL)
_LINE_END = re.compile("\r+\n|\r|\x0c|\x85")


def _with_no_gaps(charset: str) -> str:
    """The code page as a decoding table; the bytes that it leaves empty stay control characters."""
    return "".join(bytes([code]).decode(charset, "ignore") or chr(code) for code in range(256))


_TABLES = {charset: _with_no_gaps(charset) for charset in ("cp1252", "cp1258")}


def decode(raw: bytes, label: str, note: Note) -> str:
    """The text of `raw`, which says that it is in `label` ("" where nothing is said)."""
    return clean(_repaired(with_few_marks(_decoded(raw, label, note)), note))


def decode_body(raw: bytes, label: str, note: Note) -> str:
    """The text of a body: one that names no charset, or a Western one, is read in the one that its bytes speak for."""
    charset = charset_named(label)
    if charset in (None, "cp1252") and (found := _unnamed(raw)):
        note(f"text labelled {label} is {found}") if label else None
        label = found
    return decode(raw, label, note)


def _unnamed(raw: bytes) -> str:
    if raw.isascii() and b"\0" not in raw[:1000]:
        return ""
    return likely_charset(raw) if _utf8(raw) is None and not _speaks_vietnamese(raw) else ""


def _speaks_vietnamese(raw: bytes) -> bool:
    western, vietnamese = (_by_table(raw[:_SAMPLE], name) for name in ("cp1252", "cp1258"))
    return repaired(western) is not None or _is_vietnamese(vietnamese)


def is_in_charset(raw: bytes, label: str) -> bool:
    """Whether the bytes are valid in the charset, as far as Python can tell."""
    try:
        raw.decode(charset_named(label) or "utf-8")
    except (UnicodeError, LookupError, ValueError):
        return False
    return True


def clean(text: str) -> str:
    """NFC, lines ended by LF, without control characters and lone surrogates."""
    if text.isascii() and text.isprintable():
        return text
    if _LONE_SURROGATE.search(text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    text = _CONTROLS.sub("", _LINE_END.sub("\n", text).removeprefix("\ufeff"))
    return unicodedata.normalize("NFC", with_few_marks(text))


def with_few_marks(text: str) -> str:
    """No letter with more marks than any language has: sorting a million marks takes time without end (UAX 15, 13)."""
    return _MANY_MARKS.sub(r"\1", text)


def _repaired(text: str, note: Note) -> str:
    if (found := repaired(text)) is None:
        return text
    note(f"text was {found[1]}")
    return found[0]


def _decoded(raw: bytes, label: str, note: Note) -> str:
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return raw.decode("utf-16", "replace")
    charset = charset_named(label)
    if raw.isascii() and charset not in _STATEFUL:
        return _shifted(raw, escaped_charset(raw), note) if b"\x1b" in raw else raw.decode("ascii")
    if charset is None:
        if label:
            note(f"unknown charset {label!r}")
        return _unlabelled(raw)
    if (text := _utf8(raw)) is not None and not (charset in _MULTIBYTE and _is_rather(charset, raw)):
        if charset != "utf-8":
            note(f"text labelled {label} is UTF-8")
        return text
    return _labelled(raw, charset, label, note)


def _is_rather(charset: str, raw: bytes) -> bool:
    """East Asian text of few letters may be valid UTF-8 by chance, then all of it in two bytes a letter."""
    return not _UTF8_LONG.search(raw) and is_in_charset(raw, charset)


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
    if charset in UNREAD_BY_PYTHON:
        return _legacy(raw, charset)
    if charset.startswith("iso2022"):
        return _shifted(raw, charset, note)
    if charset == "utf-16":
        charset = utf16_order(raw)
    if charset.startswith("utf-16") and b"\0" not in raw and raw.isascii():
        note(f"text labelled {label} is plain")
        return raw.decode("ascii")
    try:
        return raw.decode(charset)
    except (UnicodeError, ValueError):
        note(f"text is not in the charset it names, {label}")
        return raw.decode(charset, "replace")


def _legacy(raw: bytes, charset: str) -> str:
    if charset == "viscii":
        return decode_viscii(raw)
    return decode_tcvn5712(raw) if charset == "tcvn" else decode_vni(_by_table(raw, "cp1252"))


def _shifted(raw: bytes, charset: str, note: Note) -> str:
    """ISO 2022. Japanese with letters that the standard lacks is read by way of EUC, which has them."""
    try:
        return raw.decode(charset or "ascii")
    except UnicodeError:
        if charset.startswith("iso2022_jp"):
            return "".join(_jis(found[1], found[2]) for found in _JIS_RUN.finditer(b"\x1b(B" + raw))
        note(f"text is not in the charset it names, {charset}")
        return raw.decode(charset or "ascii", "replace")


def _jis(escape: bytes, letters: bytes) -> str:
    if escape.startswith(b"$"):
        return bytes(byte | 0x80 if byte > 0x20 else byte for byte in letters).decode("euc_jis_2004", "replace")
    if escape == b"(I":
        return bytes(byte | 0x80 if byte > 0x20 else byte for byte in letters).decode("cp932", "replace")
    return letters.decode("cp932", "replace")


def _damaged_utf8(raw: bytes, note: Note) -> str:
    note("text labelled UTF-8 is not valid UTF-8")
    text = raw.decode("utf-8", "replace")
    sequences = len(_UTF8_SEQUENCE.findall(raw))
    if sequences >= text.count("\ufffd"):
        return text
    single = _single_byte(raw, "cp1252")
    return single if not sequences or not single.startswith(_by_table(raw, "cp1252")) else _mixed(raw)


def _mixed(raw: bytes) -> str:
    """UTF-8 where the bytes are that, windows-1252 between."""
    pieces, position = [], 0
    for found in _UTF8_SEQUENCE.finditer(raw):
        pieces += [_by_table(raw[position : found.start()], "cp1252"), found[0].decode("utf-8", "replace")]
        position = found.end()
    return "".join([*pieces, _by_table(raw[position:], "cp1252")])


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
    words = marked_words(text[:_SAMPLE])
    return sum(map(is_syllable, words)) / len(words) if words else 0.0


def _is_vietnamese(text: str) -> bool:
    right = {word.lower() for word in marked_words(text[:_SAMPLE]) if is_syllable(word)}
    return len(right) >= 2 and _rightness(text) >= 0.8
