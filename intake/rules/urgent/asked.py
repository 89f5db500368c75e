"""Does a mail answer what the office asked its agency about an urgent matter, or only say that the request has come?

The thread or the code of the matter says which one is meant, else its category and the words that name it. Where it may
be several, or the mail is a periodic report as well, a person decides.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from intake.config import Category
from intake.model import OFFICE
from intake.rules.language.phrases import Phrases, clauses, phrase, phrases
from intake.rules.names.directory import Directory
from intake.rules.papers.completeness import is_recall
from intake.rules.reading import MailReading
from intake.rules.urgent.joining import named_incidents
from intake.rules.urgent.mentions import mentions_in, vocabulary_of
from intake.rules.urgent.openings import plain_subject
from intake.rules.urgent.urgency import tell
from intake.rules.urgent.urgent_words import PASSING_WORDS
from intake.rules.verdicts import IncidentVerdict, OpenIncident

_RECEIVED = phrases("đã nhận", "nhận được", "xác nhận nhận")
_AMISS = phrases(
    "nhưng", "không mở được", "không đọc được", "chưa nhận", "chưa có", "không thấy", "không có tệp", "không có file",
    "bị lỗi", "lỗi font", "thiếu", "gửi nhầm", "không phải", "không thuộc",
)  # fmt: skip
_MOST_WORDS = 60
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
    agency = sender_agency(reading, directory, received_at)
    telling = tell(reading, categories, Phrases(), received_at.date())
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


def category_of(text: str, categories: Mapping[str, Category], day: date) -> str:
    """The one category whose keywords stand in what the office calls a matter; `other` for none or several."""
    named = {found.category for found in mentions_in(clauses(text), vocabulary_of(categories), day)}
    return named.pop() if len(named) == 1 else "other"


def is_last_report(reading: MailReading, categories: Mapping[str, Category], day: date) -> bool:
    """Whether a title of the mail, received on `day`, says that the matter has come to its end."""
    return bool(tell(reading, categories, Phrases(), day).closing)


def only_confirms(reading: MailReading) -> bool:
    """Whether a mail says that something has come, and nothing more."""
    own = reading.message.own_text
    is_short = len(own.split()) <= _MOST_WORDS and all(one.kind == "image" for one in reading.documents)
    return is_short and bool(clauses(own).says(_RECEIVED))


def withholds_receipt(reading: MailReading) -> bool:
    """Whether a short mail says that something is wrong with what has come: a person has to look."""
    own = reading.message.own_text
    return len(own.split()) <= _MOST_WORDS and bool(clauses(own).says(_AMISS))


def sender_agency(reading: MailReading, directory: Directory, received_at: datetime) -> str:
    """The one agency that the sender's address belongs to that day; "" where there is none or several."""
    day = received_at.date()
    codes = directory.agencies_of(_address(reading)) - {OFFICE}
    active = [code for code in codes if directory.agencies[code].active_on(day)]
    return active[0] if len(active) == 1 else ""


def _address(reading: MailReading) -> str:
    return reading.message.sender.address if reading.message.sender else ""
