"""Urgent matters and how they stand."""

from typing import Any

from intake.desk import Desk
from intake.store.incidents import all_incidents


def incident_lines(desk: Desk) -> list[dict[str, Any]]:
    """The lines of `intake incidents --json`, in the order in which they were opened."""
    with desk.database.reading() as session:
        found = all_incidents(session)
    return [
        {
            "id": one.id,
            "code": one.code,
            "category": one.category,
            "agency": one.agency_code,
            "title": one.title,
            "status": "closed" if one.closed_at else "open",
            "opened_at": one.opened_at.astimezone(desk.zone).isoformat(),
            "updated_at": one.updated_at.astimezone(desk.zone).isoformat(),
        }
        for one in found
    ]
