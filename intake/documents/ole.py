"""The directory of an OLE compound file (MS-CFB), read just far enough to tell which program wrote it."""

import struct
from collections.abc import Iterator

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENTRY = 128
_LAST_SECTOR = 0xFFFFFFFA
_MOST_SECTORS = 4096


def streams(content: bytes) -> frozenset[str]:
    """The names of the storages and streams in the first level of the directory; none where it cannot be read."""
    if not content.startswith(MAGIC) or len(content) < 512:
        return frozenset()
    entries = list(_entries(content))
    if not entries:
        return frozenset()
    names, waiting, seen = set(), [entries[0][3]], set[int]()
    while waiting:
        place = waiting.pop()
        if place < len(entries) and place not in seen:
            seen.add(place)
            name, left, right, _ = entries[place]
            names.add(name)
            waiting += [left, right]
    return frozenset(names)


def _entries(content: bytes) -> Iterator[tuple[str, int, int, int]]:
    """Name, left sibling, right sibling and child of each directory entry."""
    for sector in _directory_sectors(content):
        for start in range(0, len(sector) - _ENTRY + 1, _ENTRY):
            raw = sector[start : start + _ENTRY]
            length = min(struct.unpack_from("<H", raw, 64)[0], 64)
            left, right, child = struct.unpack_from("<3I", raw, 68)
            yield raw[: max(length - 2, 0)].decode("utf-16-le", "replace"), left, right, child


def _directory_sectors(content: bytes) -> Iterator[bytes]:
    size = 1 << min(max(struct.unpack_from("<H", content, 30)[0], 7), 16)
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
