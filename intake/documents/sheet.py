"""XLSX, XLS, ODS: the rows of every sheet as text, and whether the asked cells are filled in."""

import datetime as dt
import io
import re
from collections.abc import Iterator

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetMetadata,
    SheetTypeEnum,
)

from intake.documents.contents import Asked, Contents, File, Format, UnreadableError, within
from intake.documents.office_package import opened
from intake.documents.opendocument import media_type, refuse_encrypted
from intake.documents.sheet_formulas import awaits_computing
from intake.rules.language.text import fold

_WORKBOOKS = ("xl/workbook.xml", "xl/workbook.bin")
_ODS_SHEETS = "content.xml"
_CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})")
_PLACEHOLDER = re.compile(r"[\s\-–—_.…]*|#(N/A|REF!|DIV/0!|VALUE!|NAME\?|NUM!|NULL!)")
_BIFF_STREAMS = ("Workbook", "Book")
_FILE_PASS = 0x002F
_FIRST_RECORDS = 4
_MOST_CELLS = 5_000_000


def read(file: File, asked: Asked) -> Contents:
    """The rows of all sheets, and whether the cells of the probes "xlsx:SHEET!CELL" are filled in."""
    try:
        with CalamineWorkbook.from_object(io.BytesIO(file.content)) as workbook:
            sheets = [workbook.get_sheet_by_name(one.name) for one in workbook.sheets_metadata if _is_worksheet(one)]
            text = "\f".join(_text(sheet, asked.limits.text_chars) for sheet in sheets)
            filled = _answers(file, sheets, asked.probes) if _is_xlsx(file) else {}
    except PasswordError as cause:
        raise UnreadableError("encrypted", "the workbook is encrypted") from cause
    except (CalamineError, ValueError, OSError) as cause:
        raise UnreadableError("broken", "the workbook cannot be opened") from cause
    return within(text, asked.limits, filled=filled)


def _is_worksheet(one: SheetMetadata) -> bool:
    return one.typ == SheetTypeEnum.WorkSheet


def _text(sheet: CalamineSheet, most_chars: int) -> str:
    """The sheet's rows, cells parted by tabs; rows without a word are left out."""
    if sheet.height * sheet.width > _MOST_CELLS:
        raise UnreadableError("hostile", f"a sheet spans more than {_MOST_CELLS} cells")
    lines: list[str] = []
    length = 0
    for row in sheet.iter_rows():
        line = "\t".join([_shown(value) for value in row]).rstrip()
        if line:
            lines.append(line)
            length += len(line) + 1
        if length > most_chars:
            break
    return "\n".join(lines)


def _shown(value: object) -> str:
    """A cell as an office would read it: 5.0 is 5, a date is day/month/year."""
    # The most usual come first; calamine gives every figure as a float.
    match value:
        case float():
            # As many digits as Excel shows, so that 0.1 + 0.2 is 0.3.
            return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.15g}"
        case str():
            return " ".join(value.split())
        case bool():
            return str(value).upper()
        case dt.datetime() if value.time() == dt.time():
            return f"{value:%d/%m/%Y}"
        case dt.datetime():
            return f"{value:%d/%m/%Y %H:%M}"
        case dt.date():
            return f"{value:%d/%m/%Y}"
        case _:
            return " ".join(str(value).split())


def _answers(file: File, sheets: list[CalamineSheet], probes: tuple[str, ...]) -> dict[str, bool]:
    by_name = {fold(sheet.name): sheet for sheet in sheets}
    return {probe: _is_filled(file, sheet, column, row) for probe, sheet, column, row in _asked_cells(by_name, probes)}


def _asked_cells(
    sheets: dict[str, CalamineSheet], probes: tuple[str, ...]
) -> Iterator[tuple[str, CalamineSheet, str, int]]:
    """Each probe of a sheet that is there, with the sheet, the letters of the column and the number of the row."""
    for probe in probes:
        sheet_name, _, address = probe.removeprefix("xlsx:").rpartition("!")
        sheet = sheets.get(fold(sheet_name.strip("'")))
        cell = _CELL.fullmatch(address.strip())
        if probe.startswith("xlsx:") and sheet is not None and cell is not None:
            yield probe, sheet, cell[1].upper(), int(cell[2])


def _is_filled(file: File, sheet: CalamineSheet, column: str, row: int) -> bool:
    if _PLACEHOLDER.fullmatch(str(_value(sheet, row - 1, _column(column)))) is None:
        return True
    return awaits_computing(file.content, fold(sheet.name), f"{column}{row}")


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _value(sheet: CalamineSheet, row: int, column: int) -> object:
    """What a cell shows; a cell of a merged range shows the range's first."""
    for first, last in sheet.merged_cell_ranges or ():
        if first[0] <= row <= last[0] and first[1] <= column <= last[1]:
            row, column = first
    if sheet.start is None or sheet.end is None:
        return ""
    (top, left), (bottom, right) = sheet.start, sheet.end
    if not (top <= row <= bottom and left <= column <= right):
        return ""
    rows = sheet.to_python(skip_empty_area=True, nrows=row - top + 1)
    return rows[row - top][column - left]


def _is_xlsx(file: File) -> bool:
    return any(name in file.zip_names for name in _WORKBOOKS) or (
        not file.zip_names and file.extension in ("xlsx", "xlsm") and file.content.startswith(b"PK")
    )


def _is_xls(file: File) -> bool:
    return not file.ole_streams.keys().isdisjoint(_BIFF_STREAMS)


def _read_xls(file: File, asked: Asked) -> Contents:
    if _FILE_PASS in _first_records(file):
        raise UnreadableError("encrypted", "the workbook asks for a password")
    return read(file, asked)


def _first_records(file: File) -> set[int]:
    """The types of the records that the workbook begins with (MS-XLS, section 2.1.7.20.3)."""
    start = next(file.ole_streams[name] for name in _BIFF_STREAMS if name in file.ole_streams)
    found = set()
    for _ in range(_FIRST_RECORDS):
        head = file.content[start : start + 4]
        if len(head) < 4:
            break
        found.add(int.from_bytes(head[:2], "little"))
        start += 4 + int.from_bytes(head[2:], "little")
    return found


def _is_ods(file: File) -> bool:
    return media_type(file).startswith("application/vnd.oasis.opendocument.spreadsheet")


def _read_ods(file: File, asked: Asked) -> Contents:
    """calamine never comes back from a cell whose XML is torn, so that is looked at before."""
    refuse_encrypted(file)
    with opened(file.content) as package:
        if _ODS_SHEETS in package.names:
            package.xml(_ODS_SHEETS)
    return read(file, asked)


FORMATS = (Format("xlsx", _is_xlsx, read), Format("xls", _is_xls, _read_xls), Format("ods", _is_ods, _read_ods))
