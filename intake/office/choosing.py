"""What a person says a mail is: whose, which reports, and which of its documents belong to which.

Where a mail becomes several reports, each document's own title says which it belongs to, or the person does.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from intake.errors import ConfigError
from intake.rules.matching.placing import Placed, place_all
from intake.rules.names.directory import Directory
from intake.rules.papers.letterhead import read_letterhead
from intake.rules.reading import MailReading
from intake.rules.verdicts import Booking

Report = tuple[str, str]
OWN_TEXT = 0


@dataclass(frozen=True, slots=True)
class Choice:
    """A person's choice. `documents` gives documents, by their numbers from 1 on, to a report, or None to no report.

    Number 0 is the mail's own text. `due_at` is the deadline of a request that is not known yet (`ad_hoc` types).
    """

    agency: str
    reports: tuple[Report, ...]
    documents: Mapping[int, Report | None] = field(default_factory=dict)
    due_at: datetime | None = None


def one_report(agency: str, report_type: str, period: str) -> Choice:
    return Choice(agency, ((report_type, period),))


def bookings_of(choice: Choice, reading: MailReading, directory: Directory, on: date, who: str) -> list[Booking]:
    """The bookings that a choice means. Raises `ConfigError` where it leaves a document open."""
    if not choice.reports:
        raise ConfigError("say which report it is: --report-type and --period")
    if len(set(choice.reports)) < len(choice.reports):
        raise ConfigError("one report is named twice")
    evidence = (f"decided by {who}",)
    shares = _shares(choice, reading, directory, on)
    return [
        Booking(choice.agency, code, period, documents, _own_number(reading, documents), evidence)
        for (code, period), documents in shares.items()
    ]


def carried(reading: MailReading) -> list[int]:
    """The documents that can be a report or a part of one: no archives and nested messages, but what is in them."""
    return [index for index, one in enumerate(reading.documents) if one.kind not in ("archive", "message", "signature")]


def _shares(choice: Choice, reading: MailReading, directory: Directory, on: date) -> dict[Report, tuple[int, ...]]:
    documents = carried(reading)
    _refuse_unknown(choice, len(reading.documents))
    if len(choice.reports) == 1 and not choice.documents:
        return {choice.reports[0]: tuple(documents)}
    placed = {one.index: one for one in place_all(reading, directory, on)}
    shares: dict[Report, list[int]] = {one: [] for one in choice.reports}
    for index in documents:
        owner = _owner(choice, index, placed.get(index), reading.documents[index].name)
        if owner:
            shares[owner].append(index)
    own_text = choice.documents.get(OWN_TEXT)
    if empty := [one for one, share in shares.items() if not share and one != own_text]:
        code, period = empty[0]
        raise ConfigError(
            f"no document is {code} {period}; if the mail's own text is, say --document text={code}:{period}"
        )
    return {one: tuple(share) for one, share in shares.items()}


def _refuse_unknown(choice: Choice, count: int) -> None:
    for number, owner in choice.documents.items():
        if not OWN_TEXT <= number <= count:
            raise ConfigError(f"there is no document {number}; the mail has {count}")
        if owner and owner not in choice.reports:
            raise ConfigError(f"document {number} is said to be {owner[0]} {owner[1]}, which is not among the reports")


def _owner(choice: Choice, index: int, placed: Placed | None, name: str) -> Report | None:
    number = index + 1
    if number in choice.documents:
        return choice.documents[number]
    named = _named(choice.reports, placed) if placed else []
    if len(named) == 1:
        return named[0]
    if len(choice.reports) == 1:
        return choice.reports[0]
    code, period = choice.reports[0]
    raise ConfigError(
        f'it is not clear which report document {number} ("{name}") belongs to: '
        f"say --document {number}={code}:{period}, or --document {number}=- for none"
    )


def _named(reports: Sequence[Report], placed: Placed) -> list[Report]:
    """The chosen reports that a document's title names, else its file name; by type and period, else by type alone."""
    for text in (placed.title, placed.name):
        for fitting in (
            [one for one in reports if one in text.obligations],
            [one for one in reports if one[0] in text.codes and not text.obligations],
        ):
            if fitting:
                return fitting
    return []


def _own_number(reading: MailReading, documents: Sequence[int]) -> str | None:
    """The number that the documents bear in their head, if they agree on one."""
    numbers = {read_letterhead(reading.documents[index].text).number for index in documents} - {None}
    return numbers.pop() if len(numbers) == 1 else None
