"""Reports bound into one file: the text of a document comes in, the heads of those behind the first one go out."""

import re
from collections.abc import Iterator

from intake.rules.papers.letterhead import Letterhead, read_letterhead

# Every head has the motto. What stands left of it, or above it, are a few lines.
_MOTTO = re.compile(r"(?:[Đđ]ộc [Ll]ập|ĐỘC LẬP)\W{1,5}(?:[Tt]ự [Dd]o|TỰ DO)\W{1,5}(?:[Hh]ạnh [Pp]húc|HẠNH PHÚC)")
_LINES_ABOVE = 6
_LONGEST_HEAD = 3000
_MOST_HEADS = 5


def heads_behind(text: str) -> Iterator[Letterhead]:
    """The heads further down that are those of reports."""
    for found in list(_MOTTO.finditer(text))[1 : _MOST_HEADS + 1]:
        above = text[: found.start()].rsplit("\n", _LINES_ABOVE)
        begin = len(above[0]) if len(above) > _LINES_ABOVE else 0
        head = read_letterhead(text[begin : found.end() + _LONGEST_HEAD])
        if head.kind == "bao cao":
            yield head
