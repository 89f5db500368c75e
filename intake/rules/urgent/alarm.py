"""Does a mail tell of harm that is being done now, whatever the matter is called?

No list of matters is complete. What they do to people and things has few names, and so have a matter that nobody has
in hand and a call for help: each kind that is told of what has just happened speaks for an alarm. What is planned,
taught, sold, printed or counted over a period speaks against it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from intake.rules.language.phrases import Clause, Phrases, clauses
from intake.rules.language.text import fold
from intake.rules.reading import MailReading
from intake.rules.urgent import alarm_words as words
from intake.rules.urgent.mentions import Vocabulary, mentions_in
from intake.rules.urgent.openings import is_answer
from intake.rules.urgent.recent import is_of_today, moments
from intake.rules.urgent.said import Said
from intake.rules.urgent.urgent_words import COUNTED, DATES, PERIODS

_RAISED = 6
_LOUD = 10
_HARM, _MOST_HARMS = 2, 5
_UNSETTLED, _CALL, _MOST_SAID = 2, 2, 2
_RECENT = 2
_BRAKE, _OF_A_PERIOD, _MADE_UP = 2, 4, 12

_GRAVE = frozenset(("death", "loss", "trapped", "fire", "collapse", "violence", "flight"))
_KINDS = Vocabulary(
    sorted(((kind, one) for kind, named in words.KINDS.items() for one in named), key=lambda pair: -len(pair[1].folded))
)
# "Chưa vào được", "không chạy kịp": nobody has it in hand.
_IN_VAIN = re.compile(r"\b(?:chua|khong|ko|hong) (?:\w+ ){1,3}(?:duoc|kip|xue)\b")
# Where a passage ends: at an empty line, at a line's full stop, or above the next item.
_PASSAGE_END = re.compile(r"\n\s*\n|(?<=[.!?])[ \t\r]*\n|\n(?=\s*(?:\d{1,2}[.)/]|[-+*•–]|[a-eA-E][.)])\s*\S)")
# "Đang đi cứu nạn", "đang cho người tìm": it is being done.
_BEING_DONE = re.compile(
    r"\bdang (?:\w+ ){1,2}(?:cuu|tim|dap|so tan|di doi|khong che|truy bat)\b"
    r"|\bdang (?:dao|moc|boi|be)(?= (?:boi|dat|tim|cuu|nguoi|len|ra)\b|$)"
)


@dataclass(frozen=True, slots=True)
class Alarm:
    """How much in a text speaks for an alarm, and the words that do."""

    weight: int = 0
    said: tuple[str, ...] = ()
    is_unsettled: bool = False

    @property
    def is_raised(self) -> bool:
        return self.weight >= _RAISED

    @property
    def is_loud(self) -> bool:
        """Whether so much is said of a matter that is not over that it counts whatever the mail looks like."""
        return self.is_unsettled and self.weight >= _LOUD


def alarm_of(mail: Said) -> Alarm:
    """The loudest of what the mail says in its own words and of its documents."""
    subject = "" if only_answers(mail.reading) else mail.subject
    own = alarm_in(subject, mail.own, mail.day)
    enclosed = [alarm_in(subject, one, mail.day, is_own=False) for one in mail.openings if one]
    return max((own, *enclosed), key=lambda alarm: alarm.weight)


def alarm_of_today(mail: Said, *, at_least: int = 1) -> Alarm:
    """The loudest passage, by itself, that counts who was hurt on the very day: news amid other things.

    Texts of fewer than `at_least` passages are left out.
    """
    parted = [
        parts for text in (mail.own, *mail.openings) if len(parts := _PASSAGE_END.split(text.strip())) >= at_least
    ]
    passages = (one for parts in parted for one in parts)
    counting = (one for one in passages if any(COUNTED.search(clause.said) for clause in clauses(one)))
    of_today = (alarm_in("", one, mail.day) for one in counting if is_of_today(clauses(one), mail.day))
    return max(of_today, key=lambda alarm: alarm.weight, default=Alarm())


def only_answers(reading: MailReading) -> bool:
    """Whether it is an answer in its own words: the subject, which names a periodic report or asks, is another's."""
    return is_answer(reading.message.subject) and not reading.documents


def alarm_in(subject: str, text: str, day: date, is_own: bool = True) -> Alarm:
    """What speaks for an alarm in a text that was received on `day` under a subject. A document has to say when."""
    said = clauses(subject).above(clauses(text))
    harms = {one.category: one.keyword for one in mentions_in(said, _KINDS, day) if one.is_told}
    if not harms:
        return Alarm()
    unsettled, calls = _said(said, words.UNSETTLED), _said(said, words.CALLS)
    not_in_hand = len(unsettled) + sum(bool(_IN_VAIN.search(one.said) or _BEING_DONE.search(one.said)) for one in said)
    is_recent = "recent" in moments(said, day)
    is_counted = any(COUNTED.search(clause.said) for clause in said)
    is_plain = is_own and is_counted and len(harms) > 1
    if not (is_recent or not_in_hand or is_plain):
        return Alarm()
    weight = (
        _HARM * min(len(harms), _MOST_HARMS)
        + (not _GRAVE.isdisjoint(harms))
        + _UNSETTLED * min(not_in_hand, _MOST_SAID)
        + _CALL * min(len(calls), _MOST_SAID)
        + _RECENT * is_recent
        + is_counted
        - _against(subject, said)
    )
    return Alarm(weight, tuple(dict.fromkeys((*harms.values(), *unsettled, *calls))), bool(not_in_hand))


def _against(subject: str, said: Sequence[Clause]) -> int:
    return (
        _BRAKE * len(_said([one for one in said if one.marked], words.BRAKES))
        + _OF_A_PERIOD * bool(PERIODS.search(DATES.sub(" ", fold(subject))))
        + _MADE_UP * bool(_said(said, words.MADE_UP))
    )


def _said(said: Sequence[Clause], wanted: Phrases) -> list[str]:
    found = (wanted[place].text for clause in said for place in wanted.among(clause) if clause.positions(wanted[place]))
    return list(dict.fromkeys(found))
