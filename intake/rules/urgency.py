"""What a mail tells of urgent matters: in which form, of which categories, and what it denies or only fears.

Takes the subject, the mail's own words and the opening of its documents; quoted mail does not count.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from intake.config import Category
from intake.rules import urgent_words as words
from intake.rules.mentions import Mention, Vocabulary, mentions, vocabulary_of
from intake.rules.openings import document_title, first_lines, plain_subject
from intake.rules.phrases import Clause, Phrase, clauses
from intake.rules.reading import MailReading
from intake.rules.text import fold

_OPENING_LINES = 40
_BODY_CHARS = 20_000

_IN_HEAD, _AS_EVENT_IN_HEAD, _BODY_AT_MOST, _MARGIN = 6, 4, 5, 2
# The catch-all category speaks in general words, so any other one named beside it is the nearer one.
_OTHER_WEIGHS = 0.5


@dataclass(frozen=True)
class Head:
    """A place where a mail says what it is: its subject, its first lines, the title of a document."""

    text: str
    vocabulary: Vocabulary
    periodic_names: Sequence[Phrase]

    @cached_property
    def clauses(self) -> list[Clause]:
        return clauses(" ".join(self.text.split()))

    @cached_property
    def mentions(self) -> list[Mention]:
        return [mention for clause in clauses(self.text) for mention in mentions(clause, self.vocabulary)]

    @property
    def event(self) -> Mention | None:
        return next((mention for mention in self.mentions if mention.standing == "event"), None)

    @cached_property
    def form(self) -> str:
        """The words that make this the head of an urgent report, or none."""
        if quick := self.says(words.QUICK_FORMS):
            return quick
        if mark := next(filter(None, map(_urgent_mark, self.clauses)), ""):
            return mark
        if self.event and self.says(words.REPORT) and not self.says(words.ROUTINE):
            return f"{self.says(words.REPORT)} … {self.event.keyword}"
        return ""

    @cached_property
    def period(self) -> str:
        """The words that make this the head of a report for a period, or none."""
        if form := self.says(words.PERIODIC_FORMS):
            return form
        period = words.PERIODS.search(words.DATES.sub(" ", fold(self.text)))
        return period[0] if period and self.says(words.REPORT) else ""

    @property
    def periodic(self) -> str:
        return self.period or self.says(self.periodic_names)

    @property
    def is_urgent(self) -> bool:
        """A quick report for a period is periodic; one that only shares a name with such may tell of an event."""
        return bool(self.form and not self.period and (self.event or not self.periodic))

    @property
    def asks(self) -> str:
        """The words of its first sentence that speak of reports still to be made, or none."""
        found = self.clauses[0].says(words.ASKING) if self.clauses else None
        return found.text if found else ""

    def says(self, wanted: Sequence[Phrase]) -> str:
        found = next(filter(None, (clause.says(tuple(wanted)) for clause in self.clauses)), None)
        return found.text if found else ""


@dataclass(frozen=True)
class Telling:
    """Everything in one mail that speaks for an urgent matter or against it."""

    heads: Sequence[Head]
    body: Sequence[Mention]
    happening: str

    @cached_property
    def urgent_heads(self) -> list[Head]:
        return [head for head in self.heads if head.is_urgent]

    @property
    def periodic(self) -> str:
        return next((head.periodic for head in self.heads if head.periodic and not head.is_urgent), "")

    @property
    def asks(self) -> str:
        return next((head.asks for head in self.heads if head.asks and (head.is_urgent or head is self.heads[0])), "")

    @property
    def is_routine(self) -> bool:
        return any(head.says(words.ROUTINE) for head in self.heads)

    @cached_property
    def form(self) -> str:
        """The words that make the mail an urgent report, or none."""
        if self.urgent_heads:
            return self.urgent_heads[0].form
        return "" if self.periodic or self.is_routine else self.happening

    @cached_property
    def weights(self) -> dict[str, float]:
        """How strongly each category is told of, denied and feared ones left out."""
        weights: Counter[str] = Counter()
        for mention in self.body:
            weights[mention.category] += {"event": 2, "told": 1}.get(mention.standing, 0)
        totals = {category: float(min(weight, _BODY_AT_MOST)) for category, weight in weights.items() if weight}
        for head in self.heads:
            for mention in head.mentions:
                if mention.is_told and (mention.standing == "event" or not self._is_denied(mention)):
                    more = _IN_HEAD + (_AS_EVENT_IN_HEAD if mention.standing == "event" else 0)
                    totals[mention.category] = totals.get(mention.category, 0) + more
        if "other" in totals:
            totals["other"] *= _OTHER_WEIGHS
        return totals

    @property
    def categories(self) -> list[str]:
        """The category told of; several where none stands out."""
        best = max(self.weights.values(), default=0)
        return [category for category, weight in self.weights.items() if weight > best - _MARGIN]

    def keywords(self, category: str) -> list[str]:
        found = [one for head in self.heads for one in head.mentions] + list(self.body)
        told = [one.keyword for one in found if one.category == category and one.is_told]
        return list(dict.fromkeys(told))

    def _is_denied(self, topic: Mention) -> bool:
        """Whether the text denies what its head names as the topic, and tells of nothing of the kind."""
        same = {mention.standing for mention in self.body if mention.category == topic.category}
        return "denied" in same and same.isdisjoint({"told", "event"})


def tell(reading: MailReading, categories: Mapping[str, Category], periodic_names: Sequence[Phrase]) -> Telling:
    """What the mail tells. `periodic_names` are the names by which the registry knows its periodic reports."""
    vocabulary = vocabulary_of(categories)
    own = reading.message.own_text[:_BODY_CHARS]
    openings = ["\n".join(document.text.splitlines()[:_OPENING_LINES]) for document in reading.documents]
    heads = [plain_subject(reading.message.subject), first_lines(own), *map(document_title, openings)]
    own_clauses = clauses(own)
    all_clauses = own_clauses + [clause for opening in openings for clause in clauses(opening)]
    return Telling(
        heads=[Head(head, vocabulary, periodic_names) for head in heads if head],
        body=[mention for clause in all_clauses for mention in mentions(clause, vocabulary)],
        happening=_happening(own, own_clauses, vocabulary),
    )


def _urgent_mark(clause: Clause) -> str:
    """A mark of urgency stands first, or last by itself; the same words amid a sentence are none."""
    for mark in words.URGENT_MARKS:
        for at in clause.positions(mark):
            end = at + len(mark.folded)
            is_apart = bool(clause.gaps[end - 1].strip()) or end == len(clause)
            if is_apart or (at == 0 and not any(clause.has_at(0, no_mark) for no_mark in words.NO_MARKS)):
                return mark.text
    return ""


def _happening(own: str, own_clauses: Sequence[Clause], vocabulary: Vocabulary) -> str:
    """The event that the mail's own words tell of, with the hour at which it was, or none."""
    if not words.CLOCK.search(fold(own)):
        return ""
    told = (mention for clause in own_clauses for mention in mentions(clause, vocabulary))
    return next((f"{mention.keyword}, with the hour" for mention in told if mention.standing == "event"), "")
