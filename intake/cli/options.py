"""The options that commands share, and what they turn into: a config, a clock, an open desk."""

import getpass
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer
from pydantic import TypeAdapter, ValidationError

from intake.clock import Clock, clock_at, system_clock
from intake.config import Config, load_config
from intake.config.values import Duration
from intake.desk import Desk, open_desk
from intake.errors import ConfigError
from intake.office.typed import first_instant, if_given, last_instant, moment_of

ConfigPath = Annotated[
    Path, typer.Option("--config", help="The config file.", envvar="INTAKE_CONFIG", show_default=True)
]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object a line on stdout, nothing else there.")]
At = Annotated[
    str, typer.Option("--at", metavar="TIME", help="Run as though it were this moment, e.g. 2019-11-18T08:00+07:00.")
]
Who = Annotated[str, typer.Option("--by", "--who", help="Who decides this; kept in the audit trail.")]
Why = Annotated[str, typer.Option("--why", metavar="TEXT", help="The reason, kept in the audit trail.")]
Reason = Annotated[str, typer.Option("--why", metavar="TEXT", help="The reason, kept in the audit trail.")]
Agency = Annotated[str, typer.Option("--agency", metavar="CODE", help="The agency's code in the registry.")]
MessageId = Annotated[int, typer.Argument(metavar="ID", help="The message's id.")]
Language = Annotated[str, typer.Option("--language", metavar="vi|en", help="The language; else the office's own.")]
DEFAULT_CONFIG = Path("config.toml")


def current_user() -> str:
    """The name of the account, behind sudo that of whoever called it; "office" where an account has no name."""
    try:
        return os.environ.get("SUDO_USER") or getpass.getuser()
    except (KeyError, OSError):
        return "office"


def clock_for(at: str, zone: ZoneInfo) -> Clock:
    """The system's clock, or one that stands still at `--at`."""
    return clock_at(moment_of(at, zone)) if at else system_clock


def parse_duration(text: str) -> timedelta:
    """A duration as the config takes it. Raises `ConfigError`."""
    try:
        return TypeAdapter(Duration).validate_python(text)
    except ValidationError as cause:
        raise ConfigError(f"{text!r} is no duration; write it as 400d") from cause


def span_of(first: str, last: str, zone: ZoneInfo) -> tuple[datetime | None, datetime | None]:
    """The instants that bound the days of `--from` and `--to`. Raises `ConfigError` where they stand crosswise."""
    begin, end = if_given(first_instant, first, zone), if_given(last_instant, last, zone)
    if begin and end and begin >= end:
        raise ConfigError(f"--from {first} is after --to {last}")
    return begin, end


@contextmanager
def desk_for(config_path: Path, at: str = "") -> Iterator[Desk]:
    """The desk that the config describes, at the moment that `--at` names."""
    config = load_config(config_path)
    with open_desk(config, clock_for(at, config.office.zone)) as desk:
        yield desk


def config_or_default(config_path: Path) -> Config:
    """The config where there is one; else the defaults, for commands that need none."""
    return load_config(config_path) if config_path.exists() or config_path != DEFAULT_CONFIG else Config()
