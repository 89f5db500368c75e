"""Kill -9 at random moments while mail comes in: lost, booked twice, told twice; SQLite or three on PostgreSQL."""

import argparse
import contextlib
import signal
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from faults.kills import PHASES, Killed, Killing
from faults.nursery import Nursery
from faults.office import office
from servers import dovecot_server, postgresql_database, postgresql_server

from bench.measuring import show

COUNTS = ("engine", "daemons", "kills", "mails", "booked", "lost", "booked twice", "doubles", "unexplained", "seconds")
DAEMONS = {"sqlite": 1, "postgresql": 3}
TOLD_EVERY = 25


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--engine", choices=list(DAEMONS), action="append", help="both if you name none")
    parser.add_argument("--mails", type=int, default=2_000)
    parser.add_argument("--kills", type=int, default=1_000)
    asked = parser.parse_args()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    found = {engine: killed(engine, asked.mails, asked.kills) for engine in asked.engine or DAEMONS}
    show("Kills", COUNTS, [_counts(engine, one) for engine, one in found.items()])
    phases = ("engine", *PHASES.values(), "while mail waited")
    show("At what the daemons were when they died", phases, [_phases(engine, one) for engine, one in found.items()])


def killed(engine: str, mails: int, kills: int) -> Killed:
    """What was counted; if somebody interrupts it, of what was done until then."""
    with (
        tempfile.TemporaryDirectory(prefix="intake-kills-") as folder,
        dovecot_server() as dovecot,
        Nursery() as nursery,
        _database(engine) as url,
        office(Path(folder), dovecot, "office", nursery, url, daemon={"poll_every": "5s"}) as place,
    ):
        killing = Killing(place, mails, kills, DAEMONS[engine], _tell)
        with contextlib.suppress(KeyboardInterrupt):
            killing.run()
        return killing.count()


def _tell(now: Killing) -> None:
    """How far it is, every now and then."""
    if len(now.killed) % TOLD_EVERY == 0:
        seconds, waiting = time.monotonic() - now.began, now.waiting
        print(f"{len(now.killed)} kills, {len(now.ids)} mails, {waiting} not answered yet, {seconds:.0f} s", flush=True)


@contextmanager
def _database(engine: str) -> Iterator[str]:
    if engine == "sqlite":
        yield "sqlite:///data/intake.db"
    else:
        with postgresql_server() as server, postgresql_database(server) as url:
            yield url


def _counts(engine: str, one: Killed) -> tuple[object, ...]:
    found = one.tally
    counted = (one.kills, found.mails, found.booked, found.lost, found.booked_twice, found.doubled, one.unexplained)
    return (engine, DAEMONS[engine], *counted, round(one.seconds))


def _phases(engine: str, one: Killed) -> tuple[object, ...]:
    return (engine, *(one.phases[phase] for phase in PHASES.values()), one.with_mail_waiting)
