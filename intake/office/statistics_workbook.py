"""The office's statistics as a workbook in its language, written whole or not at all."""

from pathlib import Path

from intake.desk import Desk
from intake.errors import ConfigError
from intake.office.statistics import GROUPINGS, Statistics
from intake.rendering.statistics_workbook import StatisticsSheet, statistics_workbook
from intake.rules.deadlines.statistics import Punctuality


def write_statistics(desk: Desk, found: Statistics, path: Path) -> None:
    """Writes the workbook. Raises `ConfigError` where it cannot be written."""
    content = workbook_of(desk, found)
    draft = path.with_name(path.name + ".part")
    try:
        draft.write_bytes(content)
        draft.replace(path)
    except OSError as cause:
        raise ConfigError(f"{path} cannot be written: {cause}") from cause


def workbook_of(desk: Desk, found: Statistics) -> bytes:
    """The workbook with a sheet for each grouping."""
    sheets = [_sheet(desk, found, grouping) for grouping in GROUPINGS]
    as_of = desk.now.astimezone(desk.zone)
    words = desk.renderer.words
    subtitle = words.span(found.first, found.last, as_of)
    return statistics_workbook(sheets, found.total, f"{desk.config.office.name} - {subtitle}", desk.renderer.language)


def rows_by(desk: Desk, found: Statistics, grouping: str) -> list[tuple[str, Punctuality, float | None]]:
    """The counts and the trend of each agency, group, report type or month, by its name; the worst first."""
    trend = found.trend(grouping)
    rows = [(_name(desk, grouping, key), one, trend[key]) for key, one in found.by(grouping).items()]
    if grouping != "month":
        rows.sort(key=lambda row: _failures(row[1]), reverse=True)
    return rows


def _sheet(desk: Desk, found: Statistics, grouping: str) -> StatisticsSheet:
    return StatisticsSheet(grouping, rows_by(desk, found, grouping))


def _failures(one: Punctuality) -> tuple[int, int]:
    """The worst first: that is what a leader looks for."""
    return one.missing + one.incomplete, one.late


def _name(desk: Desk, grouping: str, key: str) -> str:
    if grouping == "agency":
        return desk.directory.agencies[key].name if key in desk.directory.agencies else key
    if grouping == "report_type":
        return desk.directory.report_types[key].name if key in desk.directory.report_types else key
    return f"{key[5:]}/{key[:4]}" if grouping == "month" else key
