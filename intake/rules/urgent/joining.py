"""Does an urgent report go on with an incident that is open, or is it a new one? Where it may be either, a person says.

The thread decides; without one, the same agency and category, the days between, and what the titles name.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from intake.mail.parsed import ParsedMessage
from intake.rules.language.phrases import clauses, phrase
from intake.rules.language.text import fold
from intake.rules.reading import MailReading
from intake.rules.urgent.urgent_words import CLOSINGS, CONTINUATIONS, DATES, DONE, OVER, PASSING_WORDS, QUICK_FORMS
from intake.rules.verdicts import OpenIncident

QUIET_AFTER = timedelta(days=10)
# An outbreak is declared over after weeks without a word.
_ENDED_AFTER = timedelta(days=60)
_ENDING_WORDS = frozenset(word for one in (*CLOSINGS, *OVER) for word in one.folded)
_NEW_FOR = timedelta(days=2)
TELLING_WORDS = 2
_GENERAL = "other"
# A flood or an outbreak goes on for days, so a report that names no place is of the one that is open.
_LASTING = ("natural_disaster", "epidemic")

_CODE = re.compile(r"\bVV\s?-\s?(\d{1,6})\b", re.IGNORECASE)
_REFERENCE = re.compile(r"\[(BC-[0-9A-Z]{4,12})\]")
_SEQUENCE = re.compile(r"(?<!bao )(?<!tong )(?<!con )\b(?:so|lan|lan thu) (\d{1,2})\b(?!\s*[/\d])")
# "TK112" and "TK 112".
_NUMBERED = re.compile(r"\b([a-z]{2,})(\d+)\b")
_COUNTS = re.compile(r"\b\d+ (nguoi|nha|ho|ha|doi tuong|truong hop|ca|con|khau|xe|m3|m2|cay|can|tan|lan)\b")
_HOURS = re.compile(r"\b\d{1,2}\s?(h|gio)\s?\d{0,2}\b|\b\d{1,2}:\d{2}\b|\bnam (19|20)\d\d\b")

# What parts a matter from the name before it, which has so many words.
_PARTS = ("-", "–", ":", "|")
_NAME_WORDS = 5

Fit = Literal["same", "near", "unknown", "other"]


@dataclass(frozen=True, slots=True)
class Joining:
    """The incident that the report goes on with, or None for a new one. `doubt` says why a person has to decide."""

    incident: OpenIncident | None = None
    reason: str = ""
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """The urgent report whose place among the open incidents is sought. `heads` say what it is, the title first.

    `common_words` tell no matter of this agency from another, and neither do the category's `keywords` any; `places`
    are the words of the places that agencies stand for, by their codes. `subject` may not be the title, and then names
    the matter without a word of its category. `called` is the subject too, whoever wrote it first. `is_last` says that
    nothing is left of the matter.
    """

    agency: str
    category: str
    title: str
    heads: Sequence[str]
    common_words: Collection[str]
    keywords: Collection[str] = ()
    places: Mapping[str, frozenset[str]] = field(default_factory=dict)
    subject: str = ""
    called: str = ""
    is_last: bool = False


def in_thread(message: ParsedMessage, incidents: Sequence[OpenIncident]) -> list[OpenIncident]:
    """The incidents that the mail answers by its In-Reply-To, else by its References."""
    for ids in ({message.in_reply_to}, set(message.references)):
        if found := [incident for incident in incidents if ids.intersection(incident.message_ids) - {""}]:
            return found
    return []


def named_incidents(reading: MailReading, incidents: Sequence[OpenIncident]) -> list[OpenIncident]:
    """The open incidents that the mail is about by its thread, by our reference, or by a code such as VV-0012."""
    subject = reading.message.subject
    codes = {int(one) for one in _CODE.findall(f"{subject}\n{reading.message.own_text}")}
    references = set(_REFERENCE.findall(subject.upper()))
    found = [one for one in incidents if one.id in codes or references & one.references]
    return list({one.id: one for one in (*in_thread(reading.message, incidents), *found)}.values())


def join(told: Told, incidents: Sequence[OpenIncident], received_at: datetime) -> Joining:
    """Where a report outside any thread belongs."""
    found = _join_own(told, incidents, received_at)
    if found.incident or found.doubt:
        return found
    if others := [one for one in incidents if _may_be_told_by_another(told, one, received_at)]:
        return Joining(doubt=f"another agency may have told of it: {titles_of(others)}")
    if known := [one for one in incidents if _may_be_told_in_general(told, one, received_at)]:
        return Joining(doubt=f"it may go on with {titles_of(known)}, or be a new matter")
    called = [one for one in incidents if _is_called_the_same(told, one, received_at)]
    return Joining(called[0], f'it goes on with "{called[0].title}"') if len(called) == 1 else found


def _is_called_the_same(told: Told, incident: OpenIncident, received_at: datetime) -> bool:
    """Whether a mail bears the subject of its own agency's matter of the category, whatever its text begins with."""
    if (incident.agency, incident.category) != (told.agency, told.category) or _sequence_number(told.heads) == 1:
        return False
    names, known = (names_of(text, told.common_words) for text in (told.called, incident.title))
    return len(names) >= TELLING_WORDS and names == known and received_at - incident.updated_at <= QUIET_AFTER


def _may_be_told_by_another(told: Told, incident: OpenIncident, received_at: datetime) -> bool:
    """Whether another agency's new matter of the category has the same names, its own place among them.

    Every district tells of its own flood, so what lasts is not looked for elsewhere.
    """
    is_other = incident.agency != told.agency and incident.category == told.category not in _LASTING
    if not is_other or received_at - incident.opened_at > _NEW_FOR:
        return False
    named, known = (
        names_of(title, told.keywords) | told.places.get(agency, frozenset())
        for title, agency in ((told.title, told.agency), (incident.title, incident.agency))
    )
    return _tell_the_same(named, known)


def _may_be_told_in_general(told: Told, incident: OpenIncident, received_at: datetime) -> bool:
    """Whether its own agency told of the same, once by what it is and once in words that the catch-all category has."""
    if incident.agency != told.agency or incident.category == told.category:
        return False
    if _GENERAL not in (incident.category, told.category) or received_at - incident.opened_at > _NEW_FOR:
        return False
    known = names_of(incident.title, told.common_words)
    return any(_tell_the_same(names_of(one, told.common_words), known, most=True) for one in (told.title, told.subject))


def _tell_the_same(named: frozenset[str], known: frozenset[str], *, most: bool = False) -> bool:
    """Whether two titles share telling words, half of those of the shorter one or `most` of them."""
    same, fewer = len(named & known), min(len(named), len(known))
    is_telling = same >= TELLING_WORDS and (2 * same > fewer if most else 2 * same >= fewer)
    return is_telling and _fit(named, known) != "other"


def _join_own(told: Told, incidents: Sequence[OpenIncident], received_at: datetime) -> Joining:
    """Where it belongs among what its own agency told of."""
    number = _sequence_number(told.heads)
    candidates = [
        incident
        for incident in incidents
        if (incident.agency, incident.category) == (told.agency, told.category)
        and received_at - incident.updated_at <= (_ENDED_AFTER if told.is_last else QUIET_AFTER)
    ]
    if number == 1:
        new = [one for one in candidates if received_at - one.opened_at <= _NEW_FOR]
        return _choose_first(new, _fits(told, new))
    continues = says_it_goes_on(told)
    fits = _fits(told, candidates, by_subject=continues)
    return _choose({incident.id: incident for incident in candidates}, fits, told, continues)


def says_it_goes_on(told: Told) -> bool:
    """Whether a report says that it is not the first of its matter: by its number, by a word, or as the last one."""
    if told.is_last or _sequence_number(told.heads) > 1:
        return True
    says = any(clauses(head).says(CONTINUATIONS) for head in (told.subject, *told.heads))
    return says or begins_as_done(told.title) or begins_as_done(told.subject)


def begins_as_done(title: str) -> bool:
    """Whether a title begins with what was done about a matter that is known, behind the name of who writes or not."""
    first = next(iter(clauses(title)), None)
    if first is None or first.says(QUICK_FORMS):
        return False
    starts = (at for one in DONE for at in first.positions(one))
    return any(at == 0 or (at <= _NAME_WORDS and first.gaps[at - 1].strip() in _PARTS) for at in starts)


def _choose_first(new: Sequence[OpenIncident], fits: Mapping[int, Fit]) -> Joining:
    """A first report goes on with nothing, but may be sent twice, or follow the word that something has happened."""
    same = [one for one in new if fits[one.id] == "same"]
    if len(same) == 1:
        return Joining(same[0], f'it tells once more of "{same[0].title}"')
    doubtful = [one for one in new if fits[one.id] != "other"]
    if doubtful:
        return Joining(doubt=f"it may tell once more of {titles_of(doubtful)}, or of a new matter")
    return Joining(reason="it calls itself the first report")


def _choose(incidents: dict[int, OpenIncident], fits: dict[int, Fit], told: Told, continues: bool) -> Joining:
    certain: tuple[Fit, ...] = ("same",)
    if continues:
        certain = ("same", "near", "unknown")
    elif told.category in _LASTING:
        certain = ("same", "unknown")
    for fit in certain:
        equal = [incident for key, incident in incidents.items() if fits[key] == fit]
        if len(equal) == 1:
            return Joining(equal[0], f'it goes on with "{equal[0].title}"')
        if equal:
            return Joining(doubt=f"it may go on with any of {titles_of(equal)}")
    doubtful = [one for key, one in incidents.items() if continues or fits[key] != "other"]
    if doubtful:
        return Joining(doubt=f"it may go on with {titles_of(doubtful)}, or be a new matter")
    return Joining(reason="no open incident of this agency and category fits")


def titles_of(incidents: Sequence[OpenIncident]) -> str:
    return " or ".join(f'"{incident.title}"' for incident in incidents)


def _fits(told: Told, incidents: Sequence[OpenIncident], *, by_subject: bool = False) -> dict[int, Fit]:
    named = names_of(told.title, told.common_words) - (_ENDING_WORDS if told.is_last else frozenset())
    subject = names_of(told.subject, told.common_words) if by_subject else frozenset()
    fits: dict[int, Fit] = {}
    for incident in incidents:
        known = names_of(incident.title, told.common_words)
        fit = _fit(named, known)
        if len(subject) >= TELLING_WORDS and subject <= known:
            fit = "same"
        # The title of the first report may name less than its text does.
        if fit in ("other", "unknown") and named and named <= names_of(incident.text, told.common_words):
            fit = "same" if told.category in _LASTING else "near"
        fits[incident.id] = fit
    return fits


def _fit(named: frozenset[str], known: frozenset[str]) -> Fit:
    """How well two titles agree by the words that only they have."""
    numbers, known_numbers = ({word for word in words if word.isdigit()} for words in (named, known))
    if numbers and known_numbers and numbers.isdisjoint(known_numbers):
        return "other"
    if not (named and known):
        return "unknown"
    smaller, larger = sorted((named, known), key=len)
    if smaller <= larger:
        return "same"
    return "near" if 2 * len(smaller & larger) >= len(smaller) else "other"


def names_of(text: str, common_words: Collection[str]) -> frozenset[str]:
    """The words of a title that tell this matter from another: no dates, counts, common words or agency names."""
    bare = fold(text)
    for passing in (_SEQUENCE, DATES, _HOURS, _COUNTS):
        bare = passing.sub(" ", bare)
    bare = _NUMBERED.sub(r"\1 \2", bare)
    return frozenset(
        word.lstrip("0") or "0"
        for word in phrase(bare).folded
        if word not in PASSING_WORDS and word not in common_words
    )


def _sequence_number(heads: Sequence[str]) -> int:
    """The N of "Báo cáo nhanh số N", or 0; a document's number is followed by a slash and its symbol."""
    found = (_SEQUENCE.search(fold(head)) for head in heads)
    return next((int(number[1]) for number in found if number), 0)
