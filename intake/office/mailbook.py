"""The book of all mails: found by words with or without marks, by what they are, by agency and by day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from intake.desk import Desk
from intake.rules.language.searching import asked_words
from intake.store.search import Found, Sought, count_found, mails_found, mails_with_ids

ON_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class MailLine:
    """One mail of the list. Of a mail in quarantine no subject is shown; `waits` for a person to decide."""

    id: int
    received_at: datetime
    sender: str
    subject: str
    disposition: str
    agency_name: str
    waits: bool


@dataclass(frozen=True, slots=True)
class MailList:
    lines: tuple[MailLine, ...]
    count: int
    page: int
    pages: int


def find_mails(desk: Desk, question: str, sought: Sought, page: int) -> MailList:
    """One page of the mails that hold every word of the question and fit what else is sought."""
    asked = Sought(asked_words(question), sought.disposition, sought.agency, sought.first, sought.last)
    with desk.database.reading() as session:
        count = count_found(session, asked)
        pages = max(1, -(-count // ON_A_PAGE))
        shown = min(max(page, 1), pages)
        found = mails_found(session, asked, (shown - 1) * ON_A_PAGE, ON_A_PAGE)
    return MailList(tuple(_line(desk, one) for one in found), count, shown, pages)


def mails_numbered(desk: Desk, ids: Sequence[int]) -> list[MailLine]:
    """These mails, in the order of arrival."""
    with desk.database.reading() as session:
        return [_line(desk, one) for one in mails_with_ids(session, ids)]


def _line(desk: Desk, one: Found) -> MailLine:
    disposition = "failed" if one.status == "failed" else one.disposition or "stored"
    agency = desk.directory.agencies.get(one.agency or "")
    return MailLine(
        id=one.id,
        received_at=one.received_at,
        sender=one.sender,
        subject="" if disposition == "quarantined" else one.subject,
        disposition=disposition,
        agency_name=agency.name if agency else one.agency or "",
        waits=one.settled_at is None and disposition in ("review", "quarantined", "failed"),
    )
