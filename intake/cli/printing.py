"""Tables and colours for people on a terminal, one JSON object a line for programs."""

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

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
    """A table; or the sentence `empty` where there is nothing to show."""
    table = Table(title=title, title_justify="left", header_style="bold", box=SIMPLE_HEAD, pad_edge=False)
    for position, column in enumerate(columns):
        table.add_column(column, overflow="fold", no_wrap=position == 0)
    for row in rows:
        table.add_row(*(coloured(cell) for cell in row))
    if table.row_count:
        console.print(table)
    else:
        console.print(empty)


def coloured(cell: object) -> str:
    text = "" if cell is None else str(cell)
    colour = COLOURS.get(text)
    plain = text.replace("[", r"\[")
    return f"[{colour}]{plain}[/{colour}]" if colour else plain


def complain(sentence: str) -> None:
    """Something that needs a person, on stderr."""
    errors.print(sentence, markup=False, soft_wrap=True)
