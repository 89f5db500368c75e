"""Commands about the registry: load, export."""

from pathlib import Path
from typing import Annotated

import typer

from intake.cli.options import DEFAULT_CONFIG, At, ConfigPath, current_user, desk_for
from intake.cli.printing import console

group = typer.Typer(help="Agencies, contacts and report types, from a workbook or a folder of CSV files.")


def add_to(app: typer.Typer) -> None:
    app.add_typer(group, name="registry")


@group.command()
def load(
    path: Annotated[Path, typer.Argument(help="A workbook (.xlsx), or a folder with the three CSV files.")],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would change, and which deadlines would move; change nothing.")
    ] = False,
    at: At = "",
    config: ConfigPath = DEFAULT_CONFIG,
) -> int:
    """Load the registry, all or nothing: every mistake is named with its sheet, row and column."""
    from intake.office.registry_loading import changes_by, load_registry, stored_registry
    from intake.office.registry_preview import deadline_changes
    from intake.registry import read_registry

    with desk_for(config, at) as desk:
        registry = read_registry(path, policies=set(desk.config.policies))
        first, deadlines = not stored_registry(desk).agencies, list[str]()
        if dry_run:
            changes, deadlines = changes_by(desk, registry), list(deadline_changes(desk, registry))
        else:
            changes = load_registry(desk, registry, current_user())
    for change in [*changes, *deadlines] if dry_run or not first else ():
        console.print(change, markup=False)
    counts = f"{len(registry.agencies)} agencies, {len(registry.contacts)} contacts, {len(registry.report_types)} types"
    done = "would be loaded" if dry_run else "loaded"
    console.print(f"{counts} {done}; {len(changes)} changes." if changes else f"{counts}; nothing changes.")
    return 0


@group.command()
def export(
    path: Annotated[Path, typer.Argument(help="A workbook (.xlsx) or a folder to write.")],
    config: ConfigPath = DEFAULT_CONFIG,
) -> int:
    """Write the registry in the form that `load` takes."""
    from intake.office.registry_loading import stored_registry
    from intake.registry import write_registry

    with desk_for(config) as desk:
        write_registry(path, stored_registry(desk))
    console.print(f"The registry is in {path}.")
    return 0
