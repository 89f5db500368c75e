"""One message and what was read from it in; its disposition and all that follows from it out, in one transaction.

The rules decide; this writes down what they decided and queues the answer.
"""

from collections.abc import Sequence

from intake.records import answers
from intake.records.booking import Filed, file_report, obligation_for
from intake.records.bounces import note_bounces
from intake.records.case import Case
from intake.records.confirming import confirm_directives
from intake.records.orders import follow_order
from intake.records.replies import replies_in
from intake.records.requests import note_request
from intake.records.sharing import pass_on
from intake.records.sharing_news import pass_on_news
from intake.records.suggesting import suggest
from intake.records.urgent import tell_of
from intake.rules.language.searching import words_of
from intake.rules.matching.match import match
from intake.rules.opinion import texts_of
from intake.rules.triage import doubted, triage
from intake.rules.urgent.asked import Confirmed, answer_to_request, sender_agency
from intake.rules.verdicts import IncidentVerdict, Match, Triage
from intake.store import audit, mails, search
from intake.store.demands import mails_asking
from intake.store.incidents import open_incidents

SUGGESTIONS = 5
OPENING = 1_000


def judge(case: Case) -> None:
    """Decides what a message is and records it, within the case's transaction."""
    again = case.message.processed_at is not None
    describe(case, again=again)
    earlier = mails.same_mail(case.session, case.message)
    if earlier:
        _conclude(case, "duplicate", f"the same mail was received before, as message {earlier.id}")
        case.message.agency_code = earlier.agency
    else:
        _act_on(case, _sorted(case))
    keep_words(case, again=again)
    message = case.message
    after = {"disposition": message.disposition, "reason": message.reason, "agency": message.agency_code}
    audit.record(case.session, case.desk.now, "message processed", f"message:{message.id}", after=after)


def describe(case: Case, *, again: bool = False) -> None:
    """Writes down what was read from the mail, perhaps `again`, and from its documents; decides nothing."""
    message, read = case.message, case.reading.message
    message.message_id, message.content_key = read.message_id, case.reading.content_key
    message.sender, message.subject = read.sender.address if read.sender else "", read.subject
    message.status, message.error, message.processed_at = "processed", "", case.desk.now
    message.opening = read.own_text.strip()[:OPENING] if not case.reading.secrecy else None
    documents = [
        {
            "position": position,
            "filename": one.name,
            "kind": one.kind,
            "size": one.size,
            "sha256": one.sha256,
            "outcome": one.outcome,
            "text": one.text or None,
        }
        for position, one in enumerate(case.reading.documents)
    ]
    mails.keep_documents(case.session, message.id, documents, again=again)


def keep_words(case: Case, *, again: bool = False) -> None:
    """By which words the mail is found: of one in quarantine by its sender's alone."""
    if case.message.disposition == "quarantined":
        words = words_of(case.message.sender)
    else:
        words = case.opinion.words if case.opinion else words_of(*texts_of(case.reading))
    search.keep_words(case.session, case.message.id, words, again=again)


def _sorted(case: Case) -> Triage:
    desk = case.desk
    incidents = open_incidents(case.session)
    if case.opinion and not incidents:
        found = case.opinion.triage
    else:
        known = desk.directory, desk.config.incidents
        found = triage(case.reading, *known, case.received_at, incidents, desk.own_addresses)
    doubt = case.why_doubt_sender if found.incident else ""
    return doubted(found, doubt) if doubt else found


def _act_on(case: Case, sorting: Triage) -> None:
    if sorting.disposition in ("candidate", "incident", "review") and (follow_order(case) or _confirms(case)):
        return
    if sorting.disposition == "candidate":
        found = _matched(case)
        if found.bookings or not _answers_request(case):
            _book(case, found, [*sorting.evidence, *found.evidence])
        return
    case.message.agency_code = sorting.agency
    _conclude(case, sorting.disposition, sorting.reason, sorting.evidence)
    if sorting.incident:
        _tell_of_incident(case, sorting.incident)
    elif sorting.disposition == "dsn":
        case.message.reason = note_bounces(case.desk, case.session, case.reading.message) or sorting.reason
    elif sorting.disposition == "review" and not _answers_request(case):
        note_request(case)
        answers.under_review(case, is_urgent=sorting.is_urgent)
        if sorting.is_urgent:
            answers.alert_undecided(case)
    elif sorting.disposition == "quarantined":
        answers.refuse(case, is_urgent=sorting.is_urgent)
        if sorting.is_urgent:
            answers.alert_kept_out(case)


def _confirms(case: Case) -> bool:
    """Whether the mail only says that a directive has come. That it has is noted whatever else the mail says."""
    codes = confirm_directives(case)
    if codes:
        case.message.agency_code = sender_agency(case.reading, case.desk.directory, case.received_at)
        _conclude(case, "directive", f"it confirms that the directive has come: {codes}")
    return bool(codes)


def _answers_request(case: Case) -> bool:
    """Records the mail as the answer to what its agency was asked, or as the word that the request has come."""
    desk = case.desk
    if not mails_asking(case.session) or case.why_doubt_sender:
        return False
    incidents = open_incidents(case.session)
    found = answer_to_request(case.reading, desk.directory, desk.config.incidents, case.received_at, incidents)
    if found is None:
        return False
    case.message.agency_code = found.agency
    if isinstance(found, Confirmed):
        _conclude(case, "incident", "it says that the request has come; the report is still asked for", found.evidence)
    else:
        _conclude(case, "incident", "the answer to a request of the office", found.evidence)
        _tell_of_incident(case, found)
    return True


def _matched(case: Case) -> Match:
    message = case.reading.message
    if doubt := case.why_doubt_sender:
        return Match(None, reason=doubt)
    replies = replies_in(case.session, message)
    if case.opinion and case.opinion.match and not replies:
        return case.opinion.match
    return match(case.reading, case.desk.directory, case.received_at, case.desk.zone, replies)


def _book(case: Case, found: Match, evidence: list[str]) -> None:
    case.message.agency_code = found.agency
    evidence += [line for one in found.bookings for line in one.evidence]
    filed = _file_all(case, found)
    if not filed and case.reading.message.kind == "automatic":
        _conclude(case, "automatic", "automatic mail, and what it carries is no report that is owed", evidence)
    elif not filed:
        _leave_to_a_person(case, found, evidence)
    elif all(one.repeated for one in filed):
        reason = f"these documents were delivered before, receipt {filed[0].submission.receipt}"
        _conclude(case, "duplicate", reason, evidence)
        answers.acknowledge(case, filed)
    else:
        _conclude(case, "report", "the evidence for agency, report and period agrees", evidence)
        pass_on(case, filed)
        answers.acknowledge(case, filed)


def _file_all(case: Case, found: Match) -> list[Filed]:
    """Files all bookings of a mail, or none where one of them is not owed."""
    owed = [obligation_for(case.desk, case.session, one.agency, one.report_type, one.period) for one in found.bookings]
    return [
        file_report(case, obligation, booking)
        for obligation, booking in zip(owed, found.bookings, strict=True)
        if obligation and None not in owed
    ]


def _leave_to_a_person(case: Case, found: Match, evidence: Sequence[str]) -> None:
    not_owed = [f"{one.agency} does not owe {one.report_type} for {one.period}" for one in found.bookings]
    _conclude(case, "review", found.reason or "; ".join(not_owed), evidence)
    suggest(case, found.suggestions[:SUGGESTIONS])
    note_request(case)
    answers.under_review(case)


def _tell_of_incident(case: Case, verdict: IncidentVerdict) -> None:
    incident, opened = tell_of(case, verdict.category, verdict.agency, verdict.title, verdict.joins)
    answers.acknowledge_incident(case, incident, opened=opened)
    pass_on_news(case, incident, opened=opened)


def _conclude(case: Case, disposition: str, reason: str, evidence: Sequence[str] = ()) -> None:
    case.message.disposition, case.message.reason, case.message.evidence = disposition, reason, list(evidence)
