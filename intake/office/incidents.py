"""Urgent matters: how they stand, and what the office decides about them. Commands and the console call the same."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from intake.desk import Desk
from intake.errors import ConfigError
from intake.model import Demand, Incident
from intake.office.undoing import Undone, last_decision, undo_event
from intake.records import incidents
from intake.records.incidents import By, Matter, Requested
from intake.store import audit
from intake.store.demands import demands_of
from intake.store.incidents import all_incidents, reports_by_incident


def incident_lines(desk: Desk) -> list[dict[str, Any]]:
    """The lines of `intake incidents --json`, in the order in which they were opened."""
    with desk.database.reading() as session:
        found = all_incidents(session)
        ids = [one.id for one in found]
        asked: dict[int | None, list[Demand]] = defaultdict(list)
        for demand in demands_of(session, ids):
            asked[demand.incident_id].append(demand)
        reports = reports_by_incident(session, ids)
    return [_line(desk, one, asked[one.id], reports.get(one.id, [])) for one in found]


def _line(desk: Desk, one: Incident, asked: Sequence[Demand], messages: Sequence[int]) -> dict[str, Any]:
    return {
        "id": one.id,
        "code": one.code,
        "category": one.category,
        "agency": one.agency_code,
        "title": one.title,
        "place": one.place,
        "status": "closed" if one.closed_at else "open",
        "opened_at": _local(desk, one.opened_at),
        "updated_at": _local(desk, one.updated_at),
        "ended_at": _local(desk, one.ended_at),
        "closed_at": _local(desk, one.closed_at),
        "joined_to": one.joined_to,
        "messages": list(messages),
        "asked": [demand_line(desk, demand) for demand in asked],
    }


def demand_line(desk: Desk, demand: Demand) -> dict[str, Any]:
    """One demand as `--json` prints it; `overdue` is what is open and late."""
    is_late = demand.status == "open" and demand.due_at <= desk.now
    return {
        "id": demand.id,
        "agency": demand.agency_code,
        "kind": demand.kind,
        "status": "overdue" if is_late else demand.status,
        "asked_at": _local(desk, demand.opened_at),
        "due_at": _local(desk, demand.due_at),
        "answered_at": _local(desk, demand.answered_at),
        "message": demand.message_id,
    }


def _local(desk: Desk, moment: datetime | None) -> str | None:
    return moment.astimezone(desk.zone).isoformat() if moment else None


def incident_number(text: str) -> int:
    """The number of an incident as people call it: "VV-0012", "vv12" or "12". Raises `ConfigError`."""
    number = text.strip().upper().removeprefix("VV").lstrip("- ")
    if not number.isdecimal():
        raise ConfigError(f"{text!r} is no urgent matter; `intake incidents` lists them, such as VV-0012")
    return int(number)


def open_incident(desk: Desk, agency: str, matter: Matter, by: By) -> Incident:
    """Opens a matter that the office knows of without a mail."""
    with desk.database.writing() as session:
        return incidents.open_incident(desk, session, agency, matter, by)


def request(
    desk: Desk,
    agencies: Sequence[str],
    about: Matter | int,
    by: By,
    *,
    due_at: datetime | None = None,
    words: str = "",
) -> Requested:
    """Asks agencies for a report on a new matter or on a known one. It leaves with the next pass."""
    with desk.database.writing() as session:
        return incidents.request(desk, session, agencies, about, by, due_at=due_at, words=words)


def join(desk: Desk, incident_id: int, into_id: int, by: By) -> Incident:
    """Two incidents are one matter: all goes on under the second."""
    with desk.database.writing() as session:
        return incidents.join(desk, session, incident_id, into_id, by)


def part(desk: Desk, message_id: int, matter: Matter | int, by: By) -> Incident:
    """A mail tells of another matter than the one it was joined to."""
    with desk.database.writing() as session:
        return incidents.part(desk, session, message_id, matter, by)


def update(desk: Desk, incident_id: int, by: By, *, title: str = "", place: str = "", category: str = "") -> Incident:
    """Says otherwise what a matter is, where, or of which category."""
    with desk.database.writing() as session:
        return incidents.update(desk, session, incident_id, by, title=title, place=place, category=category)


def end(desk: Desk, incident_id: int, by: By, *, due_at: datetime | None = None) -> Requested:
    """The event is over: the closing report is asked for."""
    with desk.database.writing() as session:
        return incidents.end(desk, session, incident_id, by, due_at=due_at)


def close(desk: Desk, incident_id: int, by: By) -> Incident:
    """The office follows a matter no longer."""
    with desk.database.writing() as session:
        return incidents.close(desk, session, incident_id, by)


def undo(desk: Desk, incident_id: int, by: By) -> Undone:
    """Takes back the last decision about a matter. Raises `ConfigError`."""
    with desk.database.reading() as session:
        last = last_decision(audit.events_about(session, f"incident:{incident_id}"))
    if last is None:
        raise ConfigError(f"nobody has decided anything about VV-{incident_id:04d}")
    return undo_event(desk, last.id, by.who, by.why)
