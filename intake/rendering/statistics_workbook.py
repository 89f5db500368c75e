"""How deadlines were kept, as a workbook with charts that a leader can print: A4 across, header rows on every page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO

from openpyxl import Workbook
from openpyxl.chart import BarChart, LineChart, Reference
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooter, HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from intake.rules.deadlines.statistics import Punctuality

CHART_ROWS = 20
HEADER_ROW = 4
_COLOURS = ("2E7D32", "F9A825", "EF6C00", "C62828", "90A4AE")
_WIDTHS = (6, 46, *(11,) * 7, 12, 13, 12, 12)
_LINE = Side(style="thin", color="C8CED6")
WORDS: Mapping[str, Mapping[str, str]] = {
    "vi": {
        "agency": "Theo cơ quan", "group": "Theo nhóm cơ quan", "report_type": "Theo loại báo cáo",
        "month": "Theo tháng",
        "title": "TÌNH HÌNH CHẤP HÀNH CHẾ ĐỘ THÔNG TIN, BÁO CÁO", "number": "STT",
        "agency_column": "Cơ quan", "group_column": "Nhóm", "report_type_column": "Loại báo cáo",
        "month_column": "Tháng",
        "owed": "Phải gửi", "on_time": "Đúng hạn", "late": "Chậm", "incomplete": "Chưa đầy đủ", "missing": "Chưa gửi",
        "waiting": "Đang xem xét", "upcoming": "Chưa đến hạn", "share": "Tỷ lệ đúng hạn (%)",
        "mean": "Chậm bình quân (ngày)", "worst": "Chậm nhất (ngày)", "trend": "So với kỳ trước (điểm %)",
        "total": "Tổng cộng", "counts": "Số báo cáo", "page": "Trang &P/&N",
    },
    "en": {
        "agency": "By agency", "group": "By group", "report_type": "By report", "month": "By month",
        "title": "HOW THE REPORTING DEADLINES WERE KEPT", "number": "No.",
        "agency_column": "Agency", "group_column": "Group", "report_type_column": "Report", "month_column": "Month",
        "owed": "Owed", "on_time": "On time", "late": "Late", "incomplete": "Incomplete", "missing": "Missing",
        "waiting": "In review", "upcoming": "Not yet due", "share": "On time (%)",
        "mean": "Mean lateness (days)", "worst": "Worst lateness (days)", "trend": "Change (points)",
        "total": "Total", "counts": "Reports", "page": "Page &P/&N",
    },
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class StatisticsSheet:
    """One grouping: each row's name, its counts, and its change against the span before. In the order to be shown."""

    grouping: str
    rows: Sequence[tuple[str, Punctuality, float | None]]


def statistics_workbook(sheets: Sequence[StatisticsSheet], total: Punctuality, subtitle: str, language: str) -> bytes:
    """The workbook's bytes. `subtitle` says which span, and as of when."""
    words = WORDS[language]
    book = Workbook()
    book.remove(book.worksheets[0])
    for one in sheets:
        sheet = book.create_sheet(words[one.grouping])
        _fill(sheet, one, total, subtitle, words)
        _print_well(sheet, words)
        if one.rows:
            sheet.add_chart(_counts_chart(sheet, len(one.rows), words), f"A{HEADER_ROW + len(one.rows) + 4}")
        if one.grouping == "month" and len(one.rows) > 1:
            sheet.add_chart(_share_chart(sheet, len(one.rows), words), f"G{HEADER_ROW + len(one.rows) + 4}")
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def _fill(sheet: Worksheet, one: StatisticsSheet, total: Punctuality, subtitle: str, words: Mapping[str, str]) -> None:
    columns = len(_WIDTHS)
    for row, text, size in ((1, words["title"], 14), (2, subtitle, 11)):
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=columns)
        cell = sheet.cell(row, 1, text)
        cell.font, cell.alignment = Font(bold=row == 1, size=size), Alignment(horizontal="center")
    counts = (
        "owed",
        "on_time",
        "late",
        "incomplete",
        "missing",
        "waiting",
        "upcoming",
        "share",
        "mean",
        "worst",
        "trend",
    )
    header = [words["number"], words[f"{one.grouping}_column"], *(words[name] for name in counts)]
    _write(sheet, HEADER_ROW, header, bold=True, fill="E3E8EF")
    sheet.row_dimensions[HEADER_ROW].height = 48
    for position, (name, counted, trend) in enumerate(one.rows, start=1):
        _write(sheet, HEADER_ROW + position, [position, name, *_figures(counted), trend])
    if one.grouping != "group":
        _write(
            sheet,
            HEADER_ROW + len(one.rows) + 1,
            ["", words["total"], *_figures(total), None],
            bold=True,
            fill="F3F5F8",
        )
    for position, width in enumerate(_WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(position)].width = width


def _figures(one: Punctuality) -> list[float | None]:
    share = None if one.on_time_share is None else round(100 * one.on_time_share, 1)
    return [
        one.owed, one.on_time, one.late, one.incomplete, one.missing, one.waiting, one.upcoming, share,
        one.mean_lateness, one.worst_lateness,
    ]  # fmt: skip


def _write(
    sheet: Worksheet, row: int, values: Sequence[str | float | None], bold: bool = False, fill: str = ""
) -> None:
    for column, value in enumerate(values, start=1):
        # A name that begins with "=" is a text, no formula.
        cell = sheet.cell(row, column, value)
        if isinstance(value, str):
            cell.data_type = "s"
        cell.font, cell.number_format = Font(bold=bold), "0.0" if isinstance(value, float) else "General"
        cell.border = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
        cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="left" if column == 2 else "center")
        if fill:
            cell.fill = PatternFill("solid", start_color=fill)


def _print_well(sheet: Worksheet, words: Mapping[str, str]) -> None:
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = f"1:{HEADER_ROW}"
    sheet.HeaderFooter = HeaderFooter(oddFooter=HeaderFooterItem(right=_HeaderFooterPart(text=words["page"])))
    sheet.freeze_panes = f"C{HEADER_ROW + 1}"


def _counts_chart(sheet: Worksheet, rows: int, words: Mapping[str, str]) -> BarChart:
    """The first rows, each as one bar of what became of its deadlines."""
    shown = min(rows, CHART_ROWS)
    chart = BarChart()
    chart.type, chart.grouping, chart.overlap = "bar", "stacked", 100
    chart.title, chart.legend.position = f"{words['counts']} - {sheet.title.lower()}", "b"
    chart.add_data(
        Reference(sheet, min_col=4, max_col=8, min_row=HEADER_ROW, max_row=HEADER_ROW + shown), titles_from_data=True
    )
    chart.set_categories(Reference(sheet, min_col=2, min_row=HEADER_ROW + 1, max_row=HEADER_ROW + shown))
    for series, colour in zip(chart.series, _COLOURS, strict=True):
        series.graphicalProperties.solidFill = colour
    # The table's first row is the chart's topmost bar.
    chart.y_axis.delete = chart.x_axis.delete = False
    chart.x_axis.scaling.orientation = "maxMin"
    chart.width, chart.height = (16 if sheet.title == words["month"] else 27), 5 + 0.6 * shown
    return chart


def _share_chart(sheet: Worksheet, rows: int, words: Mapping[str, str]) -> LineChart:
    """The part in time, month by month."""
    chart = LineChart()
    chart.title, chart.legend = words["share"], None
    chart.y_axis.scaling.min, chart.y_axis.scaling.max = 0, 100
    chart.y_axis.delete = chart.x_axis.delete = False
    chart.add_data(Reference(sheet, min_col=10, min_row=HEADER_ROW, max_row=HEADER_ROW + rows), titles_from_data=True)
    chart.set_categories(Reference(sheet, min_col=2, min_row=HEADER_ROW + 1, max_row=HEADER_ROW + rows))
    chart.width, chart.height = 14, 5 + 0.6 * min(rows, CHART_ROWS)
    return chart
