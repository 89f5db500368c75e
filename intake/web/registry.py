"""The registry: agencies, contacts, report types; a workbook uploaded in two steps; deadlines under another rule."""

import tempfile
from pathlib import Path

from starlette.datastructures import UploadFile
from starlette.responses import Response

from intake.errors import ConfigError
from intake.model import OFFICE, Agency, Contact, ReportType
from intake.office.calendar_feed import feed_token, renew_feed
from intake.office.registry_loading import stored_registry
from intake.office.registry_preview import next_deadlines
from intake.office.registry_upload import confirm, offer
from intake.registry import write_registry
from intake.registry.apart import MOST_BYTES
from intake.registry.columns import CLOSINGS, ROLLS
from intake.rules.language.text import fold
from intake.web.visit import Visit

TABS = ("agencies", "contacts", "types")
MOST_UPLOADED = MOST_BYTES + 100_000
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def show(visit: Visit, mistakes: tuple[str, ...] = (), problem: str = "") -> Response:
    tab = visit.asked("tab") if visit.asked("tab") in TABS else "agencies"
    words = visit.asked("q")
    rows = {"agencies": _agencies, "contacts": _contacts, "types": _types}[tab](visit, fold(words))
    counts = _counts(visit)
    status = 409 if mistakes or problem else 200
    return visit.page(
        "registry", status, tab=tab, words=words, rows=rows, counts=counts, mistakes=list(mistakes), problem=problem
    )


def show_agency(visit: Visit) -> Response:
    """One agency with its contacts, and the secret link of its calendar for those who may pass it on."""
    code = visit.request.path_params["code"]
    agency = visit.desk.directory.agencies.get(code)
    if agency is None:
        raise ConfigError(f"there is no agency {code!r}")
    token = feed_token(visit.desk, code) if visit.may("officer") else ""
    base = visit.desk.config.console.base_url or str(visit.request.base_url).rstrip("/")
    contacts = [_contact(visit, one) for one in visit.desk.directory.contacts.get(code, ())]
    return visit.page(
        "agency", agency=_agency(agency), contacts=contacts, link=f"{base}/feed/{token}.ics" if token else "",
        has_feed=code != OFFICE,
    )  # fmt: skip


def renew_link(visit: Visit) -> Response:
    code = visit.request.path_params["code"]
    renew_feed(visit.desk, code, visit.who)
    return visit.see(f"/registry/agency/{code}")


def show_type(visit: Visit, problem: str = "") -> Response:
    """One report type, with its next deadlines as they are and as they would be under another rule."""
    code = visit.request.path_params["code"]
    rule = {name: visit.asked(name) for name in ("closing", "due", "roll")}
    try:
        deadlines = next_deadlines(visit.desk, code, rule)
    except ConfigError as cause:
        if code not in visit.desk.directory.report_types:
            raise
        deadlines, problem = next_deadlines(visit.desk, code, {}), cause.sentence
    kind = visit.desk.directory.report_types[code]
    tried = {name: rule[name] or getattr(kind, name) for name in rule}
    return visit.page(
        "report_type", 409 if problem else 200, kind=_type(kind), rule=tried, deadlines=deadlines, problem=problem,
        closings=CLOSINGS, rolls=ROLLS, is_other=any(tried[name] != getattr(kind, name) for name in tried),
    )  # fmt: skip


def export(visit: Visit) -> Response:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "registry.xlsx"
        write_registry(path, stored_registry(visit.desk))
        content = path.read_bytes()
    headers = {"Content-Disposition": 'attachment; filename="registry.xlsx"'}
    return Response(content, media_type=WORKBOOK, headers=headers)


def upload(visit: Visit) -> Response:
    """Shows what the workbook would change; nothing takes effect yet."""
    file = visit.form.get("workbook")
    content = file.file.read() if isinstance(file, UploadFile) else b""
    if not content:
        return show(visit, problem="choose a workbook (.xlsx) first")
    try:
        found = offer(visit.desk, content, visit.who)
    except ConfigError as cause:
        return show(visit, cause.mistakes, "" if cause.mistakes else cause.sentence)
    return visit.page("registry_offer", found=found)


def take_over(visit: Visit) -> Response:
    """Loads what was shown."""
    try:
        confirm(visit.desk, visit.told("token"), visit.who)
    except ConfigError as cause:
        return show(visit, problem=cause.sentence)
    return visit.see("/registry", loaded="yes")


def _counts(visit: Visit) -> dict[str, int]:
    directory = visit.desk.directory
    contacts = sum(len(found) for found in directory.contacts.values())
    return {"agencies": len(directory.agencies), "contacts": contacts, "types": len(directory.report_types)}


def _agencies(visit: Visit, words: str) -> list[dict[str, object]]:
    rows = [_agency(one) for one in visit.desk.directory.agencies.values()]
    return [one for one in rows if words in fold(f"{one['code']} {one['name']} {one['aliases']} {one['groups']}")]


def _contacts(visit: Visit, words: str) -> list[dict[str, object]]:
    rows = [_contact(visit, one) for found in visit.desk.directory.contacts.values() for one in found]
    return [one for one in rows if words in fold(f"{one['email']} {one['name']} {one['agency']} {one['agency_name']}")]


def _types(visit: Visit, words: str) -> list[dict[str, object]]:
    rows = [_type(one) for one in visit.desk.directory.report_types.values()]
    return [one for one in rows if words in fold(f"{one['code']} {one['name']} {one['aliases']}")]


def _agency(one: Agency) -> dict[str, object]:
    names = ("code", "name", "aliases", "groups", "parent", "active_from", "active_to")
    return {name: getattr(one, name) for name in names}


def _contact(visit: Visit, one: Contact) -> dict[str, object]:
    row = {name: getattr(one, name) for name in ("email", "name", "role", "bounced_at", "is_domain")}
    code = one.agency_code
    agency = visit.desk.directory.agencies.get(code)
    return row | {"agency": code, "agency_name": agency.name if agency else code}


def _type(one: ReportType) -> dict[str, object]:
    names = ("code", "name", "aliases", "frequency", "closing", "due", "roll", "required", "groups", "policy",
             "share_with", "active_from", "active_to")  # fmt: skip
    return {name: getattr(one, name) for name in names}
