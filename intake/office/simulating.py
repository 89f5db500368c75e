"""A past stretch of the stored mail through the registry, rules and templates of now: every mail that would have left.

It works in a database of its own that is thrown away; nothing is sent, and the office's own database is only read.
"""

import email.policy
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.parser import BytesHeaderParser
from pathlib import Path

from intake.config import Database as DatabaseSettings
from intake.config import Outgoing
from intake.desk import Desk, open_desk
from intake.errors import ConfigError
from intake.jobs.deliver import deliver
from intake.jobs.follow_up import follow_up
from intake.jobs.open_periods import open_periods
from intake.jobs.remind import remind
from intake.jobs.summary import summarise
from intake.model import Message, Notice
from intake.office import past
from intake.office.registry_loading import load_registry, stored_registry
from intake.records.case import Case
from intake.records.judging import judge
from intake.registry import Registry
from intake.rules.deadlines.due import INSTANT, midnight
from intake.store import mails, outbox
from intake.store.demands import next_demand_step_after
from intake.store.engine import Session
from intake.store.incidents import followed_incidents
from intake.store.obligations import AT_ONCE, next_step_after
from intake.store.registry_rows import fresh_copy

HEADERS = BytesHeaderParser(policy=email.policy.default)

Event = tuple[datetime, Callable[[Desk], object]]


@dataclass(frozen=True, slots=True)
class SimulatedMail:
    """One mail that would have left. `about` names the obligations that it reminds of, as (report type, period)."""

    at: datetime
    notice: str
    to: str
    agency: str | None
    subject: str
    about: tuple[tuple[str, str], ...]
    raw: bytes


def simulate(
    desk: Desk, first: datetime, last: datetime, a_day_is_over: Callable[[], object] = lambda: None
) -> list[SimulatedMail]:
    """What would have left from `first` to `last`, if the settings of now had been in force.

    What a person decided then is decided again at the same moment, where it still can be. The days before, from
    `begins_at` on, are played as well; each that is over is told.
    """
    began = begins_at(desk, first)
    events = [*_arrivals(desk, began, last), *past.decisions(desk, began, last)]
    with other_office(desk, began) as other:
        return [one for one in play(other, events, began, last, a_day_is_over) if one.at >= first]


def begins_at(desk: Desk, first: datetime) -> datetime:
    """From when on it is played, so that the stretch does not begin from nothing."""
    return first - desk.config.daemon.open_ahead


@contextmanager
def other_office(desk: Desk, began: datetime) -> Iterator[Desk]:
    """An office with the same settings and registry, an empty database, and nobody whom its mails reach."""
    with tempfile.TemporaryDirectory(prefix="intake-simulate-") as folder:
        place = Path(folder)
        config = desk.config.model_copy(
            update={
                "database": DatabaseSettings(url=f"sqlite:///{place / 'simulated.db'}"),
                "outgoing": Outgoing(kind="maildir", path=place / "outgoing"),
            }
        )
        with open_desk(config, lambda: began) as other:
            other.database.do_without_the_disk()
            load_registry(other, _copy(stored_registry(desk)))
            yield other


def _copy(registry: Registry) -> Registry:
    return Registry(
        [fresh_copy(one) for one in registry.agencies],
        [fresh_copy(one) for one in registry.contacts],
        [fresh_copy(one) for one in registry.report_types],
    )


def play(
    desk: Desk,
    events: list[Event],
    first: datetime,
    last: datetime,
    a_day_is_over: Callable[[], object] = lambda: None,
) -> list[SimulatedMail]:
    """Lets the service work from event to event, and whenever something is due in between; it sleeps meanwhile."""
    waiting = sorted(events, key=lambda event: event[0], reverse=True)
    _read_all_mailboxes(desk, last)
    now = look = first
    while now <= last:
        moment = now
        desk.clock = lambda: moment  # noqa: B023
        if now == look:
            open_periods(desk)
            summarise(desk)
            look = _next_look(desk)
        while waiting and waiting[-1][0] <= now:
            waiting.pop()[1](desk)
        _do_what_is_due(desk)
        now = min(_next_moment(desk), look, waiting[-1][0] if waiting else last + INSTANT)
        if now.astimezone(desk.zone).date() > moment.astimezone(desk.zone).date():
            a_day_is_over()
    return _left(desk)


def _read_all_mailboxes(desk: Desk, last: datetime) -> None:
    """They count as read to their end at every moment: each mail is judged when it arrives."""
    with desk.database.writing() as session:
        for settings in desk.config.mailboxes:
            mails.cursor_of(session, settings.label).read_to_end_at = last


def _next_look(desk: Desk) -> datetime:
    """When periods are opened and summaries written next: with the day, and at the hour of the summary."""
    today = desk.now.astimezone(desk.zone).date()
    hour = datetime.combine(today, desk.config.summary.at, desk.zone)
    return hour if hour > desk.now else midnight(today + timedelta(days=1), desk.zone)


def _do_what_is_due(desk: Desk) -> None:
    for next_after, job in DUE:
        with desk.database.reading() as session:
            due_at = next_after(session, BEFORE_ALL)
        if due_at and due_at <= desk.now:
            job(desk)


def _next_moment(desk: Desk) -> datetime:
    with desk.database.reading() as session:
        moments = [next_after(session, desk.now) for next_after, _ in DUE]
    return min(filter(None, moments), default=datetime.max.replace(tzinfo=UTC))


def _next_follow_up_after(session: Session, now: datetime) -> datetime | None:
    """At every moment while an urgent matter is followed: its next report of the day may have to be asked for."""
    if now == BEFORE_ALL and followed_incidents(session):
        return BEFORE_ALL
    return next_demand_step_after(session, now)


BEFORE_ALL = AT_ONCE - INSTANT
DUE: tuple[tuple[Callable[[Session, datetime], datetime | None], Callable[[Desk], object]], ...] = (
    (next_step_after, remind),
    (_next_follow_up_after, follow_up),
    (outbox.next_attempt_after, deliver),
)


def _arrivals(desk: Desk, first: datetime, last: datetime) -> list[Event]:
    with desk.database.reading() as session:
        stored = mails.received_between(session, first, last)
    return [(one.received_at, lambda other, one=one: _arrive(desk, other, one)) for one in stored]  # type: ignore[misc]


def _arrive(desk: Desk, other: Desk, one: Message) -> None:
    reading = desk.readers.read(desk.raw_messages.path_of(one.sha256))
    with other.database.writing() as session:
        message = past.message_like(one, other.now)
        session.add(message)
        session.flush()
        judge(Case(other, session, message, reading))


def _left(desk: Desk) -> list[SimulatedMail]:
    with desk.database.reading() as session:
        return [
            _mail(notice, [(one.report_type_code, one.period) for _, one in outbox.steps_told(session, notice.id)])
            for notice in outbox.sent_notices(session)
        ]


def _mail(notice: Notice, about: list[tuple[str, str]]) -> SimulatedMail:
    if notice.sent_at is None or notice.mime is None:
        raise ConfigError(f"notice {notice.id} was not written")
    subject = str(HEADERS.parsebytes(notice.mime)["Subject"])
    return SimulatedMail(
        notice.sent_at, notice.name, notice.recipient, notice.agency_code, subject, tuple(about), notice.mime
    )
