"""Urgent matters: the list, one matter with its mails and what was asked about it, and what the office decides."""

from collections.abc import Callable

from starlette.responses import Response

from intake.config import CATEGORIES
from intake.errors import ConfigError
from intake.office import incidents
from intake.office.explaining import incident_history
from intake.office.mailbook import mails_numbered
from intake.office.typed import if_given, late_moment
from intake.records.incidents import By, Matter
from intake.web.json_lines import with_moments
from intake.web.visit import Visit


def show_list(visit: Visit, problem: str = "") -> Response:
    lines = [with_moments(one) for one in incidents.incident_lines(visit.desk) if one["joined_to"] is None]
    lines.sort(key=lambda one: (one["status"] == "closed", -one["updated_at"].timestamp()))
    return visit.page(
        "incidents",
        409 if problem else 200,
        live=[one for one in lines if one["status"] == "open"],
        closed=[one for one in lines if one["status"] == "closed"][:50],
        names=_names(visit),
        categories=CATEGORIES,
        problem=problem,
    )


def show(visit: Visit, problem: str = "") -> Response:
    number = visit.number("id")
    lines = [with_moments(one) for one in incidents.incident_lines(visit.desk)]
    found = next((one for one in lines if one["id"] == number), None)
    if found is None:
        raise ConfigError(f"there is no incident {number}; `intake incidents` lists them")
    return visit.page(
        "incident",
        409 if problem else 200,
        one=found,
        mails=mails_numbered(visit.desk, found["messages"]),
        others=[one for one in lines if one["status"] == "open" and one["id"] != number],
        happened=incident_history(visit.desk, number),
        names=_names(visit),
        categories=CATEGORIES,
        problem=problem,
    )


def ask_anew(visit: Visit) -> Response:
    """Asks units for a report on a matter that nobody has told of yet."""
    matter = Matter(visit.told("title"), visit.told("category"), visit.told("place"))
    try:
        if not matter.title:
            raise ConfigError("say what the matter is")
        asked = _ask(visit, matter)
    except ConfigError as cause:
        return show_list(visit, cause.sentence)
    return visit.see(f"/incidents/{asked}")


def ask(visit: Visit) -> Response:
    """Asks units for a report on a known matter."""
    return _decided(visit, lambda number: _ask(visit, number))


def end(visit: Visit) -> Response:
    return _decided(visit, lambda number: incidents.end(visit.desk, number, _by(visit)))


def close(visit: Visit) -> Response:
    return _decided(visit, lambda number: incidents.close(visit.desk, number, _by(visit)))


def join(visit: Visit) -> Response:
    """Two matters are one: all goes on under the one that is named."""
    number = visit.number("id")
    try:
        kept = incidents.join(visit.desk, number, incidents.incident_number(visit.told("into")), _by(visit))
    except ConfigError as cause:
        return show(visit, cause.sentence)
    return visit.see(f"/incidents/{kept.id}")


def part(visit: Visit) -> Response:
    """One of the mails tells of another matter: of a known one, or of a new one."""
    try:
        to = incidents.part(visit.desk, visit.told_number("message"), _other_matter(visit), _by(visit))
    except ConfigError as cause:
        return show(visit, cause.sentence)
    return visit.see(f"/incidents/{to.id}")


def _other_matter(visit: Visit) -> Matter | int:
    if into := visit.told("into"):
        return incidents.incident_number(into)
    return Matter(visit.told("title"), visit.told("category"), visit.told("place"))


def change(visit: Visit) -> Response:
    facts = {name: visit.told(name) for name in ("title", "place", "category")}
    return _decided(visit, lambda number: incidents.update(visit.desk, number, _by(visit), **facts))


def undo(visit: Visit) -> Response:
    return _decided(visit, lambda number: incidents.undo(visit.desk, number, _by(visit)))


def _ask(visit: Visit, about: Matter | int) -> int:
    agencies = [str(one) for one in visit.form.getlist("agency") if one]
    if not agencies:
        raise ConfigError("say which agencies are asked")
    due_at = if_given(late_moment, visit.told("due"), visit.desk.zone)
    found = incidents.request(visit.desk, agencies, about, _by(visit), due_at=due_at, words=visit.told("words"))
    return found.incident.id


def _by(visit: Visit) -> By:
    return By(visit.who, visit.told("why"))


def _decided(visit: Visit, act: Callable[[int], object]) -> Response:
    try:
        act(visit.number("id"))
    except ConfigError as cause:
        return show(visit, cause.sentence)
    return visit.see(f"/incidents/{visit.number('id')}")


def _names(visit: Visit) -> dict[str, str]:
    return {code: agency.name for code, agency in visit.desk.directory.agencies.items() if code != "office"}
