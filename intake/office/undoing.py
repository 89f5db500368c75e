"""A decision taken back: what was before it comes back, and whoever was told otherwise gets a correction.

The newest decision about a thing goes first. Taking back is a decision too, with its own audit event, and can itself be
taken back.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from intake.desk import Desk
from intake.errors import ConfigError
from intake.model import AuditEvent, Obligation
from intake.office.deciding import Ruling, decide, read_again
from intake.office.incident_undoing import undo_directive, undo_incident
from intake.office.states import notice_state, obligation_state
from intake.office.teaching import unlearn
from intake.records.booking import Filed
from intake.records.case import Case
from intake.records.directives import DECISIONS as ABOUT_DIRECTIVES
from intake.records.incidents import DECISIONS as ABOUT_INCIDENTS
from intake.records.urgent import put_back_telling, take_back_telling
from intake.records.versions import put_back, restate, take_back
from intake.store import audit, outbox
from intake.store.engine import Session
from intake.store.obligations import AT_ONCE, UNANSWERED, obligation_numbered
from intake.store.submissions import submission_numbered

UNDONE = "undone"
ABOUT_MESSAGES = ("review decided", "corrected", "reopened")
ABOUT_OBLIGATIONS = ("received by another channel", "extended", "waived")
ABOUT_NOTICES = ("notice settled", "notice retried")
ABOUT_REGISTRY = ("sender learned", "alias learned")
DECISIONS = (*ABOUT_MESSAGES, *ABOUT_OBLIGATIONS, *ABOUT_NOTICES, *ABOUT_REGISTRY, *ABOUT_INCIDENTS, *ABOUT_DIRECTIVES)


@dataclass(frozen=True, slots=True)
class Undone:
    """The decision that was taken back."""

    event: int
    action: str
    subject: str
    who: str
    at: datetime


def undo_last(desk: Desk, message_id: int, who: str, why: str = "") -> Undone:
    """Takes back the last decision about a message."""
    with desk.database.reading() as session:
        last = last_decision(audit.events_about(session, f"message:{message_id}"))
    if last is None:
        raise ConfigError(
            f"nobody has decided anything about message {message_id}; "
            f"`intake review reopen {message_id}` takes back what the service recorded"
        )
    return undo_event(desk, last.id, who, why)


def has_decision_about(desk: Desk, message_id: int) -> bool:
    """Whether there is a decision about the message that could be taken back."""
    with desk.database.reading() as session:
        return last_decision(audit.events_about(session, f"message:{message_id}")) is not None


def undo_event(desk: Desk, event_id: int, who: str, why: str = "") -> Undone:
    """Takes back the decision with this number in the audit trail. Raises `ConfigError` if it cannot be taken back."""
    with desk.database.reading() as session:
        event = audit.event_numbered(session, event_id)
        history = audit.events_about(session, event.subject)
    _refuse_what_stays(event, history)
    about, _, key = event.subject.partition(":")
    if about == "message":
        _undo_message(desk, event, int(key), who, why)
    else:
        with desk.database.writing() as session:
            before, after = _UNDO[about](desk, session, event)
            after["undoes"] = event.id
            audit.record(session, desk.now, UNDONE, event.subject, who=who, why=why, before=before, after=after)
    if about in ("contact", "report_type"):
        desk.look_at_registry()
    return Undone(event.id, event.action, event.subject, event.who, event.at)


def last_decision(history: Sequence[AuditEvent]) -> AuditEvent | None:
    """The newest decision that was not taken back. `history` is in the order in which things were decided."""
    taken_back: set[int] = set()
    for event in reversed(history):
        if event.id in taken_back:
            continue
        if event.action == UNDONE:
            taken_back.add(event.after["undoes"])
        elif event.action in DECISIONS:
            return event
    return None


def is_taken_back(event: AuditEvent, history: Sequence[AuditEvent]) -> bool:
    """Whether a decision was taken back, and its taking back was not."""
    cancelled: set[int] = set()
    for one in reversed(history):
        if one.action == UNDONE and one.id not in cancelled:
            cancelled.add(one.after["undoes"])
    return event.id in cancelled


def _refuse_what_stays(event: AuditEvent, history: Sequence[AuditEvent]) -> None:
    if event.action not in (*DECISIONS, UNDONE):
        raise ConfigError(f'event {event.id} ("{event.action}") is no decision of a person: it cannot be taken back')
    decided = [one for one in history if one.action in (*DECISIONS, UNDONE)]
    last = last_decision(history)
    if event.id != decided[-1].id and (last is None or event.id != last.id):
        newest = last or decided[-1]
        raise ConfigError(f"event {event.id} is not the last decision: take back event {newest.id} first")
    if event.action in ABOUT_MESSAGES and "submissions" not in event.before:
        raise ConfigError(f"event {event.id} was decided before decisions could be taken back")


def _undo_message(desk: Desk, event: AuditEvent, message_id: int, who: str, why: str) -> None:
    def act(case: Case) -> Sequence[Filed]:
        message, before = case.message, event.before
        filed = _swap(desk, case.session, event)
        _swap_incident(case, event)
        message.disposition, message.reason = before["disposition"], before["reason"]
        message.agency_code, message.evidence = before["agency"], before["evidence"]
        message.settled_at = _moment(before["settled_at"])
        return filed

    ruling = Ruling(UNDONE, who, why or f'event {event.id} ("{event.action}") taken back', undoes=event.id)
    decide(desk, message_id, read_again(desk, message_id), ruling, act)


def _swap(desk: Desk, session: Session, event: AuditEvent) -> list[Filed]:
    """What the decision had filed is taken back, and what it had taken back is put back."""
    had, has = event.before["submissions"], event.after["submissions"]
    for submission_id in has:
        if submission_id not in had:
            take_back(desk, session, submission_numbered(session, submission_id))
    restored = [submission_numbered(session, one) for one in had if one not in has]
    for submission in restored:
        put_back(desk, session, submission)
    return [Filed(obligation_numbered(session, one.obligation_id), one) for one in restored]


def _swap_incident(case: Case, event: AuditEvent) -> None:
    had, has = event.before["incident"], event.after["incident"]
    if has and has != had:
        take_back_telling(case)
    if had and had != has:
        put_back_telling(case.session, case.message.id, had["id"], opened=had["opened"])


def _undo_obligation(desk: Desk, session: Session, event: AuditEvent) -> tuple[dict[str, Any], dict[str, Any]]:
    obligation: Obligation = obligation_numbered(session, int(event.subject.partition(":")[2]))
    before = obligation_state(session, obligation)
    if event.before.get("due_at") is None or "submissions" not in event.before:
        raise ConfigError(f"event {event.id} was decided before decisions could be taken back")
    obligation.due_at = datetime.fromisoformat(event.before["due_at"])
    obligation.extended_why = event.before["extended_why"]
    if "waived" in (event.before["status"], obligation.status):
        obligation.status = "waived" if event.before["status"] == "waived" else "open"
    _swap(desk, session, event)
    restate(desk, session, obligation)
    if obligation.status in UNANSWERED:
        obligation.next_step_at = AT_ONCE
    return before, obligation_state(session, obligation)


def _undo_notice(desk: Desk, session: Session, event: AuditEvent) -> tuple[dict[str, Any], dict[str, Any]]:
    notice = outbox.notice_numbered(session, int(event.subject.partition(":")[2]))
    before, had = notice_state(notice), event.before
    if "status" not in had:
        raise ConfigError(f"event {event.id} was decided before decisions could be taken back")
    if notice.status != event.after["status"]:
        raise ConfigError(f"notice {notice.id} has left: it cannot be called back")
    notice.status, notice.error = had["status"], had["error"]
    notice.settled_at, notice.bounced_at = _moment(had["settled_at"]), _moment(had["bounced_at"])
    return before, notice_state(notice)


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


_UNDO = {
    "obligation": _undo_obligation,
    "notice": _undo_notice,
    "contact": unlearn,
    "report_type": unlearn,
    "incident": undo_incident,
    "directive": undo_directive,
}
