"""What the office decides about an agency's request for a later deadline, or for none; the agency gets the answer."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from intake.desk import Desk
from intake.errors import ConfigError
from intake.model import Message, Obligation
from intake.office.deciding import Ruling, conclude, decide, read_again, refuse_settled
from intake.office.decisions import Decision, extend_within, owed_obligation, waive_within
from intake.records import answers
from intake.records.booking import Filed
from intake.records.case import Case
from intake.records.moving import deadline_line
from intake.store.engine import Session


@dataclass(frozen=True, slots=True)
class About:
    """Which obligation of the sender's agency a person means, where the request does not say it rightly."""

    report_type: str
    period: str


@dataclass(frozen=True, slots=True)
class Decided:
    """What became of one obligation, and its deadline before."""

    obligation: Obligation
    former_due_at: datetime | None = None


Deciding = Callable[[Session, Message], list[Decided]]


def grant_extension(
    desk: Desk, message_id: int, who: str, why: str, until: datetime | None = None, about: About | None = None
) -> list[Decided]:
    """Moves the deadlines asked for, to `until` or to what was asked, and answers. Raises `ConfigError`."""

    def decided_on(session: Session, message: Message) -> list[Decided]:
        found = []
        for decision, asked in _asked(desk, message, who, why, about):
            new = until or asked
            if new is None:
                raise ConfigError(f"message {message_id} names no day that could be read: give it with --until")
            former = owed_obligation(desk, session, decision.agency, decision.report_type, decision.period).due_at
            found.append(Decided(extend_within(desk, session, decision, new), former))
        return found

    return _settled(desk, message_id, who, why, "extension", decided_on)


def grant_waiver(desk: Desk, message_id: int, who: str, why: str, about: About | None = None) -> list[Decided]:
    """Waives the obligations asked for, and answers. Raises `ConfigError`."""

    def decided_on(session: Session, message: Message) -> list[Decided]:
        asked = _asked(desk, message, who, why, about)
        return [Decided(waive_within(desk, session, decision)) for decision, _ in asked]

    return _settled(desk, message_id, who, why, "waiver", decided_on)


def refuse(desk: Desk, message_id: int, who: str, why: str) -> list[Decided]:
    """Leaves every deadline as it is, and answers with the reason. Raises `ConfigError`."""

    def decided_on(session: Session, message: Message) -> list[Decided]:
        lines = message.request.get("obligations", [])
        return [
            Decided(owed_obligation(desk, session, message.agency_code or "", one["report_type"], one["period"]))
            for one in lines
        ]

    return _settled(desk, message_id, who, why, "", decided_on)


def _asked(
    desk: Desk, message: Message, who: str, why: str, about: About | None
) -> list[tuple[Decision, datetime | None]]:
    """The obligations decided about, each with the deadline that was asked for."""
    lines: list[dict[str, Any]] = message.request.get("obligations", [])
    if about:
        asked = next((one["until"] for one in lines if one["period"] == about.period), message.request.get("until"))
        lines = [{"report_type": about.report_type, "period": about.period, "until": asked}]
    if not lines or message.agency_code is None:
        raise ConfigError(f"message {message.id} does not say for which report: give --report-type and --period")
    return [
        (
            Decision(message.agency_code, one["report_type"], one["period"], who, why),
            datetime.fromisoformat(one["until"]) if one["until"] else None,
        )
        for one in lines
    ]


def _settled(desk: Desk, message_id: int, who: str, why: str, granted: str, decide_on: Deciding) -> list[Decided]:
    """Decides, settles the message, and answers it; all in one transaction."""
    decided: list[Decided] = []

    def act(case: Case) -> Sequence[Filed]:
        message = case.message
        if not message.request:
            raise ConfigError(f"message {message_id} asks for no other deadline; `intake review` lists what waits")
        refuse_settled(message)
        decided.extend(decide_on(case.session, message))
        kind = granted or message.request["kind"]
        words = f"{kind} {'granted' if granted else 'refused'} by {who}"
        conclude(case, message.disposition, f"{words}: {why}" if why else words, settled=True)
        lines = tuple(deadline_line(desk, one.obligation, one.former_due_at) for one in decided)
        answers.answer_request(case, kind=kind, granted=bool(granted), obligations=lines, why=why)
        return ()

    decide(desk, message_id, read_again(desk, message_id), Ruling("review decided", who, why), act)
    return decided
