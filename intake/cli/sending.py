"""The switch that holds back all mail: sending, with pause and resume."""

import typer

from intake.cli.options import DEFAULT_CONFIG, AsJson, At, ConfigPath, Who, Why, current_user, desk_for
from intake.cli.printing import console, print_json

group = typer.Typer(help="Whether mail leaves; hold all of it back, and let it go again.", invoke_without_command=True)


def add_to(app: typer.Typer) -> None:
    app.add_typer(group, name="sending")


@group.callback()
def sending(
    context: typer.Context, as_json: AsJson = False, at: At = "", config: ConfigPath = DEFAULT_CONFIG
) -> int | None:
    """Say whether mail leaves, or since when and why it is held back."""
    if context.invoked_subcommand:
        context.default_map = {context.invoked_subcommand: {"config": str(config), "at": at}}
        return None
    from intake.office.sending import pause as found_pause

    with desk_for(config, at) as desk:
        found = found_pause(desk)
        since = found.since.astimezone(desk.zone).isoformat(timespec="minutes") if found else None
    if as_json:
        print_json({"paused": found is not None, "since": since, "by": found.who if found else None,
                    "why": found.why if found else None, "waiting": found.waiting if found else None})  # fmt: skip
    elif found:
        told = f"All sending is paused since {since} by {found.who}: {found.why}. {found.waiting} notices wait."
        console.print(told, markup=False, soft_wrap=True)
    else:
        console.print("Mail leaves.")
    return 0


@group.command()
def pause(why: Why, by: Who = "", at: At = "", config: ConfigPath = DEFAULT_CONFIG) -> int:
    """Hold back all mail, acknowledgments and urgent notices too, until it is resumed."""
    from intake.office.sending import pause_sending

    with desk_for(config, at) as desk:
        pause_sending(desk, by or current_user(), why)
    console.print("Nothing leaves from now on. `intake sending resume` lets mail go again.")
    return 0


@group.command()
def resume(why: Why = "", by: Who = "", at: At = "", config: ConfigPath = DEFAULT_CONFIG) -> int:
    """Let mail leave again; what has become untrue meanwhile is withdrawn."""
    from intake.office.sending import resume_sending

    with desk_for(config, at) as desk:
        waiting = resume_sending(desk, by or current_user(), why)
    console.print(f"Mail leaves again: {waiting} notices wait for the next pass.")
    return 0
