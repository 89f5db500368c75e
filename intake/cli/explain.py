"""The command that says why: why a mail was booked as it was, why a deadline is what it is."""

import dataclasses
from datetime import date, datetime, time
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer

from intake.cli.options import DEFAULT_CONFIG, AsJson, At, ConfigPath, Language, desk_for
from intake.cli.printing import console, print_json
from intake.desk import Desk


def add_to(app: typer.Typer) -> None:
    app.command()(explain)


def explain(
    what: Annotated[
        list[str], typer.Argument(metavar="ID | AGENCY REPORT_TYPE PERIOD", help="A message, or what is owed.")
    ],
    language: Language = "",
    as_json: AsJson = False,
    at: At = "",
    config: ConfigPath = DEFAULT_CONFIG,
) -> int:
    """Say why a mail was booked as it was, or why a deadline is what it is, and all that happened."""
    from intake.rendering.pages import page

    with desk_for(config, at) as desk:
        name, shown = _explained(desk, what)
        if as_json:
            print_json({"kind": name, **_plain(shown, desk.zone)})
        else:
            text = page(f"explain_{name}", shown, desk.language(language), desk.zone)
            console.print(text, markup=False, soft_wrap=True, end="")
    return 0


def _explained(desk: Desk, what: list[str]) -> tuple[str, Any]:
    from intake.office.explaining import explain_mail, explain_obligation

    if len(what) == 1 and what[0].isdecimal():
        return "mail", explain_mail(desk, int(what[0]))
    if len(what) == 3:
        return "obligation", explain_obligation(desk, *what)
    raise typer.BadParameter("give a message's id, or an agency, a report type and a period")


def _plain(value: Any, zone: ZoneInfo) -> Any:
    """A dataclass as JSON: times in the office's zone."""
    if isinstance(value, datetime):
        return value.astimezone(zone).isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if dataclasses.is_dataclass(value):
        return {one.name: _plain(getattr(value, one.name), zone) for one in dataclasses.fields(value)}
    return [_plain(one, zone) for one in value] if isinstance(value, tuple) else value
