"""A notice in, its subject, text and HTML out. Templates are compiled once and again when a file changes.

A broken template never stops a mail: the last good version serves, or the shipped one where there was none yet.
"""

import difflib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

from intake.notices import NOTICES, DueNotice, Notice
from intake.rendering.periods import Periodic
from intake.rendering.sources import PARTS, Fingerprint, folders_of, part_of, sources_of, wordings_of
from intake.rendering.templates import LANGUAGES, CompiledNotice, Problem, Rendered, TemplateError, compile_notice


class Renderer:
    """Renders with the office's templates in `path`/`language`, and with the shipped ones for what is not there."""

    def __init__(self, path: Path | None, language: str) -> None:
        self.language = language
        self._folders = folders_of(path, language)
        self._shipped = self._folders[-1]
        self._own = self._folders[0] if path else None
        self._good: dict[str, CompiledNotice] = {}
        self._seen: dict[str, Fingerprint] = {}
        self._problems: dict[str, Problem] = {}
        self._looked_at: set[str] | None = None

    def render(self, notice: Notice) -> Rendered:
        """The words of one mail. Raises `TemplateError` only if the shipped template fails as well."""
        current = self._current(type(notice), wording_of(notice))
        try:
            return current.render(notice)
        except TemplateError as cause:
            self._problems[notice.name] = cause.problem
            return self._compiled(type(notice), (self._shipped,)).render(notice)

    @contextmanager
    def unchanging(self) -> Iterator[None]:
        """Within it the files of a notice are looked at once, however many mails are made of them."""
        self._looked_at = set()
        try:
            yield
        finally:
            self._looked_at = None

    def title(self, line: Periodic) -> str:
        """A report and its period in the words of the language."""
        title: str = self.words.title(line)
        return title

    @property
    def words(self) -> ModuleType:
        """The filters of the language, for what is put into words outside a template."""
        return LANGUAGES[self.language]

    def document(self, notice: Notice) -> bytes:
        """The Word document that goes along with the mail. Raises `TemplateError` as `render` does."""
        # Few mails have one, and python-docx would hold up the start of every command.
        from intake.rendering.office_document import office_document

        current = self._current(type(notice), wording_of(notice))
        try:
            markup = current.render_document(notice)
        except TemplateError as cause:
            self._problems[notice.name] = cause.problem
            markup = self._compiled(type(notice), (self._shipped,)).render_document(notice)
        return office_document(markup, notice.reference, notice.now)

    def broken(self) -> tuple[Problem, ...]:
        """What was found wrong in rendering and has not been mended since."""
        return tuple(self._problems.values())

    def check_all(self) -> list[Problem]:
        """Every template against its samples, as it stands in its file now; a folder of no known notice too."""
        problems = self._stray_folders()
        for notice in NOTICES.values():
            for wording in ("", *self._wordings(notice.name)):
                try:
                    self._compiled(notice, self._folders, wording)
                except TemplateError as cause:
                    problems.append(cause.problem)
        return problems

    def without_wording(self, notice: str, wording: str) -> Problem | None:
        """What is missing where a policy names a wording of which there is no file."""
        if wording in ("", *self._wordings(notice)):
            return None
        return Problem(notice, f"{notice}/{part_of(PARTS[1], wording)}", 0, "a policy names it, and it is not there")

    def _wordings(self, notice: str) -> list[str]:
        return wordings_of(notice, self._folders)

    def _current(self, notice: type[Notice], wording: str) -> CompiledNotice:
        name = f"{notice.name} {wording}".strip()
        if self._looked_at is None or name not in self._looked_at:
            self._look_at(name, notice, wording)
        return self._good[name]

    def _look_at(self, name: str, notice: type[Notice], wording: str) -> None:
        """Compiles the templates of a notice if their files are others than when they were last looked at."""
        sources = sources_of(notice.name, self._folders, wording)
        if self._looked_at is not None:
            self._looked_at.add(name)
        if self._seen.get(name) != sources.fingerprint:
            self._seen[name] = sources.fingerprint
            try:
                self._good[name] = compile_notice(notice, sources, self.language)
                self._problems.pop(name, None)
            except TemplateError as cause:
                self._problems[name] = cause.problem
        if name not in self._good:
            self._good[name] = self._compiled(notice, (self._shipped,))

    def _compiled(self, notice: type[Notice], folders: tuple[Path, ...], wording: str = "") -> CompiledNotice:
        return compile_notice(notice, sources_of(notice.name, folders, wording), self.language)

    def _stray_folders(self) -> list[Problem]:
        if self._own is None or not self._own.is_dir():
            return []
        names = sorted(one.name for one in self._own.iterdir() if one.is_dir() and not one.name.startswith("."))
        return [Problem(name, str(self._own / name), 0, _stray(name)) for name in names if name not in NOTICES]


def wording_of(notice: Notice) -> str:
    """The wording that a policy's step asks for; "" for the plain one."""
    return notice.wording if isinstance(notice, DueNotice) else ""


def _stray(name: str) -> str:
    close = difflib.get_close_matches(name, NOTICES, n=1)
    return f"there is no notice of this name{f'; did you mean {close[0]}?' if close else ''}"
