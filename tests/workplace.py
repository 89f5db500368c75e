"""A whole office in a folder, for tests: its desk, its Maildirs, and a clock that the test moves."""

import email
import email.policy
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from email.message import EmailMessage
from functools import cache
from pathlib import Path
from typing import Any

from builders import OFFICE_ADDRESS, at, registry
from databases import with_schema

from intake.config import config_from
from intake.daemon import Pass, one_pass
from intake.desk import Desk, open_desk
from intake.mail.maildir import deliver, make_maildir
from intake.office.obligations import obligations
from intake.office.registry_loading import load_registry
from intake.rendering import Renderer
from intake.rules.deadlines.calendar import WorkingDays

STEPS = [
    {"at": "-3d", "notice": "reminder", "to": ["submitter"]},
    {"at": "+0h", "notice": "overdue", "to": ["submitter"]},
    {"at": "+1wd", "notice": "escalation", "to": ["submitter", "head"]},
]


class Workplace:
    """The desk with its hands: put mail in, let a pass go by, read what left."""

    def __init__(self, desk: Desk, folder: Path) -> None:
        self.desk, self.folder = desk, folder

    def move_to(self, moment: datetime | str) -> None:
        now = at(moment) if isinstance(moment, str) else moment
        self.desk.clock = lambda: now

    def receive(self, *raws: bytes) -> None:
        for raw in raws:
            deliver(self.folder / "inbox", raw)

    def work(self, moment: datetime | str) -> Pass:
        """One whole pass at that moment."""
        self.move_to(moment)
        return one_pass(self.desk)

    def sent(self, notice: str = "", to: str = "") -> list[EmailMessage]:
        """The mails that have left, those of one notice or to one recipient only, in the order of their numbers."""
        found = [
            email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
            for path in sorted((self.folder / "outgoing" / "new").iterdir(), key=lambda one: one.stat().st_mtime_ns)
        ]
        return [one for one in found if to in str(one["To"]) and self._is(one, notice)]

    def answers(self) -> list[str]:
        """Whom mails were written to that answer another mail."""
        return [str(one["To"]) for one in self.sent() if one["In-Reply-To"]]

    def told(self, notice: str, report_type: str, period: str) -> list[str]:
        """Whom mails have really left to that tell one step of this kind about one period, whatever else they tell."""
        from sqlalchemy import select

        from intake.model import Notice, Obligation, ReminderStep

        with self.desk.database.reading() as session:
            rows = session.execute(
                select(Notice.recipient)
                .join(ReminderStep, ReminderStep.notice_id == Notice.id)
                .join(Obligation, Obligation.id == ReminderStep.obligation_id)
                .where(ReminderStep.notice == notice, Notice.status == "sent", Obligation.period == period)
                .where(Obligation.report_type_code == report_type)
                .order_by(Notice.sent_at, Notice.id)
            )
            return [row.recipient for row in rows]

    def _is(self, mail: EmailMessage, notice: str) -> bool:
        return not notice or self.names[str(mail["Message-ID"])] == notice

    @property
    def names(self) -> dict[str, str]:
        """Which notice each of our Message-IDs is."""
        from sqlalchemy import select

        from intake.model import Notice

        with self.desk.database.reading() as session:
            return {row.mail_id: row.name for row in session.execute(select(Notice.mail_id, Notice.name))}

    def standing(self, agency: str, report_type: str, period: str) -> dict[str, Any]:
        """How one obligation stands, as `intake obligations --json` tells it."""
        lines = obligations(self.desk, at("2026-01-01"), at("2027-12-31"), agency, report_type)
        [line] = [one for one in lines if one["period"] == period]
        return line


def settings_for(database_url: str, **tables: Any) -> dict[str, Any]:
    """The config of such an office, as tables."""
    return {
        "office": {"name": "Văn phòng UBND tỉnh", "address": OFFICE_ADDRESS},
        "database": {"url": database_url},
        "storage": {"path": "messages"},
        "mailboxes": [{"kind": "maildir", "path": "inbox"}],
        "outgoing": {"kind": "maildir", "path": "outgoing"},
        "daemon": {"workers": 1},
        "policies": {"standard": {"steps": STEPS}},
        "incidents": {"fire_explosion": {"keywords": ["cháy", "nổ", "hỏa hoạn"]}},
        **tables,
    }


@cache
def shipped_renderer() -> Renderer:
    return Renderer(None, "vi")


@cache
def working_days() -> WorkingDays:
    return WorkingDays("VN")


@contextmanager
def workplace(folder: Path, database_url: str, began: str, **tables: Any) -> Iterator[Workplace]:
    """An office that is at work since `began`, with the registry of `builders` loaded."""
    make_maildir(folder / "inbox")
    make_maildir(folder / "outgoing")
    settings = settings_for(with_schema(database_url), **tables)
    moment = at(began)
    with open_desk(config_from(settings, folder), lambda: moment) as desk:
        if not {"templates", "calendar"} & set(tables):
            # What is the same for every such office is made once: templates take long to prove, calendars to compute.
            desk.__dict__.update(renderer=shipped_renderer(), working_days=working_days())
        load_registry(desk, registry())
        yield Workplace(desk, folder)
