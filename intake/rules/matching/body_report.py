"""Mails without documents: a report only where the type may be reported in the mail's text, and the text is it."""

import re
from collections.abc import Collection, Iterator
from dataclasses import replace

from intake.rules.language.period_keys import meaning
from intake.rules.language.period_text import period_mentions
from intake.rules.language.text import fold
from intake.rules.matching.case import Case, Proof, only_owed
from intake.rules.matching.claims import SENTENCE_END, unwrapped
from intake.rules.matching.intent import is_reply, opening_of
from intake.rules.names.naming import Named, Obligation, name_in
from intake.rules.papers.forms import is_blank_form
from intake.rules.papers.letterhead import read_letterhead
from intake.rules.reading import MailReading

_FIRST_LINES = 4
_FEWEST_WORDS = 8
_JUST_PASSED = {"daily": 1, "weekly": 7}
_REPORTED_ON = re.compile(r"(?:.*\b(?:bao cao|tinh hinh|ket qua|truc ban|giao ban|trong|tuan (?:qua|nay))\b.*)?")
_CLAUSE = re.compile(r"[.,;:!?]\s")
_NOTHING_HAPPENED = re.compile(
    r"khong (?:co|xay ra|phat sinh|ghi nhan)|chua (?:xay ra|phat sinh|ghi nhan)|on dinh|binh thuong"
)
_FORMALITY = re.compile(
    r"(?:kinh gui|kinh trinh|tran trong|xin cam on|cam on|nguoi truc|van thu|dt|tel|da gui tu|sent from|thu truong)\b.*"
)
# Who is on duty is no account of the day.
_ON_DUTY = re.compile(r"[\W\d]*(?:(?:lanh dao|can bo|chi huy|nguoi)\b.{0,20})?\b(?:truc|lai xe)\b[^:]{0,25}:.*")
_FEWEST_ITEMS = 2
_ENCLOSURE = re.compile(r"\b(?:kem|tep|file|phu luc|bieu|pdf|docx?|xlsx?)\b")
_ITEM = re.compile(r"(?:[-–+*•]|\d{1,2}[.)])\s*\w")
_REPORT = re.compile(r"\b(?:bao cao|bc)\b")
_ON_RESULTS = re.compile(r"\b(?:bao cao|bc|ket qua|kq)\b")
_SENDING = re.compile(r"\b(?:gui|nop|chuyen)\b")


def prove_body(case: Case, reading: MailReading) -> Proof:
    """The obligation that the mail's own text answers."""
    sources = list(_sources(case, reading))
    naming = [_dated(case, one, reading) for one in sources if one.codes]
    if not naming:
        return Proof(None, "the mail carries no document and its text names no registered report type")
    found = _agreed(case, naming)
    if found.obligation is None:
        return found
    if against := next(case.against(found.obligation), "") or _against_days(case, found.obligation, reading):
        return Proof(None, against)
    required = case.directory.report_types[found.obligation[0]].required
    if required and "body" not in required:
        return Proof(None, f"{found.obligation[0]} asks for {', '.join(required)}, and the mail carries no document")
    if not _tells_something(reading.message.own_text):
        return Proof(None, f"the mail's text announces {found.obligation[0]} and is not the report itself")
    return Proof(found.obligation, evidence=(*found.evidence, "the mail's own text is the report"))


def _against_days(case: Case, obligation: Obligation, reading: MailReading) -> str:
    """Whether the first lines say that they report on another day or week than what is named."""
    lines = opening_of(reading.message.own_text).splitlines()[:_FIRST_LINES]
    leading = [one for line in lines for one in period_mentions(line) if _is_reported_on(line[: one.start])]
    keys = meaning(leading, case.frequency(obligation), case.on).keys
    return "the subject and the text name different reports or periods" if keys and obligation[1] not in keys else ""


def prove_beside(case: Case, reading: MailReading, enclosed: Collection[Obligation]) -> Proof | None:
    """The report in the mail's own words beside those that it encloses: the subject and its first line name it.

    What follows has to tell something of its own. None where the text only goes with the enclosures.
    """
    if not set(case.claims.subject.obligations) - set(enclosed):
        return None
    lines = [line for line in unwrapped(opening_of(reading.message.own_text)) if line]
    first, _, behind = lines[0].partition(":") if lines and not is_reply(reading.message.subject) else ("", "", "")
    heading = name_in(first, case.directory.titles, case.directory.report_types, case.on)
    said, told = heading.only, [line for line in lines[1:] if _ITEM.match(line) and not _ENCLOSURE.search(fold(line))]
    if not said or said not in case.claims.subject.obligations or said[0] in {code for code, _ in enclosed}:
        return None
    is_heading = not _SENDING.search(fold(first)) and not case.unexplained(first, heading.codes)
    is_nil = bool(_NOTHING_HAPPENED.search(fold(behind)))
    is_told = is_nil or (len(told) >= _FEWEST_ITEMS and _tells_something("\n".join(told)))
    if not (is_heading and is_told and "body" in case.directory.report_types[said[0]].required):
        return None
    found = only_owed(case, heading, "text")
    return found if found.obligation and not any(case.against(said)) else None


def why_beside(case: Case, reading: MailReading, enclosed: Collection[Obligation]) -> str:
    """Why the mail's own words may be a report that the subject names beside the enclosed ones; "" if they are none."""
    named = [one for one in case.claims.subject.obligations if one not in enclosed and case.owes(one)]
    left = next((one for one in named if "body" in case.directory.report_types[one[0]].required), None)
    if left is None or not _tells_something(reading.message.own_text):
        return ""
    return f"the subject names {left[0]} for {left[1]} too, and no document is it"


def _sources(case: Case, reading: MailReading) -> Iterator[Named]:
    """The texts that can say what the body is: a subject of its own, a heading, the words before the first colon."""
    message = reading.message
    heading = read_letterhead(message.own_text)
    texts = [] if is_reply(message.subject) else [message.subject]
    if heading.is_report:
        texts.append(heading.title)
    else:
        lines = unwrapped(opening_of(message.own_text))[:_FIRST_LINES]
        texts += [line.partition(":")[0] for line in lines if not _SENDING.search(fold(line))]
    for text in texts:
        named = _by_its_period(case, name_in(text, case.directory.titles, case.directory.report_types, case.on))
        if named.obligations or not _is_item(text):
            yield named


def _by_its_period(case: Case, named: Named) -> Named:
    """ "KQ công tác tuần 48" names the report that the registry calls by how often it comes."""
    general = case.general(named) if _ON_RESULTS.search(fold(named.text)) else None
    return replace(named, codes=frozenset({general[0]}), obligations=(general,)) if general else named


def _is_item(line: str) -> bool:
    """Whether a line of a list tells of something that was done, and is no report among several."""
    return _ITEM.match(line) is not None and not _REPORT.search(fold(line))


def _dated(case: Case, named: Named, reading: MailReading) -> Named:
    """What is named without a period, with the one period that the first lines of the text name."""
    if named.obligations or named.doubtful or named.mentions:
        return named
    lines = opening_of(reading.message.own_text).splitlines()[:_FIRST_LINES]
    mentions = [one for line in lines for one in period_mentions(line)]
    leading = [one for line in lines for one in period_mentions(line) if _is_reported_on(line[: one.start])]
    found = []
    for code in sorted(named.codes):
        frequency = case.directory.report_types[code].frequency
        key = meaning(mentions, frequency, case.on).certain
        if key and key in meaning(leading, frequency, case.on).keys and _is_of_these_days(case, code, key):
            found.append((code, key))
    return replace(named, obligations=tuple(found))


def _is_reported_on(before: str) -> bool:
    """Whether a date stands where a report says which day it is of, and not that of a meeting or an event."""
    return bool(_REPORTED_ON.fullmatch(fold(_CLAUSE.split(before)[-1])))


def _is_of_these_days(case: Case, code: str, key: str) -> bool:
    """A report in a mail's own words that names its day by the way is of the day or the week that has just passed."""
    period = case.period((code, key))
    return bool(period and (case.on - period.end).days <= _JUST_PASSED.get(case.frequency((code, key)), 0))


def _agreed(case: Case, naming: list[Named]) -> Proof:
    """The one obligation that a source names without any more words, and that no other source speaks against."""
    proofs = [
        only_owed(case, one, "text")
        for one in naming
        if not case.unexplained(one.text, one.codes) and (case.meant_by(one) or one.doubtful)
    ]
    if not proofs:
        return Proof(
            None, f'"{naming[0].text}" names {", ".join(sorted(naming[0].codes))}, but not surely, or no period'
        )
    if len({one.obligation for one in proofs}) > 1:
        return Proof(None, "the subject and the text name different reports or periods")
    code = proofs[0].obligation[0] if proofs[0].obligation else None
    if code and any(code not in one.codes for one in naming):
        return Proof(None, "the subject and the text name different reports")
    return proofs[0]


def _tells_something(own_text: str) -> bool:
    """Whether there is more than greetings and the sentence that sends a report."""
    if is_blank_form(own_text):
        return False
    lines = [line for line in map(fold, own_text.splitlines()) if line and not _FORMALITY.fullmatch(line)]
    telling = [line for line in lines if not _ON_DUTY.fullmatch(line)]
    text = " ".join(one for line in telling for one in SENTENCE_END.split(line) if not _SENDING.search(one))
    return len(text.split()) >= _FEWEST_WORDS or any(map(_NOTHING_HAPPENED.search, lines))
