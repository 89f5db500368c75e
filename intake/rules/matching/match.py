"""The obligations that a mail answers: agency, report type and period, each with its evidence, or why not.

Nothing is guessed. The address has to be registered, the document has to say what it is, and nothing in the mail may
say otherwise; else a person decides, with suggestions. An earlier notice that the mail answers is a hint, no proof.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from intake.rules.matching.annexes import owner_of, tables_beside, why_not_annexes
from intake.rules.matching.body_report import prove_beside, prove_body, why_beside
from intake.rules.matching.case import Case, Proof
from intake.rules.matching.claims import Claims, claims_of
from intake.rules.matching.intent import is_forward, why_no_report
from intake.rules.matching.placing import Placed, place_all, reports_among
from intake.rules.matching.proving import prove
from intake.rules.matching.quiet import prove_quiet, prove_tables
from intake.rules.matching.sender import sender_of
from intake.rules.matching.suggesting import suggestions_for
from intake.rules.names.directory import Directory
from intake.rules.names.naming import LONGEST_TEXT, Obligation
from intake.rules.papers.document_numbers import cited_number
from intake.rules.reading import MailReading
from intake.rules.verdicts import Booking, Match

_LONGEST_OWN_TEXT = 50_000
# Soft hyphens and zero-width characters: "tháng 1<U+200B>0" is shown as, and means, "tháng 10".
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")


@dataclass(frozen=True, slots=True)
class Reply:
    """What our earlier notices that a mail answers were about: an agency, and obligations as (report type, period)."""

    agency: str
    obligations: tuple[Obligation, ...] = ()


@dataclass(frozen=True, slots=True)
class _Booked:
    """What could be booked of a mail, or why nothing could."""

    bookings: tuple[Booking, ...] = ()
    reason: str = ""


def match(
    reading: MailReading, directory: Directory, received_at: datetime, zone: ZoneInfo, replies: Sequence[Reply]
) -> Match:
    """What the mail answers. `received_at` is aware; `replies` are what it names by Message-ID or reference code."""
    reading = _clipped(reading)
    on = received_at.astimezone(zone).date()
    placed = place_all(reading, directory, on)
    claims = claims_of(reading, directory, on)
    sender = sender_of(reading, placed, directory, on)
    told = _told(replies, sender.agency, directory)
    reason = why_no_report(reading, bool(placed)) or sender.reason
    if sender.agency is None or reason:
        booked = _Booked(reason=reason)
    else:
        booked = _book(_case(directory, sender.agency, on, claims, told), reading, placed)
    if booked.bookings:
        return Match(sender.agency, booked.bookings, evidence=sender.evidence)
    suggestions = suggestions_for(directory, on, sender.likely, placed, claims, told)
    return Match(sender.agency, reason=booked.reason, evidence=sender.evidence, suggestions=suggestions)


def _case(directory: Directory, agency: str, on: date, claims: Claims, told: tuple[Obligation, ...]) -> Case:
    """ "BC tháng 9" names a report called "báo cáo tháng" only to whom owes one; else it says how often."""
    case = Case(directory, agency, on, claims, told)
    return replace(case, claims=claims.without([one for one in directory.titles.general if not case.owes_type(one)]))


def _told(replies: Sequence[Reply], agency: str | None, directory: Directory) -> tuple[Obligation, ...]:
    """The obligations of those notices that went to the sender's own agency; a code that is gone says nothing."""
    return tuple(
        one
        for reply in replies
        if reply.agency == agency
        for one in reply.obligations
        if directory.knows(reply.agency, one[0])
    )


def _clipped(reading: MailReading) -> MailReading:
    """The mail's own words as a person sees them, and as many as anyone writes: more could only cost time."""
    message = reading.message
    subject = _UNSEEN.sub("", message.subject[:LONGEST_TEXT])
    own_text = _UNSEEN.sub("", message.own_text[:_LONGEST_OWN_TEXT])
    return replace(reading, message=replace(message, subject=subject, own_text=own_text))


def _book(case: Case, reading: MailReading, placed: Sequence[Placed]) -> _Booked:
    reports = reports_among(placed)
    if reports := [*reports, *tables_beside(case, placed, reports)]:
        return _book_reports(case, reading, reports, [one for one in placed if one not in reports])
    if placed:
        return _book_quiet(case, reading, placed)
    return _booked(case, prove_body(case, reading), (), None)


def _book_reports(case: Case, reading: MailReading, reports: Sequence[Placed], rest: Sequence[Placed]) -> _Booked:
    """Each report for its obligation, two files of one report together; all of them, or none."""
    if len(reports) > 1:
        case = replace(case, beside=frozenset(code for one in reports for code in one.title.codes))
    proofs = [prove(case, one) for one in reports]
    if refused := next((one for one in proofs if one.obligation is None), None):
        return _Booked(reason=refused.reason)
    groups: dict[Obligation, list[Placed]] = {}
    for proof, report in zip(proofs, reports, strict=True):
        assert proof.obligation
        groups.setdefault(proof.obligation, []).append(report)
    reason = _one_number_twice(groups) or _left_out(case, groups) or _fewer_than_said(case, [*reports, *rest])
    if reason := reason or why_not_annexes(case, groups, rest):
        return _Booked(reason=reason)
    owners = [(one, owner_of(case, one, groups)) for one in rest]
    bookings: tuple[Booking, ...] = ()
    for obligation, group in groups.items():
        own = sorted(one.index for one in [*group, *(annex for annex, owner in owners if owner == obligation)])
        proof = next(one for one in proofs if one.obligation == obligation)
        number = _number(group, reading if len(groups) == 1 else None)
        bookings += _booked(case, proof, tuple(own), number).bookings
    beside = prove_beside(case, reading, groups)
    if not beside and (reason := why_beside(case, reading, groups)):
        return _Booked(reason=reason)
    return _Booked(bookings + (_booked(case, beside, (), None).bookings if beside else ()))


def _one_number_twice(groups: Mapping[Obligation, Sequence[Placed]]) -> str:
    """An agency gives a number once a year: two reports that share one are two versions, and one is wrong."""
    numbers = [number for group in groups.values() for number in {one.head.number for one in group} if number]
    twice = next((number for number in numbers if numbers.count(number) > 1), "")
    return f"two different reports bear the number {twice}" if twice else ""


def _left_out(case: Case, groups: Mapping[Obligation, Sequence[Placed]]) -> str:
    """A subject that names two periods of a report, of which one is found, leaves a report out or within another."""
    codes = {code for code, _ in groups}
    named = [one for one in case.claims.subject.obligations if one[0] in codes and one not in groups]
    left = next((one for one in named if case.owes(one)), None)
    return f"the subject names {left[0]} for {left[1]} too, and no document is it" if left else ""


def _fewer_than_said(case: Case, papers: Sequence[Placed]) -> str:
    """Two reports within one file, or one that was forgotten, are not to be lost behind the first one."""
    if len(papers) >= case.claims.count:
        return ""
    return f"the mail says that it brings {case.claims.count} reports, and fewer documents came with it"


def _book_quiet(case: Case, reading: MailReading, placed: Sequence[Placed]) -> _Booked:
    others = [one for one in placed if one.role == "other"]
    if others:
        return _Booked(reason=f'{others[0].named_as()} is no report ("{others[0].head.kind}")')
    quiet = [one for one in placed if one.role == "quiet" or one.is_table]
    if not quiet:
        return _Booked(reason="the mail carries annexes and no report")
    forwarded = {one.attachment for one in reading.documents if one.kind == "message"}
    passed_on = [one for one in quiet if one.document.attachment in forwarded or is_forward(reading.message.subject)]
    if passed_on:
        reason = f"{passed_on[0].named_as()} does not say whose it is, and came to the sender by another's mail"
        return _Booked(reason=reason)
    if proofs := prove_tables(case, placed):
        return _book_each(case, placed, proofs)
    number = cited_number(reading.message.own_text)
    return _booked(case, prove_quiet(case, quiet), tuple(one.index for one in placed), number)


def _book_each(case: Case, tables: Sequence[Placed], proofs: Sequence[Proof]) -> _Booked:
    """Several tables, each for its own obligation: all of them, or none."""
    booked = [_booked(case, proof, (one.index,), None) for one, proof in zip(tables, proofs, strict=True)]
    refused = next((one for one in booked if not one.bookings), None)
    return refused or _Booked(tuple(booking for one in booked for booking in one.bookings))


def _booked(case: Case, proof: Proof, documents: tuple[int, ...], number: str | None) -> _Booked:
    if proof.obligation is None:
        return _Booked(reason=proof.reason)
    code, period = proof.obligation
    return _Booked((Booking(case.agency, code, period, documents, number, proof.evidence),))


def _number(group: Sequence[Placed], alone: MailReading | None) -> str | None:
    """The number in the report's head. Where its head has no place for one, what the mail says of its only report."""
    numbers = {one.head.number for one in group if one.head.number}
    if numbers or alone is None or any(one.head.is_blank for one in group):
        return numbers.pop() if len(numbers) == 1 else None
    return cited_number(alone.message.own_text)
