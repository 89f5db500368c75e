"""One template file whose text is not saved yet: proved in its place among the others, or shown as the mail it makes.

A draft is refused for what is wrong in it, or for what would go wrong elsewhere because of it; not for what was
broken before.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePath

from intake.notices import NOTICES, Notice
from intake.rendering.renderer import wording_of
from intake.rendering.sources import DOCUMENT, PARTS, Source, Sources, folders_of, part_of, sources_of, wordings_of
from intake.rendering.templates import Problem, Rendered, TemplateError, compile_notice, syntax_problem

LONGEST_TEXT = 200_000
LONGEST_MAIL = 1_000_000
_SHARED = re.compile(r"_[a-z0-9_]{1,40}\.(txt|html)")
_OWN = re.compile(r"(?P<stem>subject|body|document)(\.(?P<wording>[a-z0-9][a-z0-9_-]{0,40}))?\.(?P<ending>txt|html)")


@dataclass(frozen=True, slots=True)
class Draft:
    """A file by its place within a language's folder, such as "reminder/body.txt" or "_parts.html", and its text."""

    name: str
    text: str

    @property
    def notice(self) -> str:
        """The notice that the file belongs to; "" where notices share it."""
        return self.name.rpartition("/")[0]

    @property
    def part(self) -> str:
        """The template that the file is: its name without a wording."""
        return plain_part(self.name)

    @property
    def wording(self) -> str:
        found = _OWN.fullmatch(PurePath(self.name).name)
        return (found["wording"] or "") if found else ""


def is_template_name(name: str) -> bool:
    """Whether a template may have this name: nothing else is ever read or written."""
    notice, slash, file = name.rpartition("/")
    if slash and notice not in NOTICES:
        return False
    if _SHARED.fullmatch(file):
        return True
    found = _OWN.fullmatch(file) if slash else None
    return found is not None and f"{found['stem']}.{found['ending']}" in (*PARTS, DOCUMENT)


def plain_part(name: str) -> str:
    """The part that a file is a wording of: "reminder/body.gentle.txt" is a "reminder/body.txt"."""
    notice, slash, file = name.rpartition("/")
    found = _OWN.fullmatch(file)
    return f"{notice}{slash}{found['stem']}.{found['ending']}" if found else name


def problems_of(path: Path | None, language: str, draft: Draft) -> list[Problem]:
    """What speaks against saving the draft; nothing, where every notice that uses it still renders its samples."""
    if len(draft.text) > LONGEST_TEXT:
        return [Problem(draft.notice, draft.name, 0, f"longer than {LONGEST_TEXT} characters")]
    if wrong := syntax_problem(draft.name, draft.text):
        return [wrong]
    folders = folders_of(path, language)
    return list(dict.fromkeys(_problems(folders, language, draft)))


def render_draft(path: Path | None, language: str, draft: Draft, notice: Notice) -> Rendered:
    """The mail that a notice would become, or the document that goes along with it. Raises `TemplateError`."""
    folders = folders_of(path, language)
    wording = draft.wording or wording_of(notice)
    sources = _with(sources_of(notice.name, folders, wording), draft, wording)
    compiled = compile_notice(type(notice), sources, language)
    shown = compiled.render(notice)
    if draft.part.endswith(DOCUMENT):
        shown = replace(shown, html=compiled.render_document(notice))
    if len(shown.text) + len(shown.html) > LONGEST_MAIL:
        raise TemplateError(Problem(notice.name, draft.name, 0, f"a mail of more than {LONGEST_MAIL} characters"))
    return shown


def _problems(folders: tuple[Path, ...], language: str, draft: Draft) -> Iterator[Problem]:
    for name in [draft.notice] if draft.notice else NOTICES:
        wordings = [draft.wording] if draft.wording else ["", *wordings_of(name, folders)]
        for wording in wordings:
            sources = sources_of(name, folders, wording)
            problem = _problem(name, _with(sources, draft, wording), language)
            if problem and (problem.file == draft.name or problem != _problem(name, sources, language)):
                yield problem


def _problem(notice: str, sources: Sources, language: str) -> Problem | None:
    try:
        compile_notice(NOTICES[notice], sources, language)
    except TemplateError as cause:
        return cause.problem
    return None


def _with(sources: Sources, draft: Draft, wording: str) -> Sources:
    """The sources with the draft in its place, unless a wording has a file of its own there."""
    there = sources.files.get(draft.part)
    hidden = not draft.wording and wording and there and there.name == part_of(PurePath(draft.part).name, wording)
    return sources if hidden else replace(sources, instead={draft.part: Source(draft.text, draft.name)})
