"""The directory of an OLE compound file (MS-CFB), read just far enough to tell which program wrote it."""

import struct
from collections.abc import Iterator
from typing import NamedTuple

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEADER = 512
_ENTRY = 128
_LAST_SECTOR = 0xFFFFFFFA
_MOST_SECTORS = 4096


def streams(content: bytes) -> dict[str, int]:
    """Where each storage and stream of the first level begins in the file; none where the directory cannot be read."""
    if not content.startswith(MAGIC) or len(content) < _HEADER:
        return {}
    size = _sector_size(content)
    entries = list(_entries(content, size))
    found, waiting, seen = dict[str, int](), [entries[0].child] if entries else [], set[int]()
    while waiting:
        place = waiting.pop()
        if place < len(entries) and place not in seen:
            seen.add(place)
            entry = entries[place]
            found[entry.name] = (entry.sector + 1) * size
            waiting += [entry.left, entry.right]
    return found


class _Entry(NamedTuple):
    name: str
    left: int
    right: int
    child: int
    sector: int


def _sector_size(content: bytes) -> int:
    exponent: int = struct.unpack_from("<H", content, 30)[0]
    return 1 << min(max(exponent, 7), 16)


def _entries(content: bytes, size: int) -> Iterator[_Entry]:
    for sector in _directory_sectors(content, size):
        for start in range(0, len(sector) - _ENTRY + 1, _ENTRY):
            raw = sector[start : start + _ENTRY]
            length = min(struct.unpack_from("<H", raw, 64)[0], 64)
            name = raw[: max(length - 2, 0)].decode("utf-16-le", "replace")
            left, right, child = struct.unpack_from("<3I", raw, 68)
            yield _Entry(name, left, right, child, struct.unpack_from("<I", raw, 116)[0])


def _directory_sectors(content: bytes, size: int) -> Iterator[bytes]:
    """The chain of the directory through the allocation table, as far as the header alone tells where that is."""
    sector = struct.unpack_from("<I", content, 48)[0]
    table = struct.unpack_from("<109I", content, 76)
    for _ in range(_MOST_SECTORS):
        if sector >= _LAST_SECTOR:
            return
        yield content[(sector + 1) * size : (sector + 2) * size]
        block, place = divmod(sector, size // 4)
        where = (table[block] + 1) * size + place * 4 if block < len(table) else len(content)
        if where + 4 > len(content):
            return
        sector = struct.unpack_from("<I", content, where)[0]
