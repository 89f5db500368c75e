"""The template files of a language as a person sees and changes them: the office's own before the shipped ones."""

import os
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from intake.errors import ConfigError
from intake.notices import NOTICES
from intake.rendering.drafts import is_template_name
from intake.rendering.sources import folders_of


@dataclass(frozen=True, slots=True)
class TemplateText:
    """What stands in the file that is in force. `is_own`: it is the office's, not the shipped one."""

    name: str
    text: str
    is_own: bool
    changed_at: datetime


def template_names(path: Path | None, language: str) -> list[str]:
    """Every template file of a language: the shared ones, then those of each notice in the notices' order."""
    folders = folders_of(path, language)
    names: list[str] = []
    for place in ("", *NOTICES):
        files = {file.name for folder in folders for file in _files(folder / place)}
        found = [f"{place}/{file}" if place else file for file in sorted(files, key=_as_read)]
        names += [name for name in found if is_template_name(name)]
    return names


def read_template(path: Path | None, language: str, name: str) -> TemplateText:
    """The file in force. Raises `ConfigError` where there is none of this name, or it cannot be read."""
    for folder in folders_of(path, language) if is_template_name(name) else ():
        file = folder / name
        if file.is_file():
            return _read(file, name, is_own=path is not None and folder == path / language)
    raise ConfigError(f"there is no template {name!r} in {language!r}")


def shipped_text(language: str, name: str) -> str:
    """The text that comes with the program; "" for a file that only the office has."""
    try:
        return read_template(None, language, name).text
    except ConfigError:
        return ""


def write_template(path: Path, language: str, name: str, text: str) -> None:
    """Puts the text in the office's own file, whole or not at all. Raises `ConfigError` where it cannot be written."""
    if not is_template_name(name):
        raise ConfigError(f"there can be no template named {name!r}")
    file = path / language / name
    # One dot only: no template is named so.
    draft = file.parent / f".saving-{secrets.token_hex(8)}"
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with draft.open("x", encoding="utf-8", newline="\n") as written:
            written.write(text)
            written.flush()
            os.fsync(written.fileno())
        if file.exists():
            draft.chmod(file.stat().st_mode & 0o777)
        draft.replace(file)
    except OSError as cause:
        draft.unlink(missing_ok=True)
        raise ConfigError(f"{file} cannot be written: {cause.strerror or cause}") from cause


def _read(file: Path, name: str, *, is_own: bool) -> TemplateText:
    try:
        text = file.read_text(encoding="utf-8-sig", errors="replace")
        return TemplateText(name, text, is_own, datetime.fromtimestamp(file.stat().st_mtime, UTC))
    except OSError as cause:
        raise ConfigError(f"{file} cannot be read: {cause.strerror or cause}") from cause


def _files(folder: Path) -> list[Path]:
    return [file for file in folder.iterdir() if file.is_file()] if folder.is_dir() else []


def _as_read(file: str) -> tuple[bool, bool, bool, str]:
    """Subject, text, HTML: in the order in which a mail is read; what is shared before them."""
    return not file.startswith("_"), not file.startswith("subject"), file.endswith(".html"), file
