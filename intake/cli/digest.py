"""The command about the synthesis of a day: digest."""

from pathlib import Path
from typing import Annotated

import typer

from intake.cli.options import DEFAULT_CONFIG, AsJson, At, ConfigPath, desk_for
from intake.cli.printing import console, print_json
from intake.errors import ConfigError
from intake.office.typed import day_of


def add_to(app: typer.Typer) -> None:
    app.command()(digest)


def digest(
    on: Annotated[str, typer.Option("--date", metavar="D", help="The day, e.g. 2019-11-05; without it, today.")] = "",
    docx: Annotated[Path | None, typer.Option("--docx", metavar="PATH", help="Write it as a Word document.")] = None,
    as_json: AsJson = False,
    at: At = "",
    config: ConfigPath = DEFAULT_CONFIG,
) -> int:
    """The day's synthesis, as it would be sent: urgent matters, reports, what waits, what falls due. Sends nothing."""
    from intake.office.digest import as_json as facts_of
    from intake.office.digest import digest_of

    with desk_for(config, at) as desk:
        told = digest_of(desk, day_of(on) if on else desk.now.astimezone(desk.zone).date())
        if docx:
            _write(docx, desk.renderer.document(told))
        if as_json:
            print_json(facts_of(told))
            return 0
        rendered = desk.renderer.render(told)
    console.print(f"Subject: {rendered.subject}\n\n{rendered.text}", markup=False, soft_wrap=True)
    return 0


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as cause:
        raise ConfigError(f"{path} cannot be written: {cause.strerror}") from cause
