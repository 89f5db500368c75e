"""The outbox in; mails at the server out. A notice that is no longer true is withdrawn instead of sent.

Rendered once, a notice is sent as the same bytes on every attempt, under the Message-ID it got when it was queued.
Before the server can take a mail, it is on the disk that this one is on the wire and the one before it was sent.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field

import structlog

from intake.desk import Desk
from intake.errors import IntakeError, PermanentError, RefusedRecipientError, TemporaryError, UnreachableError
from intake.mail.transport import Transport, open_transport
from intake.model import Notice
from intake.records import pacing
from intake.records.bounces import did_not_arrive
from intake.records.outgoing import may_change, mime_of, tells_too_soon, waits_until
from intake.records.truth import no_longer_true
from intake.store import outbox
from intake.store.engine import Session

AT_ONCE = 16
# So many passing refusals in a row mean the server, not the recipients.
IN_A_ROW = 3

log = structlog.get_logger()


@dataclass
class Delivered:
    sent: int = 0
    problems: list[str] = field(default_factory=list)
    unreachable: bool = False
    in_vain: int = 0


def deliver(
    desk: Desk,
    stopping: Callable[[], bool] = lambda: False,
    only: Sequence[str] = (),
    more: Callable[[], bool] = lambda: False,
) -> Delivered:
    """Sends what is due over one connection, until nothing is left or the server does not answer. `only` names some.

    `more` is asked when nothing is left; it may take its time to answer.
    """
    done = Delivered()
    with desk.database.writing() as session:
        outbox.release_claims(session, desk.presence)
    with open_transport(desk.config.outgoing) as transport, _Round(desk, transport, done) as sending:
        while not stopping() and not done.unreachable:
            if claimed := _claimed(desk, only):
                with desk.renderer.unchanging():
                    _attempt_all(sending, claimed, stopping)
            elif not more():
                break
    return done


def _attempt_all(sending: "_Round", claimed: Sequence[Notice], stopping: Callable[[], bool]) -> None:
    for position, notice in enumerate(claimed):
        if stopping() or sending.done.unreachable:
            sending.let_go(claimed[position:])
            break
        sending.attempt(notice)
    sending.write_down()


def _claimed(desk: Desk, only: Sequence[str]) -> Sequence[Notice]:
    with desk.database.writing() as session:
        room = pacing.room(desk, session, AT_ONCE)
        claimed = outbox.claim(session, desk.now, desk.presence.holder, room, only) if room else []
        return pacing.within_limits(desk, session, claimed)


class _Round:
    """One connection's mails in a row. What was sent is written down while the next one is on its way."""

    def __init__(self, desk: Desk, transport: Transport, done: Delivered) -> None:
        self.done, self._desk, self._transport = done, desk, transport
        self._sent: Notice | None = None
        self._is_first = True
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="outbox")

    def __enter__(self) -> "_Round":
        return self

    def __exit__(self, *_: object) -> None:
        self._writer.shutdown()
        self.write_down()

    def attempt(self, notice: Notice) -> None:
        """Tries one notice, if it is still true and may leave now."""
        if may_change(notice) and not self._is_true_now(notice):
            return
        try:
            notice.mime = notice.mime or mime_of(self._desk, notice)
        except TemporaryError as cause:
            notice.attempts += 1
            self._postponed(notice, cause)
            return
        except Exception as cause:
            log.exception("notice cannot be written", notice=notice.name, recipient=notice.recipient)
            self._refused(notice, f"it cannot be written as a mail: {cause}")
            return
        self._send(notice, notice.mime)

    def let_go(self, notices: Sequence[Notice]) -> None:
        """What was claimed and not tried is anybody's again."""
        with self._desk.database.writing() as session:
            outbox.put_back(session, [one.id for one in notices])

    def _is_true_now(self, notice: Notice) -> bool:
        desk = self._desk
        with desk.database.writing() as session:
            steps = outbox.steps_told(session, notice.id)
            if why := no_longer_true(desk, session, notice, steps):
                _take_back(desk, session, notice, why)
                return False
            if not notice.in_doubt and tells_too_soon(desk, steps):
                _take_back(desk, session, notice, "part of it may not leave at this hour")
                return False
            moment = waits_until(desk, notice, steps)
            if moment > desk.now:
                outbox.put_off(session, notice, moment)
            return moment <= desk.now

    def _send(self, notice: Notice, mail: bytes) -> None:
        begun: Future[None] = self._writer.submit(self.write_down, notice)
        try:
            self._transport.send(mail, self._desk.config.office.address, notice.recipient, begun.result)
            self._sent = notice
            self.done.sent += 1
            self.done.in_vain = 0
            log.info("notice sent", notice=notice.name, recipient=notice.recipient, reference=notice.reference)
            return
        except IntakeError as cause:
            begun.result()
            self._failed(notice, cause)
        except Exception as cause:
            log.exception("notice could not be sent", notice=notice.name, recipient=notice.recipient)
            begun.result()
            self._postponed(notice, TemporaryError(f"{type(cause).__name__}: {cause}"))

    def write_down(self, notice: Notice | None = None) -> None:
        """That the one before was sent, and that this one may be on the wire: in one commit."""
        if self._sent is None and notice is None:
            return
        with self._desk.database.writing() as session:
            if self._sent:
                outbox.sent(session, self._sent.id, self._desk.now)
                if self._is_first:
                    pacing.note_taken(session)
                    self._is_first = False
            if notice:
                outbox.begin(session, notice, self._desk.presence.holder)
        self._sent = None

    def _failed(self, notice: Notice, cause: IntakeError) -> None:
        if isinstance(cause, PermanentError):
            self._refused(notice, cause.sentence, no_such_recipient=isinstance(cause, RefusedRecipientError))
        elif isinstance(cause, TemporaryError):
            self._postponed(notice, cause)
        else:
            raise cause

    def _refused(self, notice: Notice, why: str, no_such_recipient: bool = False) -> None:
        """It will never leave: a person has to know, the agency's next contact is told instead, the others go on."""
        with self._desk.database.writing() as session:
            outbox.refused(session, notice.id, why)
            did_not_arrive(self._desk, session, notice, for_good=no_such_recipient)
        self.done.problems.append(f"{notice.name} to {notice.recipient} refused: {why}")
        log.error("notice refused", notice=notice.name, recipient=notice.recipient, error=why)

    def _postponed(self, notice: Notice, cause: TemporaryError) -> None:
        """Tried again later. A server that takes nothing is left alone for a while, which is held against no notice."""
        done, away = self.done, isinstance(cause, UnreachableError)
        done.in_vain += 1
        done.unreachable = away or done.in_vain >= IN_A_ROW
        with self._desk.database.writing() as session:
            if isinstance(cause, UnreachableError) and not cause.in_doubt:
                outbox.left_alone(session, notice, self._desk.now, cause.sentence)
            else:
                outbox.postponed(session, notice, self._desk.now, cause.sentence, in_doubt=away)
            if done.unreachable:
                pacing.note_away(self._desk, session)
        done.problems.append(f"{notice.name} to {notice.recipient} not sent yet: {cause.sentence}")
        log.warning("notice postponed", notice=notice.name, recipient=notice.recipient, error=cause.sentence)


def _take_back(desk: Desk, session: Session, notice: Notice, why: str) -> None:
    """What it tells is decided anew, unless it may have left already: nobody is told a thing twice in two mails."""
    if notice.in_doubt:
        outbox.let_lie(session, notice, why)
    else:
        outbox.forget_steps(session, notice, desk.now)
        outbox.withdrawn(session, notice, why)
