"""What was written about a mail follows when a person decides otherwise about it.

What still waits in the outbox is withdrawn; whoever was told otherwise already gets a correction.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from intake.model import OFFICE, Contact, Notice
from intake.notices import Correction, IncidentLine, ReportLine
from intake.records import answers
from intake.records.booking import Filed
from intake.records.case import Case
from intake.records.outgoing import Letterhead, enqueue
from intake.records.sharing import pass_on, recall
from intake.records.sharing_news import pass_on_news
from intake.store import mails, outbox
from intake.store.incidents import report_of
from intake.store.submissions import submissions_from

SAID = ("acknowledgment", "incomplete", "correction", "office_receipt", "incident_alert")
WITHDRAWN_WHY = "a person decided otherwise about the mail"


@dataclass(frozen=True, slots=True)
class Recorded:
    """What is recorded of a mail at one moment, in the words of a notice. `waits` for a person's decision."""

    reports: tuple[ReportLine, ...]
    incident: IncidentLine | None
    waits: bool


def recorded_of(case: Case) -> Recorded:
    """What the mail is booked as now."""
    booked = submissions_from(case.session, case.message.id)
    told = report_of(case.session, case.message.id)
    return Recorded(
        tuple(answers.report_line(case, obligation, submission) for submission, obligation in booked),
        answers.incident_line(case.desk, told[1]) if told else None,
        mails.waits(case.message),
    )


def follow(case: Case, before: Recorded, filed: Sequence[Filed], who: str, why: str) -> None:
    """Writes to everybody whom a decision concerns. `before` is what was recorded until it; `filed` what is new."""
    after = recorded_of(case)
    said = outbox.notices_about(case.session, case.message.id, (*SAID, "under_review"))
    for notice in said:
        if notice.status == "queued":
            outbox.withdrawn(case.session, notice, WITHDRAWN_WHY)
    recall(case)
    told = {
        one.recipient: one
        for one in said
        if one.name in SAID and one.status in ("claimed", "sending", "sent") and not one.key.endswith(answers.UNDECIDED)
    }
    if after != before:
        for earlier in told.values():
            _correct(case, earlier, before, after, who, why)
    knows_otherwise = any(one.agency_code != OFFICE for one in told.values())
    _answer(case, filed, to_sender=not knows_otherwise, to_duty=before.incident is None)


def _answer(case: Case, filed: Sequence[Filed], *, to_sender: bool, to_duty: bool) -> None:
    """The usual answers, for those who have heard nothing yet; one that has left already is not sent again."""
    told = report_of(case.session, case.message.id)
    if filed:
        pass_on(case, filed)
        answers.tell_records(case, filed)
        if to_sender:
            answers.answer_sender(case, filed)
    elif told:
        report, incident = told
        if to_duty:
            answers.alert_duty(case, incident, opened=report.opened)
            pass_on_news(case, incident, opened=report.opened)
        if to_sender:
            answers.answer_incident(case, incident, opened=report.opened)
    elif to_sender and mails.waits(case.message) and case.message.disposition == "review":
        answers.under_review(case)


def _correct(case: Case, earlier: Notice, before: Recorded, after: Recorded, who: str, why: str) -> None:
    desk, to_office = case.desk, earlier.agency_code == OFFICE
    agency = desk.directory.agencies.get((case.message.agency_code if to_office else earlier.agency_code) or "")
    about_office: dict[str, Any] = {
        "to_office": True, "message": case.message.id, "sender": case.message.sender, "decided_by": who, "why": why,
    }  # fmt: skip
    notice = Correction(
        **vars(Letterhead(desk, earlier.recipient_name, agency)),
        received_at=case.received_at,
        corrects=earlier.reference,
        told_on=(earlier.sent_at or earlier.queued_at).astimezone(desk.zone).date(),
        mail_subject=case.message.subject,
        withdrawn=tuple(one for one in before.reports if not _is_among(one, after.reports)),
        withdrawn_incident=before.incident if before.incident != after.incident else None,
        reports=after.reports,
        incident=after.incident,
        settled=not after.waits,
        **(about_office if to_office else {}),
    )
    contact = Contact(
        agency_code=earlier.agency_code or "", email=earlier.recipient, role="submitter", name=earlier.recipient_name
    )
    key = f"correction:{case.message.content_key}:{notice.reference}"
    enqueue(desk, case.session, notice, key=key, to=contact, agency=earlier.agency_code, message=case.message)


def _is_among(line: ReportLine, reports: Sequence[ReportLine]) -> bool:
    """Whether a report is still recorded for the same obligation, whatever else may have changed about it."""
    return any(
        (one.report_type, one.period, one.receipt) == (line.report_type, line.period, line.receipt) for one in reports
    )
