"""A place where a mail says what it is, and whether it calls itself an urgent report, a periodic one, or neither."""

import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from intake.rules.language.phrases import Clause, Clauses, Phrases, clauses
from intake.rules.language.text import fold
from intake.rules.urgent import urgent_words as words
from intake.rules.urgent.mentions import Mention, Vocabulary, mentions_in

_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Head:
    """A place where a mail says what it is: its subject, its first lines, the title of a document.

    `is_running` are first lines that are sentences: they may name the mail's form, and their keywords are the text's.
    """

    text: str
    vocabulary: Vocabulary
    periodic_names: Phrases
    day: date
    is_running: bool = False

    @cached_property
    def clauses(self) -> Clauses:
        return clauses(" ".join(self.text.split()))

    @cached_property
    def mentions(self) -> list[Mention]:
        return mentions_in(clauses(self.text), self.vocabulary, self.day)

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
        event = self.event or (self.says(words.SINGLE) and next((one for one in self.mentions if one.is_told), None))
        return f"{report} … {event.keyword}" if report and event else ""

    @cached_property
    def period(self) -> str:
        """The words that make this the head of a report for a period, or none."""
        if (form := self.says(words.PERIODIC_FORMS)) and not (form in words.DAILY_FORMS and self.event):
            return form
        undated = words.DATES.sub(" ", fold(self.text))
        if self.says(words.COUNTING) and (counted := words.COUNTED_MONTHS.search(undated)):
            return counted[0]
        period = words.PERIODS.search(undated)
        # "T1" is January, and in a quick report of one event the name of a machine.
        if not (self.form and self.event):
            period = period or words.SHORT_PERIODS.search(undated)
        return period[0] if period and (self.says(words.REPORT) or self.says(words.FIGURES)) else ""

    @property
    def periodic(self) -> str:
        return self.period or (self._begins_with_a_name if self.is_running else self.says(self.periodic_names))

    @property
    def _begins_with_a_name(self) -> str:
        """A sentence may name a periodic report by the way, and is one only where it begins so."""
        first = self.clauses[0] if self.clauses else None
        starts = {0, *(len(one.folded) for one in words.REPORT if first and first.has_at(0, one))}
        named = [self.periodic_names[place] for place in self.periodic_names.among(first)] if first else []
        return next((one.text for one in named if first and any(first.has_at(at, one) for at in starts)), "")

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
        first = self.clauses[0] if self.clauses else None
        acts = {at + 1 for one in words.ACTS if first for at in first.positions(one)}
        asking = [words.ASKING[place] for place in words.ASKING.among(first)] if first else []
        return next((one.text for one in asking if first and not acts.issuperset(first.positions(one))), "")

    @property
    def is_drill(self) -> bool:
        """Whether it begins with the word that all of it is played, behind a mark of urgency or not."""
        first = self.clauses[0] if self.clauses else None
        starts = {0, *(len(one.folded) for one in words.URGENT_MARKS if first and first.has_at(0, one))}
        return any(first.has_at(at, one) for one in words.DRILLS for at in starts) if first else False

    @property
    def is_order(self) -> bool:
        return bool(self.says(words.ORDERS)) and not (self.says(words.REPORT) or self.says(words.QUICK_FORMS))

    @property
    def is_planning(self) -> bool:
        """Whether it is about plans, rules or a whole day rather than one event."""
        whole_day = not self.event and words.WHOLE_DAY.search(fold(self.text))
        return bool(self.says(words.PLANS) or whole_day)

    @property
    def is_work(self) -> bool:
        """Whether it is about work done rather than one event."""
        return bool(self.says(words.WORK))

    @property
    def is_over(self) -> bool:
        """Whether it says that nothing is left of the matter: "sửa xong", and not "chưa sửa xong"."""
        return any(
            words.NOT_YET.isdisjoint(clause.folded[max(0, at - words.NOT_YET_REACHES) : at])
            for clause in self.clauses
            for place in words.OVER.among(clause)
            for at in clause.positions(words.OVER[place])
        )

    def says(self, wanted: Phrases) -> str:
        found = self.clauses.says(wanted)
        return found.text if found else ""


def _urgent_mark(clause: Clause) -> str:
    """A mark of urgency stands first, or last by itself; the same words amid a sentence are none."""
    for mark in words.URGENT_MARKS:
        for at in clause.positions(mark):
            end = at + len(mark.folded)
            is_apart = bool(clause.gaps[end - 1].strip()) or end == len(clause)
            if is_apart or (at == 0 and not any(clause.has_at(0, no_mark) for no_mark in words.NO_MARKS)):
                return mark.text
    return ""
