"""A message cut into its parts (RFC 2046, section 5.1), by offsets into the raw bytes: no body is copied or decoded.

Within limits on parts and depth. Missing and wrong boundaries are mended where the body shows the right one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from intake.config import Limits
from intake.mail.charsets import Note
from intake.mail.fields import Fields, read_fields
from intake.mail.parameters import read_parameters

_TYPE = re.compile(r"[a-z0-9!#$&^_.+*'{}|`~%-]+/[a-z0-9!#$&^_.+*'{}|`~%-]+")
_LIKELY_BOUNDARY = re.compile(rb"^--([^\r\n]{1,200}?)[ \t]*\r?\n(?=content-)", re.MULTILINE | re.IGNORECASE)


@dataclass(slots=True)
class Part:
    """One entity: its fields, what Content-Type and Content-Disposition say, where its body lies, its parts."""

    fields: Fields
    content_type: str
    parameters: dict[str, str]
    disposition: str
    filename: str
    start: int
    end: int
    parts: list["Part"] = field(default_factory=list)


class Cutter:
    """Cuts one message; counts its parts."""

    def __init__(self, raw: bytes, limits: Limits, note: Note) -> None:
        self._raw, self._limits, self._note = raw, limits, note
        self._parts = 0

    def cut(self, start: int, end: int, depth: int = 0, default: str = "text/plain") -> Part:
        """The entity between two offsets, with all parts below it."""
        fields, body = read_fields(self._raw, start, end, self._limits, self._note)
        part = self._entity(fields, body, end, default)
        if part.content_type.startswith("multipart/"):
            self._cut_multipart(part, depth)
        return part

    def _entity(self, fields: Fields, start: int, end: int, default: str) -> Part:
        declared, parameters = read_parameters(fields.first("content-type"), self._note)
        disposition, further = read_parameters(fields.first("content-disposition"), self._note)
        filename = further.get("filename") or further.get("name") or parameters.get("name") or ""
        if declared and not _TYPE.fullmatch(declared):
            self._note(f"{declared[:80]!r} is no content type")
            declared = "application/octet-stream" if filename else "text/plain"
        return Part(fields, declared or default, parameters, disposition, filename, start, end)

    def _cut_multipart(self, part: Part, depth: int) -> None:
        if depth >= self._limits.depth:
            self._note(f"parts nested deeper than {self._limits.depth}")
            return
        boundary = self._boundary(part)
        if boundary is None:
            self._note("a multipart body without its boundary")
            return
        default = "message/rfc822" if part.content_type == "multipart/digest" else "text/plain"
        for start, end in self._ranges(boundary, part.start, part.end):
            self._parts += 1
            if self._parts > self._limits.parts:
                self._note(f"more than {self._limits.parts} parts")
                return
            part.parts.append(self.cut(start, end, depth + 1, default))

    def _boundary(self, part: Part) -> bytes | None:
        declared = part.parameters.get("boundary", "").encode("utf-8")
        if declared and next(self._delimiters(declared, part.start, part.end), None):
            return declared
        found = _LIKELY_BOUNDARY.search(self._raw, part.start, part.end)
        if found:
            self._note("the boundary is not the one that the header names")
            return found[1]
        return None

    def _ranges(self, boundary: bytes, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Where each part lies, without the line end that belongs to the delimiter."""
        opened: int | None = None
        for line_start, line_end, closing in self._delimiters(boundary, start, end):
            if opened is not None:
                yield opened, max(opened, self._before_line_end(line_start))
            opened = line_end
            if closing:
                return
        if opened is not None:
            self._note("the closing boundary is missing")
            yield opened, end

    def _before_line_end(self, position: int) -> int:
        if self._raw[position - 2 : position] == b"\r\n":
            return position - 2
        return position - 1

    def _delimiters(self, boundary: bytes, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
        """Each delimiter line: where it starts, where the next line starts, whether it closes the body."""
        delimiter = b"--" + boundary
        position = self._raw.find(delimiter, start, end)
        while position >= 0:
            line_end = self._raw.find(b"\n", position, end)
            following = end if line_end < 0 else line_end + 1
            rest = self._raw[position + len(delimiter) : min(following, position + len(delimiter) + 1000)]
            stands_alone = position == start or self._raw[position - 1 : position] == b"\n"
            if stands_alone and rest.strip() in (b"", b"--"):
                yield position, following, rest.strip() == b"--"
            position = self._raw.find(delimiter, following, end)
