"""What a mail tells of urgent matters: in which form, of which categories, and what it denies or only fears.

Takes the subject, the mail's own words and the opening of its documents; quoted mail does not count.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import combinations

from intake.config import Category
from intake.rules.language.phrases import Phrases, clauses, phrase
from intake.rules.language.text import fold
from intake.rules.reading import MailReading
from intake.rules.urgent import urgent_words as words
from intake.rules.urgent.alarm import only_answers
from intake.rules.urgent.heads import Head
from intake.rules.urgent.mentions import Mention, Standing, Vocabulary, harms_of, mentions_in, vocabulary_of
from intake.rules.urgent.openings import is_answer, lead
from intake.rules.urgent.said import Said
from intake.rules.urgent.urgent_vocabulary import CONSEQUENCES

_IN_BODY = {"event": 2, "told": 1}
_IN_HEAD = {"event": 10, "told": 6}
# The catch-all category speaks in general words, so any other one named beside it is the nearer one.
_OTHER_IN_HEAD = {"event": 8, "told": 3}
_BODY_AT_MOST = 5
_MARGIN = 2
_OWN_TOPIC = 3
_ITEM = re.compile(r"^\s*(?:\d{1,2}[.)/]|[-+*•–]|[a-eA-E][.)])\s*(\S.*)$", re.MULTILINE)


@dataclass(frozen=True)
class Telling:
    """Everything in one mail that speaks for an urgent matter or against it. `by_harm` if no word names a category."""

    said: Said
    heads: Sequence[Head]
    own: Sequence[Mention]
    attached: Sequence[Mention]
    by_harm: bool = False

    @property
    def has_hour(self) -> bool:
        return self.said.has_hour

    @property
    def is_news(self) -> bool:
        """Whether it tells anything of a matter that it is known to be about. An answer need not say what or when."""
        answers = only_answers(self.said.reading) and (self.said.counts or self.said.has_done)
        return bool(self.form or self.weights or self.has_hour or answers)

    @property
    def is_courtesy(self) -> bool:
        """Whether the mail only thanks, or says that something has come."""
        return not (self.said.reading.documents or self.own or self.has_hour) and self.said.is_courteous

    @property
    def is_thanks(self) -> bool:
        """Whether the subject thanks: for what was done about a matter that is known."""
        subject = next(iter(clauses(self.said.subject)), None)
        return subject is not None and any(subject.has_at(0, one) for one in words.THANKS)

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
        event = next((mention for mention in self.own if mention.in_text == "event"), None)
        return f"{event.keyword}, with the hour" if event and (event.is_recent or self.has_hour) else ""

    @property
    def news(self) -> str:
        """What a title names and the text dates to the last hours or days, or none."""
        titled = {mention.category: mention for mention in self._titled if mention.is_told}
        told = (one for one in self.body if one.in_text == "event" and one.is_recent and one.category in titled)
        event = next(told, None) or (next(iter(titled.values()), None) if self.said.is_timely else None)
        return f"{event.keyword}, which has just happened" if event else ""

    @property
    def outcry(self) -> str:
        """What somebody in the midst of it tells of, or none."""
        told = next((one for one in (*self._titled, *self.own) if one.is_told), None)
        return f"{told.keyword}, which is going on" if told and self.said.is_ongoing else ""

    @property
    def _headline(self) -> str:
        """The event that the text tells of and that a title of its own names too, or whose toll it counts; or none."""
        titled = {mention.category for mention in self._titled if mention.is_told}
        if self.said.has_toll and (named := next((one for one in self._titled if one.standing == "event"), None)):
            return f"{named.keyword}, in the title and in the text"
        hurt = self.said.has_toll or any(head.says(words.CASUALTIES) for head in self.heads if not head.is_running)
        told = (one for one in self.body if one.category in titled and one.is_told)
        event = next((one for one in told if hurt or (one.in_text == "event" and not self.said.is_count)), None)
        return f"{event.keyword}, in the title and in the text" if event else ""

    @property
    def closing(self) -> str:
        """The words by which a title says that a matter comes to its end, or none."""
        return next(filter(None, (head.says(words.CLOSINGS) for head in self.heads if not head.is_running)), "")

    @property
    def is_order(self) -> bool:
        """Whether its first title is that of an order to others."""
        return next((head.is_order for head in self.heads if not head.is_running), False)

    @property
    def is_drill(self) -> bool:
        """Whether its subject or its text begins as that of a drill."""
        return any(head.is_drill for head in self.heads)

    @property
    def is_over(self) -> bool:
        """Whether a title that does not call itself urgent says that nothing is left of the matter."""
        return not self.urgent_heads and any(head.is_over for head in self.heads if not head.is_running)

    @property
    def periodic(self) -> str:
        return next((head.periodic for head in self.heads if head.periodic and not head.is_urgent), "")

    @property
    def is_of_a_span(self) -> bool:
        """Whether it is a periodic report of more than a day, so that what happened today is news in it."""
        titled = (fold(head.text) for head in self.heads if not head.is_running)
        return bool(self.periodic) and not any(map(words.OF_THE_DAY.search, titled))

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
        planning = [head for head in self.heads if head.is_planning]
        if self.periodic or any(not head.is_running for head in planning):
            return ""
        # Running text may name a project or a plan by the way.
        if planning:
            return self.outcry
        if any(head.is_work for head in self.heads):
            return self.news
        return (
            self.happening
            or self.news
            or self.outcry
            or self._headline
            or next((head.report_of_event for head in self.heads if head.report_of_event), "")
        )

    @cached_property
    def weights(self) -> dict[str, int]:
        """How strongly each category is told of, what is denied or feared left out."""
        weights: Counter[str] = Counter()
        for mention in self._causes or self.body:
            weights[mention.category] += _IN_BODY.get(mention.in_text, 0)
        weights = Counter({category: min(weight, _BODY_AT_MOST) for category, weight in (+weights).items()})
        if len(weights) > 1:
            weights.pop("other", None)
        for mention in self._titled:
            if not self._is_past(mention) and (mention.standing == "event" or not self._is_denied(mention)):
                in_head = _OTHER_IN_HEAD if mention.category == "other" else _IN_HEAD
                weights[mention.category] += in_head.get(mention.standing, 0)
        return dict(+weights)

    @property
    def categories(self) -> list[str]:
        """The category told of; several where none stands out."""
        best = max(self.weights.values(), default=0)
        return [category for category, weight in self.weights.items() if weight > best - _MARGIN]

    @property
    def is_list(self) -> bool:
        """Whether items of a list each tell of what happened at an hour of its own, in categories of their own."""
        vocabulary, day = self.heads[-1].vocabulary, self.said.day
        items = (clauses(item) for item in _ITEM.findall(self.said.own) if words.CLOCK.search(fold(item)))
        told = ({one.category for one in mentions_in(item, vocabulary, day) if one.is_told} for item in items)
        named = [one - {"other"} for one in told if one - {"other"}]
        return any(first.isdisjoint(second) for first, second in combinations(named, 2))

    @property
    def is_named(self) -> bool:
        """Whether any word names the matter itself: roads are cut and calls unanswered in matters of every category."""
        return bool(self._causes or self._titled)

    @cached_property
    def _causes(self) -> list[Mention]:
        return [mention for mention in self.body if mention.is_told and mention.keyword not in CONSEQUENCES]

    def strays_from(self, category: str) -> bool:
        """Whether the mail says it is about something else, so that a keyword in its text is only by the way."""
        if any(mention.category == category and mention.is_told for mention in self._titled):
            return False
        if any(
            mention.category == category and mention.in_text == "event" and mention.is_recent for mention in self.body
        ):
            return False
        near = {word for keyword in self.keywords(category) for word in phrase(keyword).folded}
        quick = [head for head in self.urgent_heads if head.says(words.QUICK_FORMS)]
        return any(len(head.topic) >= _OWN_TOPIC and head.topic.isdisjoint(near) for head in quick)

    def keywords(self, category: str) -> list[str]:
        told = [one.keyword for one in (*self._titled, *self.body) if one.category == category and one.is_told]
        return list(dict.fromkeys(told))

    @property
    def _titled(self) -> list[Mention]:
        return [mention for head in self.heads if not head.is_running for mention in head.mentions]

    def _is_denied(self, topic: Mention) -> bool:
        """Whether the text denies what its head names as the topic, and tells of nothing of the kind."""
        return "denied" in (same := self._standings(topic)) and same.isdisjoint({"told", "event"})

    def _is_past(self, topic: Mention) -> bool:
        """Whether all that the text tells of what a head names was in a year that is over."""
        return self._standings(topic) == {"past"}

    def _standings(self, topic: Mention) -> set[Standing]:
        return {mention.standing for mention in self.body if mention.category == topic.category}


def tell(reading: MailReading, categories: Mapping[str, Category], periodic_names: Phrases, day: date) -> Telling:
    """What the mail tells, received on `day`. `periodic_names` are those by which the registry knows periodic reports.

    A mail whose words name no category is read again for harm to people.
    """
    said = Said(reading, day)
    told = _tell(said, vocabulary_of(categories), periodic_names)
    return told if told.weights else replace(_tell(said, harms_of(categories), periodic_names), by_harm=True)


def _tell(said: Said, vocabulary: Vocabulary, periodic_names: Phrases) -> Telling:
    day = said.day
    subject = Head(said.subject, vocabulary, periodic_names, day)
    heads = [Head(text, vocabulary, periodic_names, day) for text in said.titles]
    return Telling(
        said,
        # What a mail answers may have asked for a report, which is what this one then is.
        heads=[
            *(head for head in (subject, *heads) if head.text and not (head is subject and _is_asked(said, head))),
            Head(lead(said.own), vocabulary, periodic_names, day, is_running=True),
        ],
        own=mentions_in(clauses(said.own), vocabulary, day),
        attached=[mention for text in said.openings for mention in mentions_in(clauses(text), vocabulary, day)],
    )


def _is_asked(said: Said, subject: Head) -> bool:
    return is_answer(said.reading.message.subject) and bool(subject.asks)
