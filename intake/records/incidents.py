"""What the office decides about urgent matters, within the caller's transaction, each with its audit event.

Commands, the console and officers' mails do the same things here: open, ask, join, part, update, end and close.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from intake.config import CATEGORIES
from intake.desk import Desk
from intake.errors import ConfigError
from intake.model import OFFICE, Demand, Incident, Message
from intake.records.demands import ask, cancel, open_demand
from intake.store import audit
from intake.store.demands import demands_of, open_demands
from intake.store.engine import Session
from intake.store.incidents import any_report_of, incident_numbered, reports_in_force

OPENED, REQUESTED, JOINED, PARTED = "incident opened", "report requested", "incidents joined", "mail parted"
UPDATED, ENDED, CLOSED = "incident updated", "incident ended", "incident closed"
DECISIONS = (OPENED, REQUESTED, JOINED, PARTED, UPDATED, ENDED, CLOSED)
GOT_MAILS = "incident got mails"


@dataclass(frozen=True, slots=True)
class By:
    """Who decides, and why."""

    who: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Matter:
    """What an urgent matter is said to be."""

    title: str
    category: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked of one agency. `reached` is False where the registry knows no address of it."""

    demand: Demand
    reached: bool


@dataclass(frozen=True, slots=True)
class Requested:
    """The incident that a request is about, and what was asked of whom."""

    incident: Incident
    opened: bool
    asked: tuple[Asked, ...]


def incident_state(session: Session, incident: Incident) -> dict[str, Any]:
    """What a decision about an incident may change, to be kept before and after it."""
    return {
        "category": incident.category,
        "agency": incident.agency_code,
        "title": incident.title,
        "place": incident.place,
        "ended_at": _text(incident.ended_at),
        "closed_at": _text(incident.closed_at),
        "joined_to": incident.joined_to,
        "reports": [one.message_id for one in reports_in_force(session, incident.id)],
        "demands": {str(one.id): one.status for one in demands_of(session, [incident.id])},
    }


def _text(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def open_incident(desk: Desk, session: Session, agency: str, matter: Matter, by: By) -> Incident:
    """A matter that the office knows of without a mail: the agency owes its first report. Raises `ConfigError`."""
    incident = _opened(desk, session, agency, matter)
    due_at = desk.now + desk.config.category(incident.category).first_report_within
    open_demand(desk, session, incident, agency, "report", due_at)
    _record(desk, session, OPENED, incident, by, {})
    return incident


def _opened(desk: Desk, session: Session, agency: str, matter: Matter) -> Incident:
    refuse_agency(desk, agency)
    if matter.category not in CATEGORIES:
        raise ConfigError(f"the category is one of {', '.join(CATEGORIES)}, not {matter.category!r}")
    if not matter.title.strip():
        raise ConfigError("an urgent matter needs a title")
    incident = Incident(
        category=matter.category,
        agency_code=agency,
        title=matter.title.strip(),
        place=matter.place.strip(),
        opened_at=desk.now,
        updated_at=desk.now,
    )
    session.add(incident)
    session.flush()
    return incident


def request(
    desk: Desk,
    session: Session,
    agencies: Sequence[str],
    about: Matter | int,
    by: By,
    *,
    due_at: datetime | None = None,
    words: str = "",
    source: Message | None = None,
) -> Requested:
    """Asks agencies for a report: on a matter that is new to the office, or on an incident, by its number.

    Without `due_at` the category says within how many hours. `source` is the office's own mail, whose attachments go
    along. Raises `ConfigError`.
    """
    if not agencies:
        raise ConfigError("a request goes to at least one agency")
    for agency in agencies:
        refuse_agency(desk, agency)
    opened = isinstance(about, Matter)
    incident = _opened(desk, session, agencies[0], about) if isinstance(about, Matter) else _running(session, about)
    late_at = due_at or desk.now + desk.config.category(incident.category).answer_within
    if late_at <= desk.now:
        raise ConfigError(f"{late_at.isoformat()} is past: nobody could answer by then")
    before = {} if opened else incident_state(session, incident)
    demands = [
        open_demand(desk, session, incident, agency, "report", late_at, words=words, source=source)
        for agency in dict.fromkeys(agencies)
    ]
    asked = tuple(Asked(one, bool(ask(desk, session, one))) for one in demands)
    _record(desk, session, REQUESTED, incident, by, before)
    return Requested(incident, opened, asked)


def join(desk: Desk, session: Session, incident_id: int, into_id: int, by: By) -> Incident:
    """Two incidents are one matter: the mails and demands of the first go on under the second. Raises `ConfigError`."""
    if incident_id == into_id:
        raise ConfigError("an incident cannot be joined to itself")
    incident, into = _running(session, incident_id), _running(session, into_id)
    before, before_into = incident_state(session, incident), incident_state(session, into)
    for report in reports_in_force(session, incident_id):
        report.incident_id, report.opened = into_id, False
    for demand in demands_of(session, [incident_id]):
        demand.incident_id = into_id
    into.updated_at = max(into.updated_at, incident.updated_at)
    incident.joined_to, incident.closed_at = into_id, desk.now
    session.flush()
    _record(desk, session, JOINED, incident, by, before)
    _record(desk, session, GOT_MAILS, into, by, before_into)
    return into


def part(desk: Desk, session: Session, message_id: int, matter: Matter | int, by: By) -> Incident:
    """A mail tells of another matter than the one it was joined to: of a new one, or of a known one, by its number."""
    report = any_report_of(session, message_id)
    if report is None or report.withdrawn_at:
        raise ConfigError(f"message {message_id} tells of no incident")
    former = incident_numbered(session, report.incident_id)
    before = incident_state(session, former)
    if isinstance(matter, Matter):
        to = _opened(desk, session, former.agency_code, matter)
        before_to: dict[str, Any] = {}
    else:
        to = _running(session, matter)
        before_to = incident_state(session, to)
    if to.id == former.id:
        raise ConfigError(f"message {message_id} tells of {to.code} already")
    report.incident_id, report.opened = to.id, isinstance(matter, Matter)
    session.flush()
    _record(desk, session, PARTED, former, by, before)
    _record(desk, session, GOT_MAILS, to, by, before_to)
    return to


def update(
    desk: Desk, session: Session, incident_id: int, by: By, *, title: str = "", place: str = "", category: str = ""
) -> Incident:
    """Says otherwise what a matter is, where, or of which category. Raises `ConfigError`."""
    incident = _running(session, incident_id)
    if category and category not in CATEGORIES:
        raise ConfigError(f"the category is one of {', '.join(CATEGORIES)}, not {category!r}")
    before = incident_state(session, incident)
    incident.title, incident.place = title or incident.title, place or incident.place
    incident.category = category or incident.category
    _record(desk, session, UPDATED, incident, by, before)
    return incident


def end(desk: Desk, session: Session, incident_id: int, by: By, *, due_at: datetime | None = None) -> Requested:
    """The event is over: no report of the day is owed any more, but a closing one. Raises `ConfigError`."""
    incident = _running(session, incident_id)
    if incident.ended_at:
        raise ConfigError(f"{incident.code} has ended already; `intake incidents close {incident.code}` closes it")
    before = incident_state(session, incident)
    cancel(desk, session, [one for one in open_demands(session, incident=incident_id) if one.kind == "update"])
    incident.ended_at = desk.now
    late_at = due_at or desk.now + desk.config.category(incident.category).closing_report_within
    demand = open_demand(desk, session, incident, incident.agency_code, "closing", late_at)
    asked = Asked(demand, bool(ask(desk, session, demand)))
    _record(desk, session, ENDED, incident, by, before)
    return Requested(incident, False, (asked,))


def close(desk: Desk, session: Session, incident_id: int, by: By) -> Incident:
    """The office follows a matter no longer; what is still asked about it is taken back. Raises `ConfigError`."""
    incident = _running(session, incident_id)
    before = incident_state(session, incident)
    cancel(desk, session, open_demands(session, incident=incident_id))
    incident.closed_at = desk.now
    incident.ended_at = incident.ended_at or desk.now
    _record(desk, session, CLOSED, incident, by, before)
    return incident


def _running(session: Session, incident_id: int) -> Incident:
    incident = incident_numbered(session, incident_id)
    if incident.joined_to:
        into = incident_numbered(session, incident.joined_to)
        raise ConfigError(f"{incident.code} was joined to {into.code}")
    if incident.closed_at:
        raise ConfigError(f"{incident.code} is closed; `intake incidents undo {incident.code}` opens it again")
    return incident


def refuse_agency(desk: Desk, agency: str) -> None:
    """Raises `ConfigError` for an agency that can be asked nothing today."""
    known = desk.directory.agencies.get(agency)
    if known is None or agency == OFFICE:
        raise ConfigError(f"there is no agency {agency!r} in the registry")
    if not known.active_on(desk.now.astimezone(desk.zone).date()):
        raise ConfigError(f"{agency} is not active today")


def _record(desk: Desk, session: Session, action: str, incident: Incident, by: By, before: dict[str, Any]) -> None:
    session.flush()
    after = incident_state(session, incident)
    subject = f"incident:{incident.id}"
    audit.record(session, desk.now, action, subject, who=by.who, why=by.why, before=before, after=after)
