"""The rows of the day in; one `daily_digest` for each leader and duty officer out, once a day at the configured time.

After any downtime the one that fell due last is sent, and tells everything since the one before it.
"""

from dataclasses import replace

from intake.desk import FIRST_RUN, Desk
from intake.model import OFFICE
from intake.records.outgoing import enqueue
from intake.records.synthesis import synthesis
from intake.rules.deadlines.synthesis import Span, span_due
from intake.store.engine import Session
from intake.store.obligations import milestone, set_milestone

DIGESTED = "digested"


def digest(desk: Desk) -> int:
    """Queues the digests once their moment has come. Says how many."""
    with desk.database.reading() as session:
        span = _due_span(desk, session)
        if span is None:
            return 0
        told = synthesis(desk, session, span)
    with desk.database.writing() as session:
        set_milestone(session, DIGESTED, span.known_at)
        rows = [
            enqueue(
                desk,
                session,
                replace(told, recipient=contact.name),
                key=f"{told.name}:{span.day}:{contact.email.casefold()}",
                to=contact,
                agency=OFFICE,
            )
            for contact in desk.directory.addresses_of(OFFICE, desk.config.digest.to)
        ]
    return sum(row is not None for row in rows)


def _due_span(desk: Desk, session: Session) -> Span | None:
    """What the digest that is due tells of.

    None where it was made already, where nobody gets one, or where the service did not run yet at its moment.
    """
    settings, began = desk.config.digest, milestone(session, FIRST_RUN)
    span = span_due(desk.now, settings.at, desk.zone, milestone(session, DIGESTED))
    return span if span and settings.to and began and began <= span.until else None
