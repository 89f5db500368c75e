"""Mails whose documents do not say what they are: scans without text, tables and texts without a head.

Such a mail is booked only where its subject and a file name, or a first line, name the same type and the same period.
"""

from collections.abc import Sequence

from intake.rules.case import Case, Proof, only_owed
from intake.rules.naming import Named, Obligation, periods_in
from intake.rules.period_keys import meaning
from intake.rules.placing import Placed


def prove_quiet(case: Case, quiet: Sequence[Placed]) -> Proof:
    """The one obligation that the subject names and these documents bear out."""
    subject = case.claims.subject
    if not subject.codes:
        return Proof(None, f"no title can be read in {_listed(quiet)}, and the subject names no report type")
    found = only_owed(case, subject, "subject")
    if found.obligation is None:
        return found
    if strange := case.unexplained(subject.text, subject.codes):
        return Proof(None, f'no title can be read in {_listed(quiet)}, and the subject says more: "{strange[0]}"')
    if against := next(case.claims.against(found.obligation, case.frequency(found.obligation), case.on), ""):
        return Proof(None, against)
    if contrary := [one for one in quiet if contradicts(case, one, found.obligation)]:
        return Proof(None, f"{contrary[0].named_as()} names another type or period than the subject")
    confirming = [one for one in quiet if _confirms(case, one, found.obligation)]
    unsure = [one for one in quiet if one not in confirming and not one.is_table]
    if not confirming or unsure:
        return Proof(None, f"what {_listed(unsure or quiet)} holds cannot be read, and the subject alone is no proof")
    agreeing = f"{_listed(confirming)} names the same type and period by its name or its first lines"
    return Proof(found.obligation, evidence=(*found.evidence, agreeing))


def contradicts(case: Case, placed: Placed, obligation: Obligation) -> bool:
    """Whether a document without head names another type, or another period of the same kind."""
    code, key = obligation
    for named in (placed.name, placed.title):
        if named.codes and code not in named.codes:
            return True
        found = meaning(named.mentions, case.frequency(obligation), case.on).keys
        if found and key not in found:
            return True
    return False


def _confirms(case: Case, placed: Placed, obligation: Obligation) -> bool:
    return any(_names(case, named, obligation) for named in (placed.name, placed.title)) and not _strange(case, placed)


def _names(case: Case, named: Named, obligation: Obligation) -> bool:
    code, key = obligation
    if code not in named.codes:
        return False
    if case.frequency(obligation) in ("once", "ad_hoc"):
        return True
    found = periods_in(named.mentions, case.frequency(obligation), case.on)
    return found is not None and found.certain == key


def _strange(case: Case, placed: Placed) -> bool:
    """Whether a file name that names the type says more, as "bổ sung phụ lục" of another matter would."""
    return bool(placed.name.codes) and bool(case.unexplained(placed.name.text, placed.name.codes))


def _listed(placed: Sequence[Placed]) -> str:
    return ", ".join(f'"{one.document.name}"' for one in placed)
