"""What a mail tells of urgent matters: in which form, of which categories, and what it denies or only fears.

Takes the subject, the mail's own words and the opening of its documents; quoted mail does not count.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from intake.config import Category
from intake.rules import urgent_words as words
from intake.rules.mentions import Mention, Vocabulary, mentions, vocabulary_of
from intake.rules.openings import document_title, is_answer, lead, plain_subject, title_of
from intake.rules.phrases import Clause, Phrase, clauses, phrase
from intake.rules.reading import DocumentReading, MailReading
from intake.rules.text import fold

_OPENING_LINES = 40
_OPENING_CHARS = 8_000
_SUBJECT_CHARS = 1_000
_BODY_CHARS = 20_000

_IN_BODY = {"event": 2, "told": 1}
_IN_HEAD = {"event": 10, "told": 6}
# The catch-all category speaks in general words, so any other one named beside it is the nearer one.
_OTHER_IN_HEAD = {"event": 8, "told": 3}
_BODY_AT_MOST = 5
_MARGIN = 2
_OWN_TOPIC = 3

_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Head:
    """A place where a mail says what it is: its subject, its first lines, the title of a document.

    `is_running` are first lines that are sentences: they may name the mail's form, and their keywords are the text's.
    """

    text: str
    vocabulary: Vocabulary
    periodic_names: Sequence[Phrase]
    is_running: bool = False

    @cached_property
    def clauses(self) -> list[Clause]:
        return clauses(" ".join(self.text.split()))

    @cached_property
    def mentions(self) -> list[Mention]:
        return _mentions(self.text, self.vocabulary)

    @property
    def event(self) -> Mention | None:
        return next((mention for mention in self.mentions if mention.standing == "event"), None)

    @cached_property
    def form(self) -> str:
        """The words that make this the head of an urgent report, or none."""
        return self.says(words.QUICK_FORMS) or next(filter(None, map(_urgent_mark, self.clauses)), "")

    @property
    def report_of_event(self) -> str:
        """A report of one event that does not call itself urgent: "Báo cáo vụ cháy tại …"."""
        report = self.says(words.REPORT)
        return f"{report} … {self.event.keyword}" if report and self.event else ""

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
    def topic(self) -> set[str]:
        """The words that say what it is about, without names of places, which begin with a capital."""
        plain = {fold(word) for word in _WORD.findall(self.text) if word[0].islower()}
        return plain - words.PASSING_WORDS

    @property
    def asks(self) -> str:
        """The words of its first sentence that speak of reports still to be made, or none."""
        found = self.clauses[0].says(words.ASKING) if self.clauses else None
        return found.text if found else ""

    @property
    def is_routine(self) -> bool:
        """Whether it is about work, plans or a whole day rather than one event."""
        return bool(self.says(words.ROUTINE) or words.WHOLE_DAY.search(fold(self.text)))

    def says(self, wanted: Sequence[Phrase]) -> str:
        found = next(filter(None, (clause.says(tuple(wanted)) for clause in self.clauses)), None)
        return found.text if found else ""


@dataclass(frozen=True)
class Telling:
    """Everything in one mail that speaks for an urgent matter or against it."""

    heads: Sequence[Head]
    own: Sequence[Mention]
    attached: Sequence[Mention]
    has_hour: bool
    is_courtesy: bool

    @property
    def body(self) -> list[Mention]:
        return [*self.own, *self.attached]

    @cached_property
    def urgent_heads(self) -> list[Head]:
        """The heads of an urgent report. A mark of urgency in running text does not make one of a periodic report."""
        is_periodic = any(head.period for head in self.heads if not head.is_running)
        return [
            head
            for head in self.heads
            if head.is_urgent and not (head.is_running and is_periodic and not head.says(words.QUICK_FORMS))
        ]

    @property
    def happening(self) -> str:
        """The event that the mail's own words tell of, with the hour at which it was, or none."""
        event = next((mention for mention in self.own if mention.standing == "event"), None)
        return f"{event.keyword}, with the hour" if event and self.has_hour else ""

    @property
    def _headline(self) -> str:
        """The event that the text tells of and that a title of its own names too, or none."""
        titled = {mention.category for mention in self._titled if mention.is_told}
        hurt = any(head.says(words.CASUALTIES) for head in self.heads if not head.is_running)
        told = (one for one in self.body if one.category in titled and one.is_told)
        event = next((one for one in told if hurt or one.standing == "event"), None)
        return f"{event.keyword}, in the title and in the text" if event else ""

    @property
    def closing(self) -> str:
        """The words by which a title says that a matter comes to its end, or none."""
        return next(filter(None, (head.says(words.CLOSINGS) for head in self.heads if not head.is_running)), "")

    @property
    def periodic(self) -> str:
        return next((head.periodic for head in self.heads if head.periodic and not head.is_urgent), "")

    @property
    def asks(self) -> str:
        """The words by which the mail is about urgent reports and is none. Running text may ask for advice besides."""
        speaking = [head for head in self.heads if head.is_urgent or head is self.heads[0]]
        return next((head.asks for head in (speaking if self.urgent_heads else self.heads) if head.asks), "")

    @cached_property
    def form(self) -> str:
        """The words that make the mail an urgent report, or none."""
        if self.urgent_heads:
            return self.urgent_heads[0].form
        if self.periodic or any(head.is_routine for head in self.heads):
            return ""
        return (
            self.happening
            or self._headline
            or next((head.report_of_event for head in self.heads if head.report_of_event), "")
        )

    @cached_property
    def weights(self) -> dict[str, int]:
        """How strongly each category is told of, what is denied or feared left out."""
        weights: Counter[str] = Counter()
        for mention in self.body:
            weights[mention.category] += _IN_BODY.get(mention.standing, 0)
        weights = Counter({category: min(weight, _BODY_AT_MOST) for category, weight in weights.items()})
        for mention in self._titled:
            if mention.standing == "event" or not self._is_denied(mention):
                in_head = _OTHER_IN_HEAD if mention.category == "other" else _IN_HEAD
                weights[mention.category] += in_head.get(mention.standing, 0)
        return dict(+weights)

    @property
    def categories(self) -> list[str]:
        """The category told of; several where none stands out."""
        best = max(self.weights.values(), default=0)
        return [category for category, weight in self.weights.items() if weight > best - _MARGIN]

    def strays_from(self, category: str) -> bool:
        """Whether the mail says it is about something else, so that a keyword in its text is only by the way."""
        if any(mention.category == category and mention.is_told for mention in self._titled):
            return False
        near = {word for keyword in self.keywords(category) for word in phrase(keyword).folded}
        return any(len(head.topic) >= _OWN_TOPIC and head.topic.isdisjoint(near) for head in self.urgent_heads)

    def keywords(self, category: str) -> list[str]:
        told = [one.keyword for one in (*self._titled, *self.body) if one.category == category and one.is_told]
        return list(dict.fromkeys(told))

    @property
    def _titled(self) -> list[Mention]:
        return [mention for head in self.heads if not head.is_running for mention in head.mentions]

    def _is_denied(self, topic: Mention) -> bool:
        """Whether the text denies what its head names as the topic, and tells of nothing of the kind."""
        same = {mention.standing for mention in self.body if mention.category == topic.category}
        return "denied" in same and same.isdisjoint({"told", "event"})


def tell(reading: MailReading, categories: Mapping[str, Category], periodic_names: Sequence[Phrase]) -> Telling:
    """What the mail tells. `periodic_names` are the names by which the registry knows its periodic reports."""
    vocabulary = vocabulary_of(categories)
    own = reading.message.own_text[:_BODY_CHARS]
    openings = [_opening(document.text) for document in reading.documents]
    titles = [
        document_title(opening) or _plain_name(one) for opening, one in zip(openings, reading.documents, strict=True)
    ]
    subject = Head(plain_subject(reading.message.subject[:_SUBJECT_CHARS]), vocabulary, periodic_names)
    heads = [Head(text, vocabulary, periodic_names) for text in (title_of(own), *titles)]
    own_mentions = _mentions(own, vocabulary)
    has_hour = bool(words.CLOCK.search(fold(own)))
    return Telling(
        # What a mail answers may have asked for a report, which is what this one then is.
        heads=[
            *(head for head in (subject, *heads) if head.text and not (head is subject and _is_asked(reading, head))),
            Head(lead(own), vocabulary, periodic_names, is_running=True),
        ],
        own=own_mentions,
        attached=[mention for opening in openings for mention in _mentions(opening, vocabulary)],
        has_hour=has_hour,
        is_courtesy=not (reading.documents or own_mentions or has_hour) and _is_courteous(own),
    )


def _mentions(text: str, vocabulary: Vocabulary) -> list[Mention]:
    return [mention for clause in clauses(text) for mention in mentions(clause, vocabulary)]


def _is_asked(reading: MailReading, subject: Head) -> bool:
    return is_answer(reading.message.subject) and bool(subject.asks)


def _is_courteous(text: str) -> bool:
    return any(clause.says(words.COURTESIES) for clause in clauses(text))


def _plain_name(document: DocumentReading) -> str:
    return document.name.rpartition(".")[0].replace("_", " ")


def _opening(text: str) -> str:
    return "\n".join(text[:_OPENING_CHARS].splitlines()[:_OPENING_LINES])


def _urgent_mark(clause: Clause) -> str:
    """A mark of urgency stands first, or last by itself; the same words amid a sentence are none."""
    for mark in words.URGENT_MARKS:
        for at in clause.positions(mark):
            end = at + len(mark.folded)
            is_apart = bool(clause.gaps[end - 1].strip()) or end == len(clause)
            if is_apart or (at == 0 and not any(clause.has_at(0, no_mark) for no_mark in words.NO_MARKS)):
                return mark.text
    return ""
