"""Which obligation one document answers, proven by its own title, and held against all else that the mail says.

A title that leaves something open is settled by what the mail says, if the document's text does not say otherwise.
"""

from collections.abc import Sequence

from intake.rules.language.period_keys import meaning
from intake.rules.language.period_patterns import RUNNING_TOTAL, PeriodMention
from intake.rules.language.period_text import period_mentions
from intake.rules.matching.case import Case, Proof, only_owed
from intake.rules.matching.objections import objections
from intake.rules.matching.placing import Placed, sends
from intake.rules.matching.stated import key_stated, mentions_stated, said_of_itself
from intake.rules.names.naming import LONGEST_TEXT, Named, Obligation, name_in, periods_in
from intake.rules.papers.forms import is_blank_form


def prove(case: Case, placed: Placed) -> Proof:
    """What a report with a head of its own answers."""
    if sends(placed.head):
        return Proof(
            None, f'{placed.named_as()} is a letter that sends a report ("{placed.title.text}"), not the report'
        )
    found = _by_title(case, placed)
    if found.obligation is None:
        return found
    against = next(objections(case, placed, found.obligation), "")
    return Proof(None, against) if against else found


def _by_title(case: Case, placed: Placed) -> Proof:
    title = placed.title
    if placed.head.is_draft:
        return Proof(None, f'{placed.named_as()} calls itself a draft ("dự thảo")')
    if is_blank_form(placed.document.text[:LONGEST_TEXT]):
        return Proof(None, f"{placed.named_as()} is a form that nobody filled in")
    strange = case.unexplained(title.text, title.codes | _listed_beside(case, title))
    if not title.codes and strange and not _is_nearly_named(case, placed):
        return Proof(None, f'no registered report type is named by the title "{title.text}" of {placed.named_as()}')
    if general := case.general(title):
        said = f'the title "{title.text}" names {general[1]}'
        return Proof(general, evidence=(f"{said}, for which {case.agency} owes only {general[0]}",))
    is_open = not title.codes or not (case.meant_by(title) or title.doubtful)
    found = (_by_stated(case, placed) or _by_mail(case, placed)) if is_open else only_owed(case, title, "title")
    if found.obligation and title.codes and strange and not _is_vouched_for(case, title, found.obligation):
        words = ", ".join(f'"{word}"' for word in strange[:3])
        reason = f'the title "{title.text}" says more than the name of {found.obligation[0]} does: {words}'
        return Proof(None, reason)
    return found


def _listed_beside(case: Case, title: Named) -> frozenset[str]:
    """Types in one list with the title's own that have no such period, so that no other report can be meant.

    "Quản lý, bảo vệ rừng và phòng cháy, chữa cháy rừng tháng 3" is no week's report on fires.
    """
    namings = case.directory.titles.named(title.text)
    own = [one for one in namings if one.codes & title.codes]
    places = {one.last for one in own}, {one.first for one in own}
    listed = [one for one in namings if one.first in places[0] or one.last in places[1]]
    return frozenset(code for one in listed for code in one.codes)


def _is_nearly_named(case: Case, placed: Placed) -> bool:
    """By all words of a name, or by the first parts of the name that subject and file name say."""
    said = case.claims.subject.only
    if case.directory.titles.nearly_named(placed.title.text):
        return True
    return (
        bool(said) and said in placed.name.obligations and case.directory.titles.begun(placed.title.text) == {said[0]}
    )


def _is_vouched_for(case: Case, title: Named, obligation: Obligation) -> bool:
    """Whether the subject names the same obligation and nothing else, and the title only adds another matter to it."""
    subject = case.claims.subject
    clean = subject.only == obligation and not case.unexplained(subject.text, subject.codes)
    return clean and case.directory.titles.only_adds(title.text, obligation[0])


def _by_stated(case: Case, placed: Placed) -> Proof | None:
    """For a title without a period: the one that the document states below it, if that tells which report it is."""
    if any(one.unit != RUNNING_TOTAL and not one.dates for one in placed.title.mentions):
        return None
    stated, of_itself = mentions_stated(placed.document.text), _mentions_of_itself(case, placed)
    owed = _owed_for(case, placed, stated or of_itself)
    if len(owed) != 1 or not (stated or _is_of_these_days(case, owed[0])):
        return None
    return Proof(owed[0], evidence=(f"{placed.named_as()} states that it is {owed[0][0]} for {owed[0][1]}",))


def _owed_for(case: Case, placed: Placed, mentions: Sequence[PeriodMention]) -> list[Obligation]:
    types = case.directory.report_types
    keys = [(code, key_stated(mentions, types[code], case.on)) for code in sorted(placed.title.codes)]
    return [(code, key) for code, key in keys if key and case.owes((code, key))]


def _is_of_these_days(case: Case, obligation: Obligation) -> bool:
    """Whether a period is under way or has just ended: the first sentence of a form may be left over from the last."""
    period = case.period(obligation)
    return period is not None and case.on <= period.end + (period.end - period.start) / 2


def _mentions_of_itself(case: Case, placed: Placed) -> list[PeriodMention]:
    """The periods in the sentence by which a report says what it reports on, if that is what its title names."""
    said = [
        name_in(words, case.directory.titles, case.directory.report_types, case.on)
        for words in said_of_itself(placed.document.text)
    ]
    return [one for named in said if named.codes & placed.title.codes for one in named.mentions if not one.planned]


def _by_mail(case: Case, placed: Placed) -> Proof:
    """For a title that leaves open the type or the period: what the mail or the file name says, if the text agrees."""
    said_of_it = case.claims.obligations() or frozenset(placed.name.obligations)
    claimed = [one for one in said_of_it if case.owes(one)]
    fitting = [one for one in claimed if not placed.title.codes or one[0] in placed.title.codes]
    said = f'the title "{placed.title.text}" of {placed.named_as()}'
    if other := _other_period(case, placed, fitting):
        return Proof(None, f'{said} names "{other}", which is not the period that the mail names')
    if len(fitting) != 1 or len(claimed) != 1:
        return Proof(None, f"{said} leaves open which report and period it is, and the mail does not settle it")
    code, key = fitting[0]
    if not _text_agrees(case, placed, fitting[0]):
        return Proof(None, f"{said} leaves open which report and period it is, and its text does not say {code} {key}")
    return Proof(fitting[0], evidence=(f"the mail says {code} for {key}, and the document does not say otherwise",))


def _other_period(case: Case, placed: Placed, claimed: Sequence[Obligation]) -> str:
    """What a title names as its time that is not the period of what the mail says it is."""
    for code, key in claimed:
        frequency = case.frequency((code, key))
        found = periods_in(placed.title.mentions, frequency, case.on) if frequency not in ("once", "ad_hoc") else None
        if found and found.certain != key:
            return (found.keys + found.doubtful)[0]
    return ""


def _text_agrees(case: Case, placed: Placed, obligation: Obligation) -> bool:
    """Whether the document's opening names the type, where its title does not, and no other period."""
    code, key = obligation
    opening = placed.document.text[:LONGEST_TEXT]
    named = placed.title.codes | placed.name.codes | case.directory.titles.nearly_named(placed.title.text)
    types = named or {one for naming in case.directory.titles.named(opening) for one in naming.codes}
    keys = meaning(period_mentions(opening), case.frequency(obligation), case.on).keys
    if code in types and (named or types <= case.directory.titles.relatives(code)):
        return not keys or key in keys
    return not named and _is_the_only_one(case, placed, obligation)


def _is_the_only_one(case: Case, placed: Placed, obligation: Obligation) -> bool:
    """Whether the title says no more than the period, and the agency owes only this report for such a period."""
    code, key = obligation
    frequency = case.frequency(obligation)
    if meaning(placed.title.mentions, frequency, case.on).certain != key or case.unexplained(placed.title.text, ()):
        return False
    alike = [one.code for one in case.directory.report_types.values() if one.frequency == frequency]
    return [one for one in alike if case.owes((one, key))] == [code]
