"""Orders of the office: the list, one with its units and documents, writing one in two steps, and what is decided."""

from collections.abc import Callable
from datetime import datetime

from starlette.datastructures import UploadFile
from starlette.responses import Response

from intake.errors import ConfigError
from intake.model import OFFICE, Agency
from intake.office import directives, issuing
from intake.office.explaining import directive_history
from intake.office.issuing import Draft, Upload
from intake.office.showing import attachment, leaves
from intake.office.typed import if_given, late_moment
from intake.records.incidents import By
from intake.web.json_lines import with_moments
from intake.web.mail_parts import kept_file
from intake.web.verbatim import Verbatim
from intake.web.visit import Visit

MOST_UPLOADED = 30_000_000
CLOSED_SHOWN = 50


def show_list(visit: Visit) -> Response:
    lines = [with_moments(one) for one in reversed(directives.directive_lines(visit.desk))]
    return visit.page(
        "directives",
        live=[one for one in lines if one["status"] == "open"],
        closed=[one for one in lines if one["status"] == "closed"][:CLOSED_SHOWN],
        names=_names(visit),
    )


def show(visit: Visit, problem: str = "") -> Response:
    number = visit.number("id")
    directive, line = directives.directive_with_line(visit.desk, number)
    return visit.page(
        "directive",
        409 if problem else 200,
        one=with_moments(line),
        paragraphs=directive.text.splitlines(),
        documents=list(leaves(visit.desk, directive.message_id)) if directive.message_id else [],
        happened=directive_history(visit.desk, number),
        names=_names(visit),
        mute=issuing.mute_of(visit.desk, [one["agency"] for one in line["agencies"]]),
        now=visit.now,
        problem=problem,
    )


def document(visit: Visit) -> Response:
    """One document of the directive, to be kept."""
    directive, _ = directives.directive_with_line(visit.desk, visit.number("id"))
    if directive.message_id is None:
        raise ConfigError(f"{directive.code} has no document")
    return kept_file(attachment(visit.desk, directive.message_id, visit.number("number")))


def write(visit: Visit, problem: str = "") -> Response:
    """The form of a new directive, with what was written where it could not be taken."""
    agencies = _agencies(visit)
    groups = {group: sum(group in one.groups for one in agencies) for one in agencies for group in one.groups}
    return visit.page(
        "directive_form",
        409 if problem else 200,
        agencies=[(one.code, one.name) for one in agencies],
        groups=sorted(groups.items()),
        told={name: Verbatim(visit.told(name)) for name in ("title", "text", "due")},
        chosen=[str(one) for name in ("agency", "group") for one in visit.form.getlist(name)],
        most=visit.desk.config.sharing.max_bytes,
        problem=problem,
    )


def offer(visit: Visit) -> Response:
    """Shows what would leave; nothing does yet."""
    try:
        found = issuing.offer(visit.desk, _draft(visit), _uploads(visit), visit.who)
    except ConfigError as cause:
        return write(visit, cause.sentence)
    paragraphs = found.draft.text.splitlines()
    return visit.page("directive_offer", found=found, paragraphs=paragraphs, names=_names(visit))


def issue(visit: Visit) -> Response:
    """Sends what was shown."""
    try:
        issued = issuing.confirm(visit.desk, visit.told("token"), visit.who)
    except ConfigError as cause:
        return write(visit, cause.sentence)
    return visit.see(f"/directives/{issued.directive.id}", done="issued")


def confirm(visit: Visit) -> Response:
    """A unit said by another channel that the directive has come."""

    def decided(number: int) -> None:
        if not visit.told("why"):
            raise ConfigError("say by which channel it was confirmed")
        at = _moment(visit, "on")
        directives.confirm(visit.desk, number, visit.told("agency"), _by(visit), at)

    return _decided(visit, decided)


def close(visit: Visit) -> Response:
    return _decided(visit, lambda number: directives.close(visit.desk, number, _by(visit)))


def undo(visit: Visit) -> Response:
    return _decided(visit, lambda number: directives.undo(visit.desk, number, _by(visit)))


def _decided(visit: Visit, act: Callable[[int], object]) -> Response:
    try:
        act(visit.number("id"))
    except ConfigError as cause:
        return show(visit, cause.sentence)
    return visit.see(f"/directives/{visit.number('id')}", done="yes")


def _draft(visit: Visit) -> Draft:
    chosen, groups = visit.form.getlist("agency"), visit.form.getlist("group")
    agencies = [
        one.code for one in _agencies(visit) if one.code in chosen or any(group in groups for group in one.groups)
    ]
    return Draft(visit.told("title"), visit.told("text"), tuple(agencies), _moment(visit, "due"))


def _uploads(visit: Visit) -> list[Upload]:
    files = [one for one in visit.form.getlist("document") if isinstance(one, UploadFile) and one.filename]
    return [Upload(one.filename or "", one.file.read()) for one in files]


def _moment(visit: Visit, name: str) -> datetime | None:
    return if_given(late_moment, visit.told(name), visit.desk.zone)


def _by(visit: Visit) -> By:
    return By(visit.who, visit.told("why"))


def _agencies(visit: Visit) -> list[Agency]:
    """Those that can be ordered something today."""
    today = visit.now.astimezone(visit.desk.zone).date()
    return [one for one in visit.desk.directory.agencies.values() if one.code != OFFICE and one.active_on(today)]


def _names(visit: Visit) -> dict[str, str]:
    return {code: one.name for code, one in visit.desk.directory.agencies.items()}
