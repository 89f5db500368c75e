"""Is this mail a quick report of an urgent matter? Of which category, by which agency, and is the matter known already?

A periodic report that speaks of such matters is none. What is likely but unclear is left to a person, never dropped.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from intake.config import Category
from intake.model import OFFICE
from intake.rules.language.phrases import phrase
from intake.rules.names.directory import Directory
from intake.rules.papers.completeness import is_recall
from intake.rules.reading import MailReading
from intake.rules.urgent.alarm import Alarm, alarm_of, alarm_of_today, only_answers
from intake.rules.urgent.continuing import join_by_name
from intake.rules.urgent.joining import Joining, Told, join, named_incidents, says_it_goes_on
from intake.rules.urgent.matter_titles import matter_heads, matter_title
from intake.rules.urgent.openings import is_answer, plain_subject
from intake.rules.urgent.plain_words import says_nothing_happened
from intake.rules.urgent.urgency import Telling, tell
from intake.rules.urgent.urgent_words import PASSING_WORDS
from intake.rules.verdicts import IncidentVerdict, OpenIncident

# One word by the way names no category of what nothing else calls urgent.
_CLEAR = 3
_LOCAL = ("ubnd", "uy")


@dataclass(frozen=True, slots=True)
class Doubt:
    """The mail speaks of an urgent matter, and a person has to say which or whose."""

    reason: str
    agency: str | None = None
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mentioned:
    """The mail is no quick report, and its text tells of urgent matters all the same."""

    evidence: tuple[str, ...]


@dataclass(frozen=True)
class _Asked:
    """The mail in question: what it tells, and what is known besides."""

    reading: MailReading
    directory: Directory
    telling: Telling
    received_at: datetime
    open_incidents: Sequence[OpenIncident]

    @property
    def day(self) -> date:
        return self.received_at.date()

    @cached_property
    def alarm(self) -> Alarm:
        """Looked for where the usual words do not decide."""
        return alarm_of(self.telling.said)

    @cached_property
    def agencies(self) -> list[str]:
        """Whose address it comes from, of those that were there on the day."""
        codes = self.directory.agencies_of(_address(self.reading)) - {OFFICE}
        return [code for code in sorted(codes) if self.directory.agencies[code].active_on(self.day)]


def find_incident(
    reading: MailReading,
    directory: Directory,
    categories: Mapping[str, Category],
    received_at: datetime,
    open_incidents: Sequence[OpenIncident],
) -> IncidentVerdict | Doubt | Mentioned | None:
    """What the mail tells of urgent matters. The day of `received_at` is taken in its own zone."""
    day = received_at.date()
    telling = tell(reading, categories, directory.periodic_names(day), day)
    asked = _Asked(reading, directory, telling, received_at, open_incidents)
    goes_on = named_incidents(reading, open_incidents) and telling.is_news
    if is_recall(reading) or _is_nil(reading):
        return _mentioned(telling)
    is_over = telling.is_over and not goes_on
    if is_over and (closing := _closing(asked)):
        return closing
    if is_over or _is_otherwise(telling):
        return _heard(asked) or _mentioned(telling)
    if not goes_on and not (telling.form and telling.weights):
        return _closing(asked) or _continued(asked) or _alarmed(asked) or _mentioned(telling)
    evidence = _evidence(telling)
    if not asked.agencies and reading.message.from_list:
        return _mentioned(telling)
    if len(asked.agencies) != 1:
        return Doubt(_whose(asked), None, evidence)
    (agency,) = asked.agencies
    if telling.periodic:
        reason = f'it is an urgent report ("{telling.form}") and a periodic one ("{telling.periodic}") in one'
        return Doubt(reason, agency, evidence)
    if telling.is_list and not goes_on:
        return Doubt("it tells of several urgent matters in one", agency, evidence)
    return _placed(asked, agency)


def _closing(asked: _Asked) -> IncidentVerdict | None:
    """The last report of a matter, which no longer calls itself urgent: only of one that is open, and of its agency."""
    telling, agencies = asked.telling, asked.agencies
    if not (telling.closing or telling.is_over) or telling.periodic or len(agencies) != 1:
        return None
    is_open = any((one.agency, one.category) == (agencies[0], *telling.categories) for one in asked.open_incidents)
    placed = _placed(asked, agencies[0]) if is_open else None
    return placed if isinstance(placed, IncidentVerdict) and placed.joins is not None else None


def _alarmed(asked: _Asked) -> IncidentVerdict | Doubt | None:
    """Harm that is being done, told in a mail that does not call itself urgent in any usual way."""
    if not asked.alarm.is_raised:
        told = alarm_of_today(asked.telling.said, at_least=2)
        return _unnamed(asked, told) if told.is_raised else None
    if len(asked.agencies) == 1 and max(asked.telling.weights.values(), default=0) >= _CLEAR:
        return _placed(asked, asked.agencies[0])
    return _unnamed(asked, asked.alarm)


def _heard(asked: _Asked) -> Doubt | None:
    """An alarm that is heard though the mail is about something else."""
    alarm = asked.alarm
    if not (alarm.is_loud or (alarm.is_raised and only_answers(asked.reading))):
        alarm = alarm_of_today(asked.telling.said) if asked.telling.is_of_a_span else Alarm()
    return _unnamed(asked, alarm) if alarm.is_raised else None


def _unnamed(asked: _Asked, alarm: Alarm) -> Doubt:
    """What no word names for certain is for whoever is on duty to name."""
    told = f'something has just happened ("{", ".join(alarm.said)}")'
    reason = "it speaks of an urgent matter that names no category"
    if asked.telling.categories:
        reason = f"it speaks of an urgent matter, and its category may be {' or '.join(asked.telling.categories)}"
    agency = asked.agencies[0] if len(asked.agencies) == 1 else None
    return Doubt(reason, agency, (told, *_evidence(asked.telling)))


def _is_nil(reading: MailReading) -> bool:
    return not reading.documents and says_nothing_happened(reading.message.own_text)


def _is_otherwise(telling: Telling) -> bool:
    """Whether the mail is about urgent reports, a periodic report, or something else that touches such matters."""
    if telling.asks or telling.is_courtesy or telling.is_thanks or telling.is_order or telling.is_drill:
        return True
    if telling.periodic and not telling.urgent_heads:
        return True
    return bool(telling.categories) and all(telling.strays_from(category) for category in telling.categories)


def _placed(asked: _Asked, agency: str) -> IncidentVerdict | Doubt:
    """The verdict on an urgent report of a known agency."""
    reading, telling, open_incidents = asked.reading, asked.telling, asked.open_incidents
    title = matter_title(reading, telling)
    evidence = (*_evidence(telling), f"sender {_address(reading)} belongs to {agency}")
    named = telling.categories
    if thread := [one for one in named_incidents(reading, open_incidents) if _is_shared(one, agency, named)]:
        if len(thread) > 1:
            return Doubt("it answers mails about several open incidents", agency, evidence)
        because = f'it answers a mail about "{thread[0].title}"'
        return IncidentVerdict(thread[0].category, agency, thread[0].id, title, (*evidence, because))
    told = _told(asked, agency, named[0] if named else "", title)
    if telling.by_harm and says_it_goes_on(told) and (found := _continued(asked)):
        return found
    if len(named) != 1 or not telling.is_named:
        which = " or ".join(named) or "none that is configured"
        reason = f"it speaks of an urgent matter, and its category may be {which}"
        return _continued(asked) or Doubt(reason, agency, evidence)
    joining: Joining = join(told, open_incidents, asked.received_at)
    if joining.doubt:
        return Doubt(f"it speaks of an urgent matter: {joining.doubt}", agency, evidence)
    joins = joining.incident.id if joining.incident else None
    if joins is None and says_it_goes_on(told) and (found := _continued(asked, by_all_names=True)):
        return found
    return IncidentVerdict(named[0], agency, joins, title, (*evidence, joining.reason))


def _told(asked: _Asked, agency: str, category: str, title: str) -> Told:
    """What joining asks of the mail: its names, and the words that name nothing."""
    directory, telling, subject = asked.directory, asked.telling, asked.reading.message.subject
    keywords = {word for keyword in telling.keywords(category) for word in phrase(keyword).folded}
    return Told(
        agency,
        category,
        title,
        matter_heads(telling, title),
        keywords | _words_of_name(directory, agency),
        keywords,
        {one: _place_words(directory, one) for one in {agency, *(known.agency for known in asked.open_incidents)}},
        "" if is_answer(subject) else plain_subject(subject),
        plain_subject(subject),
        bool(telling.closing or telling.is_over),
    )


def _continued(asked: _Asked, *, by_all_names: bool = False) -> IncidentVerdict | Doubt | None:
    """What goes on with an open matter of its agency, without a word that names the category.

    `by_all_names` is for what another category is named in: only the same names tell that it is the same matter.
    """
    telling, agencies = asked.telling, asked.agencies
    is_plan = any(head.is_planning for head in telling.heads if not head.is_running)
    if len(agencies) != 1 or telling.periodic or is_plan:
        return None
    (agency,) = agencies
    if not any(one.agency == agency for one in asked.open_incidents):
        return None
    title = matter_title(asked.reading, telling)
    told = _told(asked, agency, "", title)
    # What says that it goes on with something, and tells of harm, need not be as loud as the first word of it.
    is_news = asked.alarm.is_raised or (asked.alarm.weight > 0 and says_it_goes_on(told))
    tells = bool(telling.form or telling.weights) or is_news
    is_urgent = tells and not by_all_names
    joining = join_by_name(
        told,
        asked.open_incidents,
        asked.received_at,
        is_urgent=is_urgent,
        has_hour=telling.has_hour,
        categories=telling.categories,
    )
    evidence = (*_evidence(telling), f"sender {_address(asked.reading)} belongs to {agency}")
    if joining.doubt:
        return Doubt(f"it speaks of an urgent matter: {joining.doubt}", agency, evidence)
    if joining.incident is None:
        return None
    known = joining.incident
    return IncidentVerdict(known.category, agency, known.id, title, (*evidence, joining.reason))


def _is_shared(incident: OpenIncident, agency: str, named: Sequence[str]) -> bool:
    """A thread that another agency began is about its matter only if the category is the same too."""
    return incident.agency == agency or incident.category in named


def _mentioned(telling: Telling) -> Mentioned | None:
    """What whoever decides about the mail should know of it."""
    events = [mention for mention in telling.body if mention.standing == "event"]
    told = [f'its text tells of "{one.keyword}" ({one.category})' for one in events]
    if telling.form and not telling.weights:
        told.append(f'it calls itself an urgent report ("{telling.form}") and tells of no configured category')
    return Mentioned(tuple(dict.fromkeys(told))) if told else None


def _whose(asked: _Asked) -> str:
    address = _address(asked.reading) or "no address"
    if asked.agencies:
        return f"it speaks of an urgent matter, and {address} belongs to {' and '.join(asked.agencies)}"
    if ended := sorted(asked.directory.agencies_of(address) - {OFFICE}):
        return f"it speaks of an urgent matter, and {address} belongs to {' and '.join(ended)}, not active on that day"
    return f"it speaks of an urgent matter and comes from an address that is no agency's: {address}"


def _address(reading: MailReading) -> str:
    return reading.message.sender.address if reading.message.sender else ""


def _evidence(telling: Telling) -> tuple[str, ...]:
    form = (f'urgent report by "{telling.form}"',) if telling.form else ()
    named = (f"{one}: {', '.join(telling.keywords(one))}" for one in telling.categories)
    return (*form, *named)


def _words_of_name(directory: Directory, agency: str) -> frozenset[str]:
    """The words that do not tell one matter of this agency from another."""
    known = directory.agencies.get(agency)
    names = (known.name, *known.aliases) if known else ()
    return frozenset(word for name in names for word in phrase(name).folded)


def _place_words(directory: Directory, agency: str) -> frozenset[str]:
    """The words of the place that an agency stands for; a department stands for none."""
    known = directory.agencies.get(agency)
    is_place = known is not None and phrase(known.name).folded[0] in _LOCAL
    return _words_of_name(directory, agency) - PASSING_WORDS if is_place else frozenset()
