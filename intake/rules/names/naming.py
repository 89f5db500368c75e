"""What one text names as a report: its types, its periods, and the obligations that follow from both together.

A title, a subject, a file name and a sentence are read alike. Which of them to believe is for matching to say.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from intake.model import ReportType
from intake.rules.language.period_keys import Meaning, meaning, without_next
from intake.rules.language.period_patterns import RUNNING_TOTAL, PeriodMention
from intake.rules.language.period_text import period_mentions
from intake.rules.names.titles import Naming, Titles

Obligation = tuple[str, str]

# A title is never longer, and neither is the opening of a document that a title's period is looked for in.
LONGEST_TEXT = 2000

# A date tells when, and not for which period.
_PASSING_UNITS = frozenset({RUNNING_TOTAL, "daily"})


@dataclass(frozen=True, slots=True)
class Named:
    """What a text names. `codes` are the types, `obligations` those of them with a period, as (type, period).

    `doubtful` are the words of periods that fit a named type and cannot be believed.
    """

    text: str
    words: str
    codes: frozenset[str]
    obligations: tuple[Obligation, ...]
    doubtful: tuple[str, ...]
    mentions: tuple[PeriodMention, ...]

    @property
    def only(self) -> Obligation | None:
        return self.obligations[0] if len(self.obligations) == 1 and not self.doubtful else None

    def without(self, codes: Collection[str]) -> "Named":
        """The same where these types are no more than words."""
        left = tuple(one for one in self.obligations if one[0] not in codes)
        return replace(self, codes=self.codes.difference(codes), obligations=left)


def name_in(text: str, titles: Titles, report_types: Mapping[str, ReportType], on: date) -> Named:
    """What a text that came on a day names."""
    text = text[:LONGEST_TEXT]
    mentions = period_mentions(text)
    namings = titles.named(text)
    meanings = {code: _meaning(report_types[code], mentions, on) for one in namings for code in one.codes}
    timed = frozenset(code for code, found in meanings.items() if found.keys or found.doubtful)
    closest = _closest(namings, timed or frozenset(meanings))
    codes = frozenset(code for one in closest for code in one.codes) & (timed or frozenset(meanings))
    return Named(
        text=text,
        words=max((one.words for one in closest), key=len, default=""),
        codes=codes,
        obligations=tuple((code, key) for code in sorted(codes) for key in meanings[code].keys),
        doubtful=tuple(dict.fromkeys(words for code in sorted(codes) for words in meanings[code].doubtful)),
        mentions=mentions,
    )


def periods_in(mentions: Iterable[PeriodMention], frequency: str, on: date) -> Meaning | None:
    """What a text says of a period of this frequency; None where it says nothing.

    A text that speaks of other spans only, such as "quý III" for a monthly report, means no period of it.
    """
    reported = [one for one in mentions if not one.planned]
    found = meaning(reported, frequency, on)
    if found.keys and found.doubtful:
        found = meaning(without_next(reported, on), frequency, on)
    if found.keys or found.doubtful:
        return found
    others = tuple(one.words for one in reported if one.unit not in _PASSING_UNITS)
    return Meaning((), others) if others else None


def _meaning(report_type: ReportType, mentions: Iterable[PeriodMention], on: date) -> Meaning:
    if report_type.frequency == "once":
        return Meaning((report_type.code,))
    return meaning(mentions, report_type.frequency, on)


def _closest(namings: Iterable[Naming], codes: frozenset[str]) -> list[Naming]:
    """The namings of these types that do not lie within a longer one of them."""
    wanted = [one for one in namings if one.codes & codes]
    return [one for one in wanted if not any(one.is_within(other) for other in wanted)]
