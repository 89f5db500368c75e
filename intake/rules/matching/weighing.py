"""What speaks for a candidate and what against it, in words: for the person who decides, never for booking.

A candidate is an agency with or without a report type and a period. Every text of the mail is asked on its own.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from intake.model import OFFICE
from intake.rules.matching.case import Case
from intake.rules.matching.claims import claims_of
from intake.rules.matching.objections import objections
from intake.rules.matching.placing import Placed, place_all, reports_among
from intake.rules.matching.sender import issuer_of
from intake.rules.names.agency_names import Mention
from intake.rules.names.directory import Directory
from intake.rules.names.naming import Named, Obligation, periods_in
from intake.rules.reading import MailReading
from intake.rules.verdicts import Suggestion

_LONGEST_QUOTE = 160
_WITHOUT_PERIOD = ("once", "ad_hoc")

# A sentence, and whether it speaks for the candidate.
Argument = tuple[bool, str]


@dataclass(frozen=True, slots=True)
class Weighed:
    """A candidate with the sentences for and against it."""

    candidate: Suggestion
    pros: tuple[str, ...]
    cons: tuple[str, ...]


def weigh(
    reading: MailReading,
    directory: Directory,
    on: date,
    told: Sequence[Obligation],
    candidates: Sequence[Suggestion],
) -> list[Weighed]:
    """Each candidate weighed. `told` are the obligations of our notices that the mail answers, as (type, period)."""
    placed = place_all(reading, directory, on)
    return [_weighed(reading, directory, on, told, one, placed) for one in candidates]


def _weighed(
    reading: MailReading,
    directory: Directory,
    on: date,
    told: Sequence[Obligation],
    candidate: Suggestion,
    placed: Sequence[Placed],
) -> Weighed:
    arguments: list[Argument] = []
    if candidate.agency in directory.agencies:
        arguments += _on_agency(reading, directory, on, str(candidate.agency), placed)
    if candidate.report_type in directory.report_types:
        arguments += _on_report(reading, directory, on, candidate, placed)
        arguments += [
            (True, f"the mail answers a notice of ours about {code} {period}")
            for code, period in told
            if (code, period) == (candidate.report_type, candidate.period)
        ]
    pros, cons = (
        tuple(dict.fromkeys(words for speaks_for, words in arguments if speaks_for is wanted))
        for wanted in (True, False)
    )
    return Weighed(candidate, pros, cons)


def _on_agency(
    reading: MailReading, directory: Directory, on: date, agency: str, placed: Sequence[Placed]
) -> Iterator[Argument]:
    names = directory.agency_names
    yield _on_sender(reading, directory, agency)
    if not directory.agencies[agency].active_on(on):
        yield False, f"{agency} is not active on {on}"
    for one in placed:
        if issuer := issuer_of(one.head, directory, on):
            yield _on_mention(issuer, agency, f"the letterhead of {one.named_as()}")
        hinted = names.of_symbol(one.head.symbol, on) - {OFFICE}
        if len(hinted) == 1:
            yield _on_mention(Mention(hinted, one.head.symbol), agency, f"the symbol of {one.named_as()}")
    for mention in names.mentioned(reading.message.subject, on):
        if mention.by_rank:
            yield _on_mention(mention, agency, "the subject")


def _on_sender(reading: MailReading, directory: Directory, agency: str) -> Argument:
    address = reading.message.sender.address if reading.message.sender else ""
    registered = directory.agencies_of(address)
    if agency in registered:
        return True, f"sender {address} is registered for {agency}"
    if registered:
        return False, f"sender {address} is registered for {_listed(registered)}"
    return False, f"{address or 'the sender'} is registered for no agency"


def _on_mention(mention: Mention, agency: str, where: str) -> Argument:
    said = f'{where} says "{_quoted(mention.words)}"'
    if not mention.codes:
        return False, f"{said}, which is in no registry"
    return agency in mention.codes, f"{said}: {_listed(mention.codes)}"


def _on_report(
    reading: MailReading, directory: Directory, on: date, candidate: Suggestion, placed: Sequence[Placed]
) -> Iterator[Argument]:
    code, period = str(candidate.report_type), candidate.period
    frequency = directory.report_types[code].frequency
    claims = claims_of(reading, directory, on)
    texts = [("the subject", claims.subject), *(("the mail's text", one) for one in claims.sentences)]
    for document in placed:
        texts += [
            (f"the title of {document.named_as()}", document.title),
            (f"the name of {document.named_as()}", document.name),
        ]
    for where, named in texts:
        yield from _on_text(where, named, code)
        if period and frequency not in _WITHOUT_PERIOD:
            yield from _on_period(where, named, period, frequency, on)
    if candidate.agency in directory.agencies and period:
        case = Case(directory, str(candidate.agency), on, claims)
        yield _on_owing(case, (code, period))
        for report in reports_among(placed):
            yield from ((False, words) for words in objections(case, report, (code, period)))


def _on_text(where: str, named: Named, code: str) -> Iterator[Argument]:
    if code in named.codes:
        yield True, f'{where} "{_quoted(named.text)}" names {code}'
    elif named.codes:
        yield False, f'{where} "{_quoted(named.text)}" names {_listed(named.codes)}'


def _on_period(where: str, named: Named, period: str, frequency: str, on: date) -> Iterator[Argument]:
    found = periods_in(named.mentions, frequency, on)
    if found is None:
        return
    if found.doubtful:
        yield False, f'{where} names the period "{found.doubtful[0]}", which cannot be right on {on}'
    elif period in found.keys:
        yield True, f"{where} names the period {period}"
    else:
        yield False, f"{where} names another period than {period}"


def _on_owing(case: Case, obligation: Obligation) -> Argument:
    code, period = obligation
    if case.owes(obligation):
        return True, f"{case.agency} owes {code} for {period}"
    return False, f"{case.agency} does not owe {code} for {period}"


def _quoted(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _LONGEST_QUOTE else words[:_LONGEST_QUOTE].rstrip() + "…"


def _listed(codes: frozenset[str]) -> str:
    return ", ".join(sorted(codes))
