"""The template workshop: every template by language, an editor with its preview, test mails, history, the way back."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime

from starlette.responses import Response

from intake.notices import NOTICES
from intake.office import workshop
from intake.office.template_previews import choices, chosen, preview, send_test, trial_addresses
from intake.office.workshop import Opened, Saved
from intake.rendering.drafts import Draft
from intake.rendering.templates import Problem
from intake.rendering.trial import Trial
from intake.rendering.variables import filters_of, variables_of
from intake.web.mail_frame import FRAMED_MAIL
from intake.web.texts import say
from intake.web.verbatim import Verbatim, differences
from intake.web.visit import Visit

FIRST_SHOWN = "acknowledgment"


@dataclass(frozen=True, slots=True)
class Entry:
    """One file in the list."""

    name: str
    notice: str
    part: str
    wording: str
    is_changed: bool
    last_who: str
    last_at: datetime | None
    is_outside: bool


def show_list(visit: Visit) -> Response:
    language = visit.asked("language") or visit.desk.config.templates.language
    entries = [_entry(one) for one in workshop.files(visit.desk, language)]
    groups = [(name, tuple(one for one in entries if one.notice == name)) for name in ("", *NOTICES)]
    folder = visit.desk.config.templates.path
    return visit.page("templates", chosen_language=language, groups=groups, has_folder=folder is not None)


def edit(visit: Visit) -> Response:
    found = workshop.opened(visit.desk, *_place(visit))
    return _editor(visit, found, found.text)


def save(visit: Visit) -> Response:
    """Saves what is sound; else shows it again, with what is wrong at its line."""
    language, name = _place(visit)
    draft = Draft(name, _text(visit))
    outcome = workshop.save(visit.desk, language, draft, visit.told("mark"), visit.who, visit.told("why"))
    if outcome.done:
        return visit.see(f"/templates/edit/{language}/{name}", done="saved")
    return _editor(visit, workshop.opened(visit.desk, language, name), workshop.as_written(draft.text), outcome)


def show_preview(visit: Visit) -> Response:
    """The mail that the files make, or the draft that a form brings, in a frame of the editor."""
    language, name = _place(visit)
    draft = Draft(name, workshop.as_written(_text(visit))) if visit.request.method == "POST" else None
    if draft is None and _part(name) == "document":
        draft = Draft(name, workshop.opened(visit.desk, language, name).text)
    shown = chosen(visit.desk, _notice(visit, name), _value(visit, "on"))
    return _framed(visit, preview(visit.desk, language, draft, shown))


def send_trial(visit: Visit) -> Response:
    """Sends the draft as a mail to an address of the office; what came of it is shown in the preview's frame."""
    language, name = _place(visit)
    draft = Draft(name, workshop.as_written(_text(visit)))
    shown, to = chosen(visit.desk, _notice(visit, name), _value(visit, "on")), visit.told("to")
    word = say(language, "templates.test_word")
    return _framed(visit, send_test(visit.desk, language, draft, shown, to, visit.who, word), sent_to=to)


def show_history(visit: Visit) -> Response:
    language, name = _place(visit)
    found = workshop.opened(visit.desk, language, name)
    versions = [(one, differences(one.before, one.text)) for one in workshop.history(visit.desk, language, name)]
    shown = [{**_as_shown(one), "lines": lines} for one, lines in versions]
    return visit.page("template_history", file=_file(found), versions=shown, problems=[])


def restore(visit: Visit) -> Response:
    language, name = _place(visit)
    number = visit.told("version")
    version = int(number) if number.isdecimal() and len(number) < 10 else -1
    outcome = workshop.restore(visit.desk, language, name, version, visit.told("mark"), visit.who)
    if outcome.done:
        return visit.see(f"/templates/edit/{language}/{name}", done="saved")
    found = workshop.opened(visit.desk, language, name)
    return _editor(visit, found, found.text, outcome)


def _editor(visit: Visit, found: Opened, text: str, outcome: Saved | None = None) -> Response:
    notice = _notice(visit, found.name)
    meanwhile = outcome is not None and outcome.changed_meanwhile
    problems = [_problem(one, found.name) for one in outcome.problems] if outcome else []
    return visit.page(
        "template_editor",
        409 if outcome else 200,
        file=_file(found),
        text=Verbatim(text),
        problems=problems,
        at_lines=json.dumps([one for one in problems if one["is_here"]]),
        meanwhile=differences(found.text, text) if meanwhile else [],
        notice=notice,
        notices=list(NOTICES),
        choices=[(one.key, one.row.recipient if one.row else "", one.row.queued_at if one.row else None)
                 for one in choices(visit.desk, notice)],
        on=_value(visit, "on"),
        variables=variables_of(NOTICES[notice]),
        variables_json=json.dumps([asdict(one) for one in variables_of(NOTICES[notice])]),
        filters=filters_of(found.language),
        filters_json=json.dumps(filters_of(found.language)),
        addresses=trial_addresses(visit.desk),
        may_save=visit.may("admin") and visit.desk.config.templates.path is not None,
        has_folder=visit.desk.config.templates.path is not None,
        done=visit.asked("done"),
    )  # fmt: skip


def _framed(visit: Visit, found: Trial, sent_to: str = "") -> Response:
    shown = found.rendered
    answer = visit.page(
        "template_preview",
        subject=shown.subject if shown else "",
        text=Verbatim(shown.text if shown else ""),
        html=Verbatim(shown.html if shown else ""),
        problems=[_problem(one, "") for one in found.problems],
        sent_to=sent_to if shown else "",
    )
    answer.headers.update(FRAMED_MAIL)
    return answer


def _place(visit: Visit) -> tuple[str, str]:
    return visit.request.path_params["language"], visit.request.path_params["name"]


def _text(visit: Visit) -> str:
    """What was written, with every space that was typed."""
    return str(visit.form.get("text", ""))


def _value(visit: Visit, name: str) -> str:
    return visit.told(name) or visit.asked(name)


def _notice(visit: Visit, name: str) -> str:
    """The notice that a file belongs to; for what is shared, the one that is chosen to look at it."""
    own, asked = Draft(name, "").notice, _value(visit, "notice")
    return own or (asked if asked in NOTICES else FIRST_SHOWN)


def _problem(one: Problem, name: str) -> dict[str, object]:
    return {"file": one.file, "line": one.line, "what": one.what, "is_here": one.file == name}


def _file(found: Opened) -> dict[str, object]:
    draft = Draft(found.name, "")
    return {
        "name": found.name, "language": found.language, "notice": draft.notice, "wording": draft.wording,
        "part": _part(found.name), "is_shipped_text": found.is_shipped_text, "mark": found.mark,
        "kind": "html" if found.name.endswith(".html") else "text",
    }  # fmt: skip


def _entry(found: Opened) -> Entry:
    draft, last = Draft(found.name, ""), found.last
    return Entry(
        found.name, draft.notice, _part(found.name), draft.wording, not found.is_shipped_text,
        last.who if last else "", last.at if last else None, bool(last and last.action == workshop.CHANGED_OUTSIDE),
    )  # fmt: skip


def _part(name: str) -> str:
    file = name.rpartition("/")[2]
    if file.startswith("_"):
        return "shared"
    stem = file.partition(".")[0]
    return stem if stem in ("subject", "document") else "html" if file.endswith(".html") else "text"


def _as_shown(one: workshop.Version) -> dict[str, object]:
    return {
        "number": one.number, "at": one.at, "who": one.who, "action": one.action, "why": one.why,
        "is_outside": one.action == workshop.CHANGED_OUTSIDE,
    }  # fmt: skip
