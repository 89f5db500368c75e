"""One notice's three templates, compiled in a sandbox and proved on the notice's samples. Says where one is wrong."""

import difflib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from types import ModuleType, TracebackType
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import jinja2
from jinja2 import Environment, FunctionLoader, StrictUndefined, Template, TemplateSyntaxError, meta, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from intake.errors import PermanentError
from intake.notices import Notice
from intake.rendering import english, vietnamese
from intake.rendering.layout import fields_of, one_line, wrapped
from intake.rendering.sources import DOCUMENT, PARTS, Source, Sources

Filled = TypeVar("Filled")

LANGUAGES: Mapping[str, ModuleType] = {"vi": vietnamese, "en": english}


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a template, and where. `line` is 0 where the whole file is meant."""

    notice: str
    file: str
    line: int
    what: str

    def __str__(self) -> str:
        return f"{self.file}{f', line {self.line}' if self.line else ''}: {self.what}"


class TemplateError(PermanentError):
    """A template cannot be used; `problem` says where and why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(f"a template is broken: {problem}")
        self.problem = problem


class _Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's own, which goes by the type of what is asked and the attribute's name: each is judged once."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._judged: dict[tuple[type, str], bool] = {}

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        asked = type(obj), attr
        if asked not in self._judged:
            self._judged[asked] = super().is_safe_attribute(obj, attr, value)
        return self._judged[asked]


@dataclass(frozen=True, slots=True)
class Rendered:
    """A mail's words. `subject` is one line without its end."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class CompiledNotice:
    """The templates of one notice, as they stood in their files when they were last good."""

    notice: str
    subject: Template
    text: Template
    html: Template
    document: Template | None
    files: frozenset[str]

    def render(self, notice: Notice) -> Rendered:
        """Raises `TemplateError`."""
        return self._filled(notice, self._mail)

    def render_document(self, notice: Notice) -> str:
        """The markup of the document that goes along, "" where there is none. Raises `TemplateError`."""
        document = self.document
        return self._filled(notice, document.render) if document else ""

    def _mail(self, variables: dict[str, Any]) -> Rendered:
        subject = one_line(self.subject.render(variables), variables["reference"])
        return Rendered(subject, wrapped(self.text.render(variables)), self.html.render(variables))

    def _filled(self, notice: Notice, fill: Callable[[dict[str, Any]], Filled]) -> Filled:
        """What the templates make of the notice, whatever they do: they are the office's programs, not ours."""
        try:
            return fill(fields_of(notice, ZoneInfo(notice.office.timezone)))
        except Exception as cause:
            file, line = _place(cause.__traceback__, self.files)
            raise TemplateError(Problem(self.notice, file or self.notice, line, _reason(cause))) from cause


def syntax_problem(name: str, text: str) -> Problem | None:
    """What a template's own syntax has against it, whoever uses it."""
    try:
        Environment(trim_blocks=True, lstrip_blocks=True, autoescape=True).parse(text, name, name)
    except TemplateSyntaxError as cause:
        return Problem("", name, cause.lineno, cause.message or "wrong")
    return None


def compile_notice(notice: type[Notice], sources: Sources, language: str) -> CompiledNotice:
    """Compiles and proves the templates of one notice. Raises `TemplateError`."""
    texts = _read(notice.name, sources)
    environment = _environment(texts, language)
    _check_all(notice, texts, environment)
    subject, text, html = (environment.get_template(f"{notice.name}/{part}") for part in PARTS)
    document = environment.get_template(f"{notice.name}/{DOCUMENT}") if f"{notice.name}/{DOCUMENT}" in texts else None
    files = frozenset(source.path for source in texts.values())
    compiled = CompiledNotice(notice.name, subject, text, html, document, files)
    for sample in (notice.sample(), *notice.variants()):
        compiled.render(sample)
        compiled.render_document(sample)
    return compiled


def _read(notice: str, sources: Sources) -> dict[str, Source]:
    missing = [part for part in PARTS if f"{notice}/{part}" not in sources.names]
    if missing:
        raise TemplateError(Problem(notice, f"{notice}/{missing[0]}", 0, "this file is missing"))
    texts: dict[str, Source] = {}
    for name in sources.names:
        try:
            texts[name] = sources.read(name)
        except UnicodeDecodeError as cause:
            raise TemplateError(Problem(notice, sources.files[name].path, 0, "this is not UTF-8 text")) from cause
        except OSError as cause:
            what = f"this file cannot be read: {cause.strerror}"
            raise TemplateError(Problem(notice, sources.files[name].path, 0, what)) from cause
    return texts


def _environment(texts: Mapping[str, Source], language: str) -> Environment:
    def load(name: str) -> tuple[str, str, None] | None:
        source = texts.get(name)
        return (source.text, source.path, None) if source else None

    environment = _Sandbox(
        loader=FunctionLoader(load),
        undefined=StrictUndefined,
        autoescape=lambda name: name is None or name.endswith(".html"),
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    words = LANGUAGES[language]
    environment.filters.update({name: getattr(words, name) for name in words.__all__})
    return environment


def _check_all(notice: type[Notice], texts: Mapping[str, Source], environment: Environment) -> None:
    """Checks the notice's templates and all that they are built from."""
    checked: set[str] = set()
    waiting = [f"{notice.name}/{part}" for part in (*PARTS, DOCUMENT)]
    while waiting:
        name = waiting.pop()
        if name in texts and name not in checked:
            checked.add(name)
            waiting += _check(notice, name, texts[name], environment)


def _check(notice: type[Notice], name: str, source: Source, environment: Environment) -> list[str]:
    """Compiles one template, finds unknown variables in branches that no sample takes too, and names what it uses."""
    try:
        tree = environment.parse(source.text, name, source.path)
        environment.get_template(name)
    except TemplateSyntaxError as cause:
        raise TemplateError(Problem(notice.name, source.path, cause.lineno, cause.message or "wrong")) from cause
    known = {field.name for field in fields(notice)}
    unknown = meta.find_undeclared_variables(tree) - known - set(environment.globals) - _set_by(tree)
    if unknown:
        line, wrong = min((one.lineno, one.name) for one in tree.find_all(nodes.Name) if one.name in unknown)
        raise TemplateError(Problem(notice.name, source.path, line, _unknown(wrong, known)))
    return [used for used in meta.find_referenced_templates(tree) if used]


def _set_by(tree: nodes.Template) -> set[str]:
    """What a template sets or imports itself: at run time its blocks see it, which static analysis does not."""
    stored = {one.name for one in tree.find_all(nodes.Name) if one.ctx == "store"}
    return stored | {one.target for one in tree.find_all(nodes.Import)}


def _unknown(name: str, known: set[str]) -> str:
    close = difflib.get_close_matches(name, known, n=1)
    hint = f"did you mean {close[0]}?" if close else f"known are {', '.join(sorted(known))}"
    return f"unknown variable {name!r}; {hint}"


def _place(traceback: TracebackType | None, files: frozenset[str]) -> tuple[str, int]:
    """Jinja rewrites tracebacks: the innermost frame in one of our files is where the template went wrong."""
    place = ("", 0)
    while traceback:
        file = traceback.tb_frame.f_code.co_filename
        if file in files:
            place = (file, traceback.tb_lineno)
        traceback = traceback.tb_next
    return place


def _reason(cause: Exception) -> str:
    if isinstance(cause, jinja2.TemplateNotFound):
        return f"there is no template {cause.name!r}"
    return str(cause) or type(cause).__name__
