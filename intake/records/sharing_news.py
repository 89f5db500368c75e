"""News of an urgent matter in; a queued copy for each agency that it touches out, at any hour, once for each mail.

Whom a matter touches is named by its category in the config, and by the places that its title names. A mark that
forbids it keeps it with the office.
"""

from intake.model import Incident
from intake.notices import OriginalLine, Share
from intake.records.answers import incident_line
from intake.records.case import Case
from intake.records.outgoing import Letterhead, enqueue
from intake.rules.dealings.sharing import forbids, recipients, touched
from intake.store import audit

ROLES = ("submitter", "duty")


def pass_on_news(case: Case, incident: Incident, *, opened: bool) -> None:
    """Queues the copies of a mail that tells of the incident, and notes who gets one, or why nobody does."""
    desk = case.desk
    source = case.message.agency_code or incident.agency_code
    agencies = touched(
        desk.config.category(incident.category).share_with,
        (incident.title, incident.place, case.message.subject),
        source,
        desk.directory,
        case.received_at.date(),
    )
    if not agencies:
        return
    if why := forbids(case.reading):
        _note(case, f"no copy of {incident.code} is passed on: {why}")
        return
    to = recipients(agencies, source, desk.directory, {case.message.sender, *desk.own_addresses}, ROLES)
    for agency, contact in to:
        notice = Share(
            **vars(Letterhead(desk, contact.name, agency)),
            source=desk.directory.agencies[source].name,
            incident=incident_line(desk, incident),
            opened=opened,
            received_at=case.received_at,
            originals=(OriginalLine(mail=case.message.sha256, everything=True, text=True),),
        )
        key = f"{notice.name}:{incident.code}:{case.message.content_key}:{contact.email.casefold()}"
        enqueue(desk, case.session, notice, key=key, to=contact, agency=agency.code, message=case.message)
    codes = ", ".join(sorted({agency.code for agency, _ in to}))
    _note(case, f"a copy of {incident.code} is passed on to {codes or 'nobody: there is no address to write to'}")


def _note(case: Case, said: str) -> None:
    case.message.evidence = [*case.message.evidence, said]
    audit.record(case.session, case.desk.now, "sharing", f"message:{case.message.id}", why=said)
