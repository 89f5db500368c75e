"""The registry to files: a workbook or three CSV files, and the empty workbook that an office fills in."""

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from intake.errors import RegistryError
from intake.registry.columns import SHEETS, Column, Sheet
from intake.registry.values import Entry, text_of, value_of

Entries = Mapping[str, Sequence[Entry]]

_LAST_ROW_TO_FILL = 5000
_TITLE_FILL = PatternFill("solid", fgColor="DDE8F4")
_GUIDE = (
    "Điền ba trang Cơ quan, Đầu mối và Loại báo cáo; dòng 1 là tiêu đề, không sửa. Thứ tự các cột tùy ý.",
    "Trong một ô, nhiều giá trị cách nhau bằng dấu chấm phẩy (;). Ngày ghi dạng 01/03/2025 hoặc 2025-03-01.",
    "Kiểm tra trước khi nạp: intake registry load registry.xlsx --dry-run. Mọi lỗi được báo theo trang, dòng và cột.",
)


def write_tables(path: Path, entries: Entries) -> None:
    """Writes the entries of each sheet: a workbook where the path ends in `.xlsx`, else a folder of CSV files."""
    try:
        if path.suffix.lower() == ".xlsx":
            _write_workbook(path, entries)
        else:
            _write_csv_files(path, entries)
    except OSError as cause:
        raise RegistryError(f"{path} cannot be written: {cause.strerror}") from cause


def template_workbook(path: Path) -> None:
    """Writes an empty workbook to fill in: Vietnamese titles with a note each, drop-down lists, a page of guidance."""
    workbook = _empty_workbook()
    _write_guide(workbook.create_sheet("Hướng dẫn"))
    for sheet in SHEETS:
        page = workbook.create_sheet(sheet.titles[0])
        _write_titles(page, sheet, [column.titles[0] for column in sheet.columns])
        for number, column in enumerate(sheet.columns, start=1):
            _prepare_column(page, number, column)
    path.parent.mkdir(parents=True, exist_ok=True)
    workbook.save(path)


def _empty_workbook() -> Workbook:
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    return workbook


def _write_csv_files(folder: Path, entries: Entries) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for sheet in SHEETS:
        with (folder / f"{sheet.name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(sheet.names)
            writer.writerows([text_of(entry, name) for name in sheet.names] for entry in entries[sheet.name])


def _write_workbook(path: Path, entries: Entries) -> None:
    workbook = _empty_workbook()
    for sheet in SHEETS:
        page = workbook.create_sheet(sheet.name)
        _write_titles(page, sheet, sheet.names)
        for row, entry in enumerate(entries[sheet.name], start=2):
            _write_entry(page, row, sheet, entry)
    path.parent.mkdir(parents=True, exist_ok=True)
    workbook.save(path)


def _write_entry(page: Worksheet, row: int, sheet: Sheet, entry: Entry) -> None:
    for number, column in enumerate(sheet.columns, start=1):
        value = value_of(entry, column.name)
        if value is None or value == "":
            continue
        cell = page.cell(row, number, value)
        if column.is_date:
            cell.number_format = "yyyy-mm-dd"
        else:
            # A name that begins with "=" is a text and no formula.
            cell.data_type = "s"


def _write_titles(page: Worksheet, sheet: Sheet, titles: Sequence[str]) -> None:
    """The first row; each column is as wide as its title and its example."""
    for number, (title, column) in enumerate(zip(titles, sheet.columns, strict=True), start=1):
        cell = page.cell(1, number, title)
        cell.font, cell.fill = Font(bold=True), _TITLE_FILL
        page.column_dimensions[get_column_letter(number)].width = max(16, len(title) + 4, len(column.example) + 4)
    page.freeze_panes = "A2"


def _prepare_column(page: Worksheet, number: int, column: Column) -> None:
    letter = get_column_letter(number)
    cells = f"{letter}2:{letter}{_LAST_ROW_TO_FILL}"
    example = f"\nVí dụ: {column.example}" if column.example else ""
    page.cell(1, number).comment = Comment(f"{column.note}{example}", "intake", width=360, height=140)
    # As text, so that a deadline such as 17:00 or a code such as 001 stays as it was typed.
    page.column_dimensions[letter].number_format = "dd/mm/yyyy" if column.is_date else "@"
    if column.choices:
        choices = DataValidation("list", formula1=f'"{",".join(column.choices)}"', allow_blank=not column.needed)
        choices.error = f"Chọn một trong: {', '.join(column.choices)}"
        choices.add(cells)
        page.add_data_validation(choices)


def _write_guide(page: Worksheet) -> None:
    rows = [(line, "", "") for line in _GUIDE] + [("Trang / Cột", "Ý nghĩa", "Ví dụ")]
    for sheet in SHEETS:
        rows += [(f"{sheet.titles[0]} / {one.titles[0]}", one.note, one.example) for one in sheet.columns]
    for number, texts in enumerate(rows, start=1):
        for column, text in enumerate(texts, start=1):
            page.cell(number, column, text).alignment = Alignment(wrap_text=column == 2, vertical="top")
    for letter, width in zip("ABC", (40, 90, 40), strict=True):
        page.column_dimensions[letter].width = width
