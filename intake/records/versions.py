"""The versions of an obligation as rows: filed, taken back, put back. The obligation's own state follows them."""

from collections.abc import Sequence

from intake.desk import Desk
from intake.model import Obligation, Submission
from intake.rules.deadlines.standing import timeliness
from intake.rules.papers.versions import Delivery, Version, answered_by, versions_of
from intake.rules.verdicts import Completeness
from intake.store import audit
from intake.store.engine import Session
from intake.store.obligations import AT_ONCE, UNANSWERED, obligation_numbered
from intake.store.receipts import next_receipt
from intake.store.submissions import submissions_of


def delivery_of(submission: Submission) -> Delivery:
    """What the submission's own mail brought. A row of before version 0.2 says only what it came to."""
    asked = [*submission.present, *submission.missing]
    brought = submission.present if submission.brought is None else submission.brought
    found = Completeness(tuple(brought), tuple(word for word in asked if word not in brought))
    return Delivery(submission.arrived_at or submission.received_at, found, submission.replaces is not False)


def add_version(
    desk: Desk, session: Session, obligation: Obligation, in_force: Sequence[Submission], submission: Submission
) -> None:
    """Files a submission as the next version after those in force, under the obligation's receipt."""
    if obligation.receipt is None:
        obligation.receipt = next_receipt(session, submission.received_at.astimezone(desk.zone).year)
    submission.receipt = obligation.receipt
    submission.version = max((one.version for one in in_force), default=0) + 1
    session.add(submission)
    _restate(desk, session, obligation, [*in_force, submission])


def take_back(desk: Desk, session: Session, submission: Submission) -> None:
    """The submission is no version any more; its row stays. Versions that built upon it are judged without it."""
    submission.withdrawn_at = desk.now
    restate(desk, session, obligation_numbered(session, submission.obligation_id))


def put_back(desk: Desk, session: Session, submission: Submission) -> None:
    """The submission is in force again: as the version that it was, unless another one took its place."""
    obligation = obligation_numbered(session, submission.obligation_id)
    taken = [one.version for one in submissions_of(session, obligation.id)]
    if submission.version in taken:
        submission.version = max(taken) + 1
    obligation.receipt = submission.receipt = obligation.receipt or submission.receipt
    submission.withdrawn_at = None
    restate(desk, session, obligation)


def restate(desk: Desk, session: Session, obligation: Obligation) -> None:
    """Works out anew how the obligation and its versions stand, and when it is to be looked at next."""
    _restate(desk, session, obligation, submissions_of(session, obligation.id))


def _restate(desk: Desk, session: Session, obligation: Obligation, in_force: Sequence[Submission]) -> None:
    before = state_of(obligation)
    deliveries = [delivery_of(one) for one in in_force]
    for submission, version in zip(in_force, versions_of(deliveries), strict=True):
        _restate_version(desk, obligation, submission, version)
    answered = answered_by(deliveries, obligation.due_at)
    was_settled = obligation.status not in UNANSWERED
    obligation.status = "waived" if obligation.status == "waived" else answered.status
    obligation.received_at, obligation.first_received_at = answered.received_at, answered.first_received_at
    obligation.missing = list(answered.missing)
    obligation.receipt = obligation.receipt if in_force else None
    if obligation.status not in UNANSWERED:
        obligation.next_step_at = None
    elif was_settled:
        obligation.next_step_at = AT_ONCE
    if state_of(obligation) != before:
        subject = f"obligation:{obligation.id}"
        audit.record(session, desk.now, "obligation restated", subject, before=before, after=state_of(obligation))


def _restate_version(desk: Desk, obligation: Obligation, submission: Submission, version: Version) -> None:
    """What was filed as it is now stays as it was, its timeliness too; the deadline may have been moved since."""
    found = version.found
    if submission.received_at != version.received_at:
        submission.timeliness = timeliness(version.received_at, obligation.period_end, obligation.due_at, desk.zone)
    submission.received_at = version.received_at
    submission.status = "incomplete" if found.missing else "accepted"
    submission.present, submission.missing = list(found.present), list(found.missing)


def state_of(obligation: Obligation) -> dict[str, object]:
    """How an obligation stands, for the audit trail."""
    received_at = obligation.received_at.isoformat() if obligation.received_at else None
    return {
        "status": obligation.status,
        "received_at": received_at,
        "receipt": obligation.receipt,
        "missing": obligation.missing,
    }


def completes(submission: Submission, in_force: Sequence[Submission]) -> bool:
    """Whether an earlier version supplies a part of this one. `in_force` are all of the obligation."""
    versions = versions_of([delivery_of(one) for one in in_force])
    return any(one.id == submission.id and version.completes for one, version in zip(in_force, versions, strict=True))
