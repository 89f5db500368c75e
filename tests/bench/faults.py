"""Every fault of tests/faults played against a daemon at work: what became of the mails, as docs/faults.md has it."""

import argparse
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from faults import house_faults, imap_faults, smtp_faults
from faults.clocks import VARIABLE
from faults.nursery import Nursery
from faults.office import Office, office
from faults.playing import Fault, Played, play
from servers import dovecot_server

from bench.measuring import show

KINDS: dict[str, tuple[Fault, ...]] = {
    "IMAP": imap_faults.FAULTS, "SMTP": smtp_faults.FAULTS, "the house": house_faults.FAULTS,
}  # fmt: skip
COLUMNS = ("fault", "what was done", "mails", "booked", "to a person", "lost", "twice", "doubles", "back after")
TEMPLATES = Path(__file__).parents[2] / "templates"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kind", choices=list(KINDS), action="append", help="all if you name none")
    asked = parser.parse_args()
    for kind in asked.kind or KINDS:
        with at_work() as place:
            show(kind, COLUMNS, [_row(play(place, fault)) for fault in KINDS[kind]])


@contextmanager
def at_work() -> Iterator[Office]:
    """An office with a daemon, its own templates, and a clock that can be set back."""
    with (
        tempfile.TemporaryDirectory(prefix="intake-faults-") as name,
        dovecot_server() as dovecot,
        Nursery() as nursery,
        office(Path(name), dovecot, "office", nursery, topics=2) as place,
    ):
        shutil.copytree(TEMPLATES, place.folder / "templates")
        place.configure(templates={"path": "templates"})
        place.start(**{VARIABLE: str(place.folder / house_faults.CLOCK_FILE)})
        yield place


def _row(played: Played) -> tuple[object, ...]:
    fault, found = played.fault, played.tally
    counted = (found.mails, found.booked, found.in_review, found.lost, found.booked_twice, found.doubled)
    back = "never" if played.back == float("inf") else f"{played.back:.1f} s"
    return (fault.name, fault.does, *counted, back)
