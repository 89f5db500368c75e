"""Whose mail this is: the registered sender, held against the agency that the documents and the subject speak for.

The address decides, as only the registry vouches for anyone. What the texts say can settle which of several agencies
sharing it is meant, or show that a person has to look.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from intake.model import OFFICE
from intake.rules.language.text import fold, fold_letters
from intake.rules.matching.placing import Placed
from intake.rules.names.agency_names import Mention
from intake.rules.names.directory import Directory
from intake.rules.names.naming import LONGEST_TEXT
from intake.rules.papers.document_numbers import cited_number
from intake.rules.papers.letterhead import Letterhead
from intake.rules.reading import MailReading

_UNIT = re.compile(r"\W*(?:ten )?(?:don vi|co quan|dia phuong)(?: bao cao| gui| lap)?\s*:")
_UNIT_LINES = 10
_SAYS_ITSELF = re.compile(
    r"(?:\b(?:kinh|xin|trinh|tong hop) )*\bbao cao\b(?:(?!\bbao cao\b)[^.;:]){1,250}?\b(?:nhu sau|cu the)\b"
)
# "Trong tháng 9, UBND huyện X đã …"
_HAS_DONE = re.compile(r"(?:^|\n)\W*trong [^\n,.;]{4,60},\s*[^\n,.;]{3,70}?(?=\s+da\b)")
_SENTENCE_PART = re.compile(r"[.;:,\n]")
_BEHALF = re.compile(r"TM\s*\.\s*")
# Whoever signs so does it by another's order, whose name says nothing.
_BY_ORDER = re.compile(r"(?:TL|TUQ)\s*\.")
_HEADING_LINES = 3
_SPEAKING_LINES = 4
_SIGNING_LINES = 6
_SIGNED_LINES = 3
_LONGEST_SIGNATURE = 60
_ITEM_MARKS = tuple("-–+*•")


@dataclass(frozen=True, slots=True)
class Sender:
    """The agency that a mail is from; None with the reason why nobody can be sure. `likely` are worth suggesting."""

    agency: str | None
    reason: str = ""
    evidence: tuple[str, ...] = ()
    likely: tuple[str, ...] = ()


def sender_of(reading: MailReading, placed: Sequence[Placed], directory: Directory, on: date) -> Sender:
    """The agency that the mail reports for, by its address and by everything that speaks against it."""
    address = reading.message.sender.address if reading.message.sender else ""
    issuers = _issuers(placed, directory, on)
    spoken = _spoken_for(reading, placed, directory, on)
    registered = directory.agencies_of(address) - {OFFICE}
    likely = _likely(registered, [*issuers, *spoken], directory, on)
    if not registered:
        return Sender(None, f"{address or 'the sender'} is registered for no agency", likely=likely)
    active = frozenset(code for code in registered if directory.agencies[code].active_on(on))
    if not active:
        ended = ", ".join(sorted(registered))
        return Sender(None, f"{address} belongs to {ended}, which is not active on {on}", likely=likely)
    confirmed = active.intersection(*(one.codes for one in issuers)) if issuers else active
    if len(confirmed) > 1:
        return Sender(None, f"{address} is shared by {', '.join(sorted(confirmed))}", likely=likely)
    is_there = {code: directory.agencies[code].active_on(on) for one in spoken for code in one.codes}
    if against := _contradiction(confirmed, issuers, spoken, is_there):
        return Sender(None, f"{address} belongs to {', '.join(sorted(active))}, but {against}", likely=likely)
    agency = next(iter(confirmed))
    evidence = [f"sender {address} is registered for {agency}"]
    evidence += dict.fromkeys(f'letterhead "{one.words}" names {agency}' for one in issuers)
    return Sender(agency, evidence=tuple(evidence), likely=likely)


def _issuers(placed: Iterable[Placed], directory: Directory, on: date) -> list[Mention]:
    """What each document's letterhead names; where there is none, what its symbol hints at or its first lines say."""
    found = []
    for one in placed:
        issuer = issuer_of(one.head, directory, on)
        hinted = directory.agency_names.of_symbol(one.head.symbol, on) - {OFFICE}
        if issuer is None and len(hinted) == 1:
            issuer = Mention(hinted, one.head.symbol)
        elif issuer and issuer.below and not _signs_for(issuer, one.head.symbol, hinted):
            issuer = Mention(frozenset(), f"{issuer.words}, {one.head.symbol}")
        found += [issuer] if issuer else _reporting_unit(one, directory, on)
        found += _speaking_in(one, directory, on) if one.role == "report" else []
    return found


def _speaking_in(placed: Placed, directory: Directory, on: date) -> Iterator[Mention]:
    """Whom a report says that it is of, below its head: "UBND huyện X báo cáo … như sau", "CHỦ TỊCH UBND HUYỆN X"."""
    names, text = directory.agency_names, unicodedata.normalize("NFC", placed.document.text[:LONGEST_TEXT])
    folded = fold_letters(text)
    ends = [one.start() for one in _SAYS_ITSELF.finditer(folded)] + [one.end() for one in _HAS_DONE.finditer(folded)]
    said = [_SENTENCE_PART.split(text[:end])[-1] for end in ends]
    signed = (_BEHALF.sub("", line) for line in placed.head.signer if not _BY_ORDER.match(line))
    for words in (*said, *signed):
        yield from (one for one in names.mentioned(words, on) if one.by_rank and words.strip().endswith(one.words))


def issuer_of(head: Letterhead, directory: Directory, on: date) -> Mention | None:
    """The agency that a letterhead names: in capitals, or in small letters below the province's."""
    names = directory.agency_names
    below = names.issuer((*head.issuers, head.below_province), on) if head.below_province else None
    return below if below and below.codes else names.issuer(head.issuers, on)


def _signs_for(issuer: Mention, symbol: str, hinted: frozenset[str]) -> bool:
    """Whether a division issued a document in its agency's name: under its agency's symbol, or under none."""
    return not symbol or "ubnd" in re.split(r"\W", fold(symbol)) or bool(hinted & issuer.codes)


def _reporting_unit(placed: Placed, directory: Directory, on: date) -> list[Mention]:
    """What heads a table or a text without a head, or stands behind "Đơn vị báo cáo:" in its first lines."""
    lines = placed.document.text[:LONGEST_TEXT].splitlines()[:_UNIT_LINES]
    names = directory.agency_names
    units = [line[found.end() :] for line in lines if (found := _UNIT.match(fold_letters(line)))]
    headings = [names.issuer([line], on) for line in lines[:_HEADING_LINES] if line.isupper()]
    return [one for one in headings if one and one.codes] + [
        one for unit in units for one in names.mentioned(unit, on) if one.by_rank
    ]


def _spoken_for(reading: MailReading, placed: Sequence[Placed], directory: Directory, on: date) -> list[Mention]:
    """The agencies that the subject, the mail's first lines and the number of what it sends speak for.

    A mail that is the report itself has no letterhead, so its last lines and the sender's name speak too.
    """
    message, names = reading.message, directory.agency_names
    lines = [line for line in message.own_text.splitlines() if line.strip()]
    leading = lines[:_SPEAKING_LINES]
    if not placed:
        leading = [*lines[:_SPEAKING_LINES], *lines[-_SIGNING_LINES:], message.sender.name if message.sender else ""]
    found = names.mentioned(message.subject, on)
    found += [one for line in leading for one in names.mentioned(line, on) if one.leads]
    found += [] if placed else [one for line in lines[-_SIGNED_LINES:] for one in _signing(line, directory, on)]
    number = cited_number(message.own_text) or ""
    hinted = names.of_symbol(number.partition("/")[2], on)
    return found + ([Mention(hinted, number)] if len(hinted) == 1 else [])


def _signing(line: str, directory: Directory, on: date) -> list[Mention]:
    """Whom a last line stands for that says nothing else: "Trực ban huyện X", "Văn phòng - Sở Y"."""
    is_item = line.lstrip()[:1] in _ITEM_MARKS or line.lstrip()[:1].isdigit() or len(line) > _LONGEST_SIGNATURE
    found = [] if is_item else directory.agency_names.mentioned(line, on)
    return [one for one in found if one.by_rank and line.rstrip().endswith(one.words)]


def _contradiction(
    confirmed: frozenset[str], issuers: Sequence[Mention], spoken: Sequence[Mention], is_there: Mapping[str, bool]
) -> str:
    """What is said against those confirmed; a bare name may be a place, unless it leads and is that of one of today."""
    if not confirmed:
        names = "; ".join(dict.fromkeys(f'"{one.words}"{_codes(one)}' for one in issuers))
        return f"the document is issued by {names}"
    bare_names_count = not issuers
    for one in spoken:
        is_named = one.by_rank or (one.leads and any(map(is_there.get, one.codes))) or bare_names_count
        if is_named and not one.codes & confirmed:
            return f'the mail speaks for "{one.words}"{_codes(one)}'
    return ""


def _codes(mention: Mention) -> str:
    return f" ({', '.join(sorted(mention.codes))})" if mention.codes else ", which is in no registry"


def _likely(registered: frozenset[str], mentions: Sequence[Mention], directory: Directory, on: date) -> tuple[str, ...]:
    """Agencies to suggest: what the texts name, then whom the address belongs to; those of the day first."""
    named = [code for one in mentions for code in sorted(one.codes)] + sorted(registered)
    unique = [code for code in dict.fromkeys(named) if code != OFFICE]
    return tuple(sorted(unique, key=lambda code: not directory.agencies[code].active_on(on)))
