"""Each page of the console at 500 agencies, 100,000 obligations and 20,000 mails: how long a browser waits for it.

Over a real connection, signed in, in this process. The slowest page is what counts; none may take 200 ms.
"""

import re
import statistics
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import httpx2
from builders import OFFICE_ADDRESS, at
from rich.console import Console
from sqlalchemy import insert, text

from bench.measuring import measured, size_from_arguments
from bench.reminding import registry_of
from intake.config import config_from
from intake.desk import Desk, beside, open_desk
from intake.model import MailWords, Message, Obligation
from intake.office.registry_loading import load_registry
from intake.office.users import add_user
from intake.web.app import console
from intake.web.serving import serving

SIZE = 100_000
TIMES = 7
TYPES, PERIODS = 10, 20
PASSWORD = "a password to measure with"
NOW = at("2026-11-15 09:00")
PAGES = (
    "/board", "/board?month=2026-11&stands=overdue", "/board?q=A00017",
    "/obligation?agency=A00001&type=T1&period=2026-10", "/review", "/review/1", "/mail", "/mail?q=bao+cao+thang",
    "/mail?q=so+77", "/mail/1", "/incidents", "/digest", "/statistics", "/statistics?by=month", "/outgoing",
    "/registry", "/registry?tab=contacts", "/registry/agency/A00001", "/registry/type/T1", "/templates",
    "/templates/edit/vi/reminder/body.html", "/health",
)  # fmt: skip


@contextmanager
def filled(folder: Path, size: int) -> Iterator[Desk]:
    settings = {
        "office": {"name": "Văn phòng", "address": OFFICE_ADDRESS},
        "database": {"url": f"sqlite:///{folder / 'intake.db'}"},
        "storage": {"path": str(folder / "messages")},
    }
    agencies = max(1, size // (TYPES * PERIODS))
    with open_desk(config_from(settings, folder), lambda: NOW) as desk:
        load_registry(desk, registry_of(agencies))
        with desk.database.writing() as session:
            session.execute(insert(Obligation), _obligations(agencies))
            session.execute(insert(Message), _messages(size // 5, agencies))
            session.execute(insert(MailWords), [
                {"message_id": number, "words": f"bao cao thang so {number % 1000} kinh te xa hoi ngan sach"}
                for number in range(1, size // 5 + 1)
            ])  # fmt: skip
        with desk.database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("ANALYZE"))
        add_user(desk, "bench", "admin", PASSWORD, "bench")
        yield desk


def _obligations(agencies: int) -> list[dict[str, object]]:
    """Deadlines in each of the last months and the next; a tenth is late, a tenth still owed."""
    rows = []
    for month in range(PERIODS):
        due_at = at("2026-12-21 00:00") - timedelta(days=30 * month)
        for number in range(agencies):
            for kind in range(TYPES):
                is_open = due_at > NOW or (number + kind) % 10 == 0
                rows.append(
                    {
                        "agency_code": f"A{number:05d}", "report_type_code": f"T{kind}",
                        "period": f"{due_at:%Y-%m}" if month else "2026-12", "period_start": due_at.date(),
                        "period_end": due_at.date(), "due_at": due_at, "opened_at": due_at - timedelta(days=60),
                        "status": "open" if is_open else "late" if (number + kind) % 10 == 1 else "on_time",
                        "missing": [], "extended_why": "",
                    }
                )  # fmt: skip
    return list({(one["agency_code"], one["report_type_code"], one["period"]): one for one in rows}.values())


def _messages(count: int, agencies: int) -> list[dict[str, object]]:
    """One in a hundred waits for a person."""
    return [
        {
            "id": number, "mailbox": "a", "uid_validity": 1, "uid": number, "source": "a", "sha256": f"{number:064d}",
            "size": 1000, "received_at": NOW - timedelta(minutes=number), "stored_at": NOW, "status": "processed",
            "disposition": "review" if number % 100 == 1 else "report",
            "settled_at": None if number % 100 == 1 else NOW,
            "sender": f"a{number}@tinh.example", "subject": f"Báo cáo tháng, số {number}",
            "agency_code": f"A{number % agencies:05d}", "message_id": "", "content_key": "", "reason": "", "error": "",
            "evidence": [], "suggestions": [], "request": {},
        }
        for number in range(1, count + 1)
    ]  # fmt: skip


@contextmanager
def signed_in(address: str) -> Iterator[httpx2.Client]:
    with httpx2.Client(base_url=address, timeout=60) as browser:
        [token] = re.findall(r'name="form_token" value="([^"]+)"', browser.get("/sign-in").text)
        form = {"form_token": token, "name": "bench", "password": PASSWORD}
        assert browser.post("/sign-in", data=form, headers={"Origin": address}).status_code == 303
        yield browser


def _line(browser: httpx2.Client, path: str, times: int) -> str:
    """One page, asked for once before it counts."""
    status = browser.get(path).status_code
    costs = []
    for _ in range(times):
        with measured() as going:
            browser.get(path)
        costs.append(going.cost)
    wall, cpu = (statistics.median(getattr(one, name) for one in costs) for name in ("wall", "cpu"))
    return f"| {path} | {status} | {wall * 1000:.0f} ms | {cpu * 1000:.0f} ms |"


def main(size: int | None = None, pairs: int = TIMES) -> int:
    size = size or size_from_arguments(__doc__, SIZE, "how many obligations")
    with (
        tempfile.TemporaryDirectory() as folder,
        filled(Path(folder), size) as desk,
        beside(desk) as own,
        serving(console(own), "127.0.0.1", 0) as port,
        signed_in(f"http://127.0.0.1:{port}") as browser,
    ):
        lines = [_line(browser, path, pairs) for path in PAGES]
    screen = Console(highlight=False, width=120)
    screen.print(f"{size:,} obligations\n\n| page | status | wall | CPU |\n|---|---|---|---|", markup=False)
    for line in lines:
        screen.print(line, markup=False)
    return 0
