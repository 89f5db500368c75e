"""The queue of the review desk as a list: enough of each mail to choose the next one."""

from dataclasses import dataclass
from datetime import datetime

from intake.desk import Desk
from intake.model import Message
from intake.office.showing import is_sealed
from intake.store import mails


@dataclass(frozen=True, slots=True)
class Waits:
    """One mail that waits. `likely` is the first suggestion, as (agency, report type, period), "" for what is open."""

    id: int
    disposition: str
    received_at: datetime
    sender: str
    subject: str
    reason: str
    agency_name: str
    likely: tuple[str, str, str]
    request: str


def queue(desk: Desk) -> list[Waits]:
    """Every mail that waits for a person, oldest first."""
    with desk.database.reading() as session:
        return [_waits(desk, message) for message in mails.for_person(session)]


def next_after(desk: Desk, message_id: int) -> int:
    """The mail to look at after this one: the next that waits, else the first; 0 where none does."""
    with desk.database.reading() as session:
        ids = [one.id for one in mails.for_person(session) if one.id != message_id]
    return next((one for one in ids if one > message_id), ids[0] if ids else 0)


def _waits(desk: Desk, message: Message) -> Waits:
    first = message.suggestions[0] if message.suggestions else {}
    agency = desk.directory.agencies.get(message.agency_code or first.get("agency") or "")
    return Waits(
        id=message.id,
        disposition="failed" if message.status == "failed" else message.disposition or "",
        received_at=message.received_at,
        sender=message.sender,
        subject="" if is_sealed(message) else message.subject,
        reason=message.reason or message.error,
        agency_name=agency.name if agency else "",
        likely=(first.get("agency") or "", first.get("report_type") or "", first.get("period") or ""),
        request=message.request.get("kind", ""),
    )
