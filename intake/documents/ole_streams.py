"""The streams of an OLE compound file, whole (MS-CFB, sections 2.2 to 2.6)."""

import struct
from collections.abc import Iterator, Sequence
from itertools import islice

_ENTRY = 128
_IN_HEADER = 109
_LAST_SECTOR = 0xFFFFFFFA
_STREAM, _ROOT = 2, 5


class Compound:
    """One compound file. Raises `struct.error` or `ValueError` where its tables make no sense."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._size = 1 << min(max(struct.unpack_from("<H", content, 30)[0], 7), 16)
        self._small_size = 1 << min(max(struct.unpack_from("<H", content, 32)[0], 4), 12)
        directory, self._cutoff, small_table = struct.unpack_from("<I4xII", content, 48)
        self._table = [link for sector in self._table_sectors() for link in self._links(sector)]
        self._small_table = [link for sector in self._chain(small_table, self._table) for link in self._links(sector)]
        listing = b"".join(map(self._sector, self._chain(directory, self._table)))
        self._entries: dict[str, tuple[int, int]] = {}
        small = b""
        for start in range(0, len(listing) - _ENTRY + 1, _ENTRY):
            length, kind = struct.unpack_from("<HB", listing, start + 64)
            first, size = struct.unpack_from("<II", listing, start + 116)
            name = listing[start : start + max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace")
            if kind == _STREAM:
                self._entries.setdefault(name, (first, size))
            elif kind == _ROOT:
                small = self._joined(first)
        self._small = small

    def stream(self, name: str) -> bytes:
        """The bytes of the stream; none where there is no such stream."""
        if name not in self._entries:
            return b""
        first, size = self._entries[name]
        if size >= self._cutoff:
            return self._joined(first)[:size]
        width = self._small_size
        pieces = (self._small[place * width : (place + 1) * width] for place in self._chain(first, self._small_table))
        return b"".join(pieces)[:size]

    def _table_sectors(self) -> Iterator[int]:
        """The sectors of the allocation table: the first are named in the header, more in a chain of lists."""
        in_header = struct.unpack_from(f"<{_IN_HEADER}I", self._content, 76)
        yield from (sector for sector in in_header if sector < _LAST_SECTOR)
        listed = struct.unpack_from("<I", self._content, 68)[0]
        for _ in range(len(self._content) // self._size):
            if listed >= _LAST_SECTOR:
                return
            *sectors, listed = self._links(listed)
            yield from (sector for sector in sectors if sector < _LAST_SECTOR)

    def _links(self, sector: int) -> Sequence[int]:
        return struct.unpack(f"<{self._size // 4}I", self._sector(sector))

    def _sector(self, sector: int) -> bytes:
        start = (sector + 1) * self._size
        return self._content[start : start + self._size].ljust(self._size, b"\0")

    def _joined(self, first: int) -> bytes:
        return b"".join(map(self._sector, self._chain(first, self._table)))

    def _chain(self, first: int, table: Sequence[int]) -> Iterator[int]:
        """The sectors from `first` on; no chain is longer than the file."""
        return islice(self._endless(first, table), len(self._content) // self._small_size)

    def _endless(self, sector: int, table: Sequence[int]) -> Iterator[int]:
        while sector < _LAST_SECTOR:
            yield sector
            sector = table[sector] if sector < len(table) else _LAST_SECTOR
