"""The period that a document states below its title: "Kỳ báo cáo: tháng 10/2019", "(số liệu từ ngày … đến ngày …)".

Or in the sentence that opens it: "Sở X báo cáo … tháng 10 như sau".
"""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date

from intake.model import ReportType
from intake.rules.deadlines.periods import Period, periods_ending
from intake.rules.language.period_keys import days_of, meaning
from intake.rules.language.period_patterns import PeriodMention
from intake.rules.language.period_text import period_mentions
from intake.rules.language.text import fold_letters
from intake.rules.names.naming import LONGEST_TEXT

# Bare days are those of the report where nothing else stands in their line.
_STATED = re.compile(
    r"(?:^|\n|\()\W*(?:(?:thoi )?ky (?:bao cao|so lieu)\b|thoi gian bao cao\b|so lieu(?: [a-z]+){0,4} (?=tu\b)"
    r"|(?=tu (?:ngay )?\d[^\n()]{8,45}(?:[\n)]|$)))[\s:]*([^\n;)]{3,90})"
)
# "Ủy ban nhân dân huyện báo cáo tình hình tháng 10 như sau": what a report says itself that it is on.
_SAID_OF_ITSELF = re.compile(r"\bbao cao\b((?:(?!\bbao cao\b)[^.;:]){1,250}?)\b(?:nhu sau|cu the)\b")


def said_of_itself(text: str) -> list[str]:
    """What a text says in its first sentences that it reports on."""
    opening = unicodedata.normalize("NFC", " ".join(text[:LONGEST_TEXT].split()))
    return [opening[one.start(1) : one.end(1)].strip() for one in _SAID_OF_ITSELF.finditer(fold_letters(opening))]


def stated_in(text: str) -> list[str]:
    """What a text says in its first lines to be the time that it reports on."""
    opening = unicodedata.normalize("NFC", text[:LONGEST_TEXT]).replace("\t", " ")
    return [opening[one.start(1) : one.end(1)].strip() for one in _STATED.finditer(fold_letters(opening))]


def mentions_stated(text: str) -> list[PeriodMention]:
    """The periods and the days in it."""
    return [one for said in stated_in(text) for one in period_mentions(said) if not one.planned]


def key_stated(mentions: Iterable[PeriodMention], report_type: ReportType, on: date) -> str | None:
    """The one period of a type that is stated: by its name, or by its first and its last day."""
    given = list(mentions)
    named = meaning(given, report_type.frequency, on)
    if named.keys or named.doubtful:
        return named.certain
    found = {period.key for one in given for period in _of_days(one, report_type, on)}
    return found.pop() if len(found) == 1 else None


def ends_with(mention: PeriodMention, period: Period) -> bool:
    """Whether the days that are stated end in the month in which a period does; true of what states no days."""
    last = days_of(mention, period.end.year)[1] if mention.dates else None
    return last is None or (last.year, last.month) == (period.end.year, period.end.month)


def _of_days(mention: PeriodMention, report_type: ReportType, on: date) -> list[Period]:
    first, last = days_of(mention, on.year) if mention.dates else (None, None)
    if first is None or last is None:
        return []
    return [one for one in periods_ending(report_type, last, last) if one.start == first and one.start <= on]
