"""Commands about templates: check, preview."""

from typing import Annotated

import typer

from intake.cli.options import DEFAULT_CONFIG, ConfigPath, config_or_default
from intake.cli.printing import complain, console
from intake.config import Config
from intake.errors import ConfigError
from intake.notices import NOTICES
from intake.rendering import Renderer

group = typer.Typer(help="The words of every mail that leaves.")


def add_to(app: typer.Typer) -> None:
    app.add_typer(group, name="templates")


@group.command()
def check(config: ConfigPath = DEFAULT_CONFIG) -> int:
    """Render every template with its sample; say what is broken, with file and line."""
    problems = _renderer(config_or_default(config)).check_all()
    for problem in problems:
        complain(str(problem))
    if not problems:
        console.print(f"All {len(NOTICES)} notices render their samples.")
    return 1 if problems else 0


@group.command()
def preview(
    notice: Annotated[str, typer.Argument(help=" | ".join(NOTICES))],
    html: Annotated[bool, typer.Option("--html", help="The HTML part instead of the text.")] = False,
    config: ConfigPath = DEFAULT_CONFIG,
) -> int:
    """Show one notice as it would be sent, with its sample."""
    if notice not in NOTICES:
        raise ConfigError(f"there is no notice {notice!r}; there are {', '.join(NOTICES)}")
    rendered = _renderer(config_or_default(config)).render(NOTICES[notice].sample())
    if html:
        console.print(rendered.html, markup=False, soft_wrap=True)
    else:
        console.print(f"Subject: {rendered.subject}\n\n{rendered.text}", markup=False, soft_wrap=True)
    return 0


def _renderer(config: Config) -> Renderer:
    return Renderer(config.templates.path, config.templates.language)
