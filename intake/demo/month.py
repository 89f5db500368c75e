"""Walks through the month: at each moment mail is delivered, people decide, and the service has its turn.

What the office sent is read back from its own outgoing Maildir, as a recipient would.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from pathlib import Path

from intake.daemon import one_pass
from intake.demo.decisions import Decided, decided
from intake.demo.post import Mail
from intake.demo.story import ZONE, at, mails
from intake.desk import Desk
from intake.mail.maildir import deliver
from intake.mail.message import parse_message
from intake.mail.parsed import ParsedMessage
from intake.records.outcome import Outcome
from intake.store.outbox import notices_of, steps_told

BEGINS, ENDS = at(1, "07:00"), at(31, "18:00")
TURNS = (time(7, 30), time(12), time(17, 15))
# In the night of the storm hours count, so the service is seen at work in between.
NIGHT = (at(22, "22:01"), at(22, "23:01"), at(23, "01:01"))


@dataclass
class Told:
    """One notice that left, and the reports that it reminds of."""

    name: str
    at: datetime
    raw: bytes = field(repr=False)
    mail: ParsedMessage
    agencies: list[str]
    reports: list[str]

    @property
    def recipient(self) -> str:
        return self.mail.to[0].address


@dataclass
class Arrived:
    """One mail of the story, what became of it, and what it was answered."""

    mail: Mail
    outcome: Outcome
    answers: list[Told] = field(default_factory=list)


@dataclass
class Month:
    """All that happened, in order. `problems` is empty where the service worked as it should."""

    events: list[Arrived | Decided] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    @property
    def arrived(self) -> list[Arrived]:
        return [event for event in self.events if isinstance(event, Arrived)]

    def first(self, name: str, recipient: str, since: datetime = BEGINS) -> Told:
        """The first notice of that name to that recipient from that moment on."""
        return next(one for one in self.told if (one.name, one.recipient) == (name, recipient) and one.at >= since)


@dataclass
class Hands:
    """The clock's hands: the service reads them, the walk moves them."""

    now: datetime = BEGINS

    def __call__(self) -> datetime:
        return self.now


def moments() -> list[tuple[datetime, Mail | Decided | None]]:
    """Every moment of the month at which something happens, in order; None where it is only time for a look."""
    days = (BEGINS.date() + timedelta(days=number) for number in range((ENDS - BEGINS).days + 1))
    turns = [(datetime.combine(day, turn, ZONE), None) for day in days for turn in TURNS]
    return sorted(
        [
            *turns,
            *((moment, None) for moment in NIGHT),
            *((mail.at, mail) for mail in mails()),
            *((one.at, one) for one in decided()),
        ],
        key=lambda moment: moment[0],
    )


class Walk:
    """One walk through the month. Each step of it is a moment; `month` grows with it."""

    def __init__(self, desk: Desk, hands: Hands) -> None:
        self.month = Month()
        self._desk = desk
        self._hands = hands
        self._seen: set[str] = set()

    def take(self, now: datetime, event: Mail | Decided | None) -> None:
        self._hands.now = now
        if isinstance(event, Mail):
            deliver(self._folder("inbox"), event.raw([one.raw for one in self.month.told]))
        elif event:
            booked = {one.mail.slug: one.outcome.id for one in self.month.arrived}
            event.carry_out(self._desk, booked)
            self.month.events.append(replace(event, command=event.command.format_map(booked)))
        done = one_pass(self._desk)
        self.month.problems += done.problems
        if isinstance(event, Mail):
            self.month.events += [Arrived(event, outcome) for outcome in done.outcomes]
        self._read_back()

    def _folder(self, name: str) -> Path:
        return self._desk.config.storage.path.parent / name

    def _read_back(self) -> None:
        for told in self._newly_told():
            self.month.told.append(told)
            answered = told.mail.in_reply_to
            if mail := next((one for one in self.month.arrived if one.mail.message_id == answered), None):
                mail.answers.append(told)

    def _newly_told(self) -> Iterator[Told]:
        folder = self._folder("outgoing") / "new"
        fresh = sorted(path for path in folder.glob("*") if path.name not in self._seen)
        for path in fresh:
            self._seen.add(path.name)
            yield self._told(path.read_bytes())

    def _told(self, raw: bytes) -> Told:
        """Which notice it is, and what for, stands in the outbox; a mail does not say so."""
        mail = parse_message(raw, self._desk.config.limits)
        with self._desk.database.reading() as session:
            notice = notices_of(session, [mail.message_id], [])[0]
            about = [one for step, one in steps_told(session, notice.id) if step.notice == notice.name]
        agencies = sorted({one.agency_code for one in about} or {notice.agency_code or ""})
        reports = sorted({f"{one.report_type_code} {one.period}" for one in about})
        return Told(notice.name, self._hands.now, raw, mail, agencies, reports)


def walk_through(desk: Desk, hands: Hands, progress: Callable[[datetime], None]) -> Month:
    """Plays the whole month. `progress` hears of each moment before it is taken."""
    walk = Walk(desk, hands)
    for now, event in moments():
        progress(now)
        walk.take(now, event)
    return walk.month
