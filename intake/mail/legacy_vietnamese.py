"""Vietnamese text that was read in the wrong encoding, read again in the right one: TCVN3 and VNI fonts, and mojibake.

A text is changed only on strong evidence: words that are no Vietnamese syllables as they stand, and are such once
read in the other encoding. Lines that are right already stay as they are: a document in two fonts comes out whole.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import islice

from intake.mail.syllables import PLAIN, WORD, is_syllable, marked_words

_TCVN3_CODES = (
    "A1Ă A2Â A3Ê A4Ô A5Ơ A6Ư A7Đ A8ă A9â AAê ABô ACơ ADư AEđ B5à B6ả B7ã B8á B9ạ BBằ BCẳ BDẵ BEắ C6ặ C7ầ C8ẩ C9ẫ CAấ "
    "CBậ CCè CEẻ CFẽ D0é D1ẹ D2ề D3ể D4ễ D5ế D6ệ D7ì D8ỉ DCĩ DDí DEị DFò E1ỏ E2õ E3ó E4ọ E5ồ E6ổ E7ỗ E8ố E9ộ EAờ EBở "
    "ECỡ EDớ EEợ EFù F1ủ F2ũ F3ú F4ụ F5ừ F6ử F7ữ F8ứ F9ự FAỳ FBỷ FCỹ FDý FEỵ"
)
_TCVN3 = {int(pair[:2], 16): pair[2] for pair in _TCVN3_CODES.split()}

# TCVN 5712 itself has codes for capitals, which the fonts left out.
_TCVN_CAPITALS = dict(enumerate("ÀẢÃÁẠẶẬÈẺẼÉẸỆÌỈĨÍỊÒỎÕÓỌỘỜỞỠỚỢÙỦŨ", 0x80))

_VISCII_LOW = {0x02: "Ẳ", 0x05: "Ẵ", 0x06: "Ẫ", 0x14: "Ỷ", 0x19: "Ỹ", 0x1E: "Ỵ"}
_VISCII_HIGH = (
    "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯ"
    "ÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡưàáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ"
)

# As windows-1252 shows the codes, and as latin-1 does.
_SHOWN_AS_WESTERN = str.maketrans(
    {chr(code): letter for code, letter in _TCVN3.items()}
    | {bytes([code]).decode("cp1252"): letter for code, letter in _TCVN3.items()}
)

_VNI_TONES = {"ø": "\u0300", "ù": "\u0301", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
_VNI_CIRCUMFLEX = {"â": "", "à": "\u0300", "á": "\u0301", "å": "\u0309", "ã": "\u0303", "ä": "\u0323"}
_VNI_BREVE = {"ê": "", "è": "\u0300", "é": "\u0301", "ú": "\u0309", "ü": "\u0303", "ë": "\u0323"}
_VNI_SINGLE = {"ñ": "đ", "ô": "ơ", "ö": "ư", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "ì": "ì", "í": "í"}


def _vni_table() -> dict[str, str]:
    pairs = {base + mark: base + tone for base in "aeouy" for mark, tone in _VNI_TONES.items()}
    pairs |= {base + mark: base + "\u0302" + tone for base in "aeo" for mark, tone in _VNI_CIRCUMFLEX.items()}
    pairs |= {"a" + mark: "a\u0306" + tone for mark, tone in _VNI_BREVE.items()}
    pairs |= {base + mark: _VNI_SINGLE[base] + tone for base in "ôö" for mark, tone in _VNI_TONES.items()}
    pairs |= _VNI_SINGLE
    return {legacy: unicodedata.normalize("NFC", right) for legacy, right in pairs.items()}


_VNI = _vni_table()
_VNI_UNIT = re.compile("|".join(sorted(map(re.escape, _VNI), key=len, reverse=True)), re.IGNORECASE)

# A long text without any evidence up to here has none.
_SAMPLE = 40_000
_FEWEST_GAINED = 2
_NOT_BLANK = re.compile(r"\S+")
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
# "Số: 12/BC" in TCVN3, the only word of its line: a syllable too, and in Unicode nobody begins a line with it so.
_SPELT_EITHER_WAY = re.compile(r"^Sè(?= ?:)", re.MULTILINE)
_MAYBE_MANGLED = re.compile("[\u00c3-\u00c6\u0102\u00e1\u00e2][^\x00-\x7f]")
_MANGLED = re.compile(b"[\xc3-\xc6][\x80-\xbf]|[\xe1-\xe2][\x80-\xbf]{2}")
# After a capital these bytes are quotes, dashes, signs or a space: "XÃ" in quotes is no mojibake of Ô.
_CHANCE = re.compile(b"[\xc3-\xc6][\x80\x85\x91-\x97\x99\xa0\xab\xae\xb0\xb7\xbb]")


def decode_tcvn3(text: str) -> str:
    """TCVN3 (ABC fonts such as .VnTime) that was read as windows-1252 or latin-1. NFC; capitals are restored."""
    decoded = text.translate(_SHOWN_AS_WESTERN)
    if _is_shouted(text):
        return unicodedata.normalize("NFC", decoded).upper()
    words = _NOT_BLANK.sub(lambda word: word[0].upper() if _is_shouted(word[0]) else word[0], decoded)
    return unicodedata.normalize("NFC", words)


def _is_shouted(text: str) -> bool:
    """The ABC fonts have no codes for most accented capitals: a font of capitals shows the small letters' codes so."""
    plain = "".join(PLAIN.findall(text))
    return len(plain) > 1 and plain.isupper()


def decode_vni(text: str) -> str:
    """VNI for Windows (fonts such as VNI-Times) that was read as windows-1252 or latin-1. NFC."""
    return unicodedata.normalize("NFC", _VNI_UNIT.sub(_vni_letter, text))


def _vni_letter(found: re.Match[str]) -> str:
    right = _VNI[found[0].lower()]
    return right.upper() if found[0][0].isupper() else right


def decode_tcvn5712(raw: bytes) -> str:
    """Bytes that are labelled as TCVN 5712, of which the TCVN3 fonts are a part."""
    return decode_tcvn3("".join(_TCVN_CAPITALS.get(code) or chr(code) for code in raw))


def decode_viscii(raw: bytes) -> str:
    """VISCII (RFC 1456), which has a code for every letter, six of them among the control characters."""
    return "".join(_VISCII_LOW.get(code) or (chr(code) if code < 0x80 else _VISCII_HIGH[code - 0x80]) for code in raw)


def repaired(text: str) -> tuple[str, str] | None:
    """The text as it was meant, in NFC, and the name of what it was; None unless the evidence is strong.

    The names: "TCVN3", "VNI", "mojibake of UTF-8 as windows-1252", "mojibake of UTF-8 as windows-1258".
    """
    if text.isascii() or (len(text) > _SAMPLE and repaired(text[:_SAMPLE]) is None):
        return None
    for charset, name in _MANGLERS.items() if _MAYBE_MANGLED.search(text) else ():
        if (right := _without_mojibake(text, charset)) is not None:
            return right, name
    for name, decode in _FONTS.items() if _has_odd_words(text) else ():
        if (right := _with_font_read(text, decode)) is not None:
            return right, name
    return None


def _has_odd_words(text: str) -> bool:
    """Whether so many words are no syllables that others could be gained in their place."""
    odd = (word for word in marked_words(text) if not is_syllable(word))
    return len(list(islice(odd, _FEWEST_GAINED))) == _FEWEST_GAINED


_FONTS: dict[str, Callable[[str], str]] = {"TCVN3": decode_tcvn3, "VNI": decode_vni}
_MANGLERS = {"cp1252": "mojibake of UTF-8 as windows-1252", "cp1258": "mojibake of UTF-8 as windows-1258"}


def _without_mojibake(text: str, charset: str) -> str | None:
    lines, evidence = [], 0
    for line in _LINE.findall(text):
        raw = _as_bytes(line, charset) if _MAYBE_MANGLED.search(line) else None
        if raw is None or not _MANGLED.search(raw):
            lines.append(line)
            continue
        lines.append(raw.decode("utf-8"))
        evidence += sum(2 if len(found) == 3 else not _CHANCE.match(found) for found in _MANGLED.findall(raw))
    return unicodedata.normalize("NFC", "".join(lines)) if evidence >= 2 else None


def _as_bytes(line: str, charset: str) -> bytes | None:
    """The UTF-8 that `charset` shows as `line`; None if it is none."""
    try:
        raw = b"".join(_encoded(char, charset) for char in line)
        raw.decode("utf-8")
    except UnicodeError:
        return None
    return raw


def _encoded(char: str, charset: str) -> bytes:
    try:
        return char.encode(charset)
    except UnicodeEncodeError:
        # The five bytes that the code page leaves empty come through as control characters.
        if "\x80" <= char <= "\x9f":
            return char.encode("latin-1")
        raise


@dataclass
class _Evidence:
    """What speaks for and against reading some lines of a text in another encoding, counted in words with marks."""

    gained: set[str] = field(default_factory=set)
    right_then: int = 0
    wrong_then: int = 0
    right_already: int = 0

    @property
    def is_strong(self) -> bool:
        needed = 5 if self.right_already else _FEWEST_GAINED
        return len(self.gained) >= needed and self.wrong_then * 5 <= self.right_then


def _with_font_read(text: str, decode: Callable[[str], str]) -> str | None:
    evidence = _Evidence()
    lines = [_line_read(line, decode, evidence) for line in _LINE.findall(text)]
    return unicodedata.normalize("NFC", _SPELT_EITHER_WAY.sub("Số", "".join(lines))) if evidence.is_strong else None


def _line_read(line: str, decode: Callable[[str], str], evidence: _Evidence) -> str:
    if line.isascii():
        return line
    read = decode(line)
    pairs = _marked_words(line, read)
    gained = {new.lower() for old, new in pairs if is_syllable(new) and not is_syllable(old)}
    before, after = sum(is_syllable(old) for old, _ in pairs), sum(is_syllable(new) for _, new in pairs)
    if after <= before:
        evidence.right_already += before
        return line
    evidence.gained |= gained
    evidence.right_then += after
    evidence.wrong_then += len(pairs) - after
    return read


def _marked_words(line: str, read: str) -> list[tuple[str, str]]:
    """Each word that has letters with and without marks, as it stands and as it reads in the other encoding."""
    old, new = WORD.findall(line), WORD.findall(read)
    if len(old) != len(new):
        return []
    return [(a, b) for a, b in zip(old, new, strict=True) if not a.isascii() and PLAIN.search(a)]
