"""How soon the duty desk is alerted while thousands of ordinary mails wait: a real daemon, Dovecot, an SMTP server.

`./run bench alerting --size N` starts the daemon on N ordinary mails with an urgent one behind the last of them;
another arrives while it is at work. Printed is how long each took to its alert at the SMTP server, and how many
ordinary mails still waited then.
"""

import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import tomlkit
from builders import OFFICE_ADDRESS, mail
from servers import PASSWORD, Dovecot
from smtp_sink import SmtpSink, smtp_sink_server

from bench.measuring import show, size_from_arguments
from bench.province import COMMUNES, USER, commune, full_mailbox, registry
from intake.clock import system_clock
from intake.config import load_config
from intake.model import OFFICE, Contact
from intake.registry import write_registry
from intake.store.engine import Database
from intake.store.figures import figures

SIZE = 2_000
POLL_SECONDS = 30
PATIENCE = 900.0
DUTY = "trucban@vp.tinh.example"
LAST, LATER = 7, 11
AT_WORK = 0.1
LOOK_EVERY = 0.1


def ordinary_mail(number: int) -> bytes:
    """A small mail of a commune about nothing urgent."""
    text = f"Kính gửi Văn phòng, xã gửi lịch công tác số {number}.\nTrân trọng."
    return _from_commune(number % COMMUNES, f"Lịch công tác số {number}", text)


def urgent_mail(number: int) -> bytes:
    place = commune(number).removeprefix("UBND ")
    text = f"Chợ {place} đang cháy, đã huy động lực lượng chữa cháy; chưa có thiệt hại về người."
    return _from_commune(number, f"Báo cáo nhanh vụ cháy chợ {place}", text)


def _from_commune(number: int, subject: str, text: str) -> bytes:
    message_id = f"<{uuid.uuid4().hex}@tinh.example>"
    return mail(_address(number), subject, text, datetime.now(UTC), message_id=message_id)


def _address(number: int) -> str:
    return f"xa{number:03d}@tinh.example"


@dataclass
class Office:
    """The daemon's process, its database, which tells how far it is, and the server to which it sends."""

    process: subprocess.Popen[bytes]
    database: Database
    sink: SmtpSink

    def processed(self) -> int:
        with self.database.reading() as session:
            return figures(session, system_clock()).messages.get("processed", 0)

    def has_alerted_of(self, number: int) -> bool:
        """Whether the alert of that commune's mail, which names its sender, has come to the server."""
        alerts = [one.message for one in tuple(self.sink.mails) if DUTY in one.recipients]
        return any(_address(number) in one.get_body(("plain",)).get_content() for one in alerts)  # type: ignore[union-attr]

    def seconds_until(self, happened: Callable[[], bool]) -> float:
        began = time.monotonic()
        while not happened():
            assert self.process.poll() is None, "the daemon died"
            assert time.monotonic() - began < PATIENCE, "the daemon does not get on"
            time.sleep(LOOK_EVERY)
        return time.monotonic() - began


@contextmanager
def office(folder: Path, dovecot: Dovecot) -> Iterator[Office]:
    """A daemon that has just been started on the full mailbox."""
    known = registry()
    known.contacts.append(Contact(agency_code=OFFICE, email=DUTY, role="duty", name="Trực ban"))
    write_registry(folder / "registry", known)
    with smtp_sink_server() as sink:
        (folder / "config.toml").write_text(tomlkit.dumps(_settings(dovecot, sink)))
        command = [sys.executable, "-m", "intake"]
        subprocess.run([*command, "registry", "load", "registry"], cwd=folder, check=True, capture_output=True)
        with (folder / "daemon.log").open("ab") as log:
            process = subprocess.Popen([*command, "run"], cwd=folder, stderr=log, stdout=log)
            try:
                yield Office(process, Database(load_config(folder / "config.toml").database.url), sink)
            finally:
                process.terminate()
                process.wait(60)


def _settings(dovecot: Dovecot, sink: SmtpSink) -> dict[str, Any]:
    server = {"host": "127.0.0.1", "security": "none"}
    return {
        "office": {"name": "Văn phòng UBND tỉnh", "address": OFFICE_ADDRESS},
        "mailboxes": [{"kind": "imap", "port": dovecot.port, "username": USER, "password": PASSWORD, **server}],
        "outgoing": {"kind": "smtp", "port": sink.port, **server},
        "daemon": {"poll_every": f"{POLL_SECONDS}s"},
        "incidents": {"fire_explosion": {"keywords": ["cháy", "nổ"]}},
    }


def race(running: Office, dovecot: Dovecot, size: int) -> list[tuple[object, ...]]:
    """One row for each of the two urgent mails."""
    first = running.seconds_until(lambda: running.has_alerted_of(LAST))
    rows = [_row("behind the last of them, since the daemon's start", first, running, size)]
    running.seconds_until(lambda: running.processed() >= size * AT_WORK)
    dovecot.put_mails(USER, [urgent_mail(LATER)])
    later = running.seconds_until(lambda: running.has_alerted_of(LATER))
    return [*rows, _row("while the daemon works, since its arrival", later, running, size)]


def _row(which: str, seconds: float, running: Office, size: int) -> tuple[object, ...]:
    return which, f"{seconds:.1f}", POLL_SECONDS, f"{max(0, size - running.processed()):,}"


def one_go(size: int) -> list[tuple[object, ...]]:
    raws = [*map(ordinary_mail, range(size)), urgent_mail(LAST)]
    with (
        tempfile.TemporaryDirectory(prefix="intake-alerting-") as folder,
        full_mailbox(raws) as dovecot,
        office(Path(folder), dovecot) as running,
    ):
        return race(running, dovecot, size)


def main(size: int | None = None, pairs: int = 1) -> None:
    size = size or size_from_arguments(__doc__, SIZE, "how many ordinary mails wait")
    rows = [row for _ in range(pairs) for row in one_go(size)]
    show(
        f"an urgent mail among {size:,} ordinary ones",
        ("the urgent mail comes", "seconds to the alert", "poll, seconds", "ordinary mails that still waited"),
        rows,
    )
