"""The cases of the review desk as a person sees them: who wrote, what it may be, what speaks for it, how to settle it.

Nothing is shown of the content of mail in quarantine.
"""

import shlex
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from intake.desk import Desk
from intake.errors import ConfigError
from intake.model import Document, Message
from intake.records.booking import owed_by
from intake.records.outcome import outcome_of
from intake.rules.deadlines.standing import standing
from intake.rules.papers.letterhead import read_letterhead
from intake.store import mails
from intake.store.engine import Session
from intake.store.obligations import obligation_of

FIRST_LINES = 12
LONGEST_LINE = 200


@dataclass(frozen=True, slots=True)
class Candidate:
    """What a mail may be. `pros` and `cons` speak for it and against it; `command` would settle it so."""

    agency: str | None
    report_type: str | None
    period: str | None
    agency_name: str = ""
    report_name: str = ""
    period_start: date | None = None
    period_end: date | None = None
    due_at: datetime | None = None
    standing: str = ""
    receipt: str | None = None
    pros: tuple[str, ...] = ()
    cons: tuple[str, ...] = ()
    command: str = ""


@dataclass(frozen=True, slots=True)
class DocumentShown:
    """One document of the mail, by the number that `--document` takes."""

    number: int
    filename: str
    kind: str
    size: int
    outcome: str


@dataclass(frozen=True, slots=True)
class RequestShown:
    """What a mail asks for instead of reporting; each of `lines` is a report, as (type, period, until when)."""

    kind: str
    lines: tuple[tuple[str, str, datetime | None], ...]


@dataclass(frozen=True, slots=True)
class CaseShown:
    """One mail that waits, or waited, for a person. `first_of` names the document that `first_lines` are of."""

    id: int
    waits: bool
    disposition: str
    reason: str
    agency: str | None
    received_at: datetime
    sender: str
    subject: str
    source: str
    evidence: tuple[str, ...]
    documents: tuple[DocumentShown, ...]
    first_lines: tuple[str, ...]
    first_of: str
    candidates: tuple[Candidate, ...]
    commands: tuple[str, ...]
    request: RequestShown | None = None


def cases(desk: Desk) -> list[CaseShown]:
    """Every message that waits, oldest first."""
    with desk.database.reading() as session:
        return [_case(desk, session, message) for message in mails.for_person(session)]


def case_numbered(desk: Desk, message_id: int) -> CaseShown:
    """One message, whether it waits or not, with all that can be shown of it."""
    with desk.database.reading() as session:
        return _case(desk, session, mails.message_numbered(session, message_id))


def _case(desk: Desk, session: Session, message: Message) -> CaseShown:
    is_shown = message.disposition != "quarantined"
    documents = mails.documents_of(session, message.id)
    first_of, lines = _first_lines(message, documents) if is_shown else ("", ())
    return CaseShown(
        id=message.id,
        waits=mails.waits(message),
        disposition="failed" if message.status == "failed" else message.disposition or "",
        reason=message.reason or message.error,
        agency=message.agency_code,
        received_at=message.received_at,
        sender=message.sender,
        subject=message.subject if is_shown else "",
        source=message.source,
        evidence=tuple(message.evidence),
        documents=tuple(_document(one) for one in documents) if is_shown else (),
        first_lines=lines,
        first_of=first_of,
        candidates=tuple(_candidate(desk, session, message.id, one) for one in message.suggestions),
        commands=_commands(message),
        request=_request(message),
    )


def _document(row: Document) -> DocumentShown:
    return DocumentShown(row.position + 1, row.filename, row.kind, row.size, row.outcome)


def _first_lines(message: Message, documents: Sequence[Document]) -> tuple[str, tuple[str, ...]]:
    """The beginning of the main document: the first that is a report, else the first with text, else the mail's own."""
    readable = [one for one in documents if one.text and one.outcome == "read"]
    reports = [one for one in readable if read_letterhead(one.text or "").is_report]
    main = next(iter(reports or readable), None)
    text = (main.text if main else message.opening) or ""
    lines = [line.strip()[:LONGEST_LINE] for line in text.splitlines() if line.strip()]
    return main.filename if main else "", tuple(lines[:FIRST_LINES])


def _candidate(desk: Desk, session: Session, message_id: int, kept: dict[str, Any]) -> Candidate:
    agency, report_type, period = kept.get("agency"), kept.get("report_type"), kept.get("period")
    named = {"agency": agency, "report_type": report_type, "period": period}
    options = " ".join(f"--{name.replace('_', '-')} {shlex.quote(value)}" for name, value in named.items() if value)
    left = "".join(f" --{name.replace('_', '-')} …" for name, value in named.items() if not value)
    who, kind = desk.directory.agencies.get(agency or ""), desk.directory.report_types.get(report_type or "")
    return Candidate(
        agency=agency,
        report_type=report_type,
        period=period,
        agency_name=who.name if who else "",
        report_name=kind.name if kind else "",
        pros=tuple(kept.get("for", ())),
        cons=tuple(kept.get("against", ())),
        command=f"intake review accept {message_id} {options}{left}",
        **_as_owed(desk, session, agency, report_type, period),
    )


def _as_owed(
    desk: Desk, session: Session, agency: str | None, report_type: str | None, period: str | None
) -> dict[str, Any]:
    """The deadline of what is suggested, and how it stands; nothing where it is not owed, or not whole."""
    if not (agency and report_type and period):
        return {}
    row = obligation_of(session, agency, report_type, period)
    try:
        owed = row or owed_by(desk, agency, report_type, period)
    except ConfigError:
        return {}
    if owed is None:
        return {}
    status = row.status if row else "open"
    return {
        "period_start": owed.period_start,
        "period_end": owed.period_end,
        "due_at": owed.due_at,
        "standing": standing(status, owed.period_end, owed.due_at, desk.now, desk.zone),
        "receipt": row.receipt if row else None,
    }


def _request(message: Message) -> RequestShown | None:
    if not message.request:
        return None
    lines = [
        (one["report_type"], one["period"], datetime.fromisoformat(one["until"]) if one["until"] else None)
        for one in message.request["obligations"]
    ]
    return RequestShown(message.request["kind"], tuple(lines))


def _commands(message: Message) -> tuple[str, ...]:
    """What else can be done about it, as it would be typed."""
    if not mails.waits(message):
        return (f"intake review reopen {message.id} --why …", f"intake review undo {message.id}")
    if message.status == "failed":
        return (f"intake replay {message.id}", f"intake review dismiss {message.id} --why …")
    if message.disposition == "quarantined":
        return (f"intake review dismiss {message.id} --why …",)
    return (
        *_commands_for_request(message),
        f"intake review accept {message.id} --agency … --report-type … --period …",
        f"intake review incident {message.id} --category …",
        f"intake review dismiss {message.id} --why …",
    )


def _commands_for_request(message: Message) -> tuple[str, ...]:
    """What grants or refuses the later deadline, or the waiver, that the mail asks for."""
    request = message.request
    if not request:
        return ()
    command = "extend" if request["kind"] == "extension" else "waive"
    known = "" if request["obligations"] else " --report-type … --period …"
    day = " --until D" if command == "extend" and not request["until"] else ""
    decide = f"intake {command} --request {message.id}"
    return (f"{decide}{known}{day} --why …", f"{decide} --refuse --why …")


def case_as_json(desk: Desk, case: CaseShown) -> dict[str, Any]:
    """What `review --json` says of a case beyond the outcome of the message."""
    line: dict[str, Any] = {"from": case.sender, "waits": case.waits, "first_lines": list(case.first_lines)}
    line["documents"] = [asdict(one) for one in case.documents]
    line["candidates"] = [_candidate_as_json(desk, one) for one in case.candidates]
    line["commands"] = list(case.commands)
    return line


def _candidate_as_json(desk: Desk, one: Candidate) -> dict[str, Any]:
    due = one.due_at.astimezone(desk.zone).isoformat() if one.due_at else None
    return {
        "agency": one.agency,
        "report_type": one.report_type,
        "period": one.period,
        "due_at": due,
        "status": one.standing or None,
        "receipt": one.receipt,
        "for": list(one.pros),
        "against": list(one.cons),
        "command": one.command,
    }


def cases_as_json(desk: Desk, shown: Sequence[CaseShown]) -> list[dict[str, Any]]:
    """The lines of `intake review --json` about messages."""
    with desk.database.reading() as session:
        outcomes = [outcome_of(session, mails.message_numbered(session, one.id)) for one in shown]
    return [
        {"kind": "message", **outcome.as_json(desk.zone), **case_as_json(desk, one)}
        for outcome, one in zip(outcomes, shown, strict=True)
    ]
