"""What is written back when a mail was judged: to its sender, to the office's desks, or to nobody."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from intake.desk import Desk
from intake.model import OFFICE, Contact, Incident, Obligation, Submission
from intake.notices import (
    Acknowledgment,
    IncidentAlert,
    IncidentLine,
    Incomplete,
    Notice,
    OfficeReceipt,
    Refusal,
    ReportLine,
    RequestAnswer,
    SecrecyRefusal,
    UnderReview,
)
from intake.records.booking import Filed
from intake.records.case import Case
from intake.records.outgoing import Letterhead, enqueue
from intake.records.period_lines import period_head
from intake.records.replies import answers_our_answer
from intake.records.versions import completes, delivery_of
from intake.rules.deadlines.demands import following_watch
from intake.rules.dealings.answering import answer_to
from intake.rules.urgent.plain_words import facts_told
from intake.store.submissions import submissions_of

UNDECIDED = ":undecided"
OUR_ANSWER_ANSWERED = "it answers an answer of ours, and brings nothing along"


def acknowledge(case: Case, filed: Sequence[Filed]) -> None:
    """Answers a mail whose reports were filed, and tells the office's records desk. One mail, one answer."""
    answer_sender(case, filed)
    tell_records(case, filed)


def answer_sender(case: Case, filed: Sequence[Filed]) -> None:
    """Tells the sender what was filed, and what is missing."""
    new = [one for one in filed if not one.repeated]
    reports = _lines(case, new or filed)
    if any(one.submission.missing for one in new):
        _answer(case, Incomplete, reports=reports, files=case.files, received_at=case.received_at)
    else:
        _answer(
            case, Acknowledgment, reports=reports, files=case.files, duplicate=not new, received_at=case.received_at
        )


def _lines(case: Case, filed: Sequence[Filed]) -> tuple[ReportLine, ...]:
    return tuple(report_line(case, one.obligation, one.submission) for one in filed)


def acknowledge_incident(case: Case, incident: Incident, *, opened: bool) -> None:
    """Answers a mail that told of an urgent matter and alerts the duty officers, at any hour."""
    answer_incident(case, incident, opened=opened)
    alert_duty(case, incident, opened=opened)


def answer_incident(case: Case, incident: Incident, *, opened: bool) -> None:
    """Tells the sender under which code the urgent matter is known."""
    line = incident_line(case.desk, incident)
    _answer(
        case,
        Acknowledgment,
        files=case.files,
        incident=line,
        incident_opened=opened,
        received_at=case.received_at,
        next_report_by=_next_report_by(case, incident),
    )


def alert_duty(case: Case, incident: Incident, *, opened: bool) -> None:
    """Alerts the duty officers of the office to what a mail tells of an urgent matter."""
    line = incident_line(case.desk, incident)
    next_report_by, is_last = _next_report_by(case, incident), case.became.is_last
    _alert(case, incident=line, opened=opened, next_report_by=next_report_by, is_last=is_last)


def _next_report_by(case: Case, incident: Incident) -> datetime | None:
    """By when the agency that has just told of a matter owes its next report; None where the event is over."""
    if (
        case.became.is_last
        or incident.ended_at
        or incident.closed_at
        or case.message.agency_code != incident.agency_code
    ):
        return None
    times = case.desk.config.category(incident.category).follow_up
    watch = following_watch(times, case.received_at, case.desk.zone)
    return watch.due_at if watch and watch.due_at > case.desk.now else None


def alert_undecided(case: Case) -> None:
    """Alerts them to a mail that may tell of one, and that a person has to decide on."""
    _alert(case, undecided=case.message.reason, number=case.message.id)


def alert_kept_out(case: Case) -> None:
    """Alerts them to one that is in quarantine: who sent it, and no word or file of it."""
    reason, number = case.message.reason, case.message.id
    _to_duty(case, sender_agency(case), undecided=reason, number=number, is_kept_out=True)


def _alert(case: Case, **fields: Any) -> None:
    told = {"mail_subject": case.message.subject, "summary": tuple(facts_told(case.reading)), "files": case.files}
    _to_duty(case, case.message.agency_code, **told, **fields)


def _to_duty(case: Case, agency: str | None, **fields: Any) -> None:
    known = case.desk.directory.agencies.get(agency or "")
    for contact in case.desk.directory.addresses_of(OFFICE, ["duty"]):
        letterhead = vars(Letterhead(case.desk, contact.name, known))
        notice = IncidentAlert(**letterhead, **fields, received_at=case.received_at, sender=case.message.sender)
        _to_office(case, notice, contact)


def under_review(case: Case, *, is_urgent: bool = False) -> None:
    """Tells the sender that a person will look at the mail, whoever is on duty if it `is_urgent`; no more than is safe.

    Whoever answers our answer and brings nothing along is not answered again: it may be a machine that does not say so.
    """
    if _is_doubted(case):
        return
    if not case.files and answers_our_answer(case.session, case.reading.message):
        _leave_unanswered(case, OUR_ANSWER_ANSWERED)
        return
    _answer(
        case,
        UnderReview,
        mail_subject=case.message.subject,
        files=case.files,
        received_at=case.received_at,
        reason="request" if case.message.request else "",
        is_urgent=is_urgent and bool(case.desk.directory.addresses_of(OFFICE, ["duty"])),
    )


def answer_request(case: Case, **fields: Any) -> None:
    """Tells the sender of a request what the office decided."""
    _answer(case, RequestAnswer, mail_subject=case.message.subject, received_at=case.received_at, **fields)


def refuse(case: Case, *, is_urgent: bool = False) -> None:
    """Tells the sender that the mail was not opened. Nothing of its content is repeated.

    Whoever told of something `is_urgent` has to tell it again by another way.
    """
    if _is_doubted(case):
        return
    if case.reading.secrecy:
        _answer(case, SecrecyRefusal, received_at=case.received_at)
    else:
        encrypted = any(one.outcome == "encrypted" for one in case.reading.documents)
        reason = "encrypted" if encrypted else "unsafe"
        _answer(case, Refusal, reason=reason, received_at=case.received_at, is_urgent=is_urgent)


def _is_doubted(case: Case) -> bool:
    """Whether somebody else may have sent it under this name: whose name it is gets no word of what he never wrote."""
    if doubt := case.why_doubt_sender:
        _leave_unanswered(case, doubt)
    return bool(doubt)


def _leave_unanswered(case: Case, why: str) -> None:
    case.message.evidence = [*case.message.evidence, f"not answered: {why}"]


def _answer(case: Case, kind: type[Notice], /, **fields: Any) -> None:
    """Queues the answer where the rules allow one, to the address that the mail came from."""
    desk, message = case.desk, case.message
    agency = sender_agency(case)
    recorded = bool(case.became.reports or case.became.incident)
    mail, authserv_id = case.reading.message, desk.authserv_id(message.mailbox)
    verdict = answer_to(mail, agency, desk.directory, desk.own_addresses, authserv_id, recorded=recorded)
    if not verdict.address:
        _leave_unanswered(case, verdict.reason)
        return
    name = mail.sender.name if mail.sender else ""
    who = desk.directory.agencies.get(agency or "")
    notice = kind(**vars(Letterhead(desk, name, who)), **fields)
    contact = Contact(agency_code=agency or "", email=verdict.address, role="submitter", name=name)
    key = f"{kind.name}:{message.content_key}"
    enqueue(desk, case.session, notice, key=key, to=contact, agency=agency, message=message)


def sender_agency(case: Case) -> str | None:
    """The agency that the answer is for: the one decided on, else the only one that the sender belongs to."""
    if case.message.agency_code:
        return case.message.agency_code
    agencies = case.desk.directory.agencies_of(case.message.sender)
    return next(iter(agencies)) if len(agencies) == 1 else None


def tell_records(case: Case, filed: Sequence[Filed]) -> None:
    """Tells the office's records desk what was filed; of what it knows already it is not told again."""
    new = [one for one in filed if not one.repeated]
    if not new:
        return
    contacts = case.desk.directory.addresses_of(OFFICE, ["records"])
    reports = _lines(case, new) if contacts else ()
    agency = case.desk.directory.agencies.get(case.message.agency_code or "")
    for contact in contacts:
        notice = OfficeReceipt(
            **vars(Letterhead(case.desk, contact.name, agency)),
            received_at=case.received_at,
            message=case.message.id,
            sender=case.message.sender,
            reports=reports,
            mail_subject=case.message.subject,
            files=case.files,
            evidence=tuple(case.message.evidence),
        )
        _to_office(case, notice, contact)


def _to_office(case: Case, notice: Notice, contact: Contact) -> None:
    key = f"{notice.name}:{case.message.content_key}:{contact.email}"
    if isinstance(notice, IncidentAlert) and not notice.incident:
        key += UNDECIDED
    enqueue(case.desk, case.session, notice, key=key, to=contact, agency=OFFICE, message=case.message)


def report_line(case: Case, obligation: Obligation, submission: Submission) -> ReportLine:
    """One filed report in the words of a notice."""
    zone = case.desk.zone
    return ReportLine(
        **period_head(case.desk, obligation),
        number=submission.number,
        receipt=submission.receipt,
        received_at=submission.received_at.astimezone(zone),
        timeliness=submission.timeliness,
        status=submission.status,
        missing=tuple(submission.missing),
        present=tuple(submission.present),
        version=submission.version,
        **_of_earlier(case, submission),
    )


def _of_earlier(case: Case, submission: Submission) -> dict[str, Any]:
    """What a later version says of the one before it."""
    if submission.version == 1:
        return {}
    in_force = submissions_of(case.session, submission.obligation_id)
    earlier = next((one for one in reversed(in_force) if one.version < submission.version), None)
    if earlier is None:
        return {}
    came_at = delivery_of(earlier).arrived_at.astimezone(case.desk.zone)
    completing = completes(submission, in_force)
    other_number = earlier.number if earlier.number != submission.number and not completing else None
    return {"replaces": other_number, "earlier_received_at": came_at, "completes": completing}


def incident_line(desk: Desk, incident: Incident) -> IncidentLine:
    """An incident in the words of a notice."""
    return IncidentLine(
        code=incident.code,
        category=incident.category,
        title=incident.title,
        agency=who.name if (who := desk.directory.agencies.get(incident.agency_code)) else incident.agency_code,
        opened_at=incident.opened_at.astimezone(desk.zone),
        place=incident.place,
    )
