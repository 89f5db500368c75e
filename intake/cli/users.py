"""Commands of access: who may use the console, and the console alone."""

from typing import Annotated

import typer

from intake.cli.options import DEFAULT_CONFIG, AsJson, At, ConfigPath, Who, clock_for, current_user, desk_for
from intake.cli.printing import console, print_json, print_table
from intake.clock import clock_from
from intake.config import load_config
from intake.desk import open_desk

group = typer.Typer(help="Who may use the console.", no_args_is_help=True)
Name = Annotated[str, typer.Argument(metavar="NAME", help="The user's name, as it is typed at signing in.")]
RoleName = Annotated[str, typer.Option("--role", metavar="R", help="viewer sees, officer decides, admin changes all.")]
Generate = Annotated[bool, typer.Option("--generate", help="Make up a password and show it once, instead of asking.")]


def add_to(app: typer.Typer) -> None:
    app.add_typer(group, name="users")
    app.command()(web)


def web(at: At = "", config: ConfigPath = DEFAULT_CONFIG) -> int:
    """The console alone, until it is stopped; `run` carries it too where the config has a table \\[web]."""
    from intake.web.carrying import serve_until_stopped

    settings = load_config(config)
    clock = clock_for(at, settings.office.zone)
    with open_desk(settings, clock_from(clock()) if at else clock) as desk:
        serve_until_stopped(desk, lambda address: console.print(f"The console is at {address}", markup=False))
    return 0


@group.command()
def add(
    name: Name,
    role: RoleName = "viewer",
    generate: Generate = False,
    no_password: Annotated[
        bool, typer.Option("--no-password", help="Only the identity provider lets them in.")
    ] = False,
    by: Who = "",
    config: ConfigPath = DEFAULT_CONFIG,
) -> int:
    """Add a user. The first admin is made here too: there is no default password."""
    from intake.office.users import add_user

    with desk_for(config) as desk:
        password = None if no_password else _password(generate)
        kept = add_user(desk, name, role, password, by or current_user())
    console.print(f"{kept} may sign in as {role}.", markup=False)
    _show_once(password, generate)
    return 0


@group.command(name="list")
def list_(as_json: AsJson = False, config: ConfigPath = DEFAULT_CONFIG) -> int:
    """Who may use the console."""
    from intake.office.users import list_users

    with desk_for(config) as desk:
        found, zone = list_users(desk), desk.zone
    rows = [(one.name, one.role, one.disabled_at is None, one.has_password, one.created_at) for one in found]
    if as_json:
        for name, role, enabled, has_password, created_at in rows:
            print_json(
                {"name": name, "role": role, "enabled": enabled, "has_password": has_password,
                 "created_at": created_at.astimezone(zone).isoformat()}
            )  # fmt: skip
        return 0
    shown = [(row[0], row[1], "yes" if row[2] else "disabled", "yes" if row[3] else "no") for row in rows]
    print_table("Users", ("name", "role", "may sign in", "password"), shown, "There is no user yet.")
    return 0


@group.command()
def password(name: Name, generate: Generate = False, by: Who = "", config: ConfigPath = DEFAULT_CONFIG) -> int:
    """Give a user another password. They are signed out everywhere."""
    from intake.office.users import set_password

    with desk_for(config) as desk:
        word = _password(generate)
        set_password(desk, name, word, by or current_user())
    console.print(f"{name} has another password.", markup=False)
    _show_once(word, generate)
    return 0


@group.command()
def role(name: Name, role: RoleName, by: Who = "", config: ConfigPath = DEFAULT_CONFIG) -> int:
    """Give a user another role."""
    from intake.office.users import set_role

    with desk_for(config) as desk:
        set_role(desk, name, role, by or current_user())
    console.print(f"{name} is {role} now.", markup=False)
    return 0


@group.command()
def disable(name: Name, by: Who = "", config: ConfigPath = DEFAULT_CONFIG) -> int:
    """Let a user in no more. Nothing of what they did is deleted."""
    from intake.office.users import disable_user

    with desk_for(config) as desk:
        disable_user(desk, name, by or current_user())
    console.print(f"{name} may sign in no more.", markup=False)
    return 0


@group.command()
def enable(name: Name, by: Who = "", config: ConfigPath = DEFAULT_CONFIG) -> int:
    """Let a disabled user in again."""
    from intake.office.users import enable_user

    with desk_for(config) as desk:
        enable_user(desk, name, by or current_user())
    console.print(f"{name} may sign in again.", markup=False)
    return 0


def _password(generate: bool) -> str:
    from intake.office.users import new_password

    if generate:
        return new_password()
    asked: str = typer.prompt("Password", hide_input=True, confirmation_prompt=True)
    return asked


def _show_once(password: str | None, generate: bool) -> None:
    if password and generate:
        console.print(f"The password, shown this once: {password}", markup=False)
