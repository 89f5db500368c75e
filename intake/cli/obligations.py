"""Commands about what is owed: obligations, plan, receive."""

from collections.abc import Collection
from typing import Annotated, Any

import typer

from intake.cli.options import (
    DEFAULT_CONFIG,
    AsJson,
    At,
    ConfigPath,
    Who,
    current_user,
    desk_for,
    span_of,
)
from intake.cli.printing import console, minute, print_json, print_table
from intake.errors import ConfigError
from intake.office.typed import moment_of

From = Annotated[str, typer.Option("--from", metavar="D", help="First day, e.g. 2019-11-01.")]
To = Annotated[str, typer.Option("--to", metavar="D", help="Last day.")]
AgencyCode = Annotated[str, typer.Option("--agency", metavar="CODE", help="The agency's code in the registry.")]
TypeCode = Annotated[str, typer.Option("--report-type", metavar="CODE", help="The report type's code.")]
PeriodKey = Annotated[str, typer.Option("--period", metavar="KEY", help="2019-10, 2019-Q3, 2019-W44, 2019-11-04 …")]
STATUSES = ("upcoming", "open", "overdue", "on_time", "late", "incomplete", "waived")


def add_to(app: typer.Typer) -> None:
    for command in (obligations, plan, receive):
        app.command()(command)


def obligations(
    first: From = "",
    last: To = "",
    agency: AgencyCode = "",
    report_type: TypeCode = "",
    status: Annotated[str, typer.Option("--status", help=" | ".join(STATUSES))] = "",
    as_json: AsJson = False,
    at: At = "",
    config: ConfigPath = DEFAULT_CONFIG,
) -> int:
    """Who owes what, and how it stands."""
    from intake.office.obligations import obligations as lines_of

    if status and status not in STATUSES:
        raise typer.BadParameter(f"--status is one of {', '.join(STATUSES)}")
    with desk_for(config, at) as desk:
        begin, end = span_of(first, last, desk.zone)
        lines = lines_of(desk, begin, end, agency or None, report_type or None, status or None)
        if not lines:
            _refuse_unknown("agency", agency, desk.directory.agencies)
            _refuse_unknown("report type", report_type, desk.directory.report_types)
    if as_json:
        for line in lines:
            print_json(line)
        return 0
    columns = ("agency", "report", "period", "late from", "status", "received", "receipt", "missing")
    rows = [_row(line) for line in lines]
    print_table("Obligations", columns, rows, "Nothing is owed in that time.")
    _explain_provisional(lines)
    return 0


def _refuse_unknown(what: str, code: str, known: Collection[str]) -> None:
    """A mistyped code would look like an agency that owes nothing."""
    from intake.registry import did_you_mean

    if code and code not in known:
        raise ConfigError(f"there is no {what} {code!r} in the registry; {did_you_mean(code, sorted(known))}")


def _explain_provisional(lines: list[dict[str, Any]]) -> None:
    if any(line["provisional"] for line in lines if "provisional" in line):
        console.print("? The days off of that year are not all announced: the deadline may still move.")


def _row(line: dict[str, object]) -> tuple[object, ...]:
    received = minute(line["received_at"])
    due = minute(line["due_at"]) + (" ?" if line["provisional"] else "")
    missing = ", ".join(line["missing"]) if isinstance(line["missing"], list) else ""
    return line["agency"], line["report_type"], line["period"], due, line["status"], received, line["receipt"], missing


def plan(first: From, last: To, as_json: AsJson = False, at: At = "", config: ConfigPath = DEFAULT_CONFIG) -> int:
    """What falls due, and which notices would go to whom and when if nothing arrived. Sends and stores nothing."""
    from intake.office.plan import plan as lines_of

    with desk_for(config, at) as desk:
        begin, end = span_of(first, last, desk.zone)
        if begin is None or end is None:
            raise typer.BadParameter("give the first and the last day: --from 2019-11-01 --to 2019-11-30")
        lines = list(lines_of(desk, begin, end))
    if as_json:
        for line in lines:
            print_json(line)
        return 0
    owed = [_row(line)[:5] for line in lines if line["kind"] == "obligation"]
    notices = [_notice_row(line) for line in lines if line["kind"] == "notice"]
    print_table("Falls due", ("agency", "report", "period", "late from", "status"), owed, "Nothing falls due.")
    _explain_provisional(lines)
    columns = ("at", "notice", "step", "agency", "to", "about")
    print_table("Notices if nothing arrived", columns, notices, "No notice would go out.")
    return 0


def _notice_row(line: dict[str, Any]) -> tuple[object, ...]:
    about = "\n".join(f"{one['report_type']} {one['period']}" for one in line["obligations"])
    return minute(line["at"]), line["notice"], line["step"], line["agency"], "\n".join(line["to"]), about


def receive(
    agency: AgencyCode,
    report_type: TypeCode,
    period: PeriodKey,
    on: Annotated[str, typer.Option("--on", metavar="D", help="When it was received, e.g. 2019-11-15 or with a time.")],
    how: Annotated[str, typer.Option("--how", metavar="TEXT", help="By which channel.")],
    by: Who = "",
    at: At = "",
    config: ConfigPath = DEFAULT_CONFIG,
) -> int:
    """Record a report that came by another channel, so that reminders stop."""
    from intake.office.decisions import Decision
    from intake.office.decisions import receive as record

    with desk_for(config, at) as desk:
        decision = Decision(agency, report_type, period, by or current_user(), how)
        obligation = record(desk, decision, moment_of(on, desk.zone))
    console.print(f"Recorded: {agency} {report_type} {period}, receipt {obligation.receipt}, {obligation.status}.")
    return 0
