"""The outbox in; mails at the server out. A notice that is no longer true is withdrawn instead of sent.

Rendered once, a notice is sent as the same bytes on every attempt, under the Message-ID it got when it was queued.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

import structlog

from intake.desk import Desk
from intake.errors import IntakeError, PermanentError, RefusedRecipientError, TemporaryError, UnreachableError
from intake.mail.transport import Transport, open_transport
from intake.model import Notice
from intake.records.bounces import did_not_arrive
from intake.records.outgoing import mime_of, waits_until
from intake.records.truth import no_longer_true
from intake.store import outbox
from intake.store.engine import Session

log = structlog.get_logger()


@dataclass
class Delivered:
    sent: int = 0
    problems: list[str] = field(default_factory=list)
    unreachable: bool = False


def deliver(desk: Desk, stopping: Callable[[], bool] = lambda: False) -> Delivered:
    """Sends what is due over one connection, until nothing is left or the server does not answer."""
    done = Delivered()
    with desk.database.writing() as session:
        outbox.release_claims(session)
    notice = _next(desk)
    if notice is None:
        return done
    with open_transport(desk.config.outgoing) as transport:
        while notice is not None:
            _attempt(desk, transport, notice, done)
            notice = None if stopping() or done.unreachable else _next(desk)
    return done


def _next(desk: Desk) -> Notice | None:
    """The next notice that is still true and may leave now; what has become untrue on the way is withdrawn."""
    while True:
        with desk.database.writing() as session:
            notice = outbox.claim(session, desk.now)
            if notice is None:
                return None
            if why := no_longer_true(desk, session, notice):
                _take_back(desk, session, notice, why)
                continue
            moment = waits_until(desk, session, notice)
            if moment <= desk.now:
                return notice
            outbox.put_off(session, notice, moment)


def _take_back(desk: Desk, session: Session, notice: Notice, why: str) -> None:
    """What it tells is decided anew, unless it may have left already: nobody is told a thing twice in two mails."""
    if notice.in_doubt:
        outbox.let_lie(session, notice, why)
    else:
        outbox.forget_steps(session, notice, desk.now)
        outbox.withdrawn(session, notice, why)


def _attempt(desk: Desk, transport: Transport, notice: Notice, done: Delivered) -> None:
    try:
        mail = _mime(desk, notice)
    except TemporaryError as cause:
        _postponed(desk, notice, cause, done)
        return
    except Exception as cause:
        log.exception("notice cannot be written", notice=notice.name, recipient=notice.recipient)
        _refused(desk, notice, f"it cannot be written as a mail: {cause}", done)
        return
    try:
        transport.send(mail, desk.config.office.address, notice.recipient)
    except PermanentError as cause:
        _refused(desk, notice, cause.sentence, done, no_such_recipient=isinstance(cause, RefusedRecipientError))
    except TemporaryError as cause:
        _postponed(desk, notice, cause, done)
    else:
        with desk.database.writing() as session:
            outbox.sent(session, notice.id, desk.now)
        done.sent += 1
        log.info("notice sent", notice=notice.name, recipient=notice.recipient, reference=notice.reference)


def _mime(desk: Desk, notice: Notice) -> bytes:
    if notice.mime is None:
        notice.mime = mime_of(desk, notice)
        with desk.database.writing() as session:
            outbox.keep_mime(session, notice.id, notice.mime)
    return notice.mime


def _refused(desk: Desk, notice: Notice, why: str, done: Delivered, no_such_recipient: bool = False) -> None:
    """It will never leave: a person has to know, the agency's next contact is told instead, and the others go on."""
    with desk.database.writing() as session:
        outbox.refused(session, notice.id, why)
        did_not_arrive(desk, session, notice, for_good=no_such_recipient)
    done.problems.append(f"{notice.name} to {notice.recipient} refused: {why}")
    log.error("notice refused", notice=notice.name, recipient=notice.recipient, error=why)


def _postponed(desk: Desk, notice: Notice, cause: IntakeError, done: Delivered) -> None:
    with desk.database.writing() as session:
        outbox.postponed(session, notice, desk.now, cause.sentence)
    done.unreachable = isinstance(cause, UnreachableError)
    done.problems.append(f"{notice.name} to {notice.recipient} not sent yet: {cause.sentence}")
    log.warning("notice postponed", notice=notice.name, recipient=notice.recipient, error=cause.sentence)
