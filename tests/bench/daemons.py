"""Three daemons on one PostgreSQL database beside one, where the mail waits in three mailboxes.

Measured is the time from the first mail stored to the last answer sent. The CPU holds the start of the daemons, too,
and not that of PostgreSQL and Dovecot, which run on the same processors. One daemon has three reading processes, three
have one each.
"""

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import tomlkit
from builders import OFFICE_ADDRESS
from servers import PASSWORD, Dovecot, postgresql_database, postgresql_server
from sqlalchemy import text

from bench.measuring import PAIRS, Cost, in_turns, measured, show_ways, size_from_arguments
from bench.province import LATE_STEPS, USER, full_mailbox, mail_sink, registry, report_mail
from intake.registry import write_registry
from intake.store.engine import Database

SIZE = 600
MAILBOXES = [f"{USER}{number}" for number in range(3)]
INTAKE = [sys.executable, "-m", "intake"]
PATIENCE, LOOK_EVERY = 1800.0, 0.1


def prepared(folder: Path, dovecot: Dovecot, sink: int, url: str, workers: int) -> None:
    """A folder with the config, and the registry in the database."""
    server = {"host": "127.0.0.1", "security": "none"}
    place = {"kind": "imap", "port": dovecot.port, "password": PASSWORD, **server}
    settings = {
        "office": {"name": "Văn phòng UBND tỉnh", "address": OFFICE_ADDRESS},
        "database": {"url": url},
        "mailboxes": [{"username": user, **place} for user in MAILBOXES],
        "outgoing": {"kind": "smtp", "port": sink, **server},
        "daemon": {"workers": workers},
        "policies": {"standard": {"steps": LATE_STEPS}},
    }
    (folder / "config.toml").write_text(tomlkit.dumps(settings))
    write_registry(folder / "registry", registry())
    subprocess.run([*INTAKE, "registry", "load", "registry"], cwd=folder, check=True, capture_output=True)


def taken_in(count: int, server: str, dovecot: Dovecot, sink: int, size: int) -> Cost:
    with (
        tempfile.TemporaryDirectory(prefix="intake-daemons-") as name,
        postgresql_database(server) as url,
        measured() as going,
    ):
        folder = Path(name)
        prepared(folder, dovecot, sink, url, workers=len(MAILBOXES) // count)
        database = Database(url)
        with ExitStack() as stack, (folder / "log").open("ab") as log:
            for _ in range(count):
                daemon = subprocess.Popen([*INTAKE, "run"], cwd=folder, stdout=log, stderr=log)
                stack.callback(daemon.wait)
                stack.callback(daemon.terminate)
            _wait_until(lambda: _counted(database, "message") > 0)
            began = time.perf_counter()
            _wait_until(lambda: _counted(database, "notice WHERE status = 'sent'") >= size)
            wall = time.perf_counter() - began
        database.close()
    return Cost(wall, going.cost.cpu)


def _counted(database: Database, what: str) -> int:
    with database.reading() as session:
        return session.scalar(text(f"SELECT count(*) FROM {what}")) or 0


def _wait_until(happened: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < until, "the daemons do not get on"
        time.sleep(LOOK_EVERY)


def main(size: int | None = None, pairs: int = PAIRS) -> None:
    size = size or size_from_arguments(__doc__, SIZE, "how many mails in all")
    with (
        postgresql_server() as server, mail_sink() as sink,
        full_mailbox(map(report_mail, range(size)), MAILBOXES) as dovecot,
    ):  # fmt: skip
        ways = {f"{count} daemons": partial(taken_in, count, server, dovecot, sink, size) for count in (1, 3)}
        costs = in_turns(ways, pairs)
    show_ways(f"{size:,} mails of 250 kB in three mailboxes, PostgreSQL", costs, size, "1 daemons")


if __name__ == "__main__":
    main()
