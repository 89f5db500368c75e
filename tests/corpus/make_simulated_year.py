"""Draws docs/simulated-year.svg: a whole year of the registry in the corpus, played through the service.

    .venv/bin/python tests/corpus/make_simulated_year.py [YEAR]

Who reports, and when, is thrown with fixed dice: most in the last days before the deadline, some late, a few never.
Reports are recorded as if they came by another channel, so that no mail needs to be written for them.
"""

import random
import sys
import tempfile
from collections import Counter, defaultdict
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import structlog

from intake.clock import system_clock
from intake.config import config_from
from intake.desk import Desk, open_desk
from intake.office.decisions import Decision, receive
from intake.office.registry_loading import load_registry
from intake.office.simulating import other_office, play
from intake.registry import read_registry
from intake.rendering.picture import mails_by_day
from intake.rules.deadlines.periods import owed

HERE = Path(__file__).parent
DRAWN = HERE.parents[1] / "docs" / "simulated-year.svg"
BOX, ABOVE = ["submitter"], ["head", "supervisor"]
STEPS = {
    "standard": [("-3d", "reminder", BOX), ("-1wd", "reminder", BOX), ("+0h", "overdue", BOX),
                 ("+1wd", "escalation", ["submitter", "head"]), ("+5wd", "directive", ABOVE)],
    "strict": [("-2wd", "reminder", BOX), ("-4h", "reminder", BOX), ("+0h", "overdue", BOX),
               ("+1d", "escalation", ["submitter", *ABOVE]), ("+3wd", "directive", ABOVE)],
    "urgent": [("-1h", "reminder", ["submitter", "duty"]), ("+0h", "overdue", ["submitter", "duty"]),
               ("+2h", "escalation", ABOVE)],
}  # fmt: skip


def settings(folder: Path) -> dict:
    return {
        "office": {"name": "Văn phòng UBND tỉnh", "address": "baocao@tinh.example"},
        "database": {"url": f"sqlite:///{folder / 'intake.db'}"},
        "mailboxes": [{"kind": "maildir", "path": "inbox"}],
        "sending": {"office_hours": "07:00-17:30"},
        "policies": {
            name: {"steps": [dict(zip(("at", "notice", "to"), step, strict=True)) for step in steps]}
            for name, steps in STEPS.items()
        },
    }


def reports(desk: Desk, first: datetime, last: datetime) -> list:
    """When each agency delivers what it owes: 88 in 100 in time, 9 late, 3 never."""
    dice, found = random.Random(2019), []
    for one in owed(desk.directory, desk.working_days, desk.zone, first, last):
        throw = dice.random()
        if throw < 0.97:
            days = -abs(dice.gauss(0, 2)) - 0.05 if throw < 0.88 else dice.expovariate(0.5)
            decision = Decision(one.agency, one.report_type, one.period, "dice", "simulated")
            moment = max(first, one.due_at + timedelta(days=days))
            # The desk enters them every three hours, which spares thousands of passes.
            found.append((moment.replace(hour=moment.hour // 3 * 3, minute=0, second=0), partial(deliver, decision)))
    return found


def deliver(decision: Decision, desk: Desk) -> None:
    receive(desk, decision, desk.now)


def main(year: int) -> None:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    with (
        tempfile.TemporaryDirectory() as folder,
        open_desk(config_from(settings(Path(folder)), Path(folder)), system_clock) as desk,
    ):
        load_registry(desk, read_registry(HERE / "registry" / "departments-merged-and-districts-ended"))
        first, last = (datetime(year, *day, tzinfo=desk.zone) for day in ((1, 1), (12, 31)))
        before = first - timedelta(days=45)
        with other_office(desk, before) as other:
            mails = [one for one in play(other, reports(other, before, last), before, last) if one.at >= first]
        by_day: dict = defaultdict(Counter)
        for one in mails:
            by_day[one.at.astimezone(desk.zone).date()][one.notice] += 1
        rest = {day: counts for day, counts in by_day.items() if not desk.working_days.is_working(day)}
        agencies = sum(agency.active_on(first.date()) for agency in desk.directory.agencies.values()) - 1
        title = f"{year}: {agencies} cơ quan, {len(desk.directory.report_types)} loại báo cáo, {len(mails)} thư"
        DRAWN.write_text(
            mails_by_day(title, by_day, first.date(), last.date(), desk.working_days.nature_of), encoding="utf-8"
        )
    print(title, dict(Counter(one.notice for one in mails)), "on rest days:", rest)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2019)
