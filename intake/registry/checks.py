"""What only shows when the rows are seen together: doubles, codes and groups that do not exist, names of two agencies.

The dates of two agencies of one name must not overlap: else nobody could say whose report it is.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date

from intake.model import OFFICE, Agency, Contact, ReportType
from intake.registry.tables import Row, did_you_mean

AgencyRows = Sequence[tuple[Row, Agency]]
ContactRows = Sequence[tuple[Row, Contact]]
ReportTypeRows = Sequence[tuple[Row, ReportType]]


def check_agencies(agencies: AgencyRows) -> None:
    _check_doubles((row, "code", agency.code) for row, agency in agencies)
    codes = _codes(agencies)
    for row, agency in agencies:
        if agency.parent == agency.code:
            row.wrong("parent", f"{agency.code} cannot be above itself")
        elif agency.parent and agency.parent not in codes:
            row.wrong("parent", f"there is no agency {agency.parent}; {did_you_mean(agency.parent, codes)}")
    _check_names(agencies)


def check_contacts(contacts: ContactRows, agencies: AgencyRows) -> None:
    _check_doubles(
        (row, "email", f"{contact.email} as {contact.role} of {contact.agency_code}") for row, contact in contacts
    )
    codes = _codes(agencies)
    for row, contact in contacts:
        if contact.agency_code and contact.agency_code not in codes:
            row.wrong("agency", f"there is no agency {contact.agency_code}; {did_you_mean(contact.agency_code, codes)}")


def check_report_types(types: ReportTypeRows, agencies: AgencyRows, policies: Collection[str] | None) -> None:
    """`policies` are the names that the config knows, `standard` always among them; None where they are not known."""
    _check_doubles((row, "code", one.code) for row, one in types)
    codes = _codes(agencies)
    groups = sorted({group for _, agency in agencies if agency.code != OFFICE for group in agency.groups})
    for row, one in types:
        for group in one.groups:
            if group not in groups:
                row.wrong("groups", f"no agency is in the group {group}; {did_you_mean(group, groups)}")
        for receiver in one.share_with:
            if receiver not in codes and receiver not in groups:
                row.wrong(
                    "share_with", f"{receiver} is no agency and no group; {did_you_mean(receiver, codes + groups)}"
                )
        if not one.groups and one.frequency != "ad_hoc":
            row.wrong("groups", "nobody would owe it; name the groups that do")
        if policies is not None and one.policy not in (*policies, "standard"):
            row.wrong("policy", f"the config has no policy {one.policy}; {did_you_mean(one.policy, list(policies))}")


def _codes(agencies: AgencyRows) -> list[str]:
    """The agencies' codes, and that of the receiving office whether it is listed or not."""
    return list(dict.fromkeys([*(agency.code for _, agency in agencies if agency.code), OFFICE]))


def _check_doubles(entries: Iterable[tuple[Row, str, str]]) -> None:
    first: dict[str, int] = {}
    for row, column, text in entries:
        number = first.setdefault(text.casefold(), row.number)
        if text and number != row.number:
            row.wrong(column, f"{text} stands already in row {number}")


def _check_names(agencies: AgencyRows) -> None:
    bearers: dict[str, list[tuple[Row, Agency]]] = defaultdict(list)
    for row, agency in agencies:
        names = {name.casefold(): ("aliases", name) for name in agency.aliases}
        names[agency.name.casefold()] = ("name", agency.name)
        for name, (column, written) in names.items():
            for other_row, other in bearers[name]:
                if written and other.code.casefold() != agency.code.casefold() and _overlap(agency, other):
                    row.wrong(
                        column,
                        f"{written} is also a name of {other.code} (row {other_row.number}) at the same time; "
                        "tell them apart, or let the one end before the other begins",
                    )
            bearers[name].append((row, agency))


def _overlap(one: Agency, other: Agency) -> bool:
    starts = max(one.active_from or date.min, other.active_from or date.min)
    return starts <= min(one.active_to or date.max, other.active_to or date.max)
