"""The charset of bytes that do not name one, by how they look: UTF-16, ISO 2022, East Asian and Cyrillic text.

Only strong evidence counts; Western and Vietnamese text is never taken for another.
"""

import re

_ESCAPE = re.compile(rb"\x1b(?:\$\)[AGH]|\$[@B]|\([IJ])")
_LONE_HIGH = re.compile(rb"(?<![\x80-\xff])[\x80-\xff](?:[\x80-\xff]{2})*(?![\x80-\xff])")
_PAIR = re.compile(rb"[\x81-\xfe][\x40-\xfe]")
_CYRILLIC_WORD = re.compile(rb"(?<![A-Za-z\x80-\xff])[\xa3\xa8\xb3\xb8\xc0-\xff]{2,}(?![A-Za-z\x80-\xff])")
_MIXED_WORD = re.compile(rb"[A-Za-z][\x80-\xff]|[\x80-\xff][A-Za-z]")
# The letters that running text in each is made of, and how few pairs are evidence.
_COMMON = {
    "cp932": re.compile("[\u3041-\u3096\u30a1-\u30fa]"),
    "euc_jis_2004": re.compile("[\u3041-\u3096\u30a1-\u30fa]"),
    "cp949": re.compile("[\uac00-\ud7a3]"),
    "gb18030": re.compile("[\u4e00-\u9fff\u3001\u3002\uff0c\uff1a\uff01]"),
    "big5hkscs": re.compile("[\u4e00-\u9fff\u3001\u3002\uff0c\uff1a\uff01]"),
}
_LAST_HANGUL = 0xC8
_FEWEST_PAIRS = 8
_FEWEST_CYRILLIC = 12
_SAMPLE = 20_000


def likely_charset(raw: bytes) -> str:
    """The codec that the bytes speak for; "" where they speak for none of these."""
    sample = raw[:_SAMPLE]
    return _utf16(sample) or escaped_charset(sample) or _cyrillic(sample) or _east_asian(raw, sample)


def escaped_charset(raw: bytes) -> str:
    """ISO 2022, which shifts between its alphabets by escape sequences."""
    found = _ESCAPE.search(raw)
    if not found:
        return ""
    return "iso2022_kr" if found[0].startswith(b"\x1b$)") else "iso2022_jp_ext"


def _utf16(sample: bytes) -> str:
    """Plain letters in UTF-16 have a NUL each, all at even places or all at odd ones."""
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if len(sample) < 8 or max(even, odd) * 5 < len(sample) or min(even, odd) * 10 > max(even, odd):
        return ""
    return "utf-16-be" if even > odd else "utf-16-le"


def utf16_order(raw: bytes) -> str:
    """Which UTF-16 it is that names no byte order: by its NULs, else by its spaces and line ends, else big-endian."""
    if found := _utf16(raw[:_SAMPLE]):
        return found
    pairs = [raw[at : at + 2] for at in range(0, min(len(raw), _SAMPLE), 2)]
    little = sum(pair in (b" \0", b"\n\0", b"\r\0", b".\0", b",\0") for pair in pairs)
    big = sum(pair in (b"\0 ", b"\0\n", b"\0\r", b"\0.", b"\0,") for pair in pairs)
    return "utf-16-le" if little > big else "utf-16-be"


def _cyrillic(sample: bytes) -> str:
    """Words wholly of high letters, mostly small ones: the two sets have those at different places."""
    letters = b"".join(_CYRILLIC_WORD.findall(sample))
    high = sum(byte >= 0x80 for byte in sample)
    if len(letters) < _FEWEST_CYRILLIC or len(letters) * 10 < high * 9 or _MIXED_WORD.search(sample):
        return ""
    small_there = sum(byte >= 0xE0 for byte in letters)
    if small_there * 10 > len(letters) * 7:
        return "cp1251"
    return "koi8-r" if small_there * 10 < len(letters) * 3 and not _is_paired(sample) else ""


def _is_paired(sample: bytes) -> bool:
    """All runs of high bytes have an even length, as in EUC."""
    return not _LONE_HIGH.search(sample)


def _east_asian(raw: bytes, sample: bytes) -> str:
    found = _PAIR.findall(sample)
    if len(found) < _FEWEST_PAIRS:
        return ""
    shares = {}
    for charset, common in _COMMON.items():
        if charset in ("euc_jis_2004", "cp949", "gb18030") and not _is_paired(sample):
            continue
        text = _strictly(raw, charset)
        shares[charset] = len(common.findall(text[:_SAMPLE])) / len(found) if text else 0.0
    if shares.get("euc_jis_2004", 0) > 0.25 or shares.get("cp932", 0) > 0.25:
        return max(("euc_jis_2004", "cp932"), key=lambda charset: shares.get(charset, 0))
    if shares.get("cp949", 0) > 0.85 and all(pair[0] <= _LAST_HANGUL for pair in found):
        return "cp949"
    return next((charset for charset in ("gb18030", "big5hkscs") if shares.get(charset, 0) > 0.85), "")


def _strictly(raw: bytes, charset: str) -> str:
    try:
        return raw.decode(charset)
    except UnicodeDecodeError:
        return ""
