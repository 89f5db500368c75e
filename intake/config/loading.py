"""config.toml to typed settings. Reports every mistake at once, each with its key and what would be right.

Relative paths are relative to the config file.
"""

import difflib
import re
import tomllib
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from intake.config.tables import Config, Database, Signatures
from intake.config.values import Section
from intake.config.web import with_absolute_secret
from intake.errors import ConfigError


def load_config(path: Path) -> Config:
    """Reads the config file.

    Raises `ConfigError` with every mistake at once, each with its key and what would be right.
    """
    try:
        with path.open("rb") as file:
            tables = tomllib.load(file)
    except FileNotFoundError:
        raise ConfigError(f"there is no config file {path}; `intake init` writes one") from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as cause:
        raise ConfigError(f"{path} cannot be read: {cause}") from cause
    return config_from(tables, path.parent)


def config_from(tables: dict[str, Any], base: Path) -> Config:
    """The settings in `tables`, with relative paths taken from `base`. Raises `ConfigError`."""
    try:
        config = Config.model_validate(tables)
    except ValidationError as cause:
        mistakes = tuple(_mistake(error) for error in cause.errors(include_url=False))
        raise ConfigError("the config is wrong:\n" + "\n".join(f"  {line}" for line in mistakes), mistakes) from cause
    return _with_absolute_paths(config, base.absolute())


def _mistake(error: Any) -> str:
    key = "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in error["loc"]).lstrip(".")
    if error["type"] == "extra_forbidden":
        known = _known_keys(error["loc"])
        close = difflib.get_close_matches(str(error["loc"][-1]), known, n=1)
        return f"{key}: unknown key" + (f"; did you mean {close[0]}?" if close else f"; known are {', '.join(known)}")
    wanted = error["msg"].removeprefix("Value error, ")
    given = error["input"]
    shown = f" (it is {given!r})" if isinstance(given, str | int | float | bool) and "password" not in key else ""
    return f"{key}: {wanted}{shown}" if key else wanted


def _known_keys(location: tuple[str | int, ...]) -> list[str]:
    section: type[Section] = Config
    for part in location[:-1]:
        field = section.model_fields.get(str(part))
        section = (_section_of(field.annotation) if field else None) or section
    return list(section.model_fields)


def _section_of(annotation: Any) -> type[Section] | None:
    """The kind of table that a field holds: itself, or within a tuple or a dict."""
    inner = [annotation, *getattr(annotation, "__args__", ())]
    return next((one for one in inner if isinstance(one, type) and issubclass(one, Section)), None)


def _with_absolute_paths(config: Config, base: Path) -> Config:
    def placed(path: Path | None) -> Path | None:
        return None if path is None else base / path.expanduser()

    def server(section: Any) -> Any:
        return section.model_copy(
            update={key: placed(getattr(section, key)) for key in ("path", "password_file", "ca_file")}
        )

    url = config.database.url
    if found := re.fullmatch(r"sqlite:///(?!:memory:)([^/].*)", url):
        url = f"sqlite:///{base / found[1]}"
    return config.model_copy(
        update={
            "database": Database(url=url),
            "storage": config.storage.model_copy(update={"path": base / config.storage.path.expanduser()}),
            "templates": config.templates.model_copy(update={"path": placed(config.templates.path)}),
            "mailboxes": tuple(server(mailbox) for mailbox in config.mailboxes),
            "outgoing": server(config.outgoing),
            "signatures": Signatures(trust_store=placed(config.signatures.trust_store)),
            "web": config.web and with_absolute_secret(config.web, base),
        }
    )
