"""A header block cut into its fields (RFC 5322, section 2.2): undecoded, in order, within limits.

Mends what mailers break: a continuation that was not indented, a missing empty line before the body.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from intake.config import Limits
from intake.mail.charsets import Note

_FIELD = re.compile(rb"([!-9;-~]{1,200})[ \t]*:")
_INDENTED_FIELD = re.compile(rb"[ \t]+([!-9;-~]{1,200})[ \t]*:")
_RUBBISH = re.compile(rb"[ \t]*:|>?From ")
# No mailer breaks a line that is shorter than this.
_SHORTEST_FOLDED = 30
_END_OF_HEADER = re.compile(rb"\r?\n\r?\n")


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields of one header: names in lower case, values unfolded, undecoded and without outer white space."""

    by_name: Mapping[str, tuple[bytes, ...]] = field(default_factory=dict)

    def first(self, name: str) -> bytes:
        """The topmost field's value, b"" where there is none."""
        return next(iter(self.by_name.get(name, ())), b"")

    def all(self, name: str) -> list[bytes]:
        return list(self.by_name.get(name, ()))

    def __contains__(self, name: str) -> bool:
        return name in self.by_name


def read_fields(raw: bytes, start: int, end: int, limits: Limits, note: Note) -> tuple[Fields, int]:
    """The header that starts at `start`, and where its body starts."""
    entries: list[tuple[bytes, list[bytes]]] = []
    position = start
    while position < end:
        if position - start > limits.header_bytes:
            note(f"header longer than {limits.header_bytes} bytes")
            return _unfolded(entries, limits, note), _after_header(raw, position, end)
        line, following = _line(raw, position, end)
        if _is_end(raw, line, following, end):
            return _unfolded(entries, limits, note), following
        if line[:1] in b" \t" and entries:
            entries[-1][1].append(line)
        elif found := _FIELD.match(line) or _first_field(raw, line, following, end):
            entries.append((found[1], [line[found.end() :]]))
        elif not _is_passed_over(raw, line, following, end, entries, note):
            note("no empty line between header and body")
            return _unfolded(entries, limits, note), position
        position = following
    return _unfolded(entries, limits, note), end


def _is_end(raw: bytes, line: bytes, following: int, end: int) -> bool:
    """An empty line; one of white space too, if what comes next is no part of a header."""
    if not line.strip(b"\r\n"):
        return True
    if line.strip():
        return False
    after, _ = _line(raw, following, end)
    return not after.strip() or not (after[:1] in b" \t" or _FIELD.match(after))


def _first_field(raw: bytes, line: bytes, following: int, end: int) -> re.Match[bytes] | None:
    """The first field of a header may be indented; a text does not go on with fields."""
    after, _ = _line(raw, following, end)
    return _INDENTED_FIELD.match(line) if _FIELD.match(after) else None


def _is_passed_over(
    raw: bytes, line: bytes, following: int, end: int, entries: list[tuple[bytes, list[bytes]]], note: Note
) -> bool:
    """A line that is no field: a long field broken without indent goes on here, anything else is rubbish."""
    if _RUBBISH.match(line):
        note("a header line is neither a field nor indented")
        return True
    if not _is_followed_by_a_field(raw, following, end):
        return False
    note("a header line is neither a field nor indented")
    if entries and len(entries[-1][1][-1]) + len(entries[-1][0]) >= _SHORTEST_FOLDED:
        entries[-1][1].append(b" " + line)
    return True


def _line(raw: bytes, position: int, end: int) -> tuple[bytes, int]:
    line_end = raw.find(b"\n", position, end)
    following = end if line_end < 0 else line_end + 1
    return raw[position : min(following, position + 1_000_000)], following


def _after_header(raw: bytes, position: int, end: int) -> int:
    found = _END_OF_HEADER.search(raw, position, end)
    return found.end() if found else end


def _is_followed_by_a_field(raw: bytes, position: int, end: int) -> bool:
    """Looks three lines ahead: a body that was not parted from its header does not go on with fields."""
    for _ in range(3):
        line, position = _line(raw, position, end)
        if _FIELD.match(line):
            return True
        if not line.strip(b"\r\n"):
            return False
    return False


def _unfolded(entries: list[tuple[bytes, list[bytes]]], limits: Limits, note: Note) -> Fields:
    by_name: dict[str, list[bytes]] = {}
    for name, lines in entries:
        by_name.setdefault(name.decode("ascii").lower(), []).append(_value(lines, limits, note))
    return Fields({name: tuple(values) for name, values in by_name.items()})


def _value(lines: list[bytes], limits: Limits, note: Note) -> bytes:
    value = b"".join(line.rstrip(b"\r\n") for line in lines).replace(b"\r", b" ").replace(b"\0", b"").strip()
    if len(value) <= limits.header_line_bytes:
        return value
    note(f"a header field longer than {limits.header_line_bytes} bytes")
    return value[: limits.header_line_bytes]
