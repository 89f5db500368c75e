"""Why the registry must not learn an address or an alias, though a person says so: it could be taken for another's.

Answers the reason in words, or "" where it may be learnt.
"""

from collections.abc import Collection
from datetime import date

from intake.mail.parsed import ParsedMessage
from intake.model import OFFICE, ReportType
from intake.rules.dealings.answering import why_doubt_sender
from intake.rules.names.directory import Directory
from intake.rules.names.known_by import says_too_little
from intake.rules.names.titles import Titles

LONGEST_ALIAS = 200


def why_not_sender(
    message: ParsedMessage, agency: str, directory: Directory, own_addresses: Collection[str], authserv_id: str
) -> str:
    """Why a mail's sender must not be taken for an address of an agency from now on."""
    address = message.sender.address if message.sender else ""
    if agency not in directory.agencies or agency == OFFICE:
        return f"there is no agency {agency!r} that reports"
    if address.casefold() in own_addresses:
        return "it is the office's own"
    if doubt := why_doubt_sender(message, authserv_id):
        return doubt
    if message.from_list:
        return "the mail came through a mailing list"
    others = {code for code, contacts in directory.contacts.items() for one in contacts if _is(one.email, address)}
    others = (others | directory.agencies_of(address)) - {agency}
    return f"it belongs to {', '.join(sorted(others))}" if others else ""


def _is(email: str, address: str) -> bool:
    return email.casefold() == address.casefold()


def why_not_alias(directory: Directory, kind: ReportType, alias: str, on: date) -> str:
    """Why a report type must not be known by these words."""
    if not alias or ";" in alias or len(alias) > LONGEST_ALIAS:
        return f"an alias has 1 to {LONGEST_ALIAS} characters and no ;"
    if any(one.by_rank for one in directory.agency_names.mentioned(alias, on)):
        return "it names an agency, which may send any report"
    if says_too_little(alias):
        return "it says too little to know a report by; take more of its words"
    relatives = directory.titles.relatives(kind.code)
    if named := _named(directory.titles, alias) - relatives:
        return f"it names {', '.join(sorted(named))} already"
    taught = Titles(_with_alias(directory, kind, alias))
    for other in directory.report_types.values():
        for text in (other.name, *other.aliases) if other.code not in relatives else ():
            if kind.code in _named(taught, text) - _named(directory.titles, text):
                return f'"{text}" of {other.code} contains it'
    return ""


def _named(titles: Titles, text: str) -> frozenset[str]:
    return frozenset(code for one in titles.named(text) for code in one.codes)


def _with_alias(directory: Directory, kind: ReportType, alias: str) -> list[ReportType]:
    taught = ReportType(
        code=kind.code, name=kind.name, frequency=kind.frequency, due=kind.due, aliases=[*kind.aliases, alias]
    )
    return [taught if one.code == kind.code else one for one in directory.report_types.values()]
