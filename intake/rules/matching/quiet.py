"""Mails whose documents do not say what they are: tables and texts without a head.

Such a mail is booked only where its subject and a first line, or a table's name, name the same type and period.
A scan that nobody can read says nothing, whatever it is called: a person looks at it.
"""

import re
from collections.abc import Sequence
from itertools import takewhile

from intake.rules.language.period_keys import meaning
from intake.rules.language.period_text import period_mentions
from intake.rules.language.text import fold
from intake.rules.matching.case import Case, Proof, only_owed
from intake.rules.matching.placing import Placed
from intake.rules.matching.stated import mentions_stated, stated_in
from intake.rules.names.naming import LONGEST_TEXT, Named, Obligation, name_in, periods_in

_HEADING_LINES = 6
_ANOTHER_TOPIC = 2
_FORMAL = re.compile(r"\W*(?:cong hoa xa hoi|doc lap|don vi tinh|dvt|so\b)")
_PAPERS = frozenset({"pdf", "signed_pdf", "docx", "document"})


def prove_quiet(case: Case, quiet: Sequence[Placed]) -> Proof:
    """The one obligation that the subject names and these documents bear out."""
    subject = case.claims.subject
    if unread := [one for one in quiet if not one.document.text.strip()]:
        return Proof(None, f"nothing can be read in {_listed(unread)}, and what a mail says of it is no proof")
    if not subject.codes:
        return Proof(None, f"no title can be read in {_listed(quiet)}, and the subject names no report type")
    if strange := case.unexplained(subject.text, subject.codes):
        return Proof(None, f'no title can be read in {_listed(quiet)}, and the subject says more: "{strange[0]}"')
    heading = None if subject.obligations or subject.doubtful else _heading(case, quiet)
    found = only_owed(case, heading or subject, "heading" if heading else "subject")
    return _borne_out(case, quiet, found) if found.obligation else found


def prove_tables(case: Case, quiet: Sequence[Placed]) -> list[Proof]:
    """Each of several tables by its own heading, where the subject names just these; none where they differ."""
    subject = case.claims.subject
    headings = [heading_of(case, one) for one in quiet if one.is_table]
    named = [one.only for one in headings if one]
    is_whole = len(named) == len(quiet) > 1 and set(named) == set(subject.obligations) and not subject.doubtful
    if not is_whole or len(subject.obligations) != len(quiet) or case.unexplained(subject.text, subject.codes):
        return []
    proofs = [only_owed(case, one, "heading") for one in headings if one]
    pairs = zip(quiet, proofs, strict=True)
    return [_borne_out(case, [table], proof) if proof.obligation else proof for table, proof in pairs]


def _borne_out(case: Case, quiet: Sequence[Placed], found: Proof) -> Proof:
    """What was found, if neither the mail nor any of the documents says otherwise and each of these confirms it."""
    assert found.obligation
    if against := next(case.against(found.obligation), ""):
        return Proof(None, against)
    if contrary := [
        one
        for one in quiet
        if contradicts(case, one, found.obligation) or _is_headed_with_no_such_period(case, one, found.obligation)
    ]:
        return Proof(None, f"{contrary[0].named_as()} names another type or period than the subject")
    confirming = [
        one
        for one in quiet
        if (_confirms(case, one, found.obligation) or _is_what_is_asked(case, one, found.obligation))
        and not (one.is_table and _is_headed_otherwise(case, one, found.obligation[0]))
    ]
    unsure = [one for one in quiet if one not in confirming and not one.is_table]
    if not confirming or unsure:
        return Proof(None, f"{_listed(unsure or quiet)} does not say what it is, and the subject alone is no proof")
    agreeing = f"{_listed(confirming)} bears out type and period"
    return Proof(found.obligation, evidence=(*found.evidence, agreeing))


def _heading(case: Case, quiet: Sequence[Placed]) -> Named | None:
    """What the heading of the only table names, for a subject that leaves the period to it."""
    headings = [named for one in quiet if one.is_table for named in [heading_of(case, one)] if named]
    return headings[0] if len(headings) == 1 else None


def heading_of(case: Case, table: Placed) -> Named | None:
    """What the lines above a table name, if they name one report for one period: a title, and the period on its own."""
    titles, known = case.directory.titles, case.directory.report_types
    named = [name_in(line, titles, known, case.on) for line in _lines_above(table)]
    title = next((one for one in named if one.codes and not case.unexplained(one.text, one.codes)), None)
    if title is None or any(one.codes and one.codes != title.codes for one in named):
        return None
    periods = [one.text for one in named if one.mentions and one is not title]
    if not any(one.mentions for one in named):
        periods = stated_in(table.document.text)
    whole = name_in(", ".join([title.text, *periods]), titles, known, case.on)
    return whole if whole.only else None


def _lines_above(table: Placed) -> list[str]:
    """The lines above the first row of several cells."""
    lines = [line.strip() for line in table.document.text[:LONGEST_TEXT].splitlines() if line.strip()][:_HEADING_LINES]
    return list(takewhile(lambda line: "\t" not in line, lines))


def _is_what_is_asked(case: Case, placed: Placed, obligation: Obligation) -> bool:
    """Whether the type asks for a table and for no paper, and this is one: then nothing else will say what it is."""
    names_another = meaning(placed.title.mentions, case.frequency(obligation), case.on).doubtful
    is_another = names_another or _strange(case, placed)
    return placed.is_table and asks_only_for_table(case, obligation) and not is_another


def asks_only_for_table(case: Case, obligation: Obligation) -> bool:
    """Whether a report of this type is a table, and no paper goes with it."""
    required = case.directory.report_types[obligation[0]].required
    asks_table = any(word == "table" or word.startswith("xlsx") for word in required)
    return asks_table and not _PAPERS.intersection(required)


def _is_headed_otherwise(case: Case, placed: Placed, code: str) -> bool:
    """Whether a line above the table speaks of another unit or topic than the sender's report of this type."""
    return any(
        len(case.unexplained(line, [code])) >= _ANOTHER_TOPIC
        for line in _lines_above(placed)
        if not _FORMAL.match(fold(line))
    )


def _is_headed_with_no_such_period(case: Case, placed: Placed, obligation: Obligation) -> bool:
    """Whether its first lines name a period that cannot be, as the form of last year does, or a month for a week."""
    frequency = case.frequency(obligation)
    named = meaning(placed.title.mentions, frequency, case.on)
    if named.doubtful and obligation[1] not in named.keys:
        return True
    headings = [line for line in _lines_above(placed) if placed.is_table and obligation[0] in _codes_in(case, line)]
    spans = [periods_in(period_mentions(line), frequency, case.on) for line in headings]
    return any(found and not found.keys for found in spans)


def _codes_in(case: Case, line: str) -> set[str]:
    return {code for naming in case.directory.titles.named(line) for code in naming.codes}


def contradicts(case: Case, placed: Placed, obligation: Obligation) -> bool:
    """Whether a document without head names another type, or another period of the same kind."""
    code, key = obligation
    for named in (placed.name, placed.title):
        rivals = [one for one in named.codes if case.owes_type(one)]
        if rivals and code not in named.codes:
            return True
        found = meaning(named.mentions, case.frequency(obligation), case.on).keys
        if found and key not in found:
            return True
    stated = meaning(mentions_stated(placed.document.text), case.frequency(obligation), case.on).keys
    return bool(stated) and key not in stated


def _confirms(case: Case, placed: Placed, obligation: Obligation) -> bool:
    """By its first lines, and a table by its name too: what is read of a page may be noise, and names are left over."""
    telling = (placed.name, placed.title) if placed.is_table else (placed.title,)
    return any(_names(case, named, obligation) for named in telling) and not _strange(case, placed)


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
