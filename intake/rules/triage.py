"""The first sorting of a mail: kept out, automatic, an urgent matter, or a candidate that matching looks at.

Nothing is dropped here: whatever is neither certain nor automatic goes on to matching or to a person.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from intake.config import Category
from intake.rules.names.directory import Directory
from intake.rules.reading import DocumentReading, MailReading
from intake.rules.urgent.incidents import Doubt, Mentioned, find_incident
from intake.rules.verdicts import IncidentVerdict, OpenIncident, Triage

_PLACES = {
    "subject": "in the subject",
    "body": "in the text of the mail",
    "file name": "in a file name",
    "document": "in a document",
}


def triage(
    reading: MailReading,
    directory: Directory,
    categories: Mapping[str, Category],
    received_at: datetime,
    open_incidents: Sequence[OpenIncident],
    own_addresses: Collection[str],
) -> Triage:
    """Sorts one mail. `received_at` is in the office's zone; `own_addresses` are those that our notices come from.

    Of one that is kept out no word is told, but whoever is on duty has to hear that something urgent came.
    """
    found = _sorted(reading, directory, categories, received_at, open_incidents, own_addresses)
    if why := why_kept_out(reading):
        return Triage("quarantined", why, is_urgent=found.is_urgent or found.incident is not None)
    return found


def _sorted(
    reading: MailReading,
    directory: Directory,
    categories: Mapping[str, Category],
    received_at: datetime,
    open_incidents: Sequence[OpenIncident],
    own_addresses: Collection[str],
) -> Triage:
    """What the mail would be if all in it were harmless."""
    if reading.message.kind == "dsn":
        return Triage("dsn", "a delivery status notification")
    if automatic := _automatic(reading, own_addresses):
        return Triage("automatic", automatic)
    match find_incident(reading, directory, categories, received_at, open_incidents):
        case IncidentVerdict() as incident:
            return Triage("incident", "an urgent report", incident.agency, incident.evidence, incident)
        case Doubt(reason=reason, agency=agency, evidence=evidence):
            return Triage("review", reason, agency, evidence, is_urgent=True)
        case Mentioned(evidence=evidence):
            return Triage("candidate", evidence=evidence)
    return Triage("candidate")


def doubted(found: Triage, doubt: str) -> Triage:
    """The same of a mail that its sender may not have sent: an urgent matter is for a person then, of no agency."""
    if found.incident is None:
        return found
    return Triage("review", f"it speaks of an urgent matter: {doubt}", None, found.evidence, is_urgent=True)


def why_kept_out(reading: MailReading) -> str:
    """Why nothing of a mail may be kept in the open or passed on; "" for one that is harmless."""
    if reading.secrecy:
        return f"a secrecy mark {_PLACES.get(reading.secrecy, reading.secrecy)}"
    return next(filter(None, map(_danger, reading.documents)), "")


def _danger(document: DocumentReading) -> str:
    """Why the mail has to be kept out, without a word of what the document holds."""
    if document.outcome == "secret":
        return "a secrecy mark in a document"
    if document.outcome == "hostile":
        return f"malware or a document that would not open safely: {document.detail or document.kind}"
    if document.outcome == "encrypted":
        return f"an encrypted {document.kind} that cannot be opened or examined"
    if document.outcome == "too_large" and document.kind == "archive":
        return f"an archive that would not open safely: {document.detail or 'too large'}"
    return ""


def _automatic(reading: MailReading, own_addresses: Collection[str]) -> str:
    """Why nobody wrote this mail. A report that a machine sends on is recorded all the same; our own mail is not."""
    message = reading.message
    if message.kind != "automatic":
        return ""
    sender = message.sender.address.casefold() if message.sender else ""
    if sender in {own.casefold() for own in own_addresses}:
        return "our own mail came back"
    return "" if any(_is_delivered(document) for document in reading.documents) else "automatic mail"


def _is_delivered(document: DocumentReading) -> bool:
    return document.kind in ("pdf", "docx", "doc", "rtf", "odt", "xlsx", "xls", "ods", "csv", "archive")
