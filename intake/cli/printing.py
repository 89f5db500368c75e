"""Tables and colours for people on a terminal, one JSON object a line for programs."""

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table

UNBOUNDED = 1000

console = Console(highlight=False)
errors = Console(stderr=True, highlight=False)

COLOURS = {
    "accepted": "green", "on_time": "green", "early": "green", "late": "yellow", "incomplete": "yellow",
    "overdue": "bold red", "review": "yellow", "quarantined": "red", "incident": "magenta", "report": "green",
    "failed": "red",
}  # fmt: skip


def print_json(line: Mapping[str, Any]) -> None:
    """One object on one line of stdout, at once, so that a reader at the other end of a pipe can follow."""
    sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def print_table(title: str, columns: Sequence[str], rows: Iterable[Sequence[object]], empty: str) -> None:
    """A table; or the sentence `empty` where there is nothing to show.

    Words are broken only where all of them whole would not fit. A pipe or a file has no edge: nothing is folded there.
    """
    cells = [["" if cell is None else str(cell) for cell in row] for row in rows]
    if not cells:
        console.print(empty)
        return
    paper = console if console.is_terminal else Console(highlight=False, width=UNBOUNDED)
    widths = [_longest_word(column) for column in zip(columns, *cells, strict=True)]
    gap = next((gap for gap in (2, 1) if sum(widths) + gap * len(widths) <= paper.width), 0)
    table = Table(
        title=title,
        title_justify="left",
        header_style="bold",
        box=SIMPLE_HEAD,
        show_edge=False,
        padding=(0, gap == 2, 0, 0),
    )
    for position, (column, width) in enumerate(zip(columns, widths, strict=True)):
        single_words = all(cell_len(row[position]) <= width for row in (columns, *cells))
        table.add_column(column, overflow="fold", no_wrap=position == 0 or (gap > 0 and single_words))
    for row in cells:
        table.add_row(*map(coloured, row))
    paper.print(table)


def _longest_word(texts: Iterable[str]) -> int:
    return max((cell_len(word) for text in texts for word in text.split()), default=0)


def minute(moment: object) -> str:
    """A moment of a JSON line, short enough for a table; nothing for none."""
    return str(moment)[:16].replace("T", " ") if moment else ""


def coloured(text: str) -> str:
    colour = COLOURS.get(text)
    plain = text.replace("[", r"\[")
    return f"[{colour}]{plain}[/{colour}]" if colour else plain


def complain(sentence: str) -> None:
    """Something that needs a person, on stderr."""
    errors.print(sentence, markup=False, soft_wrap=True)
