"""Which report the other documents of a mail belong to: annexes, tables, scans of the same, covering letters.

With one report they all belong to it, unless one of them may be a report of its own: then a person looks.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

from intake.rules.language.text import fold
from intake.rules.matching.case import Case
from intake.rules.matching.placing import Placed, spoken_name
from intake.rules.matching.quiet import asks_only_for_table, contradicts
from intake.rules.names.naming import Obligation

_LONGEST_NOTE = 500
_ALONG = ("ke hoach", "chuong trinh", "lich cong tac", "bien ban", "phuong an")
# As scanners, phones and signing tools name what they make.
_MACHINE_WORDS = frozenset(
    (
        "img",
        "image",
        "doc",
        "document",
        "photo",
        "zalo",
        "screenshot",
        "ban",
        "dau",
        "do",
        "ky",
        "da",
        "signed",
        "so",
        "copy",
    )
)
_ENCLOSED = re.compile(r"\bkem\b|\bphu luc\b")
_LETTERS = re.compile(r"[^\W\d_]+")
_FIGURES = re.compile(r"\d+")


def why_not_annexes(case: Case, reports: Mapping[Obligation, Sequence[Placed]], rest: Iterable[Placed]) -> str:
    """Why one of the remaining documents may be more than an annex; "" if none may."""
    for one in rest:
        if not _belongs(one, reports):
            kind = f' ({one.head.kind}: "{one.title.text}")' if one.head.kind else ""
            return f"it is not clear what {one.named_as()}{kind} is"
        if all(contradicts(case, one, obligation) for obligation in reports):
            return f"{one.named_as()} names another type or period than the report"
    return ""


def tables_beside(case: Case, placed: Sequence[Placed], reports: Sequence[Placed]) -> list[Placed]:
    """The tables with a head of their own that the subject calls a report beside the written ones, not their annex."""
    subject, codes = case.claims.subject, {code for one in reports for code in one.title.codes}
    if not reports or _ENCLOSED.search(fold(subject.text)):
        return []
    tables = [one for one in placed if one.is_table and one.role == "report" and not one.title.codes & codes]
    return [
        one for one in tables if one.title.only in subject.obligations and asks_only_for_table(case, one.title.only)
    ]


def owner_of(case: Case, annex: Placed, reports: Mapping[Obligation, Sequence[Placed]]) -> Obligation | None:
    """The report that an annex belongs to; None where several are there and nothing tells which.

    A plan that goes along is no part of a report: its signature is not the report's.
    """
    if _goes_along(annex):
        return None
    fitting = [one for one in reports if not contradicts(case, annex, one)]
    if len(fitting) == 1:
        return fitting[0]
    for tells in (_names_type, _has_number):
        told = [one for one in fitting if tells(annex, one, reports[one])]
        if len(told) == 1:
            return told[0]
    asking = [one for one in fitting if annex.is_table and _asks_for_table(case, one)]
    return asking[0] if len(asking) == 1 else None


def _belongs(one: Placed, reports: Mapping[Obligation, Sequence[Placed]]) -> bool:
    if one.role == "annex" or one.is_table or one.document.kind == "image" or _is_note(one) or _goes_along(one):
        return True
    main = [report for group in reports.values() for report in group]
    if one.role == "quiet" and _is_unreadable(one) and any(_is_copy(one, report) for report in main):
        return True
    return one.role == "quiet" and len(reports) == 1 and _names_nothing(one)


def _is_note(one: Placed) -> bool:
    """A line or two in a text file, which name no report."""
    return one.document.kind == "text" and len(one.document.text) <= _LONGEST_NOTE and not one.title.codes


def _goes_along(one: Placed) -> bool:
    """A plan or a programme with a head of its own: it asks nothing of the office, and no report is owed by it."""
    return one.role == "other" and one.head.kind in _ALONG


def _is_copy(scan: Placed, report: Placed) -> bool:
    """Whether a file that cannot be read is the same report once more: by its name, its number or what it names."""
    if fold(spoken_name(scan.document.name)) == fold(spoken_name(report.document.name)):
        return True
    if _figures_of(report) in _FIGURES.findall(scan.document.name):
        return True
    return bool(scan.name.codes & report.title.codes) and bool(scan.name.obligations)


def _is_unreadable(one: Placed) -> bool:
    """No text, or the letters that are made out of a scan and name no report."""
    return one.document.outcome != "read" or (one.document.kind == "pdf" and not one.title.codes)


def _names_nothing(scan: Placed) -> bool:
    """ "scan0012.pdf" beside the only report is its stamped copy, as most clerks send it; its letters may be noise."""
    is_page = scan.document.kind == "pdf" and not scan.title.codes
    return is_page and all(map(_is_of_a_machine, _LETTERS.findall(fold(spoken_name(scan.document.name)))))


def _is_of_a_machine(word: str) -> bool:
    return word in _MACHINE_WORDS or word.startswith("scan")


def _names_type(annex: Placed, obligation: Obligation, _: Sequence[Placed]) -> bool:
    return obligation[0] in annex.name.codes | annex.title.codes


def _has_number(annex: Placed, _: Obligation, reports: Sequence[Placed]) -> bool:
    figures = _FIGURES.findall(f"{annex.document.name} {annex.title.text}")
    return any(_figures_of(one) in figures for one in reports)


def _figures_of(report: Placed) -> str | None:
    return report.head.number.partition("/")[0] if report.head.number else None


def _asks_for_table(case: Case, obligation: Obligation) -> bool:
    required = case.directory.report_types[obligation[0]].required
    return any(word == "table" or word.startswith("xlsx") for word in required)
