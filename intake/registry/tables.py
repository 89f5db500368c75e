"""Files to rows: opens a workbook or a folder of CSV files and gives each sheet's rows by column name.

Knows titles and cells, nothing of what they mean. What is wrong with a file or a title joins the other mistakes.
"""

import csv
import difflib
import io
import unicodedata
import warnings
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from intake.errors import RegistryError
from intake.registry.columns import SHEETS, Column, Sheet, plain

Grid = list[list[str]]

_EXCEL_ERRORS = {"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!"}
_INVISIBLE = {"Cf", "Cc"}


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing to mend: where, for the order, and in words."""

    sheet: str
    row: int
    words: str


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet as it stands in the files: its title there, those of its columns, and the list its mistakes go to."""

    sheet: Sheet
    title: str
    mistakes: list[Mistake]
    titles: dict[str, str] = field(default_factory=dict)

    def wrong(self, row: int, column: str, what: str) -> None:
        """Notes a mistake. Rows are counted as a person does: the titles stand in row 1."""
        where = f"sheet {_shown(self.title, self.sheet.name)}, row {row}"
        if column:
            where += f", column {_shown(self.titles.get(column, column), column)}"
        self.mistakes.append(Mistake(self.sheet.name, row, f"{where}: {what}"))


@dataclass(frozen=True, slots=True)
class Row:
    """One row with the texts of its cells by column name."""

    table: Table
    number: int
    cells: dict[str, str]

    def text(self, column: str) -> str:
        return self.cells.get(column, "").replace("\n", " ")

    def values(self, column: str) -> list[str]:
        """The values of a cell, parted by `;` or line breaks, each once."""
        parts = self.cells.get(column, "").replace("\n", ";").split(";")
        return list(dict.fromkeys(part.strip() for part in parts if part.strip()))

    def wrong(self, column: str, what: str) -> None:
        self.table.wrong(self.number, column, what)


def read_tables(path: Path, mistakes: list[Mistake]) -> dict[str, list[Row]]:
    """The rows of each sheet, by the sheet's name. Raises `RegistryError` where there is nothing to read."""
    grids = _csv_grids(path, mistakes) if path.is_dir() else _workbook_grids(path)
    return {sheet.name: _rows_of(sheet, grids, mistakes) for sheet in SHEETS}


def did_you_mean(word: str, known: list[str]) -> str:
    """What stands close to the word, in a sentence; what there is, where nothing does."""
    by_plain = {plain(one): one for one in known}
    close = difflib.get_close_matches(plain(word), list(by_plain), n=1)
    if close:
        return f"did you mean {by_plain[close[0]]}?"
    return f"known are {', '.join(known[:20])}" if known else "there are none yet"


def _shown(title: str, name: str) -> str:
    return name if plain(title) == plain(name) else f"{title} ({name})"


def _rows_of(sheet: Sheet, grids: dict[str, Grid | None], mistakes: list[Mistake]) -> list[Row]:
    titles = [title for title in grids if sheet.is_titled(title)]
    table = Table(sheet, titles[0] if titles else sheet.name, mistakes)
    if not titles:
        there = f"; there are {', '.join(grids)}" if grids else ""
        table.wrong(1, "", f"the sheet is missing; name one {sheet.name} or {sheet.titles[0]}{there}")
    elif len(titles) > 1:
        table.wrong(1, "", f"there are several such sheets: {', '.join(titles)}; keep one")
    grid = grids.get(table.title)
    return [] if grid is None else _rows(table, grid)


def _rows(table: Table, grid: Grid) -> list[Row]:
    columns = _columns(table, grid[0] if grid else [])
    rows = []
    for number, texts in enumerate(grid[1:], start=2):
        if any(texts):
            padded = texts + [""] * len(columns)
            cells = {column.name: text for column, text in zip(columns, padded, strict=False) if column}
            rows.append(Row(table, number, cells))
            _check_cells(rows[-1], texts, len(columns))
    return rows


def _columns(table: Table, titles: list[str]) -> list[Column | None]:
    columns: list[Column | None] = []
    for title in titles:
        column = table.sheet.column_titled(title) if title else None
        if column is None and title:
            table.wrong(1, title, f"unknown column; {did_you_mean(title, table.sheet.names)}")
        elif column and column in columns:
            table.wrong(1, title, f"the column {column.name} stands there twice; keep one")
        elif column:
            table.titles[column.name] = title
        columns.append(column)
    for column in table.sheet.columns:
        if column.needed and column not in columns:
            table.wrong(1, column.name, f"the column is missing; add one titled {column.name} or {column.titles[0]}")
    return columns


def _check_cells(row: Row, texts: list[str], titles: int) -> None:
    for column, text in row.cells.items():
        if text in _EXCEL_ERRORS:
            row.wrong(column, f"the cell shows the error {text}; mend its formula or write the value")
    if any(texts[titles:]):
        row.wrong("", f"{len(texts)} cells under {titles} titles; quote a text that holds the separator")


def _csv_grids(folder: Path, mistakes: list[Mistake]) -> dict[str, Grid | None]:
    grids: dict[str, Grid | None] = {}
    for file in sorted(folder.iterdir()):
        sheet = next((one for one in SHEETS if file.suffix.lower() == ".csv" and one.is_titled(file.stem)), None)
        if sheet:
            grids[file.stem] = _csv_grid(Table(sheet, file.stem, mistakes), file)
    return grids


def _csv_grid(table: Table, file: Path) -> Grid | None:
    try:
        text = file.read_text(encoding="utf-8-sig")
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(table.sheet, text), strict=True)
        return [[_clean(cell) for cell in row] for row in rows]
    except UnicodeDecodeError:
        table.wrong(1, "", f"{file.name} is not in UTF-8; save it as CSV UTF-8")
    except OSError as cause:
        table.wrong(1, "", f"{file.name} cannot be read: {cause.strerror}")
    except csv.Error as cause:
        table.wrong(1, "", f"{file.name} is no CSV file: {cause}")
    return None


def _delimiter(sheet: Sheet, text: str) -> str:
    """A comma, unless the titles can only be read with the semicolon that Excel writes in some countries."""
    titles = text.partition("\n")[0].replace('"', "")
    known = {mark: sum(map(bool, map(sheet.column_titled, titles.split(mark)))) for mark in ",;"}
    return ";" if known[";"] > known[","] else ","


def _workbook_grids(path: Path) -> dict[str, Grid | None]:
    if path.suffix.lower() != ".xlsx":
        raise RegistryError(f"{path} is neither a workbook (.xlsx) nor a folder with agencies.csv and its like")
    try:
        with path.open("rb") as file, warnings.catch_warnings():
            # openpyxl warns of the drop-down lists and comments that it does not read, and nothing is lost by that.
            warnings.simplefilter("ignore")
            workbook = load_workbook(file, read_only=True, data_only=True)
            return {sheet.title: _worksheet_grid(sheet) for sheet in workbook.worksheets}
    except OSError as cause:
        raise RegistryError(f"{path} cannot be read: {cause.strerror}") from cause
    except (BadZipFile, InvalidFileException, KeyError, ValueError, SyntaxError) as cause:
        raise RegistryError(
            f"{path} cannot be read as a workbook; save it again as .xlsx, without a password"
        ) from cause


def _worksheet_grid(sheet: Any) -> Grid:
    # A workbook may state fewer rows or columns than it has.
    sheet.reset_dimensions()
    return [[_clean(_as_text(cell)) for cell in row] for row in sheet.iter_rows(values_only=True)]


def _as_text(value: object) -> str:
    if isinstance(value, timedelta):
        hours, minutes = divmod(int(value.total_seconds()) // 60, 60)
        return f"{hours:02}:{minutes:02}"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return "" if value is None else str(value)


def _clean(text: str) -> str:
    """NFC without anything invisible, white space collapsed; line breaks stay, as they part the values of a cell."""
    lines = (unicodedata.normalize("NFC", line) for line in text.splitlines())
    visible = ("".join(c for c in line if unicodedata.category(c) not in _INVISIBLE or c == "\t") for line in lines)
    return "\n".join(filter(None, (" ".join(line.split()) for line in visible)))
