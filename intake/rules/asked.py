"""Does a mail answer what the office asked its agency about an urgent matter, or only say that the request has come?

The thread or the code of the matter says which one is meant, else its category and the words that name it. Where it may
be several, or the mail is a periodic report as well, a person decides.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from intake.config import Category
from intake.model import OFFICE
from intake.rules.completeness import is_recall
from intake.rules.directory import Directory
from intake.rules.joining import named_incidents
from intake.rules.openings import plain_subject
from intake.rules.phrases import phrase
from intake.rules.reading import MailReading
from intake.rules.urgency import tell
from intake.rules.urgent_words import PASSING_WORDS
from intake.rules.verdicts import IncidentVerdict, OpenIncident

_TITLE_CHARS = 200
_OPENING_CHARS = 8_000


@dataclass(frozen=True, slots=True)
class Confirmed:
    """The mail says that the request has come, and reports nothing yet."""

    incident: OpenIncident
    agency: str
    evidence: tuple[str, ...]


def answer_to_request(
    reading: MailReading,
    directory: Directory,
    categories: Mapping[str, Category],
    received_at: datetime,
    incidents: Sequence[OpenIncident],
) -> IncidentVerdict | Confirmed | None:
    """What the mail answers, or None. The day of `received_at` is taken in its own zone."""
    agency = _agency(reading, directory, received_at)
    telling = tell(reading, categories, (), received_at.date())
    named = named_incidents(reading, incidents)
    if not named:
        asking = [one for one in incidents if agency in one.asked and [one.category] == telling.categories]
        named = [one for one in asking if _is_told(reading, directory, categories, agency, one)]
    if len(named) != 1 or agency not in named[0].asked or is_recall(reading):
        return None
    [incident] = named
    evidence = (f"sender {_address(reading)} belongs to {agency}", f'it answers the request about "{incident.title}"')
    if telling.is_courtesy:
        return Confirmed(incident, agency, evidence)
    if telling.periodic:
        return None
    title = " ".join(plain_subject(reading.message.subject).split())[:_TITLE_CHARS]
    return IncidentVerdict(incident.category, agency, incident.id, title, evidence)


def _is_told(
    reading: MailReading,
    directory: Directory,
    categories: Mapping[str, Category],
    agency: str,
    incident: OpenIncident,
) -> bool:
    """Whether the mail names what tells this matter from another of its category: all numbers, most of the words."""
    known = directory.agencies[agency]
    common = _words(known.name, *known.aliases, *categories[incident.category].keywords)
    telling = _words(incident.title) - common - PASSING_WORDS
    openings = (document.text[:_OPENING_CHARS] for document in reading.documents)
    said = _words(reading.message.subject, reading.message.own_text, *openings)
    numbers = {word for word in telling if word.isdigit()}
    return bool(telling) and numbers <= said and 2 * len(telling & said) > len(telling)


def _words(*texts: str) -> set[str]:
    return {word for text in texts for word in phrase(text).folded}


def is_last_report(reading: MailReading, categories: Mapping[str, Category], day: date) -> bool:
    """Whether a title of the mail, received on `day`, says that the matter has come to its end."""
    return bool(tell(reading, categories, (), day).closing)


def _agency(reading: MailReading, directory: Directory, received_at: datetime) -> str:
    day = received_at.date()
    codes = directory.agencies_of(_address(reading)) - {OFFICE}
    active = [code for code in codes if directory.agencies[code].active_on(day)]
    return active[0] if len(active) == 1 else ""


def _address(reading: MailReading) -> str:
    return reading.message.sender.address if reading.message.sender else ""
