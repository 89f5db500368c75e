"""A notice in, its subject, text and HTML out. Templates are compiled once and again when a file changes.

A broken template never stops a mail: the last good version serves, or the shipped one where there was none yet.
"""

import difflib
from pathlib import Path

from intake.notices import NOTICES, Notice
from intake.rendering.sources import Fingerprint, shipped_templates, sources_of
from intake.rendering.templates import CompiledNotice, Problem, Rendered, TemplateError, compile_notice


class Renderer:
    """Renders with the office's templates in `path`/`language`, and with the shipped ones for what is not there."""

    def __init__(self, path: Path | None, language: str) -> None:
        self._language = language
        self._shipped = shipped_templates() / language
        self._own = path / language if path else None
        self._folders = (self._own, self._shipped) if self._own else (self._shipped,)
        self._good: dict[str, CompiledNotice] = {}
        self._seen: dict[str, Fingerprint] = {}
        self._problems: dict[str, Problem] = {}

    def render(self, notice: Notice) -> Rendered:
        """The words of one mail. Raises `TemplateError` only if the shipped template fails as well."""
        current = self._current(type(notice))
        try:
            return current.render(notice)
        except TemplateError as cause:
            self._problems[notice.name] = cause.problem
            return self._compiled(type(notice), (self._shipped,)).render(notice)

    def broken(self) -> tuple[Problem, ...]:
        """What was found wrong in rendering and has not been mended since."""
        return tuple(self._problems.values())

    def check_all(self) -> list[Problem]:
        """Every template against its samples, as it stands in its file now; a folder of no known notice too."""
        problems = self._stray_folders()
        for notice in NOTICES.values():
            try:
                self._compiled(notice, self._folders)
            except TemplateError as cause:
                problems.append(cause.problem)
        return problems

    def _current(self, notice: type[Notice]) -> CompiledNotice:
        sources = sources_of(notice.name, self._folders)
        if self._seen.get(notice.name) != sources.fingerprint:
            self._seen[notice.name] = sources.fingerprint
            try:
                self._good[notice.name] = compile_notice(notice, sources, self._language)
                self._problems.pop(notice.name, None)
            except TemplateError as cause:
                self._problems[notice.name] = cause.problem
        if notice.name not in self._good:
            self._good[notice.name] = self._compiled(notice, (self._shipped,))
        return self._good[notice.name]

    def _compiled(self, notice: type[Notice], folders: tuple[Path, ...]) -> CompiledNotice:
        return compile_notice(notice, sources_of(notice.name, folders), self._language)

    def _stray_folders(self) -> list[Problem]:
        if self._own is None or not self._own.is_dir():
            return []
        names = sorted(one.name for one in self._own.iterdir() if one.is_dir() and not one.name.startswith("."))
        return [Problem(name, str(self._own / name), 0, _stray(name)) for name in names if name not in NOTICES]


def _stray(name: str) -> str:
    close = difflib.get_close_matches(name, NOTICES, n=1)
    return f"there is no notice of this name{f'; did you mean {close[0]}?' if close else ''}"
