"""The command about the time before the service began: backlog, with release and drop."""

from typing import Annotated, Any

import typer

from intake.cli.options import (
    DEFAULT_CONFIG,
    AsJson,
    At,
    ConfigPath,
    Reason,
    Who,
    current_user,
    desk_for,
)
from intake.cli.printing import console, print_json, print_table
from intake.office.typed import first_instant, if_given

group = typer.Typer(
    help="What would have gone out about the time before the service began.", invoke_without_command=True
)
Since = Annotated[
    str, typer.Option("--since", metavar="D", help="From which deadline on; without it three months back.")
]
Ids = Annotated[list[int] | None, typer.Argument(metavar="[ID…]", help="These answers only; without ids all.")]


def add_to(app: typer.Typer) -> None:
    app.add_typer(group, name="backlog")


@group.callback()
def backlog(
    context: typer.Context, since: Since = "", as_json: AsJson = False, at: At = "", config: ConfigPath = DEFAULT_CONFIG
) -> int | None:
    """Answers to old mail that are held back, and reports that were overdue when the service began."""
    if context.invoked_subcommand:
        context.default_map = {context.invoked_subcommand: {"config": str(config), "at": at}}
        return None
    from intake.office.backlog import backlog as found_by

    with desk_for(config, at) as desk:
        found = found_by(desk, if_given(first_instant, since, desk.zone))
        answers: list[dict[str, Any]] = [
            {"kind": "answer", "id": one.id, "notice": one.name, "to": one.recipient, "agency": one.agency_code}
            for one in found.answers
        ]
        overdue: list[dict[str, Any]] = [
            {"kind": "overdue", "agency": one.agency_code, "report_type": one.report_type_code, "period": one.period,
             "due_at": one.due_at.astimezone(desk.zone).isoformat()}
            for one in found.overdue
        ]  # fmt: skip
    if as_json:
        for line in [*answers, *overdue]:
            print_json(line)
        return 0
    print_table("Answers held back", ("id", "notice", "to", "agency"), [list(one.values())[1:] for one in answers],
                "No answer is held back.")  # fmt: skip
    print_table("Overdue before the service began", ("agency", "report", "period", "late from"),
                [list(one.values())[1:] for one in overdue], "Nothing was overdue.")  # fmt: skip
    return 0


@group.command()
def release(
    ids: Ids = None,
    reminders: Annotated[
        bool, typer.Option("--reminders", help="Remind of what was overdue, not the answers.")
    ] = False,
    since: Since = "",
    by: Who = "",
    at: At = "",
    config: ConfigPath = DEFAULT_CONFIG,
) -> int:
    """Let the held answers go; or, with --reminders, follow what was overdue from now on."""
    from intake.office.backlog import release_answers, remind_of_the_past

    with desk_for(config, at) as desk:
        if reminders:
            count = remind_of_the_past(desk, by or current_user(), if_given(first_instant, since, desk.zone))
            console.print(f"{count} overdue reports are followed from now on.")
        else:
            console.print(f"{release_answers(desk, by or current_user(), ids or ())} answers leave with the next pass.")
    return 0


@group.command()
def drop(
    ids: Ids = None,
    why: Reason = "",
    by: Who = "",
    at: At = "",
    config: ConfigPath = DEFAULT_CONFIG,
) -> int:
    """Say that the held answers are never to leave."""
    from intake.office.backlog import drop_answers

    with desk_for(config, at) as desk:
        console.print(f"{drop_answers(desk, by or current_user(), why, ids or ())} answers are dropped.")
    return 0
