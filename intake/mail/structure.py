"""A message cut into its parts (RFC 2046, section 5.1), by offsets into the raw bytes: no body is copied or decoded.

Within limits on parts and depth. Missing and wrong boundaries are mended where the body shows the right one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from intake.config import Limits
from intake.mail.charsets import Note
from intake.mail.fields import Fields, read_fields
from intake.mail.parameters import read_parameters
from intake.mail.transfer import decode_transfer

_TYPE = re.compile(r"[a-z0-9!#$&^_.+*'{}|`~%-]+/[a-z0-9!#$&^_.+*'{}|`~%-]+")
_LIKELY_BOUNDARY = re.compile(rb"\n--([^\r\n]{1,200})\r?\n(?:[ \t][^\r\n]*\r?\n)?(?=content-)", re.IGNORECASE)
_MOST_DELIMITERS = 200_000
_WHOLE = re.compile(rb"[ \t]*(?:--)?$")
_TRAILED = re.compile(rb"(?:--)?(?:[ \t]|$)")
_FIELD_OF_A_PART = re.compile(rb"content-[a-z-]{1,40}[ \t]*:", re.IGNORECASE)


@dataclass(slots=True)
class Part:
    """One entity: its fields, what its Content- fields say, where in `raw` its body lies, its parts."""

    fields: Fields
    content_type: str
    parameters: dict[str, str]
    disposition: str
    filename: str
    raw: bytes = field(repr=False)
    start: int
    end: int
    depth: int
    parts: list["Part"] = field(default_factory=list)


class Cutter:
    """Cuts one message; counts its parts."""

    def __init__(self, raw: bytes, limits: Limits, note: Note) -> None:
        self._raw, self._limits, self._note = raw, limits, note
        self._parts = 0
        self._lines_left = _MOST_DELIMITERS

    def cut(self, start: int, end: int, depth: int = 0, default: str = "text/plain") -> Part:
        """The entity between two offsets, with all parts below it. `depth` counts what it lies within."""
        fields, body = read_fields(self._raw, start, end, self._limits, self._note)
        part = self._entity(fields, body, end, depth, default)
        if part.content_type.startswith("multipart/"):
            self._cut_multipart(part)
        return part

    def _entity(self, fields: Fields, start: int, end: int, depth: int, default: str) -> Part:
        declared, parameters = read_parameters(fields.first("content-type"), self._note)
        disposition, further = read_parameters(fields.first("content-disposition"), self._note)
        filename = further.get("filename") or parameters.get("name") or further.get("name") or ""
        declared = declared.strip("\"' ")
        if declared and not _TYPE.fullmatch(declared):
            self._note(f"{declared[:80]!r} is no content type")
            declared = "application/octet-stream" if filename and declared != "text" else "text/plain"
        return Part(fields, declared or default, parameters, disposition, filename, self._raw, start, end, depth)

    def _cut_multipart(self, part: Part) -> None:
        if part.depth >= self._limits.depth:
            self._note(f"parts nested deeper than {self._limits.depth}")
            part.content_type = "application/octet-stream"
            return
        boundary = self._boundary(part)
        if boundary is None:
            self._cut_decoded(part)
            return
        default = "message/rfc822" if part.content_type == "multipart/digest" else "text/plain"
        into = part
        for start, end, is_last in self._ranges(boundary, part):
            self._parts += 1
            if self._parts > self._limits.parts:
                self._note(f"more than {self._limits.parts} parts")
                return
            child = self.cut(start, end, part.depth + 1, default)
            into.parts.append(child)
            if _opens_with(child, boundary):
                self._note("a multipart within a multipart has the same boundary")
                into = child
            if is_last:
                into = part

    def _cut_decoded(self, part: Part) -> None:
        """A multipart may not be encoded (RFC 2045, section 6.4); some are."""
        encoding = part.fields.first("content-transfer-encoding").decode("latin-1")
        body = self._raw[part.start : part.end]
        decoded = decode_transfer(body, encoding, _unnoted)
        inside = Cutter(decoded, self._limits, self._note)
        if decoded == body or inside._boundary(replace(part, start=0, end=len(decoded))) is None:
            self._note("a multipart body without its boundary")
            return
        self._note("a multipart body in a transfer encoding")
        part.raw, part.start, part.end = decoded, 0, len(decoded)
        inside._parts = self._parts
        inside._cut_multipart(part)
        self._parts = inside._parts

    def _boundary(self, part: Part) -> bytes | None:
        for declared in _spellings(part.parameters.get("boundary", "")):
            if next(self._delimiters(declared, part.start, part.end), None):
                return declared
        found = _LIKELY_BOUNDARY.search(self._raw, max(0, part.start - 1), part.end)
        if found and found[1].strip():
            self._note("the boundary is not the one that the header names")
            return found[1].rstrip()
        return None

    def _ranges(self, boundary: bytes, part: Part) -> Iterator[tuple[int, int, bool]]:
        """Where each part lies, without the line end before its delimiter, and whether a closing delimiter follows."""
        opened: int | None = None
        closed = False
        for line_start, line_end, closing in self._delimiters(boundary, part.start, part.end):
            if closed and not _FIELD_OF_A_PART.match(self._raw, line_end):
                continue
            if opened is not None:
                yield opened, max(opened, self._before_line_end(line_start)), closing
            elif closing and not closed:
                self._note("a closing boundary, and nothing before it")
                part.end = max(part.start, self._before_line_end(line_start))
            closed = closing
            opened = None if closing else line_end
        if opened is not None:
            self._note("the closing boundary is missing")
            yield opened, part.end, True

    def _before_line_end(self, position: int) -> int:
        if self._raw[position - 2 : position] == b"\r\n":
            return position - 2
        return position - 1

    def _delimiters(self, boundary: bytes, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
        """Each delimiter line: where it starts, where the next line starts, whether it closes the body."""
        delimiter = b"--" + boundary
        # RFC 2046 wants only the beginning of the line to agree; but another boundary may begin with this one.
        is_whole = any(not rest.strip() for _, _, rest in self._lines_with(delimiter, start, end))
        wanted = _WHOLE if is_whole else _TRAILED
        for position, following, rest in self._lines_with(delimiter, start, end):
            if wanted.match(rest):
                yield position, following, rest.lstrip().startswith(b"--")

    def _lines_with(self, delimiter: bytes, start: int, end: int) -> Iterator[tuple[int, int, bytes]]:
        """Each line that begins with the delimiter: where it and the next line start, and what stands behind it."""
        position = self._raw.find(delimiter, start, end)
        while position >= 0:
            self._lines_left -= 1
            if self._lines_left < 0:
                self._note(f"more than {_MOST_DELIMITERS} lines like boundaries")
                return
            line_end = self._raw.find(b"\n", position, end)
            following = end if line_end < 0 else line_end + 1
            if position == start or self._raw[position - 1 : position] == b"\n":
                behind = position + len(delimiter)
                yield position, following, self._raw[behind : min(following, behind + 1000)].rstrip()
            position = self._raw.find(delimiter, following, end)


def _spellings(boundary: str) -> list[bytes]:
    """The boundary as it is declared, in either encoding, and without a comment behind it."""
    known = (
        boundary.encode("utf-8"),
        boundary.encode("latin-1", "ignore"),
        boundary.partition(" (")[0].encode("utf-8"),
    )
    return [one for one in dict.fromkeys(known) if one]


def _unnoted(defect: str) -> None:
    """What is wrong with an encoding is noted when a part is read."""


def _opens_with(part: Part, boundary: bytes) -> bool:
    """A multipart whose first delimiter was taken for its parent's."""
    is_multipart = part.content_type.startswith("multipart/") and not part.parts
    return is_multipart and part.end - part.start <= 2 and part.parameters.get("boundary", "").encode() == boundary
