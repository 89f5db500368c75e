"""Kill -9 at random moments while mail comes in: lost, booked twice, told twice; SQLite or three on PostgreSQL."""

import argparse
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from faults.kills import Killed, kill_again_and_again
from faults.nursery import Nursery
from faults.office import office
from servers import dovecot_server, postgresql_database, postgresql_server

from bench.measuring import show

COLUMNS = ("engine", "daemons", "kills", "mails", "booked", "lost", "booked twice", "doubled notices", "seconds")
DAEMONS = {"sqlite": 1, "postgresql": 3}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--engine", choices=list(DAEMONS), action="append", help="both if you name none")
    parser.add_argument("--mails", type=int, default=2_000)
    parser.add_argument("--kills", type=int, default=1_000)
    asked = parser.parse_args()
    rows = [_row(engine, killed(engine, asked.mails, asked.kills)) for engine in asked.engine or DAEMONS]
    show("Kills", COLUMNS, rows)


def killed(engine: str, mails: int, kills: int) -> Killed:
    with (
        tempfile.TemporaryDirectory(prefix="intake-kills-") as folder,
        dovecot_server() as dovecot,
        Nursery() as nursery,
        _database(engine) as url,
        office(Path(folder), dovecot, "office", nursery, url) as place,
    ):
        return kill_again_and_again(place, mails, kills, DAEMONS[engine])


@contextmanager
def _database(engine: str) -> Iterator[str]:
    if engine == "sqlite":
        yield "sqlite:///data/intake.db"
    else:
        with postgresql_server() as server, postgresql_database(server) as url:
            yield url


def _row(engine: str, one: Killed) -> tuple[object, ...]:
    found = one.tally
    counted = (one.kills, found.mails, found.booked, found.lost, found.booked_twice, found.doubled)
    return (engine, DAEMONS[engine], *counted, round(one.seconds))
