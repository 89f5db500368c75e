"""What falls due, and which notices would go to whom and when if nothing arrived. Sends and stores nothing."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from intake.desk import Desk
from intake.model import Contact, Obligation
from intake.office.obligations import as_json, listed
from intake.records.offenders import steps_of
from intake.rules.deadlines.reminders import PlannedStep, tellings
from intake.store.obligations import UNANSWERED, Wanted

REACH = timedelta(days=120)


def plan(desk: Desk, first: datetime, last: datetime) -> Iterator[dict[str, Any]]:
    """The lines of `intake plan --json`: obligations falling due from `first` to `last`, then the notices by time."""
    around = listed(desk, Wanted(first - REACH, last + REACH))
    for one in around:
        if first <= one.due_at <= last:
            yield {"kind": "obligation", **as_json(desk, one)}
    yield from _notices(desk, [one for one in around if one.status in UNANSWERED], first, last)


def _notices(desk: Desk, owing: list[Obligation], first: datetime, last: datetime) -> Iterator[dict[str, Any]]:
    """One line for each agency, step and moment, naming all the obligations that it would speak of.

    A step that nobody of the agency can be written to is left out, as it would be in earnest.
    """
    letters: dict[tuple[datetime, str, str, str, tuple[str, ...]], list[tuple[Obligation, PlannedStep]]]
    letters = defaultdict(list)
    with desk.database.reading() as session:
        for one in owing:
            for step in steps_of(desk, session, one).if_silent():
                if first <= step.leaves_at < last:
                    letters[step.leaves_at, one.agency_code, step.step.at, step.step.notice, step.step.to].append(
                        (one, step)
                    )
    for (at, agency, step_at, notice, _), told in sorted(letters.items(), key=lambda item: item[0]):
        contacts = _recipients(desk, agency, told)
        if not contacts:
            continue
        yield {
            "kind": "notice",
            "notice": notice,
            "step": step_at,
            "at": at.astimezone(desk.zone).isoformat(),
            "to": [contact.email for contact in contacts],
            "roles": list(dict.fromkeys(contact.role for contact in contacts)),
            "agency": agency,
            "obligations": [{"report_type": one.report_type_code, "period": one.period} for one, _ in told],
        }


def _recipients(desk: Desk, agency: str, told: list[tuple[Obligation, PlannedStep]]) -> list[Contact]:
    found: dict[str, Contact] = {}
    for _, step in told:
        for telling in tellings([step], agency, desk.directory, set()):
            found.setdefault(telling.contact.email.casefold(), telling.contact)
    return list(found.values())
