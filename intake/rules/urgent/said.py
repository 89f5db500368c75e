"""What of a mail is read for urgent matters, and what its own words say of time, of the hurt, of what is going on.

Taken apart once, whatever is looked for in it; quoted mail does not count.
"""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from intake.rules.language.phrases import clauses
from intake.rules.language.text import fold
from intake.rules.reading import DocumentReading, MailReading
from intake.rules.urgent import urgent_words as words
from intake.rules.urgent.openings import (
    BODY_CHARS,
    SUBJECT_CHARS,
    document_title,
    opening,
    plain_subject,
    title_of,
    words_told,
)
from intake.rules.urgent.recent import moments


@dataclass(frozen=True)
class Said:
    """What of a mail is read, received on `day`: taken apart once, whatever is looked for in it."""

    reading: MailReading
    day: date

    @cached_property
    def subject(self) -> str:
        return plain_subject(self.reading.message.subject[:SUBJECT_CHARS])

    @cached_property
    def own(self) -> str:
        return words_told(self.reading.message)[:BODY_CHARS]

    @cached_property
    def openings(self) -> list[str]:
        return [opening(document.text) for document in self.reading.documents]

    @cached_property
    def titles(self) -> list[str]:
        documents = zip(self.openings, self.reading.documents, strict=True)
        return [title_of(self.own), *(document_title(text) or _plain_name(one) for text, one in documents)]

    @cached_property
    def has_hour(self) -> bool:
        return bool(words.CLOCK.search(fold(self.own)))

    @property
    def is_timely(self) -> bool:
        return "recent" in moments(clauses(self.subject).above(clauses(self.own)), self.day)

    @property
    def has_toll(self) -> bool:
        """Whether the mail's own words count the hurt of one matter, not in a year that is over or on a day to come."""
        said = clauses(self.own)
        counting = (one for one, at in zip(said, moments(said, self.day), strict=True) if at in ("", "recent"))
        return any(
            one.says(words.CASUALTIES) and words.COUNTED.search(one.said) and not words.OF_MANY.search(one.said)
            for one in counting
        )

    @property
    def is_count(self) -> bool:
        """Whether its own words count matters over months, and tell of nothing that has just happened."""
        return any(words.OF_MANY.search(one.said) for one in clauses(self.own)) and not self.is_timely

    @property
    def counts(self) -> bool:
        return any(words.COUNTED.search(clause.said) for clause in clauses(self.own))

    @property
    def has_done(self) -> bool:
        return clauses(self.own).says(words.DONE) is not None

    @property
    def is_ongoing(self) -> bool:
        return clauses(self.own).says(words.ONGOING) is not None

    @property
    def is_courteous(self) -> bool:
        return clauses(self.own).says(words.COURTESIES) is not None


def _plain_name(document: DocumentReading) -> str:
    return document.name.rpartition(".")[0].replace("_", " ")
