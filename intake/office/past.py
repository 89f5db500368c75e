"""What really happened, for a simulation to do it again: messages as they came, and what people decided then."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from functools import partial

from intake.desk import Desk
from intake.errors import ConfigError
from intake.model import AuditEvent, Message, Obligation
from intake.office.choosing import one_report
from intake.office.deciding import accept, dismiss
from intake.office.decisions import Decision, extend, receive, waive
from intake.store import mails
from intake.store.audit import events_between
from intake.store.obligations import obligation_about
from intake.store.submissions import submissions_from

Event = tuple[datetime, Callable[[Desk], object]]


def message_like(one: Message, now: datetime) -> Message:
    """The same message, as it stood when it was fetched."""
    return Message(
        mailbox=one.mailbox,
        uid_validity=one.uid_validity,
        uid=one.uid,
        source=one.source,
        sha256=one.sha256,
        size=one.size,
        received_at=one.received_at,
        stored_at=now,
    )


def decisions(desk: Desk, first: datetime, last: datetime) -> list[Event]:
    """Extensions, waivers, reports by other channels and settled reviews, each at its moment.

    One that cannot be made in the simulation, because there it came otherwise, is left out.
    """
    found: list[Event] = []
    with desk.database.reading() as session:
        for event in events_between(session, first, last):
            row = obligation_about(session, event.subject)
            if row and event.action in ("extended", "waived", "received by another channel"):
                found.append((event.at, partial(_decide_again, event, row)))
        for message in mails.settled_between(session, first, last):
            booked = [(one.agency_code, one.report_type_code, one.period)
                      for _, one in submissions_from(session, message.id)]  # fmt: skip
            assert message.settled_at
            found.append((message.settled_at, partial(_settle_again, message.sha256, booked)))
    return found


def _decide_again(event: AuditEvent, row: Obligation, desk: Desk) -> None:
    decision = Decision(row.agency_code, row.report_type_code, row.period, event.who, event.why)
    with suppress(ConfigError):
        if event.action == "extended":
            extend(desk, decision, datetime.fromisoformat(event.after["due_at"]))
        elif event.action == "waived":
            waive(desk, decision)
        else:
            receive(desk, decision, datetime.fromisoformat(event.after["received_at"]))


def _settle_again(sha256: str, booked: list[tuple[str, str, str]], desk: Desk) -> None:
    with desk.database.reading() as session:
        message = mails.message_of_bytes(session, sha256)
    if message is None:
        return
    with suppress(ConfigError):
        if booked:
            accept(desk, message.id, one_report(*booked[0]), "simulated")
        else:
            dismiss(desk, message.id, "simulated", "simulated")
