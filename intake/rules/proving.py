"""Which obligation one document answers, proven by its own title, and held against all else that the mail says.

A proof has an obligation with its evidence, or the reason why there is none, in words that a person can act on.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from intake.errors import ConfigError
from intake.model import ReportType
from intake.rules.claims import Claims
from intake.rules.directory import Directory
from intake.rules.naming import LONGEST_TEXT, Named, Obligation, periods_in
from intake.rules.period_keys import meaning
from intake.rules.period_text import period_mentions
from intake.rules.periods import parse_period
from intake.rules.placing import Placed

_HEAD_LENGTH = 800
# A document may be dated this long before it is mailed; beyond, its date or its file is wrong.
_LONGEST_DELAY = 200


@dataclass(frozen=True, slots=True)
class Proof:
    """The obligation that a document answers and the evidence; or None and the reason."""

    obligation: Obligation | None
    reason: str = ""
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """One mail from one agency on one day. `told` are the obligations of the notices that it answers."""

    directory: Directory
    agency: str
    on: date
    claims: Claims
    told: tuple[Obligation, ...] = ()

    def owes(self, obligation: Obligation) -> bool:
        report_type = self.directory.report_types[obligation[0]]
        day = self.on if report_type.frequency == "ad_hoc" else _last_day(report_type, obligation[1])
        return day is not None and self.directory.owes(self.directory.agencies[self.agency], report_type, day)

    def unexplained(self, text: str, codes: Iterable[str]) -> list[str]:
        known = self.directory.agency_names.words_for(self.agency)
        return self.directory.titles.unexplained(text, codes, known)

    def meant_by(self, named: Named) -> tuple[Obligation, ...]:
        """What a text means; where it gives no period, what the notices that the mail answers said of its types."""
        if named.obligations or named.doubtful:
            return named.obligations
        return tuple(one for one in self.told if one[0] in named.codes)

    def frequency(self, obligation: Obligation) -> str:
        return self.directory.report_types[obligation[0]].frequency


def _last_day(report_type: ReportType, key: str) -> date | None:
    """A period's closing date; None if an earlier notice spoke of a period that the type no longer has."""
    try:
        return parse_period(report_type, key).end
    except ConfigError:
        return None


def prove(case: Case, placed: Placed) -> Proof:
    """What a report with a head of its own answers."""
    found = _by_title(case, placed)
    if found.obligation is None:
        return found
    against = next(_objections(case, placed, found.obligation), "")
    return Proof(None, against) if against else found


def only_owed(case: Case, named: Named, said: str) -> Proof:
    """The one obligation that a text means and the agency owes. `said` tells the person which text it was."""
    if named.doubtful:
        return Proof(None, f'{said} names the period "{named.doubtful[0]}", which cannot be right on {case.on}')
    meant = case.meant_by(named)
    owed = _explaining(case, named, [one for one in meant if case.owes(one)])
    if not owed:
        return Proof(None, _why_not_owed(case, named, meant, said))
    relatives = case.directory.titles.relatives(owed[0][0])
    others = [one for one in meant if one[0] not in relatives and case.unexplained(named.text, [owed[0][0]])]
    if len(owed) > 1 or others:
        several = ", ".join(f"{code} {key}" for code, key in dict.fromkeys([*owed, *others]))
        return Proof(None, f"{said} may mean any of {several}")
    return Proof(owed[0], evidence=(f'{said} "{named.text}" names {owed[0][0]} for {owed[0][1]}',))


def _explaining(case: Case, named: Named, owed: list[Obligation]) -> list[Obligation]:
    """Of several types those that explain every word: "tiếp công dân, giải quyết khiếu nại" is more than the first."""
    whole = [one for one in owed if not case.unexplained(named.text, [one[0]])]
    return whole if len({code for code, _ in owed}) > 1 and whole else owed


def _why_not_owed(case: Case, named: Named, meant: Iterable[Obligation], said: str) -> str:
    named_ones = ", ".join(f"{code} {key}" for code, key in meant)
    if named_ones:
        return f'{case.agency} does not owe what {said} "{named.text}" names: {named_ones}'
    return f'{said} "{named.text}" names {", ".join(sorted(named.codes))} and no period of it'


def _by_title(case: Case, placed: Placed) -> Proof:
    title = placed.title
    strange = case.unexplained(title.text, title.codes)
    if not title.codes and strange:
        return Proof(None, f'no registered report type is named by the title "{title.text}" of {placed.named_as()}')
    if not title.codes or not (case.meant_by(title) or title.doubtful):
        return _by_mail(case, placed)
    found = only_owed(case, title, "title")
    if placed.head.is_draft:
        return Proof(None, f'{placed.named_as()} calls itself a draft ("dự thảo")')
    if found.obligation and strange and not _is_vouched_for(case, title, found.obligation):
        words = ", ".join(f'"{word}"' for word in strange[:3])
        reason = f'the title "{title.text}" says more than the name of {found.obligation[0]} does: {words}'
        return Proof(None, reason)
    return found


def _is_vouched_for(case: Case, title: Named, obligation: Obligation) -> bool:
    """Whether the subject names the same obligation and nothing else, and the title only adds another matter to it."""
    subject = case.claims.subject
    clean = subject.only == obligation and not case.unexplained(subject.text, subject.codes)
    return clean and case.directory.titles.only_adds(title.text, obligation[0])


def _by_mail(case: Case, placed: Placed) -> Proof:
    """For a title that leaves open the type or the period: what the mail or the file name says, if the text agrees."""
    said_of_it = case.claims.obligations() or frozenset(placed.name.obligations)
    claimed = [one for one in said_of_it if case.owes(one)]
    fitting = [one for one in claimed if not placed.title.codes or one[0] in placed.title.codes]
    said = f'the title "{placed.title.text}" of {placed.named_as()}'
    if len(fitting) != 1 or len(claimed) != 1:
        return Proof(None, f"{said} leaves open which report and period it is, and the mail does not settle it")
    code, key = fitting[0]
    if not _text_agrees(case, placed, fitting[0]):
        return Proof(None, f"{said} leaves open which report and period it is, and its text does not say {code} {key}")
    return Proof(fitting[0], evidence=(f"the mail says {code} for {key}, and the document does not say otherwise",))


def _text_agrees(case: Case, placed: Placed, obligation: Obligation) -> bool:
    """Whether the document's opening names the type, where its title does not, and no other period."""
    code, key = obligation
    opening = placed.document.text[:LONGEST_TEXT]
    named = placed.title.codes | placed.name.codes
    types = named or {one for naming in case.directory.titles.named(opening) for one in naming.codes}
    keys = meaning(period_mentions(opening), case.frequency(obligation), case.on).keys
    return code in types and (not keys or key in keys)


def _objections(case: Case, placed: Placed, obligation: Obligation) -> Iterator[str]:
    """What in the mail or in the document itself speaks against an obligation."""
    yield from case.claims.against(obligation, case.frequency(obligation), case.on)
    yield from _against_date(case, placed, obligation)
    yield from _against_week(case, placed, obligation)
    yield from _against_name(case, placed, obligation)


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
    elif stated and obligation[1] not in then:
        yield f"{placed.named_as()} is dated {issued_on}, which does not fit {obligation[0]} for {obligation[1]}"


def _against_week(case: Case, placed: Placed, obligation: Obligation) -> Iterator[str]:
    """The days that a weekly report names at its beginning have to be those of its week."""
    if case.frequency(obligation) == "weekly":
        dated = [one for one in period_mentions(placed.document.text[:_HEAD_LENGTH]) if one.dates]
        found = meaning(dated, "weekly", case.on)
        if (found.keys or found.doubtful) and obligation[1] not in found.keys:
            yield f'the days "{dated[0].words}" in {placed.named_as()} are not those of {obligation[1]}'


def _against_name(case: Case, placed: Placed, obligation: Obligation) -> Iterator[str]:
    """File names are often left over from the last report: they count only where the mail does not say otherwise."""
    (code, key), name, frequency = obligation, placed.name, case.frequency(obligation)
    if name.codes and code not in name.codes and obligation not in case.claims.obligations():
        yield f'the file name "{placed.document.name}" names {", ".join(sorted(name.codes))}, its title {code}'
    found = periods_in(name.mentions, frequency, case.on)
    if found and key not in found.keys and not case.claims.say(key, frequency, case.on):
        yield f'the file name "{placed.document.name}" and the title do not name the same period'
