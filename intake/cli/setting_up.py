"""Commands to begin with, to look after the whole, and to keep it: demo, init, check, backup, restore."""

import tempfile
from pathlib import Path
from typing import Annotated

import typer

from intake.cli.options import DEFAULT_CONFIG, AsJson, At, ConfigPath, desk_for, parse_duration
from intake.cli.printing import complain, console, print_json
from intake.errors import ConfigError, IntakeError
from intake.office.check import Check


def add_to(app: typer.Typer) -> None:
    for command in (demo, init, check, backup, restore, pack):
        app.command()(command)


def demo(
    no_serve: Annotated[bool, typer.Option("--no-serve", help="Play it through, print the summary and end.")] = False,
    keep: Annotated[Path | None, typer.Option("--keep", metavar="DIR", help="Keep the demo's files here.")] = None,
) -> int:
    """Play a month of an office's mail on a mailbox of its own, then serve the console: no config, no account."""
    from intake.demo.play import play

    folder = keep or Path(tempfile.mkdtemp(prefix="intake-demo-"))
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise ConfigError(f"{folder} is not empty; give the demo a new folder")
    play(console, folder, serve=not no_serve)
    return 0


def init(directory: Annotated[Path, typer.Argument(metavar="[DIR]", help="Where to begin.")] = Path()) -> int:
    """Write a commented config.toml, the registry workbook to fill in, and a copy of the templates."""
    from intake.office.beginning import begin

    for path, made, kept in begin(directory):
        console.print(f"{_told(made, kept)}: {path}", markup=False, soft_wrap=True)
    console.print("Next: fill in config.toml and registry.xlsx, then", markup=False)
    for command in ("registry load registry.xlsx --dry-run", "registry load registry.xlsx", "check", "run"):
        console.print(f"   intake {_in_folder(command, directory)}", markup=False, soft_wrap=True)
    return 0


def _told(made: int, kept: int) -> str:
    """What became of a file, or of the files of a folder."""
    if made + kept == 1:
        return "written" if made else "kept as it is"
    return f"{made} files written, {kept} kept as they are" if kept else f"{made} files written"


def _in_folder(command: str, folder: Path) -> str:
    """The command as it is typed where `intake init` was."""
    if folder == Path():
        return command
    return f"{command.replace('registry.xlsx', str(folder / 'registry.xlsx'))} --config {folder / 'config.toml'}"


def check(as_json: AsJson = False, at: At = "", config: ConfigPath = DEFAULT_CONFIG) -> int:
    """Try every part for real (config, database, mailbox, outgoing mail, templates) and say what to mend."""
    from intake.office.checks import checks

    status = 0
    try:
        with desk_for(config, at) as desk:
            for one in checks(desk):
                status = status if one.ok else 1
                _show(one, as_json)
    except IntakeError as cause:
        part = "config" if isinstance(cause, ConfigError) else "database"
        _show(Check(part, False, cause.sentence), as_json)
        raise
    if status:
        complain("something needs a person")
    return status


def _show(one: Check, as_json: bool) -> None:
    if as_json:
        print_json(one.as_json())
        return
    mark = "[green]ok  [/green]" if one.ok else "[red]mend[/red]"
    console.print(f"{mark} {one.part}: ", end="")
    console.print(one.detail, markup=False, soft_wrap=True)


def backup(
    path: Annotated[Path, typer.Argument(help="The archive to write, e.g. intake-2026-11-23.tar.")],
    config: ConfigPath = DEFAULT_CONFIG,
) -> int:
    """Write everything into one archive, consistently, while the daemon runs."""
    from intake.store.backup import write_backup

    with desk_for(config) as desk:
        count = write_backup(desk.database, desk.raw_messages, path)
    console.print(f"{path} holds the database and {count} messages.", markup=False)
    return 0


def restore(
    path: Annotated[Path, typer.Argument(help="An archive that `backup` wrote.")], config: ConfigPath = DEFAULT_CONFIG
) -> int:
    """Put a backup back into the empty database and folder of the config."""
    from intake.store.backup import read_backup

    with desk_for(config) as desk:
        count = read_backup(desk.database, desk.raw_messages, path)
    console.print(f"Restored, with {count} messages.")
    return 0


def pack(
    older_than: Annotated[str, typer.Option(metavar="400d", help="Instead of pack_after of the config.")] = "",
    at: At = "",
    config: ConfigPath = DEFAULT_CONFIG,
) -> int:
    """Put settled mails that are old enough into dated archives, where they can still be read."""
    from intake.jobs.pack import pack as pack_messages

    with desk_for(config, at) as desk:
        done = pack_messages(desk, parse_duration(older_than) if older_than else None)
    console.print(f"{done.messages} messages packed into {done.archives} archives, {done.tidied} files put away.")
    return 0
