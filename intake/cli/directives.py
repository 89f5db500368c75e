"""Commands about directives: directive, and issue, list, show, confirm, close and undo below it."""

from typing import Annotated, Any

import typer

from intake.cli.incidents import Agencies, Due, by_whom
from intake.cli.options import (
    DEFAULT_CONFIG,
    Agency,
    AsJson,
    At,
    ConfigPath,
    Reason,
    Who,
    Why,
    desk_for,
)
from intake.cli.printing import complain, console, minute, print_json, print_table
from intake.desk import Desk
from intake.errors import ConfigError
from intake.office.typed import if_given, late_moment, moment_of

group = typer.Typer(help="Orders of the office, and who has confirmed them.", invoke_without_command=True)

Code = Annotated[str, typer.Argument(metavar="DIRECTIVE", help="Its code: CD-0003, or 3.")]


def add_to(app: typer.Typer) -> None:
    app.add_typer(group, name="directive")


@group.callback()
def directive(
    context: typer.Context, as_json: AsJson = False, at: At = "", config: ConfigPath = DEFAULT_CONFIG
) -> int | None:
    """Directives, and who has not confirmed them."""
    if context.invoked_subcommand:
        context.default_map = {context.invoked_subcommand: {"config": str(config), "at": at}}
        return None
    return _list(as_json, at, config)


@group.command("list")
def list_(as_json: AsJson = False, at: At = "", config: ConfigPath = DEFAULT_CONFIG) -> int:
    """Directives, and who has not confirmed them."""
    return _list(as_json, at, config)


def _list(as_json: bool, at: str, config: Any) -> int:
    from intake.office.directives import directive_lines

    with desk_for(config, at) as desk:
        lines = directive_lines(desk)
    if as_json:
        for line in lines:
            print_json(line)
        return 0
    rows = [
        (
            line["code"],
            minute(line["issued_at"]),
            line["status"],
            f"{line['confirmed']} of {len(line['agencies'])}",
            ", ".join(one["agency"] for one in line["agencies"] if one["status"] in ("waiting", "overdue")),
            line["title"][:80],
        )
        for line in lines
    ]
    columns = ("code", "issued", "status", "confirmed", "not confirmed", "title")
    print_table("Directives", columns, rows, "No directives.")
    return 0


@group.command()
def show(code: Code, as_json: AsJson = False, at: At = "", config: ConfigPath = DEFAULT_CONFIG) -> int:
    """One directive: who has confirmed it when, and how the reports on it stand."""
    with desk_for(config, at) as desk:
        return _show(desk, code, as_json, "")


@group.command()
def issue(
    agency: Agencies,
    title: Annotated[str, typer.Option("--title", metavar="TEXT", help="What is ordered, in a line.")],
    due: Due = "",
    text: Annotated[str, typer.Option("--text", metavar="TEXT", help="What the agencies are told besides.")] = "",
    message: Annotated[
        int | None, typer.Option("--message", metavar="ID", help="A stored mail whose attachments go along.")
    ] = None,
    why: Reason = "",
    by: Who = "",
    as_json: AsJson = False,
    at: At = "",
    config: ConfigPath = DEFAULT_CONFIG,
) -> int:
    """Send an order of the office to agencies. Each confirms it; with --due each owes a report on it as well."""
    from intake.office.directives import issue as decide

    with desk_for(config, at) as desk:
        issued = decide(
            desk,
            agency,
            title,
            by_whom(by, why),
            due_at=if_given(late_moment, due, desk.zone),
            text=text,
            message_id=message,
        )
        _show(desk, issued.directive.code, as_json, "is sent")
    mute = [one.demand.agency_code for one in issued.asked if not one.reached]
    if mute:
        complain(f"no address is known of {', '.join(mute)}: tell them by telephone")
    if not issued.is_followed:
        complain("the registry has no report type on request: the reports on this directive are not followed")
    return 1 if mute or not issued.is_followed else 0


@group.command()
def confirm(
    code: Code,
    agency: Agency,
    on: Annotated[str, typer.Option("--on", metavar="TIME", help="When it was confirmed; without it, now.")] = "",
    why: Reason = "",
    by: Who = "",
    as_json: AsJson = False,
    at: At = "",
    config: ConfigPath = DEFAULT_CONFIG,
) -> int:
    """Record that an agency has confirmed a directive by another channel."""
    from intake.office.directives import confirm as decide
    from intake.office.directives import directive_number

    with desk_for(config, at) as desk:
        decide(desk, directive_number(code), agency, by_whom(by, why), if_given(moment_of, on, desk.zone))
        return _show(desk, code, as_json, f"is confirmed by {agency}")


@group.command()
def close(
    code: Code,
    why: Why,
    by: Who = "",
    as_json: AsJson = False,
    at: At = "",
    config: ConfigPath = DEFAULT_CONFIG,
) -> int:
    """Wait for no more confirmations. What agencies owe as a report stays owed."""
    from intake.office.directives import close as decide
    from intake.office.directives import directive_number

    with desk_for(config, at) as desk:
        decide(desk, directive_number(code), by_whom(by, why))
        return _show(desk, code, as_json, "is closed")


@group.command()
def undo(
    code: Code,
    why: Reason = "",
    by: Who = "",
    as_json: AsJson = False,
    at: At = "",
    config: ConfigPath = DEFAULT_CONFIG,
) -> int:
    """Take back the last decision about a directive."""
    from intake.office.directives import directive_number
    from intake.office.directives import undo as take_back

    with desk_for(config, at) as desk:
        undone = take_back(desk, directive_number(code), by_whom(by, why))
        return _show(desk, code, as_json, f'is as before event E{undone.event} ("{undone.action}")')


def _show(desk: Desk, code: str, as_json: bool, became: str) -> int:
    from intake.office.directives import directive_lines, directive_number

    number = directive_number(code)
    line = next((one for one in directive_lines(desk) if one["id"] == number), None)
    if line is None:
        raise ConfigError(f"there is no directive {number}; `intake directive list` shows them")
    if as_json:
        print_json(line)
        return 0
    console.print(f"{line['code']} {became}: {line['title']}".replace(" :", ":"), markup=False)
    for one in line["agencies"]:
        moment = minute(one["confirmed_at"] or one["confirm_by"])
        report = f", report {one['report']}" if one["report"] else ""
        console.print(f"   {one['agency']}: {one['status']} {moment}{report}", markup=False)
    return 0
