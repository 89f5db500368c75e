"""File names within archives: repaired, and never followed anywhere."""

import unicodedata
from pathlib import PurePosixPath
from zipfile import ZipInfo

from intake.documents.contents import UnreadableError

_UTF8_FLAG = 0x800
_SYSTEM_LEFTOVERS = frozenset({".ds_store", "thumbs.db", "desktop.ini"})


def zip_name(entry: ZipInfo) -> str:
    """The entry's path as its author saw it: without the UTF-8 flag zipfile shows the bytes as cp437."""
    if entry.flag_bits & _UTF8_FLAG:
        return unicodedata.normalize("NFC", entry.filename)
    return from_bytes(entry.orig_filename.encode("cp437", "replace"))


def from_bytes(raw: bytes) -> str:
    """A path in bytes of an unknown character set: UTF-8 if it is valid, else windows-1258. NFC."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        text = raw.decode("windows-1258", "replace")
    return unicodedata.normalize("NFC", text)


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
