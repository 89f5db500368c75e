"""Rows to the synthesis of a day: urgent matters, what was received, what is missing, what waits and what falls due.

Nothing of a mail that nobody has decided on is repeated, and of a quarantined one only that it is there.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from intake.config import CATEGORIES
from intake.desk import Desk
from intake.errors import PermanentError
from intake.model import Incident, Obligation, Submission
from intake.notices import (
    AgencyLine,
    ComingLine,
    DailyDigest,
    DueLine,
    IncidentStanding,
    IncompleteLine,
    PaperLine,
    ReceivedLine,
    UnansweredLine,
    UndeliveredLine,
)
from intake.records.answers import incident_line
from intake.records.booking import still_owed
from intake.records.outgoing import Letterhead
from intake.records.period_lines import period_head, report_name
from intake.records.truth import Sight
from intake.rules.deadlines.demands import Owing
from intake.rules.deadlines.synthesis import Doubt, Span, Stand, due_until, last_versions, looks_ahead_to, stand
from intake.rules.urgent.plain_words import latest_facts, says_nothing_happened
from intake.store import digests, mails, outbox
from intake.store.demands import unanswered_at
from intake.store.engine import Session
from intake.store.incidents import incident_numbered
from intake.store.obligations import Wanted, obligations_where
from intake.store.punctuality import unanswered_rounds

_DOUBTED: dict[Doubt, Literal["missing", "waiting", "unknown"]] = {
    "": "missing", "waiting": "waiting", "blind": "unknown",
}  # fmt: skip
# A report for a period with one deadline: what the lines of the synthesis stand for.
Regime = tuple[str, str, datetime]


@dataclass(slots=True)
class _Silent:
    """That nothing had come from an agency by a deadline."""

    agency_code: str
    due_at: datetime


def synthesis(desk: Desk, session: Session, span: Span) -> DailyDigest:
    """The day's synthesis, addressed to nobody yet."""
    sight = Sight(desk, session)
    waiting = [one for one in mails.for_person(session) if one.received_at <= span.known_at]
    head = vars(Letterhead(desk)) | {"reference": f"BC-TH-{span.day:%Y%m%d}", "now": span.until.astimezone(desk.zone)}
    return DailyDigest(
        **head,
        day=span.day,
        since=span.since.astimezone(desk.zone),
        mailbox_read_at=sight.read_to.astimezone(desk.zone) if sight.read_to else None,
        incidents=_incidents(desk, session, span),
        unanswered=_asked(desk, session, sight, span),
        received=_received(desk, session, span),
        due=_due(desk, session, sight, span),
        overdue=_overdue(desk, session, sight, span),
        waiting_review=sum(one.disposition == "review" for one in waiting),
        quarantined=sum(one.disposition == "quarantined" for one in waiting),
        unread=sum(one.status == "failed" for one in waiting),
        undelivered=_undelivered(desk, session, span),
        coming=_coming(desk, session, span),
        coming_to=looks_ahead_to(span.day, desk.working_days),
        paper=PaperLine(**desk.config.paper.model_dump()),
    )


def _incidents(desk: Desk, session: Session, span: Span) -> tuple[IncidentStanding, ...]:
    """By category and place, in the categories' order."""
    found = [_standing(desk, session, one, span) for one in digests.incidents_between(session, span.since, span.until)]
    order = {category: place for place, category in enumerate(CATEGORIES)}
    return tuple(sorted(found, key=lambda one: (order.get(one.incident.category, len(order)), one.place.casefold())))


def _standing(desk: Desk, session: Session, incident: Incident, span: Span) -> IncidentStanding:
    reports = digests.reports_until(session, incident.id, span.until)
    last_at, text = reports[-1] if reports else (incident.opened_at, "")
    closed = incident.closed_at is not None and incident.closed_at <= span.until
    line = incident_line(desk, incident)
    return IncidentStanding(
        incident=line,
        agency_code=incident.agency_code,
        place=incident.place or line.agency,
        last_report_at=last_at.astimezone(desk.zone),
        reports=len(reports),
        # The first line is the mail's subject.
        summary=latest_facts(text.partition("\n")[2]),
        new=incident.opened_at > span.since,
        news=last_at > span.since,
        closed_at=incident.closed_at.astimezone(desk.zone) if closed and incident.closed_at else None,
    )


def _asked(desk: Desk, session: Session, sight: Sight, span: Span) -> tuple[UnansweredLine, ...]:
    """What was asked and not answered. The reports of a day that are not due yet go without saying."""
    return tuple(
        UnansweredLine(
            agency=_agency(desk, one.agency_code),
            code=incident.code,
            title=incident.title,
            kind=one.kind,
            asked_at=one.opened_at.astimezone(desk.zone),
            due_at=one.due_at.astimezone(desk.zone),
            standing=standing,
        )
        for one in unanswered_at(session, span.until)
        for standing in [_DOUBTED[_doubt(sight, one)] if one.due_at <= span.until else "still_open"]
        for incident in [incident_numbered(session, one.incident_id or 0)]
        if standing != "still_open" or one.kind != "update"
    )


def _received(desk: Desk, session: Session, span: Span) -> tuple[ReceivedLine, ...]:
    rows = digests.submissions_between(session, span)
    of = {obligation.id: obligation for _, obligation in rows}
    groups: dict[Regime, list[Submission]] = defaultdict(list)
    for one in last_versions(submission for submission, _ in rows):
        groups[_regime(of[one.obligation_id])].append(one)
    return tuple(_received_line(desk, session, groups[regime], of) for regime in _sorted(desk, groups))


def _received_line(
    desk: Desk, session: Session, submissions: Sequence[Submission], of: dict[int, Obligation]
) -> ReceivedLine:
    def agencies(found: Iterable[Submission]) -> tuple[AgencyLine, ...]:
        return _agencies(desk, (of[one.obligation_id] for one in found))

    complete = [one for one in submissions if one.status == "accepted"]
    incomplete = [one for one in submissions if one.status == "incomplete"]
    return ReceivedLine(
        **period_head(desk, of[submissions[0].obligation_id]),
        on_time=agencies(one for one in complete if one.timeliness != "late"),
        late=agencies(one for one in complete if one.timeliness == "late"),
        incomplete=tuple(
            IncompleteLine(agency=_agency(desk, of[one.obligation_id].agency_code), missing=tuple(one.missing))
            for one in incomplete
        ),
        nil=agencies(one for one in complete if _is_nil(desk, session, one)),
    )


def _is_nil(desk: Desk, session: Session, submission: Submission) -> bool:
    """Whether the report is a mail without documents that says that nothing happened."""
    if submission.message_id is None:
        return False
    message = mails.message_numbered(session, submission.message_id)
    if {one.sha256 for one in mails.documents_of(session, message.id)} & set(submission.documents):
        return False
    try:
        return says_nothing_happened(desk.readers.original(desk.raw_messages.path_of(message.sha256)).own_text)
    except PermanentError:
        return False


def _due(desk: Desk, session: Session, sight: Sight, span: Span) -> tuple[DueLine, ...]:
    """What fell due since the last synthesis, and what may still be sent today."""
    groups: dict[Regime, list[Obligation]] = defaultdict(list)
    for one in obligations_where(session, Wanted(span.since, due_until(span.day, desk.zone))):
        if one.due_at > span.since and _counts(desk, one):
            groups[_regime(one)].append(one)
    return tuple(_due_line(desk, sight, span, groups[regime]) for regime in _sorted(desk, groups))


def _due_line(desk: Desk, sight: Sight, span: Span, owed: Sequence[Obligation]) -> DueLine:
    by: dict[Stand, list[Obligation]] = defaultdict(list)
    for one in owed:
        by[stand(one, span.known_at, _doubt(sight, one))].append(one)
    return DueLine(
        **period_head(desk, owed[0]),
        owed=len(owed),
        on_time=len(by["on_time"]),
        late=len(by["late"]),
        incomplete=tuple(
            IncompleteLine(agency=_agency(desk, one.agency_code), missing=tuple(one.missing))
            for one in by["incomplete"]
        ),
        missing=_agencies(desk, by["missing"]),
        waiting=_agencies(desk, by["waiting"]),
        unknown=_agencies(desk, by["unknown"]),
        still_open=_agencies(desk, by["still_open"]),
    )


def _overdue(desk: Desk, session: Session, sight: Sight, span: Span) -> int:
    """How many obligations are overdue beyond doubt."""
    return sum(
        not _doubt(sight, _Silent(agency, one.due_at))
        for one in unanswered_rounds(session, Wanted(due_to=span.known_at), at=span.known_at)
        for agency in desk.directory.asked_of(one)
    )


def _coming(desk: Desk, session: Session, span: Span) -> tuple[ComingLine, ...]:
    """What falls due from the day after until the end of the next working day."""
    after = due_until(span.day, desk.zone)
    until = due_until(looks_ahead_to(span.day, desk.working_days), desk.zone)
    groups: dict[Regime, list[Obligation]] = defaultdict(list)
    for one in obligations_where(session, Wanted(after, until)):
        if one.due_at > after and _counts(desk, one):
            groups[_regime(one)].append(one)
    return tuple(
        ComingLine(
            **period_head(desk, groups[regime][0]),
            owed=len(groups[regime]),
            received=sum(stand(one, span.known_at, "") in ("on_time", "late") for one in groups[regime]),
        )
        for regime in _sorted(desk, groups)
    )


def _undelivered(desk: Desk, session: Session, span: Span) -> tuple[UndeliveredLine, ...]:
    return tuple(
        UndeliveredLine(
            notice=one.name, recipient=one.recipient, on=(one.sent_at or one.queued_at).astimezone(desk.zone).date()
        )
        for one in outbox.failed_notices(session)
        if one.queued_at <= span.known_at
    )


def _counts(desk: Desk, one: Obligation) -> bool:
    """Whether the obligation is owed: not waived, and asked for by the registry in force or answered."""
    return one.status != "waived" and (one.status != "open" or still_owed(desk, one))


def _doubt(sight: Sight, one: Owing) -> Doubt:
    if sight.why_blind(one):
        return "blind"
    return "waiting" if sight.why_waiting(one) else ""


def _regime(one: Obligation) -> Regime:
    return one.report_type_code, one.period, one.due_at


def _sorted(desk: Desk, regimes: Iterable[Regime]) -> list[Regime]:
    """By deadline, then by the report's name."""
    return sorted(regimes, key=lambda one: (one[2], report_name(desk, one[0]), one[1]))


def _agencies(desk: Desk, owed: Iterable[Obligation]) -> tuple[AgencyLine, ...]:
    found = {one.agency_code: _agency(desk, one.agency_code) for one in owed}
    return tuple(sorted(found.values(), key=lambda one: one.name.casefold()))


def _agency(desk: Desk, code: str) -> AgencyLine:
    known = desk.directory.agencies.get(code)
    return AgencyLine(code=code, name=known.name if known else code)
