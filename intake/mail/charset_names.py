"""The charset names that mails carry, registered, old and misspelt, to the codec of Python that reads what is meant."""

import codecs
import re
from functools import lru_cache

# A superset reads what the narrower one is used for.
_WIDER = {
    "iso8859-1": "cp1252", "ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030", "euc_kr": "cp949",
    "shift_jis": "cp932", "utf-8-sig": "utf-8", "iso8859-9": "cp1254", "tis-620": "cp874", "iso8859-11": "cp874",
    "euc_jp": "euc_jis_2004", "big5": "big5hkscs", "cp950": "big5hkscs", "iso2022_jp": "iso2022_jp_ext",
    "iso2022_jp_1": "iso2022_jp_ext",
}  # fmt: skip
_MEANT = {
    "unicode11utf7": "utf-7", "unicode20utf7": "utf-7", "csunicode11utf7": "utf-7",
    "unicode": "utf-16", "ucs2": "utf-16", "iso10646ucs2": "utf-16", "utf8mb4": "utf-8", "utf8mac": "utf-8",
    "unicode11utf8": "utf-8", "unicode20utf8": "utf-8",
    "sjis": "cp932", "mssjis": "cp932", "windows31j": "cp932", "cswindows31j": "cp932", "ibm943": "cp932",
    "eucjp": "euc_jis_2004", "cp50220": "iso2022_jp_ext", "cp50221": "iso2022_jp_ext", "iso2022jpms": "iso2022_jp_ext",
    "gbk": "gb18030", "gb2312": "gb18030", "cngb": "gb18030", "gb231280": "gb18030", "gb180302005": "gb18030",
    "big5": "big5hkscs", "cnbig5": "big5hkscs", "euckr": "cp949", "windows949": "cp949", "ksc5601": "cp949",
    "koi8ru": "koi8-u", "macroman": "mac-roman", "maccyrillic": "mac-cyrillic", "macce": "mac-latin2",
    "ansix3.1101983": "cp1252", "ansi": "cp1252", "iso88591": "cp1252", "88591": "cp1252", "windows874": "cp874",
    "iso88598i": "iso8859-8", "iso88598e": "iso8859-8", "iso88596i": "iso8859-6", "logical": "iso8859-8",
    "visual": "iso8859-8", "johab": "johab", "tis620": "cp874",
    "viscii": "viscii", "csviscii": "viscii", "viscii1.11": "viscii",
    "tcvn": "tcvn", "tcvn3": "tcvn", "tcvn5712": "tcvn", "tcvn57121": "tcvn", "tcvn571211993": "tcvn",
    "viettcvn": "tcvn", "viettcvn5712": "tcvn", "vietvni": "vni", "vni": "vni",
}  # fmt: skip
# Codecs of Python that are no charsets of mail.
_NO_CHARSETS = {
    "idna", "punycode", "undefined", "mbcs", "oem", "unicode_escape", "unicode-escape", "raw-unicode-escape",
}  # fmt: skip
_CODE_PAGE = re.compile(r"(?:windows|win|dos|ibm|cp|microsoftcp|mscp|oem)(\d{3,4})")
_NOISE = re.compile(r"[\s_:()-]|^cs(?=iso)")
UNREAD_BY_PYTHON = ("viscii", "tcvn", "vni")


# The same few are named in each field of each mail.
@lru_cache(maxsize=256)
def charset_named(label: str) -> str | None:
    """The codec for what is meant by `label`, or one of UNREAD_BY_PYTHON; None if there is none."""
    plain = label.partition("(")[0].strip("\"' \t;,").lower()
    short = _NOISE.sub("", plain).removeprefix("x").partition("//")[0]
    if short in _MEANT:
        return _MEANT[short]
    page = _CODE_PAGE.fullmatch(short)
    for name in (plain, f"cp{page[1]}" if page else "", short):
        if found := _codec(name):
            return _WIDER.get(found, found)
    return None


def _codec(name: str) -> str | None:
    try:
        found = codecs.lookup(name).name
        "".encode(found)
    except (LookupError, ValueError, TypeError):
        return None
    return None if found in _NO_CHARSETS else found
