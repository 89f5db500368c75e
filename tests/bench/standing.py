"""A real daemon as an office runs it: memory and open files while mail comes in, bytes on the wire while none does.

`./run bench standing --size N` puts N small mails into a mailbox, part by part, and prints after each part what the
daemon and its workers hold; then it lets the mailbox be for a minute and counts what passes between it and the daemon.
"""

import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path

import tomlkit
from builders import OFFICE_ADDRESS, registry
from proxy import Proxy, proxy_before
from servers import PASSWORD, Dovecot, dovecot_server

from bench.measuring import show, size_from_arguments
from intake.clock import system_clock
from intake.config import load_config
from intake.registry import write_registry
from intake.store.engine import Database
from intake.store.figures import figures
from intake.web.processes import processes

PARTS = 10
IDLE_SECONDS = 60
PATIENCE = 1800.0


@dataclass
class Daemon:
    """The process, the mailbox that it reads through the proxy, and the database that tells how far it is."""

    folder: Path
    dovecot: Dovecot
    user: str
    proxy: Proxy
    process: subprocess.Popen[bytes]
    database: Database = field(init=False)

    def __post_init__(self) -> None:
        self.database = Database(load_config(self.folder / "config.toml").database.url)

    def processed(self) -> int:
        with self.database.reading() as session:
            return figures(session, system_clock()).messages.get("processed", 0)

    def wait_for(self, mails: int) -> None:
        until = time.monotonic() + PATIENCE
        while self.processed() < mails:
            assert self.process.poll() is None, "the daemon died"
            assert time.monotonic() < until, "the daemon does not get on"
            time.sleep(0.5)


@contextmanager
def daemon(folder: Path, poll_every: str) -> Iterator[Daemon]:
    """The daemon on Dovecot, SQLite and a Maildir for what leaves."""
    user = f"user{uuid.uuid4().hex[:12]}"
    with dovecot_server() as dovecot, proxy_before(dovecot.port) as proxy:
        server = {"host": "127.0.0.1", "port": proxy.port, "security": "none"}
        settings = {
            "office": {"address": OFFICE_ADDRESS},
            "mailboxes": [{"kind": "imap", "username": user, "password": PASSWORD, **server}],
            "outgoing": {"kind": "maildir", "path": "outgoing"},
            "daemon": {"poll_every": poll_every},
        }
        (folder / "config.toml").write_text(tomlkit.dumps(settings))
        write_registry(folder / "registry", registry())
        command = [sys.executable, "-m", "intake"]
        subprocess.run([*command, "registry", "load", "registry"], cwd=folder, check=True, capture_output=True)
        with (folder / "daemon.log").open("ab") as log:
            process = subprocess.Popen([*command, "run"], cwd=folder, stderr=log, stdout=log)
            try:
                yield Daemon(folder, dovecot, user, proxy, process)
            finally:
                process.terminate()
                process.wait(60)


def small_mail(number: int) -> bytes:
    """One that nobody waits for: a queue that grows would be held in memory by right."""
    mail = EmailMessage()
    mail["From"], mail["To"] = f"nguoi.{number}@gmail.example", OFFICE_ADDRESS
    mail["Subject"], mail["Message-ID"] = f"Gửi văn phòng {number}", f"<{number}@gmail.example>"
    mail["Auto-Submitted"] = "auto-replied"
    mail.set_content(f"Xin gửi văn phòng thư số {number}.\n" * 20)
    return mail.as_bytes()


def held(daemon: Daemon, mails: int) -> tuple[object, ...]:
    """One row: what the processes hold once so many mails are processed."""
    found = processes(daemon.process.pid)
    row: list[object] = [f"{mails:,}"]
    for group in ("main", "workers"):
        row += [f"{sum(one.memory for one in found[group]) / 1e6:.0f}", sum(one.files for one in found[group])]
    return tuple(row)


def wire(daemon: Daemon, seconds: float) -> tuple[object, ...]:
    """One row: bytes and connections between the daemon and its mailbox while nothing happens."""
    time.sleep(5)
    before = daemon.proxy.heard, daemon.proxy.told, daemon.proxy.connections
    time.sleep(seconds)
    after = daemon.proxy.heard, daemon.proxy.told, daemon.proxy.connections
    return (f"{seconds:.0f}", *(f"{later - earlier:,}" for earlier, later in zip(before, after, strict=True)))


def main(size: int | None = None, pairs: int = PARTS, idle: float = IDLE_SECONDS) -> None:
    size = size or size_from_arguments(__doc__, 5_000, "how many mails")
    part, rows = max(1, size // pairs), []
    with tempfile.TemporaryDirectory(prefix="intake-standing-") as folder, daemon(Path(folder), "30s") as running:
        for first in range(0, size, part):
            last = min(first + part, size)
            running.dovecot.put_mails(running.user, (small_mail(number) for number in range(first, last)))
            running.wait_for(last)
            rows.append(held(running, last))
        show("held by the daemon", ("mails", "daemon MB", "files", "workers MB", "files"), rows)
        sent = wire(running, idle)
    show(
        "an idle mailbox, polled every 30 s and watched by IDLE",
        ("seconds", "sent B", "received B", "connections"),
        [sent],
    )
