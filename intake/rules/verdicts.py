"""What the rules answer: plain frozen values that the jobs turn into rows."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal


@dataclass(frozen=True, slots=True)
class Owed:
    """One agency owes one report for one period. `due_at` is the first instant that is late."""

    agency: str
    report_type: str
    period: str
    period_start: date
    period_end: date
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Round:
    """One report for one period with one deadline, and agencies that owe it: what is `Owed`, by many at once."""

    report_type: str
    period: str
    period_start: date
    period_end: date
    due_at: datetime
    agencies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What a person in the review queue may want to choose."""

    agency: str | None = None
    report_type: str | None = None
    period: str | None = None


@dataclass(frozen=True, slots=True)
class Booking:
    """One obligation that a mail answers. `documents` are indices into `MailReading.documents`; none means the body."""

    agency: str
    report_type: str
    period: str
    documents: tuple[int, ...]
    number: str | None = None
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """What a mail was found to answer: bookings, or none and the reason why a person has to decide."""

    agency: str | None
    bookings: tuple[Booking, ...] = ()
    reason: str = ""
    evidence: tuple[str, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()


@dataclass(frozen=True, slots=True)
class OpenIncident:
    """An incident that a mail may be an update of. `message_ids` are the Message-IDs of the mails that told of it.

    `asked` are the agencies of which the office asks a report on it, `references` the codes of the mails that ask.
    """

    id: int
    category: str
    agency: str
    title: str
    text: str
    opened_at: datetime
    updated_at: datetime
    message_ids: tuple[str, ...] = ()
    references: frozenset[str] = frozenset()
    asked: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class IncidentVerdict:
    """A mail tells of an urgent matter: of `joins`, or of a new one where that is None."""

    category: str
    agency: str
    joins: int | None
    title: str
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Triage:
    """The first sorting of a mail. `candidate` goes on to matching; every other disposition is final.

    `incident` with the disposition `incident` says which. `review` comes with the reason a person needs; `is_urgent`
    says that whoever is on duty has to know at once, though it is not decided what the mail is, or it is kept out.
    """

    disposition: Literal["candidate", "incident", "review", "dsn", "automatic", "quarantined"]
    reason: str = ""
    agency: str | None = None
    evidence: tuple[str, ...] = ()
    incident: IncidentVerdict | None = None
    is_urgent: bool = False


@dataclass(frozen=True, slots=True)
class Opinion:
    """The sorting of a mail, what it answers where it is a candidate, and the words by which it is found.

    `grounds` is the key of what it rests on, `received_at` the moment it was formed for: for others it says nothing.
    """

    grounds: str
    received_at: datetime
    triage: Triage
    match: Match | None
    words: str


@dataclass(frozen=True, slots=True)
class Completeness:
    """What of the registry's `required` is there, and what is missing, in the registry's words."""

    present: tuple[str, ...]
    missing: tuple[str, ...]
