"""Commands about urgent matters: incidents, and open, request, join, part, update, end, close and undo below it."""

from typing import Annotated, Any

import typer

from intake.cli.options import (
    DEFAULT_CONFIG,
    Agency,
    AsJson,
    At,
    ConfigPath,
    Reason,
    Who,
    Why,
    current_user,
    desk_for,
)
from intake.cli.printing import complain, console, minute, print_json, print_table
from intake.desk import Desk
from intake.office.typed import if_given, late_moment

group = typer.Typer(help="Urgent matters, and what the office decides about them.", invoke_without_command=True)

Code = Annotated[str, typer.Argument(metavar="INCIDENT", help="Its code: VV-0012, or 12.")]
Agencies = Annotated[list[str], typer.Option("--agency", metavar="CODE", help="May be given several times.")]
Category = Annotated[str, typer.Option("--category", metavar="C", help="natural_disaster, fire_explosion …")]
Title = Annotated[str, typer.Option("--title", metavar="TEXT", help="What the matter is, in a line.")]
Place = Annotated[str, typer.Option("--place", metavar="TEXT", help="Where it is.")]
Due = Annotated[
    str, typer.Option("--due", metavar="TIME", help="By when, e.g. 2019-11-05T17:00; a day counts to its end.")
]


def add_to(app: typer.Typer) -> None:
    app.add_typer(group, name="incidents")


@group.callback()
def incidents(
    context: typer.Context, as_json: AsJson = False, at: At = "", config: ConfigPath = DEFAULT_CONFIG
) -> int | None:
    """Urgent matters and how they stand."""
    if context.invoked_subcommand:
        context.default_map = {context.invoked_subcommand: {"config": str(config), "at": at}}
        return None
    from intake.office.incidents import incident_lines

    with desk_for(config, at) as desk:
        lines = incident_lines(desk)
    if as_json:
        for line in lines:
            print_json(line)
        return 0
    rows = [_row(line) for line in lines]
    columns = ("code", "category", "agency", "status", "opened", "last report", "title", "unanswered")
    print_table("Urgent matters", columns, rows, "No urgent matters.")
    return 0


def _row(line: dict[str, Any]) -> tuple[object, ...]:
    moments = minute(line["opened_at"]), minute(line["updated_at"])
    return line["code"], line["category"], line["agency"], line["status"], *moments, line["title"][:80], _waiting(line)


def _waiting(line: dict[str, Any]) -> str:
    waiting = [one for one in line["asked"] if one["status"] in ("open", "overdue")]
    return "\n".join(f"{one['agency']} {one['kind']} {minute(one['due_at'])}" for one in waiting)


@group.command("open")
def open_(
    agency: Agency,
    category: Category,
    title: Title,
    place: Place = "",
    why: Reason = "",
    by: Who = "",
    as_json: AsJson = False,
    at: At = "",
    config: ConfigPath = DEFAULT_CONFIG,
) -> int:
    """Open a matter that the office knows of without a mail, by telephone say. Its agency owes the first report."""
    from intake.office.incidents import open_incident
    from intake.records.incidents import Matter

    with desk_for(config, at) as desk:
        incident = open_incident(desk, agency, Matter(title, category, place), by_whom(by, why))
        return _show(desk, incident.id, as_json, "is opened")


@group.command()
def request(
    agency: Agencies,
    title: Title = "",
    category: Category = "other",
    incident: Annotated[str, typer.Option("--incident", metavar="INCIDENT", help="A known matter: VV-0012.")] = "",
    place: Place = "",
    due: Due = "",
    words: Annotated[
        str, typer.Option("--words", metavar="TEXT", help="What the agencies are told: a link, say.")
    ] = "",
    why: Reason = "",
    by: Who = "",
    as_json: AsJson = False,
    at: At = "",
    config: ConfigPath = DEFAULT_CONFIG,
) -> int:
    """Ask agencies for a report on a matter: a new one (--title), or a known one (--incident). They are reminded."""
    from intake.office.incidents import incident_number
    from intake.office.incidents import request as ask
    from intake.records.incidents import Matter

    if bool(title) == bool(incident):
        raise typer.BadParameter("give --title for a new matter, or --incident for a known one")
    with desk_for(config, at) as desk:
        about = incident_number(incident) if incident else Matter(title, category, place)
        asked = ask(desk, agency, about, by_whom(by, why), due_at=if_given(late_moment, due, desk.zone), words=words)
        mute = [one.demand.agency_code for one in asked.asked if not one.reached]
        _show(desk, asked.incident.id, as_json, "is asked about")
    return _complain_of(mute)


@group.command()
def join(
    incident: Code,
    into: Annotated[str, typer.Option("--into", metavar="INCIDENT", help="The matter under which all goes on.")],
    why: Reason = "",
    by: Who = "",
    as_json: AsJson = False,
    at: At = "",
    config: ConfigPath = DEFAULT_CONFIG,
) -> int:
    """Two matters are one: mails and requests of the first go on under the second."""
    from intake.office.incidents import incident_number
    from intake.office.incidents import join as decide

    with desk_for(config, at) as desk:
        kept = decide(desk, incident_number(incident), incident_number(into), by_whom(by, why))
        return _show(desk, kept.id, as_json, f"now holds {incident}")


@group.command()
def part(
    message: Annotated[int, typer.Argument(metavar="ID", help="The mail's id.")],
    title: Title = "",
    category: Category = "other",
    place: Place = "",
    into: Annotated[str, typer.Option("--into", metavar="INCIDENT", help="A known matter: VV-0012.")] = "",
    why: Reason = "",
    by: Who = "",
    as_json: AsJson = False,
    at: At = "",
    config: ConfigPath = DEFAULT_CONFIG,
) -> int:
    """A mail tells of another matter than it was joined to: a new one (--title), or a known one (--into)."""
    from intake.office.incidents import incident_number
    from intake.office.incidents import part as decide
    from intake.records.incidents import Matter

    if bool(title) == bool(into):
        raise typer.BadParameter("give --title for a new matter, or --into for a known one")
    with desk_for(config, at) as desk:
        to = incident_number(into) if into else Matter(title, category, place)
        incident = decide(desk, message, to, by_whom(by, why))
        return _show(desk, incident.id, as_json, f"holds mail {message}")


@group.command()
def update(
    incident: Code,
    title: Title = "",
    place: Place = "",
    category: Annotated[str, typer.Option("--category", metavar="C", help="The right category.")] = "",
    why: Reason = "",
    by: Who = "",
    as_json: AsJson = False,
    at: At = "",
    config: ConfigPath = DEFAULT_CONFIG,
) -> int:
    """Say otherwise what a matter is, where, or of which category."""
    from intake.office.incidents import incident_number
    from intake.office.incidents import update as decide

    if not (title or place or category):
        raise typer.BadParameter("give --title, --place or --category")
    with desk_for(config, at) as desk:
        changed = decide(desk, incident_number(incident), by_whom(by, why), title=title, place=place, category=category)
        return _show(desk, changed.id, as_json, "is changed")


@group.command()
def end(
    incident: Code,
    due: Due = "",
    why: Reason = "",
    by: Who = "",
    as_json: AsJson = False,
    at: At = "",
    config: ConfigPath = DEFAULT_CONFIG,
) -> int:
    """The event is over: no report of the day is owed any more, and the closing report is asked for."""
    from intake.office.incidents import end as decide
    from intake.office.incidents import incident_number

    with desk_for(config, at) as desk:
        ended = decide(desk, incident_number(incident), by_whom(by, why), due_at=if_given(late_moment, due, desk.zone))
        return _show(desk, ended.incident.id, as_json, "has ended; its closing report is asked for")


@group.command()
def close(
    incident: Code,
    why: Why,
    by: Who = "",
    as_json: AsJson = False,
    at: At = "",
    config: ConfigPath = DEFAULT_CONFIG,
) -> int:
    """Follow a matter no longer. What is still asked about it is taken back."""
    from intake.office.incidents import close as decide
    from intake.office.incidents import incident_number

    with desk_for(config, at) as desk:
        closed = decide(desk, incident_number(incident), by_whom(by, why))
        return _show(desk, closed.id, as_json, "is closed")


@group.command()
def undo(
    incident: Code,
    why: Reason = "",
    by: Who = "",
    as_json: AsJson = False,
    at: At = "",
    config: ConfigPath = DEFAULT_CONFIG,
) -> int:
    """Take back the last decision about a matter."""
    from intake.office.incidents import incident_number
    from intake.office.incidents import undo as take_back

    with desk_for(config, at) as desk:
        undone = take_back(desk, incident_number(incident), by_whom(by, why))
        return _show(
            desk, incident_number(incident), as_json, f'is as before event E{undone.event} ("{undone.action}")'
        )


def by_whom(who: str, why: str) -> Any:
    from intake.records.incidents import By

    return By(who or current_user(), why)


def _show(desk: Desk, incident_id: int, as_json: bool, became: str) -> int:
    from intake.office.incidents import incident_lines

    [line] = [one for one in incident_lines(desk) if one["id"] == incident_id]
    if as_json:
        print_json(line)
        return 0
    console.print(f"{line['code']} {became}: {line['title']}", markup=False)
    for one in line["asked"]:
        if one["status"] in ("open", "overdue"):
            due = minute(one["due_at"])
            console.print(f"   {one['agency']}: {one['kind']} by {due}", markup=False)
    return 0


def _complain_of(mute: list[str]) -> int:
    if mute:
        complain(f"no address is known of {', '.join(mute)}: ask by telephone")
    return 1 if mute else 0
