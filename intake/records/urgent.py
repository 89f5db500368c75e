"""An urgent matter as rows: a mail opens one or goes on with one, or a person says that it never did."""

from intake.model import Incident, IncidentReport
from intake.records.case import Case
from intake.records.demands import answer, reopen_answered
from intake.rules.urgent.asked import is_last_report
from intake.rules.urgent.openings import words_told
from intake.rules.urgent.plain_words import facts_told
from intake.store.engine import Session
from intake.store.incidents import any_report_of, incident_numbered, reports_in_force


def tell_of(case: Case, category: str, agency: str, title: str, joins: int | None) -> tuple[Incident, bool]:
    """Ties a mail to the incident that it joins, or to a new one. Says whether it opened one."""
    message = case.message
    if joins is None:
        incident = Incident(
            category=category,
            agency_code=agency,
            title=title,
            opened_at=message.received_at,
            updated_at=message.received_at,
        )
        case.session.add(incident)
        case.session.flush()
    else:
        incident = incident_numbered(case.session, joins)
        incident.updated_at = max(incident.updated_at, message.received_at)
    opened = joins is None
    text = _text(case)
    closes = is_last_report(case.reading, case.desk.config.incidents, case.received_at.date())
    known = any_report_of(case.session, message.id)
    if known:
        known.incident_id, known.opened, known.text, known.withdrawn_at = incident.id, opened, text, None
        known.is_last = closes
    else:
        told = IncidentReport(message_id=message.id, incident_id=incident.id, opened=opened, text=text, is_last=closes)
        case.session.add(told)
    case.session.flush()
    answer(case.session, incident, agency, message.received_at, message.id, closes=closes)
    case.became.incident, case.became.opened, case.became.is_last = incident, opened, closes
    return incident, opened


def _text(case: Case) -> str:
    """What the mail says, its subject first: its own words, or what its documents tell where they say little."""
    words = words_told(case.reading.message)
    facts = [line for line in facts_told(case.reading) if line not in words]
    return "\n".join([case.message.subject, words, *facts])


def take_back_telling(case: Case) -> None:
    """The mail tells of no incident any more. An incident that no other mail tells of is closed."""
    known = any_report_of(case.session, case.message.id)
    if known is None or known.withdrawn_at:
        return
    known.withdrawn_at = case.desk.now
    reopen_answered(case.desk, case.session, case.message.id)
    case.session.flush()
    if not reports_in_force(case.session, known.incident_id):
        incident_numbered(case.session, known.incident_id).closed_at = case.desk.now


def put_back_telling(session: Session, message_id: int, incident_id: int, *, opened: bool) -> None:
    """The mail tells of this incident again; one that had been closed for want of a mail is open again."""
    known = any_report_of(session, message_id)
    assert known
    if not reports_in_force(session, incident_id):
        incident_numbered(session, incident_id).closed_at = None
    known.incident_id, known.opened, known.withdrawn_at = incident_id, opened, None
    session.flush()
