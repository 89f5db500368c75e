"""May we say this? Nobody is accused of silence while we are blind, or when the report has come in the meantime."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from intake.desk import Desk
from intake.model import OFFICE, Demand, DemandStep, Notice, Obligation
from intake.records.booking import still_owed
from intake.records.demands import steps_of_demand
from intake.records.offenders import steps_of
from intake.rules.deadlines.demands import Owing
from intake.store import mails
from intake.store.demands import ASKED, demand_told_by
from intake.store.engine import Session
from intake.store.mails import UnreadMail
from intake.store.obligations import UNANSWERED
from intake.store.outbox import StepAbout

LINES = ("obligations", "also_overdue", "coming")
ACCUSING = ("overdue", "escalation", "directive")


class Sight:
    """What we can know at this moment: how far the mailboxes were read, and whose mail nobody has read yet."""

    def __init__(self, desk: Desk, session: Session) -> None:
        self.read_to = self._least_read(desk, session)
        self._unread = self._agencies_unread(desk, mails.unread(session))

    @staticmethod
    def _least_read(desk: Desk, session: Session) -> datetime | None:
        """Until when every mailbox is known to have been read to its end.

        None if there is none, if one never was, or if one cannot be read just now.
        """
        known = {cursor.mailbox: cursor for cursor in mails.cursors(session) if cursor.failing_since is None}
        ends = [known[one.label].read_to_end_at if one.label in known else None for one in desk.config.mailboxes]
        return None if not ends or None in ends else min(end for end in ends if end)

    @staticmethod
    def _agencies_unread(desk: Desk, waiting: Iterable[UnreadMail]) -> set[str] | None:
        """The agencies that may have mail among what nobody has read; None where it may be anybody's."""
        found: set[str] = set()
        for message in waiting:
            if message.status != "processed":
                return None
            found |= {message.agency_code} if message.agency_code else set()
            found |= desk.directory.agencies_of(message.sender)
            found |= {one["agency"] for one in message.suggestions if one.get("agency")}
        return found

    def why_not_accuse(self, obligation: Owing) -> str:
        """Why nobody may be told that this obligation is overdue; "" where it may be said."""
        return self.why_blind(obligation) or self.why_waiting(obligation)

    def why_blind(self, obligation: Owing) -> str:
        """Why we cannot know whether its report has come; "" where we can."""
        if self.read_to is None or self.read_to < obligation.due_at:
            return "the mailbox has not been read through since the deadline"
        if self._unread is None:
            return "a message waits that could not be read yet"
        return ""

    def why_waiting(self, obligation: Owing) -> str:
        """Which mail of the agency may bring it and waits for a person; "" where none does."""
        if obligation.agency_code in (self._unread or ()):
            return f"a mail from {obligation.agency_code} waits for review"
        return ""


def no_longer_true(desk: Desk, session: Session, notice: Notice, steps: Sequence[StepAbout]) -> str:
    """Why a queued notice must not leave any more; "" where it may. `steps` are what it tells."""
    if demanded := demand_told_by(session, notice.id):
        return _demand_no_longer_true(desk, session, notice, *demanded)
    if not steps:
        return ""
    obligations = [obligation for _, obligation in steps]
    if any(one.status not in UNANSWERED for one in obligations):
        return "what it asks for has arrived or was waived"
    if not all(still_owed(desk, one) for one in obligations):
        return "the registry no longer asks for it"
    if any(_has_passed(desk, session, step.step, one) for step, one in steps):
        return "its moment has passed"
    if not all(_is_contact(desk, notice.recipient, one.agency_code) for one in obligations):
        return "the registry no longer names its recipient"
    written = [one for name in LINES for one in notice.fields.get(name, ())]
    if sum(one["received_at"] is not None for one in written) != sum(
        one.received_at is not None for one in obligations
    ):
        return "something has arrived since it was written"
    accused = [obligation for step, obligation in steps if step.notice in ACCUSING]
    sight = Sight(desk, session) if accused else None
    return next(filter(None, (sight.why_not_accuse(one) for one in accused if sight)), "")


def _demand_no_longer_true(desk: Desk, session: Session, notice: Notice, step: DemandStep, demand: Demand) -> str:
    if demand.status != "open":
        return "what it asks for has arrived or is asked for no more"
    if not _is_contact(desk, notice.recipient, demand.agency_code):
        return "the registry no longer names its recipient"
    current = [one for one in steps_of_demand(desk, session, demand).current(desk.now) if one.key == step.step]
    if step.step != ASKED and not current:
        return "its moment has passed"
    accuses = any(one.step.notice in ACCUSING for one in current)
    return Sight(desk, session).why_not_accuse(demand) if accuses else ""


def _is_contact(desk: Desk, address: str, agency: str) -> bool:
    known = [*desk.directory.contacts.get(agency, ()), *desk.directory.addresses_of(OFFICE, ["leader"])]
    return any(one.email.casefold() == address.casefold() for one in known)


def _has_passed(desk: Desk, session: Session, step: str, obligation: Obligation) -> bool:
    """Whether another step is right by now: a deadline passed, or was moved, since the notice was written."""
    return step not in {one.key for one in steps_of(desk, session, obligation).current(desk.now)}
