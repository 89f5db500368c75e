"""A world for the service, all in memory but its database, whose every mail a fair clerk judges as it leaves.

The mailbox, the post office and the clock are the world's.
"""

import atexit
import email
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest
from builders import OFFICE_ADDRESS, at, mail, monthly_report, registry
from fair_clerk import Clerk
from fair_mailbox import AWAY as MAILBOX_AWAY
from fair_mailbox import Letter, WorldMailbox, bounce_of
from sqlalchemy import select
from workplace import shipped_renderer

from intake.config import Config, Limits, config_from
from intake.daemon import one_pass
from intake.desk import Desk
from intake.documents.frames import Examined
from intake.documents.reading import read_mail
from intake.errors import ConfigError, UnreachableError
from intake.jobs import deliver, fetch
from intake.model import Notice, Obligation, ReportType
from intake.office.deciding import dismiss
from intake.office.decisions import Decision, extend, receive, waive
from intake.office.registry_loading import load_registry
from intake.office.review import waiting
from intake.office.undoing import undo_event
from intake.records.ad_hoc import open_ad_hoc
from intake.registry import Registry
from intake.rendering import Renderer
from intake.rules.deadlines.calendar import WorkingDays
from intake.store import audit
from intake.store.engine import Database
from intake.store.files import RawMessages
from intake.store.obligations import UNANSWERED

BEGAN = at("2026-11-10 08:00")
AGENCIES = {"STC": "Sở Tài chính", "SYT": "Sở Y tế", "XHOABINH": "UBND xã Hòa Bình", "XPHUTHO": "UBND xã Phú Thọ"}
POLICIES = {
    "plain": [("-3d", "reminder"), ("+0h", "overdue"), ("+1wd", "escalation"), ("+5wd", "directive")],
    "hasty": [("-1wd", "reminder"), ("-4h", "reminder"), ("+0h", "overdue"), ("+2h", "escalation")],
    "mild": [("-1d", "reminder"), ("+2wd", "overdue")],
}
TO = {"reminder": ["submitter"], "overdue": ["submitter"], "escalation": ["submitter", "head"], "directive": ["head"]}
HOURS = {"": {}, "office": {"office_hours": "07:00-17:30"}}
OFF = ("", "2026-11-17", "2026-11-19", "2027-01-18")


# What a pass may complain of.
AWAY = (MAILBOX_AWAY, "the post is away")


class Killed(BaseException):
    """The process dies just here."""


@dataclass
class World:
    """Everything around the service. `unfair` collects what a fair clerk would not have written."""

    desk: Desk
    folder: Path
    now: datetime = BEGAN
    mailbox: WorldMailbox = field(default_factory=WorldMailbox)
    post_is_up: bool = True
    die_after: int = -1
    read_to: datetime | None = None
    failing: bool = False
    kills: int = 0
    settings: tuple[str, str, str] = ("plain", "", "")
    changed_at: datetime = BEGAN
    began_at: datetime = BEGAN

    def __post_init__(self) -> None:
        self.clerk = Clerk(self)

    @property
    def letters(self) -> list[Letter]:
        return self.mailbox.letters

    @property
    def unfair(self) -> list[str]:
        return self.clerk.unfair

    @property
    def keeps_hours(self) -> bool:
        return bool(self.settings[1])

    # ---- the reading processes, as `process` sees them

    def examine(self, path, grounds, received_at, *, before_others):
        """A reading and an opinion as a worker would give them, without the worker."""
        reading = read_mail(path.read_bytes(), Limits(), ())
        done: Future = Future()
        done.set_result(Examined(reading, grounds.opinion_of(reading, received_at)))
        return done

    # ---- the post office, as `deliver` sees it

    def __enter__(self):
        return self

    def __exit__(self, *_):
        return None

    def send(self, raw, _sender, recipient, ready):
        ready()
        if not self.post_is_up:
            raise UnreachableError(AWAY[1])
        message = email.message_from_bytes(raw)
        self.clerk.judge(message["Message-ID"], recipient)
        if self.die_after == 0:
            self.die_after = -1
            self.kills += 1
            raise Killed
        self.die_after -= 1

    # ---- what happens

    def receive(self, letter: Letter):
        self.letters.append(letter)

    def report(self, agency, period_month):
        name, box = AGENCIES[agency], agency.lower()
        number = f"{100 + len(self.letters)}/BC-{'UBND' if box.startswith('x') else agency}"
        raw = mail(
            f"{box}@tinh.example", f"Báo cáo KT-XH tháng {period_month}/2026", "Gửi báo cáo.", self.now,
            files={"BC.docx": monthly_report(name, number, period_month)},
            message_id=f"<{len(self.letters)}@tinh.example>",
        )  # fmt: skip
        self.receive(Letter(f"{box}@tinh.example", raw, self.now, agency, ("KTXH-T", f"2026-{period_month:02}")))

    def unclear(self, agency, text="Sở gửi."):
        box = f"{agency.lower()}@tinh.example"
        raw = mail(box, f"Gửi {len(self.letters)}", text, self.now)
        self.receive(Letter(box, raw, self.now, agency, waits=True))

    def automatic(self, agency):
        box = f"{agency.lower()}@tinh.example"
        raw = mail(
            box, f"Vắng mặt {len(self.letters)}", "Tôi đi vắng.", self.now, headers={"Auto-Submitted": "auto-replied"}
        )
        self.receive(Letter(box, raw, self.now, agency, may_be_answered=False))

    def stranger(self):
        raw = mail("ai@khac.example", f"Gửi {len(self.letters)}", "Xin gửi.", self.now)
        self.receive(Letter("ai@khac.example", raw, self.now, may_be_answered=False))

    def again(self, number):
        """The same mail is delivered once more."""
        first = self.letters[number % len(self.letters)]
        self.receive(replace(first, waits=False, read=False))

    def settle(self):
        """The office looks at everything that waits."""
        for message in waiting(self.desk).messages:
            dismiss(self.desk, message.id, "đã xem", "chuyên viên")
        for letter in self.letters:
            letter.waits = letter.waits and not letter.read

    def decide(self, agency, days, settings):
        """An extension by so many days, a waiver for 0, a report by another channel for less; under those settings."""
        with self.desk.database.reading() as session:
            row = session.scalars(
                select(Obligation)
                .where(Obligation.agency_code == agency, Obligation.status.in_(UNANSWERED))
                .where(Obligation.due_at > self.now)
                .order_by(Obligation.due_at)
            ).first()
        if row is None:
            return
        self.changed_at = self.now
        desk = desk_of(self.folder, self, self.desk.database, *settings)
        decision = Decision(agency, row.report_type_code, row.period, "chuyên viên", "bão")
        if days > 0:
            extend(desk, decision, row.due_at + timedelta(days=days))
        elif days == 0:
            waive(desk, decision)
        else:
            receive(desk, decision, self.now)

    def take_back_the_last_decision(self):
        with self.desk.database.reading() as session:
            events = audit.events_of(session, ("extended", "waived", "received by another channel"))
        if events:
            self.changed_at = self.now
            with suppress(ConfigError):
                undo_event(self.desk, events[-1].id, "chuyên viên")

    def ask(self, agency, hours):
        """The office asks for a report on request, due in so many hours."""
        code = f"VV-{len(self.clerk.told)}-{hours}"
        with self.desk.database.writing() as session, suppress(ConfigError):
            due_at = self.now + timedelta(hours=hours)
            open_ad_hoc(self.desk, session, agency, "NHANH", code, due_at, who="trực ban", why="cháy")

    def bounce(self, number, status):
        """One of the mails that have left, counted in their order, comes back."""
        ids = list(self.clerk.transmitted)
        with self.desk.database.reading() as session:
            notice = session.scalars(select(Notice).where(Notice.mail_id == ids[number % len(ids)])).one()
        self.receive(Letter("", bounce_of(notice, status, self.now), self.now, may_be_answered=False))

    def load(self, due="closing +2wd", without=""):
        self.changed_at = self.now
        known = registry()
        contacts = [one for one in known.contacts if one.email != without]
        for kind in known.report_types:
            if kind.code == "KTXH-T":
                kind.due = due
        on_request = ReportType(code="NHANH", name="Báo cáo nhanh vụ việc", frequency="ad_hoc")
        load_registry(self.desk, Registry(known.agencies, contacts, [*known.report_types, on_request]))

    def configure(self, policy, hours, off):
        """The service is started anew with other settings on the same database."""
        self.settings = (policy, hours, off)
        self.changed_at = self.now
        self.desk = desk_of(self.folder, self, self.desk.database, *self.settings)

    def work(self):
        """One pass; a kill ends it, and the next one begins anew. Nothing else may fail than what is away."""
        try:
            done = one_pass(self.desk)
        except Killed:
            self.desk = desk_of(self.folder, self, self.desk.database, *self.settings)
        else:
            self.unfair.extend(one for one in done.problems if not one.endswith(AWAY))

    def note_reading(self, before):
        """What the world knows of the reading once the mailbox was asked, before anything is sent."""
        self.failing = not self.mailbox.is_up
        if self.mailbox.is_up:
            self.read_to = self.now
            for letter in self.letters[:before]:
                if not letter.read and letter.agency not in self.desk.directory.agencies_of(letter.sender):
                    # Its address is registered no more: nothing is booked by it, and it may be anybody's.
                    letter.agency, letter.report, letter.may_be_answered = "", None, False
                letter.read = True


def settings_of(policy: str, hours: str, off: str) -> dict:
    steps = [{"at": when, "notice": notice, "to": TO[notice]} for when, notice in POLICIES[policy]]
    return {
        "office": {"address": OFFICE_ADDRESS},
        "mailboxes": [{"kind": "maildir", "path": "inbox", "name": "world"}],
        "sending": HOURS[hours],
        "calendar": {"off": [off] if off else []},
        "policies": {"standard": {"steps": steps}},
    }


@cache
def config_for(policy: str, hours: str, off: str) -> Config:
    return config_from(settings_of(policy, hours, off), Path("/"))


@cache
def days_without(off: str) -> WorkingDays:
    return WorkingDays("VN", off=[date.fromisoformat(off)] if off else [])


def desk_of(folder: Path, world: World, database: Database, policy: str, hours: str, off: str) -> Desk:
    desk = Desk(config_for(policy, hours, off), database, RawMessages(folder / "messages"), lambda: world.now)
    desk.__dict__["renderer"], desk.__dict__["working_days"], desk.__dict__["readers"] = (
        shipped_renderer(),
        days_without(off),
        world,
    )
    desk.let_readers_go = lambda: None
    return desk


@contextmanager
def serving(world: World) -> Iterator[None]:
    """The service's mailbox and post office are the world's, and the world hears how far the mailbox was read.

    The Word document of a digest is left out: it is dear to write, and nobody is accused in it.
    """

    def note_end(*args):
        kept_end(*args)
        world.note_reading(len(world.letters))

    def note_failure(*args):
        kept_failure(*args)
        world.note_reading(0)

    kept_end, kept_failure = fetch._note_end, fetch._note_failure
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fetch, "open_mailbox", lambda *_: world.mailbox)
        patch.setattr(deliver, "open_transport", lambda _: world)
        patch.setattr(Renderer, "document", lambda *_: b"")
        patch.setattr(fetch, "_note_end", note_end)
        patch.setattr(fetch, "_note_failure", note_failure)
        yield


@cache
def shared_database() -> tuple[Path, Database]:
    """One database file, and one engine with all that it has compiled, for every world after another."""
    folder = Path(tempfile.mkdtemp(prefix="fair-clerk-", dir="/dev/shm" if Path("/dev/shm").is_dir() else None))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    database = Database(f"sqlite:///{folder / 'intake.db'}")
    database.migrate()
    return folder, database


@cache
def first_world() -> World:
    """A world whose service has worked for the first time; its database is kept for the next ones to begin with."""
    folder, database = shared_database()
    world = World(desk=None, folder=folder)
    world.desk = desk_of(folder, world, database, *world.settings)
    world.load()
    with serving(world):
        world.work()
    database.close()
    shutil.copyfile(folder / "intake.db", folder / "begun.db")
    return world


def new_world() -> World:
    """A world that has just begun. The one before it is over."""
    begun = first_world()
    folder, database = shared_database()
    database.close()
    for path in (*folder.glob("intake.db*"), *folder.glob("messages/*")):
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    shutil.copyfile(folder / "begun.db", folder / "intake.db")
    world, told = World(desk=None, folder=folder, read_to=begun.read_to), begun.clerk
    world.clerk = Clerk(world, Counter(told.transmitted), dict(told.told), Counter(told.answered), list(told.unfair))
    world.desk = desk_of(folder, world, database, *world.settings)
    return world
