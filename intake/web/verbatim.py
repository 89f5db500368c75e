"""Texts that a page shows letter for letter, with line ends and indents: templates, differences. Still escaped."""

import difflib
from collections.abc import Iterator
from dataclasses import dataclass


class Verbatim:
    """A text that is not cleaned on its way into a page."""

    def __init__(self, text: str) -> None:
        self._text = text

    def __str__(self) -> str:
        return self._text


@dataclass(frozen=True, slots=True)
class DiffLine:
    """One line of what differs: `same`, `added`, `removed`, or a `gap` where equal lines are left out."""

    kind: str
    text: Verbatim


def differences(before: str, after: str) -> list[DiffLine]:
    """What differs between two texts, with three lines around it."""
    return list(_lines(before, after))


def _lines(before: str, after: str) -> Iterator[DiffLine]:
    kinds = {" ": "same", "+": "added", "-": "removed", "@": "gap"}
    for line in list(difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm=""))[2:]:
        yield DiffLine(kinds[line[0]], Verbatim("" if line[0] == "@" else line[1:]))
