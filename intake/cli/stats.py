"""The command about accountability: stats, as a table, as JSON lines, or as a workbook to print."""

from pathlib import Path
from typing import Annotated

import typer

from intake.cli.obligations import From, To
from intake.cli.options import DEFAULT_CONFIG, AsJson, At, ConfigPath, desk_for, span_of
from intake.cli.printing import console, print_json, print_table
from intake.office.typed import day_of

COLUMNS = {
    "owed": "owed", "on_time": "in time", "late": "late", "incomplete": "part", "missing": "none", "waiting": "review",
    "mean_lateness": "mean", "worst_lateness": "worst", "on_time_share": "%", "trend": "+/-",
}  # fmt: skip
ABOUT_REQUESTS = {"requests": "asked", "requests_answered": "answered", "mean_hours_to_answer": "hours"}
GROUPINGS = ("agency", "group", "report_type", "month")


def add_to(app: typer.Typer) -> None:
    app.command()(stats)


def stats(
    first: From,
    last: To,
    by: Annotated[str, typer.Option("--by", help=" | ".join(GROUPINGS))] = "agency",
    as_json: AsJson = False,
    xlsx: Annotated[Path | None, typer.Option("--xlsx", help="Write a workbook with charts, ready to print.")] = None,
    at: At = "",
    config: ConfigPath = DEFAULT_CONFIG,
) -> int:
    """How the deadlines of a span were kept: on time, late, incomplete, missing; lateness in days.

    A deadline counts on its last day in time. Waived ones are not owed; what is still to come, and what an undecided
    mail may bring ("waiting"), is not missing.
    """
    from intake.office.statistics import as_lines, statistics

    if by not in GROUPINGS:
        raise typer.BadParameter(f"--by is one of {', '.join(GROUPINGS)}")
    with desk_for(config, at) as desk:
        span_of(first, last, desk.zone)
        found = statistics(desk, day_of(first), day_of(last))
        lines = as_lines(found, by)
        if xlsx:
            from intake.office.statistics_workbook import write_statistics

            write_statistics(desk, found, xlsx)
    if as_json:
        for line in lines:
            print_json(line)
        return 0
    columns = COLUMNS | (ABOUT_REQUESTS if any(line["requests"] for line in lines) else {})
    rows = [[_shown(line[key]) for key in (by, *columns)] for line in lines]
    print_table("Deadlines kept", [by.replace("_", " "), *columns.values()], rows, "Nothing was due in that time.")
    if xlsx:
        console.print(f"The workbook is {xlsx}.")
    return 0


def _shown(value: object) -> object:
    return "-" if value is None else round(value, 1) if isinstance(value, float) else value
