"""What speaks against an obligation that a document's title names: the mail, the document's date and days, its name."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from intake.model import OFFICE
from intake.rules.language.period_keys import days_of, is_reported_on, meaning
from intake.rules.language.period_patterns import LONG_SPAN, PeriodMention
from intake.rules.language.period_text import period_mentions
from intake.rules.language.text import fold, fold_letters
from intake.rules.matching.case import Case
from intake.rules.matching.intent import is_reply
from intake.rules.matching.placing import Placed
from intake.rules.matching.stated import ends_with, mentions_stated, said_of_itself
from intake.rules.names.naming import LONGEST_TEXT, Named, Obligation, name_in, periods_in
from intake.rules.papers.bound import heads_behind
from intake.rules.papers.signing import addressees

_HEAD_LENGTH = 800
# A ministry, the council or the party committee of a place within the province.
_ELSEWHERE = re.compile(
    r"bo (?!chi huy|tu lenh)|(?:thuong truc )?(?:hoi dong nhan dan|hdnd) (?:huyen|thi xa|xa|phuong|dac khu)\b"
    r"|(?:ban thuong vu |thuong truc )?(?:huyen|thi|dang) uy\b"
)
_REPORT = re.compile(r"\b(?:bao cao|bc)\b")
# So many words of a subject that the type does not explain are another topic, not a name or a greeting.
_ANOTHER_TOPIC = 3
# Behind "báo cáo" and before its period stands nothing but its topic, and two words are one: "tôn giáo".
_REPORTING = re.compile(r"\b(?:bao cao|bc|tinh hinh|ket qua|cong tac|phuc vu (?:phien|ky|cuoc) hop)\b")
_SHORT_TOPIC = 2
# "Trong tháng 9, UBND huyện đã …": the words with which the account begins.
_ACCOUNT = re.compile(r"^\W*trong (?=(?:thang|quy|tuan|nam|\d thang|sau thang)\b).{4,40}", re.MULTILINE)
_HEADING = re.compile(r"^[ \t]*(?:[IVX]{1,4}|[A-D]|\d{1,2})[ \t]*[.)/-]\W*([^\W\d_].{4,120})$", re.MULTILINE)
# Most headings name no period, and need no closer look.
_UNIT = re.compile(r"\b(?:tháng|quý|tuần|năm|thang|quy|tuan)\b", re.IGNORECASE)
_MOST_HEADINGS = 40
_LONGEST_REPORT = 100_000
_PERIODIC = frozenset({"weekly", "monthly", "quarterly", "half_yearly", "nine_monthly"})
_LONG = frozenset({"monthly", "quarterly", "half_yearly", "nine_monthly", "yearly"})
# A document may be dated this long before it is mailed; beyond, its date or its file is wrong.
_LONGEST_DELAY = 200


def objections(case: Case, placed: Placed, obligation: Obligation) -> Iterator[str]:
    """What in the mail or in the document itself speaks against an obligation."""
    yield from case.against(obligation)
    yield from _against_subject(case, obligation)
    for sentence in case.claims.sentences:
        if _names_another_topic(case, sentence, obligation[0]):
            yield f'the mail\'s text, "{sentence.text}", seems to be about another report than {obligation[0]}'
    yield from _against_addressee(case, placed, obligation)
    yield from _against_date(case, placed, obligation)
    yield from _against_days(case, placed, obligation)
    yield from _against_week(case, placed, obligation)
    yield from _against_stated(case, placed, obligation)
    yield from _against_opening(case, placed, obligation)
    yield from _against_headings(case, placed, obligation)
    yield from _against_bound(case, placed, obligation)
    yield from _against_name(case, placed, obligation)


def _against_subject(case: Case, obligation: Obligation) -> Iterator[str]:
    """A subject that names no registered type may still name another report than the document is."""
    subject, code = case.claims.subject, obligation[0]
    if is_reply(subject.text):
        return
    if not subject.codes and (case.directory.titles.cites_another(subject.text, code) or _is_other_topic(case, code)):
        yield f'the subject "{subject.text}" seems to be about another report than {code}'
    periods = [one.words for one in subject.mentions if one.unit in _PERIODIC and not one.planned]
    if periods and not subject.codes and case.frequency(obligation) == "once":
        yield f'the subject names the period "{periods[0]}", and {code} is reported once'


def _is_other_topic(case: Case, code: str) -> bool:
    subject = case.claims.subject
    strange = case.unexplained(subject.text, {code, *case.beside})
    is_long = bool(_REPORT.search(fold(subject.text))) and len(strange) >= _ANOTHER_TOPIC
    return is_long or _names_another_topic(case, subject, code)


def _names_another_topic(case: Case, named: Named, code: str) -> bool:
    """Whether what stands between "báo cáo" and its period is a topic that the type does not explain."""
    until = next((one.start for one in named.mentions if not one.planned), 0)
    before = [one.end() for one in _REPORTING.finditer(fold_letters(named.text), 0, until)]
    topic = named.text[before[-1] : until] if before else ""
    return not named.codes and len(case.unexplained(topic, {code, *case.beside})) >= _SHORT_TOPIC


def _against_addressee(case: Case, placed: Placed, obligation: Obligation) -> Iterator[str]:
    """A report to other agencies alone comes as a copy, or by mistake, unless it is one that is shared with them."""
    named = addressees(placed.document.text)
    groups = [case.directory.agency_names.whole(one, case.on) - {OFFICE} for one in named]
    shared = case.directory.report_types[obligation[0]].share_with
    reached = {code for codes in groups for code in codes}
    is_shared = any(code in shared or set(case.directory.agencies[code].groups) & set(shared) for code in reached)
    are_others = [bool(codes) or _ELSEWHERE.match(fold(one)) for one, codes in zip(named, groups, strict=True)]
    if named and all(are_others) and not is_shared:
        yield f'{placed.named_as()} is addressed to "{"; ".join(named)}" and not to the office'


def _against_date(case: Case, placed: Placed, obligation: Obligation) -> Iterator[str]:
    """A document dated long before its mail, or too early for its period, is the wrong file or has a wrong date."""
    issued_on, year = placed.head.issued_on, placed.head.issued_year
    frequency = case.frequency(obligation)
    if year is None or frequency in ("once", "ad_hoc"):
        return
    stated = [one for one in placed.title.mentions if one.unit == frequency and not one.planned]
    if issued_on is None:
        if abs(year - case.on.year) > 1 or (year < case.on.year and not obligation[1].startswith(str(year))):
            yield f"{placed.named_as()} bears the year {year}, which does not fit {obligation[0]} for {obligation[1]}"
        return
    then = meaning(stated, frequency, issued_on).keys
    if abs((case.on - issued_on).days) > _LONGEST_DELAY:
        if not any(one.year or any(day[2] for day in one.dates) for one in stated):
            yield f"{placed.named_as()} is dated {issued_on}, far from the day of the mail, and its period has no year"
    elif obligation[1] not in then if stated else not is_reported_on(frequency, obligation[1], issued_on):
        yield f"{placed.named_as()} is dated {issued_on}, which does not fit {obligation[0]} for {obligation[1]}"


def _against_days(case: Case, placed: Placed, obligation: Obligation) -> Iterator[str]:
    """The days that a title says it reports on have to lie in its period, at least in part; a week makes no month."""
    frequency = case.frequency(obligation)
    for one in placed.title.mentions:
        if frequency == "once" and one.unit in _PERIODIC and not one.planned:
            yield f'the title names the period "{one.words}", and {obligation[0]} is reported once'
        if frequency in _LONG and one.unit == "weekly" and not one.planned and not _overlap(case, one, obligation):
            yield f'the days "{one.words}" in the title are not those of {obligation[0]} for {obligation[1]}'


def _overlap(case: Case, mention: PeriodMention, obligation: Obligation) -> bool:
    period = case.period(obligation)
    if not mention.dates:
        return False
    first, last = days_of(mention, period.end.year if period else case.on.year)
    return bool(period and first and last and first <= period.end and last >= period.start)


def _against_week(case: Case, placed: Placed, obligation: Obligation) -> Iterator[str]:
    """The days that a weekly report names at its beginning have to be those of its week."""
    if case.frequency(obligation) == "weekly":
        dated = [one for one in period_mentions(placed.document.text[:_HEAD_LENGTH]) if one.dates]
        found = meaning(dated, "weekly", case.on)
        if (found.keys or found.doubtful) and obligation[1] not in found.keys:
            yield f'the days "{dated[0].words}" in {placed.named_as()} are not those of {obligation[1]}'


def _against_stated(case: Case, placed: Placed, obligation: Obligation) -> Iterator[str]:
    """What it states to be its time, below its title, has to be the period that the title names."""
    period, frequency = case.period(obligation), case.frequency(obligation)
    mentions = mentions_stated(placed.document.text) if period and frequency in _LONG else []
    found = periods_in([one for one in mentions if not one.dates], frequency, case.on)
    is_other = found is not None and obligation[1] not in found.keys
    if is_other or any(not ends_with(one, period) for one in mentions if period):
        yield f"{placed.named_as()} states another time than {obligation[1]}"


def _against_opening(case: Case, placed: Placed, obligation: Obligation) -> Iterator[str]:
    """Forms are filled in anew over the last report: the sentence that opens it may tell of another period."""
    begun = _ACCOUNT.search(fold_letters(placed.document.text[:LONGEST_TEXT]))
    account = meaning(period_mentions(begun[0]) if begun else (), case.frequency(obligation), case.on)
    if begun and account.keys and obligation[1] not in account.keys:
        yield f'{placed.named_as()} reports on "{begun[0].strip()}", which is not {obligation[1]}'
    for words in said_of_itself(placed.document.text):
        found = periods_in(period_mentions(words), case.frequency(obligation), case.on)
        if found and found.keys and obligation[1] not in found.keys:
            yield f'{placed.named_as()} reports on "{words}", which is not {obligation[1]}'


def _against_headings(case: Case, placed: Placed, obligation: Obligation) -> Iterator[str]:
    """A report plans for the time to come: one that plans for its own period, after another's results, is mistitled."""
    found = (one[1] for one in _HEADING.finditer(placed.document.text[:_LONGEST_REPORT]))
    headings = filter(_UNIT.search, found)
    mentions = [one for heading in islice(headings, _MOST_HEADINGS) for one in period_mentions(heading)]
    told = meaning(mentions, case.frequency(obligation), case.on).keys
    flipped = [replace(one, planned=False) for one in mentions if one.planned]
    planned = meaning(flipped, case.frequency(obligation), case.on).keys
    if told and obligation[1] in planned and obligation[1] not in told:
        yield f"{placed.named_as()} tells of {told[0]} and plans for {obligation[1]}"


def _against_bound(case: Case, placed: Placed, obligation: Obligation) -> Iterator[str]:
    """Another report behind the first one in the same file would be lost with it."""
    for head in heads_behind(placed.document.text):
        named = name_in(head.title, case.directory.titles, case.directory.report_types, case.on)
        issuer = case.directory.agency_names.issuer(head.issuers, case.on)
        if obligation not in named.obligations or (issuer and case.agency not in issuer.codes):
            yield f'{placed.named_as()} holds another report, "{head.title}"'


def _against_name(case: Case, placed: Placed, obligation: Obligation) -> Iterator[str]:
    """File names are often left over from the last report: they count only where the mail does not say otherwise."""
    (code, key), name, frequency = obligation, placed.name, case.frequency(obligation)
    if name.codes and code not in name.codes and obligation not in case.claims.obligations():
        yield f'the file name "{placed.document.name}" names {", ".join(sorted(name.codes))}, its title {code}'
    # "Sơ kết 5 năm" is what many a report is on that is asked for once.
    mentions = [one for one in name.mentions if frequency != "once" or one.unit != LONG_SPAN]
    found = periods_in(mentions, frequency, case.on)
    if found and key not in found.keys and not case.claims.say(key, frequency, case.on):
        yield f'the file name "{placed.document.name}" and the title do not name the same period'
