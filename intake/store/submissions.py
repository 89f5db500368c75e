"""Submissions: the versions in which agencies answered what they owe."""

from collections.abc import Sequence

from sqlalchemy import bindparam, select

from intake.model import Obligation, Submission
from intake.store.session import AS_WRITTEN, Session

_VERSIONS = (
    select(Submission)
    .where(Submission.obligation_id == bindparam("obligation"))
    .order_by(Submission.version, Submission.id)
)
_FROM_MESSAGE = (
    select(Submission, Obligation)
    .join(Obligation, Obligation.id == Submission.obligation_id)
    .where(Submission.message_id == bindparam("message"))
    .order_by(Submission.id)
)


def submission_numbered(session: Session, submission_id: int) -> Submission:
    return session.get_one(Submission, submission_id)


def submissions_of(session: Session, obligation_id: int) -> Sequence[Submission]:
    """The versions in force, in the order of filing."""
    return [one for one in all_submissions_of(session, obligation_id) if one.withdrawn_at is None]


def all_submissions_of(session: Session, obligation_id: int) -> Sequence[Submission]:
    """Every version that was ever filed, those taken back too."""
    session.write_changed(Submission, lambda one: one.obligation_id == obligation_id)
    return session.scalars(_VERSIONS, {"obligation": obligation_id}, execution_options=AS_WRITTEN).all()


def submissions_from(session: Session, message_id: int) -> Sequence[tuple[Submission, Obligation]]:
    """What a message is booked as."""
    return [pair for pair in all_submissions_from(session, message_id) if pair[0].withdrawn_at is None]


def all_submissions_from(session: Session, message_id: int) -> Sequence[tuple[Submission, Obligation]]:
    """What a message is or ever was booked as."""
    return [(row[0], row[1]) for row in session.execute(_FROM_MESSAGE, {"message": message_id})]
