"""One mail's case as the rules of matching share it, and a proof: the obligation that something answers, or why none.

Here it is decided what a text means to one agency: of all that it names, the one obligation that the agency owes.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from intake.errors import ConfigError
from intake.rules.deadlines.periods import Period, parse_period
from intake.rules.language.period_keys import meaning
from intake.rules.language.text import fold
from intake.rules.matching.claims import Claims
from intake.rules.names.directory import Directory
from intake.rules.names.naming import Named, Obligation


@dataclass(frozen=True, slots=True)
class Proof:
    """The obligation that a document answers and the evidence; or None and the reason."""

    obligation: Obligation | None
    reason: str = ""
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """One mail from one agency on one day. `told` are the obligations of the notices that it answers.

    `beside` are the types that the titles of its reports name, where it brings several.
    """

    directory: Directory
    agency: str
    on: date
    claims: Claims
    told: tuple[Obligation, ...] = ()
    beside: frozenset[str] = frozenset()

    def owes(self, obligation: Obligation) -> bool:
        report_type = self.directory.report_types[obligation[0]]
        period = self.period(obligation)
        day = self.on if report_type.frequency == "ad_hoc" else period.end if period else None
        return day is not None and self.directory.owes(self.directory.agencies[self.agency], report_type, day)

    def period(self, obligation: Obligation) -> Period | None:
        """What the key names; None if an earlier notice spoke of a period that the type no longer has."""
        try:
            return parse_period(self.directory.report_types[obligation[0]], obligation[1])
        except ConfigError:
            return None

    def owes_type(self, code: str) -> bool:
        """Whether the agency owes this type at all that day."""
        return self.directory.owes(self.directory.agencies[self.agency], self.directory.report_types[code], self.on)

    def against(self, obligation: Obligation) -> Iterator[str]:
        """What the mail itself says that does not agree with an obligation, in words."""
        return self.claims.against(obligation, self.frequency(obligation), self.on, self.beside)

    def unexplained(self, text: str, codes: Iterable[str]) -> list[str]:
        own_names = (*self.directory.agency_names.phrases_for(self.agency), (fold(self.agency),))
        return self.directory.titles.unexplained(text, codes, own_names)

    def meant_by(self, named: Named) -> tuple[Obligation, ...]:
        """What a text means; where it gives no period, what the notices that the mail answers said of its types."""
        if named.obligations or named.doubtful:
            return named.obligations
        return tuple(one for one in self.told if one[0] in named.codes)

    def general(self, named: Named) -> Obligation | None:
        """For "Kết quả công tác tuần 42": the agency's only report for that period that is called "báo cáo tuần".

        Others have a matter of their own, which a title of theirs says.
        """
        titles, types = self.directory.titles, self.directory.report_types
        if named.codes or self.unexplained(named.text, ()):
            return None
        keys = [(code, meaning(named.mentions, types[code].frequency, self.on).certain) for code in titles.general]
        owed = [(code, key) for code, key in keys if key and self.owes((code, key))]
        return owed[0] if len(owed) == 1 else None

    def frequency(self, obligation: Obligation) -> str:
        return self.directory.report_types[obligation[0]].frequency


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
    """Of several types those that explain every word: "tiếp công dân, giải quyết khiếu nại" is more than the first.

    What stands behind a semicolon counts, too: it may be another report within the same document.
    """
    whole = [one for one in owed if not case.unexplained(named.text.replace(";", ","), [one[0]])]
    return whole if len({code for code, _ in owed}) > 1 and whole else owed


def _why_not_owed(case: Case, named: Named, meant: Iterable[Obligation], said: str) -> str:
    named_ones = ", ".join(f"{code} {key}" for code, key in meant)
    if named_ones:
        return f'{case.agency} does not owe what {said} "{named.text}" names: {named_ones}'
    return f'{said} "{named.text}" names {", ".join(sorted(named.codes))} and no period of it'
