"""The template workshop: what there is, what a person saves, who changed what, and the way back.

The files stay the truth. Whatever somebody changed with another editor is noticed at the next look and noted.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from intake.desk import Desk
from intake.errors import ConfigError
from intake.model import AuditEvent
from intake.rendering import LANGUAGES
from intake.rendering.drafts import Draft, is_template_name
from intake.rendering.own_files import TemplateText, read_template, shipped_text, template_names, write_template
from intake.rendering.templates import Problem
from intake.rendering.trial import tried
from intake.store import audit
from intake.store.engine import Session

SAVED, RESTORED, CHANGED_OUTSIDE = "template saved", "template restored", "template changed outside"


@dataclass(frozen=True, slots=True)
class Opened:
    """A file with its text as it stands. `mark` tells it from every other text; `last` is its last known change."""

    language: str
    name: str
    text: str
    is_own: bool
    is_shipped_text: bool
    changed_at: datetime
    mark: str
    last: AuditEvent | None


@dataclass(frozen=True, slots=True)
class Saved:
    """What came of saving: nothing is written where there is a problem, or where another text stands there by now."""

    problems: tuple[Problem, ...] = ()
    changed_meanwhile: bool = False

    @property
    def done(self) -> bool:
        return not self.problems and not self.changed_meanwhile


@dataclass(frozen=True, slots=True)
class Version:
    """One text that the file had: from when on, by whom, and the text before it."""

    number: int
    at: datetime
    who: str
    action: str
    why: str
    before: str
    text: str


def files(desk: Desk, language: str) -> list[Opened]:
    """Every file of a language; what was changed outside since the last look is noted."""
    path, language = desk.config.templates.path, _known(language)
    found = [read_template(path, language, name) for name in template_names(path, language)]
    note_changes(desk, language, found)
    with desk.database.reading() as session:
        last = audit.latest_about(session, _subject(language, ""))
    return [_opened(language, one, last.get(_subject(language, one.name))) for one in found]


def opened(desk: Desk, language: str, name: str) -> Opened:
    """One file, to be read or changed. Raises `ConfigError` where there is none of this name."""
    found = read_template(desk.config.templates.path, _known(language), name)
    note_changes(desk, language, [found])
    with desk.database.reading() as session:
        events = audit.events_about(session, _subject(language, name))
    return _opened(language, found, events[-1] if events else None)


def history(desk: Desk, language: str, name: str) -> list[Version]:
    """The texts that the file had, the newest first."""
    with desk.database.reading() as session:
        events = audit.events_about(session, _subject(_known(language), name))
    return [_version(one) for one in reversed(events)]


def save(desk: Desk, language: str, draft: Draft, mark: str, who: str, why: str = "") -> Saved:
    """Writes the draft into the office's own file, if it is sound and the file is still what was opened (`mark`)."""
    return _save(desk, language, draft, mark, SAVED, who, why)


def restore(desk: Desk, language: str, name: str, number: int, mark: str, who: str) -> Saved:
    """Brings back the text of a version; number 0 is the shipped one."""
    if number == 0:
        text, why = shipped_text(language, name), "shipped"
    else:
        found = [one for one in history(desk, language, name) if one.number == number]
        if not found:
            raise ConfigError(f"{name} had no version {number}")
        text, why = found[0].text, f"{found[0].number}"
    return _save(desk, language, Draft(name, text), mark, RESTORED, who, why)


def own_folder(desk: Desk) -> Path:
    """Where the office's own templates stand. Raises `ConfigError` where the config names no folder."""
    path = desk.config.templates.path
    if path is None:
        raise ConfigError(
            "the office has no templates of its own: `intake init` makes a copy, and [templates] path names it"
        )
    return path


def mark_of(text: str) -> str:
    """What tells one text from another."""
    return hashlib.sha256(text.encode()).hexdigest()


def as_written(text: str) -> str:
    """A text as a file has it: lines end in one way, and the last one too."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return lines if not lines or lines.endswith("\n") else lines + "\n"


def note_changes(desk: Desk, language: str, found: list[TemplateText]) -> None:
    """Keeps in the audit trail what was changed with another editor."""
    with desk.database.reading() as session:
        changed = list(_unknown(session, language, found))
    if not changed:
        return
    with desk.database.writing() as session:
        for one, before in _unknown(session, language, found):
            after = {"text": one.text, "modified_at": one.changed_at.isoformat()}
            subject = _subject(language, one.name)
            audit.record(session, desk.now, CHANGED_OUTSIDE, subject, before={"text": before}, after=after)


def _unknown(session: Session, language: str, found: list[TemplateText]) -> Iterator[tuple[TemplateText, str]]:
    """The files whose text is not the last one known, each with that one."""
    last = audit.latest_about(session, _subject(language, ""))
    for one in found:
        event = last.get(_subject(language, one.name))
        known = str(event.after["text"]) if event else shipped_text(language, one.name)
        if known != one.text:
            yield one, known


def _save(desk: Desk, language: str, draft: Draft, mark: str, action: str, who: str, why: str) -> Saved:
    if not is_template_name(draft.name):
        raise ConfigError(f"there can be no template named {draft.name!r}")
    path = own_folder(desk)
    draft = Draft(draft.name, as_written(draft.text))
    found = tried(path, _known(language), draft)
    if found.problems:
        return Saved(found.problems)
    with desk.database.writing() as session:
        current = _current(desk, language, draft.name)
        if mark_of(current) != mark:
            return Saved(changed_meanwhile=True)
        if current != draft.text:
            write_template(path, language, draft.name, draft.text)
            before, after = {"text": current}, {"text": draft.text}
            subject = _subject(language, draft.name)
            audit.record(session, desk.now, action, subject, who=who, why=why, before=before, after=after)
    return Saved()


def _current(desk: Desk, language: str, name: str) -> str:
    """The text in force; "" for a file that is not there yet, such as a new wording."""
    try:
        return read_template(desk.config.templates.path, language, name).text
    except ConfigError:
        return ""


def _opened(language: str, found: TemplateText, last: AuditEvent | None) -> Opened:
    same = found.text == shipped_text(language, found.name)
    return Opened(
        language, found.name, found.text, found.is_own, same, found.changed_at, mark_of(found.text), last
    )  # fmt: skip


def _version(event: AuditEvent) -> Version:
    before, text = str(event.before["text"]), str(event.after["text"])
    return Version(event.id, event.at, event.who, event.action, event.why, before, text)


def _subject(language: str, name: str) -> str:
    return f"template:{language}/{name}"


def _known(language: str) -> str:
    if language not in LANGUAGES:
        raise ConfigError(f"there is no language {language!r}: {' or '.join(LANGUAGES)}")
    return language
