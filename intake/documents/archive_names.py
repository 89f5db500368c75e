"""File names within archives: repaired, and never followed anywhere."""

import re
import unicodedata
from pathlib import PurePosixPath
from zipfile import ZipInfo

from intake.documents.contents import UnreadableError
from intake.mail.legacy_vietnamese import repaired
from intake.mail.syllables import is_syllable, marked_words

_UTF8_FLAG = 0x800
_SIGN_IN_A_WORD = re.compile("[^\\W\\d_][\u0192\u2018-\u201e\u2020-\u203a\u02c6\u2122\u00a1-\u00bf][^\\W\\d_]")
# Lines and blocks of the screens of DOS, and its Greek letters.
_BOX = re.compile("[\u2500-\u25a0\u0393-\u03c6\u2200-\u2321]")
_SYSTEM_LEFTOVERS = frozenset({".ds_store", "thumbs.db", "desktop.ini"})


def zip_name(entry: ZipInfo) -> tuple[str, str]:
    """The entry's path as its author saw it, and what it was misread as; without the UTF-8 flag its bytes decide."""
    if entry.flag_bits & _UTF8_FLAG:
        return _as_meant(entry.filename)
    return from_bytes(entry.orig_filename.encode("cp437", "replace"))


def from_bytes(raw: bytes) -> tuple[str, str]:
    """A path in bytes of an unknown character set, and which legacy encoding it was in ("" for none of those).

    UTF-8 if it is valid, else windows-1258, or cp437 where windows-1258 shows signs within the words. NFC.
    """
    try:
        return _as_meant(raw.decode("utf-8"))
    except UnicodeDecodeError:
        vietnamese = unicodedata.normalize("NFC", raw.decode("windows-1258", "replace"))
    if _SIGN_IN_A_WORD.search(vietnamese) and not _BOX.search(dos := raw.decode("cp437")):
        return unicodedata.normalize("NFC", dos), ""
    legacy = repaired(raw.decode("windows-1252", "replace"))
    if legacy and len(marked_words(vietnamese)) > sum(map(is_syllable, marked_words(vietnamese))):
        return legacy
    return vietnamese, ""


def _as_meant(path: str) -> tuple[str, str]:
    return repaired(path) or (unicodedata.normalize("NFC", path), "")


def base_name(path: str) -> str:
    """The file's own name. Raises `UnreadableError` for a path that would climb out of the archive."""
    parts = path.replace("\\", "/").split("/")
    if ".." in parts:
        raise UnreadableError("hostile", "a path in the archive climbs out of it")
    return parts[-1]


def is_leftover(path: str) -> bool:
    """What an operating system left in the archive, which its sender never saw."""
    pure = PurePosixPath(path.replace("\\", "/"))
    return "__MACOSX" in pure.parts or pure.name.lower() in _SYSTEM_LEFTOVERS
