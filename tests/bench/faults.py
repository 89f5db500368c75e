"""Every fault of tests/faults played against a daemon at work: what became of the mails, as docs/faults.md has it."""

import argparse
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from certificates import Authority
from faults import house_faults, imap_faults, smtp_faults
from faults.clocks import VARIABLE
from faults.nursery import Nursery
from faults.office import Office, office
from faults.playing import Fault, Played, play
from faults.tls_faults import tls_faults
from servers import Dovecot, dovecot_server

from bench.measuring import show

KINDS = ("imap", "smtp", "tls", "house", "disk")
COLUMNS = (
    "fault", "what was done", "what the daemon said", "mails", "booked", "to a person", "lost", "twice", "doubles",
    "back after",
)  # fmt: skip
TEMPLATES = Path(__file__).parents[2] / "templates"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kind", choices=KINDS, action="append", help="all if you name none")
    parser.add_argument("--only", default="", help="those whose names have this in them")
    asked = parser.parse_args()
    for kind in asked.kind or KINDS:
        with at_work(kind) as (place, faults):
            rows = [_row(_told(play(place, fault))) for fault in faults if asked.only in fault.name]
            show(kind, COLUMNS, rows, width=400)


@contextmanager
def at_work(kind: str) -> Iterator[tuple[Office, Sequence[Fault]]]:
    """An office for these faults with a daemon that runs, and the faults."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="intake-faults-")))
        dovecot, nursery = stack.enter_context(dovecot_server()), stack.enter_context(Nursery())
        match kind:
            case "tls":
                yield stack.enter_context(_encrypted(folder, dovecot, nursery))
            case "house":
                yield stack.enter_context(_house(folder, dovecot, nursery)), house_faults.FAULTS
            case "disk":
                stack.enter_context(house_faults.small_disk(folder / "data"))
                yield stack.enter_context(_started(folder, dovecot, nursery)), [house_faults.FULL_DISK]
            case _:
                faults = {"imap": imap_faults.FAULTS, "smtp": smtp_faults.FAULTS}[kind]
                yield stack.enter_context(_started(folder, dovecot, nursery)), faults


@contextmanager
def _started(folder: Path, dovecot: Dovecot, nursery: Nursery) -> Iterator[Office]:
    with office(folder, dovecot, "office", nursery, topics=2) as place:
        place.start()
        yield place


@contextmanager
def _encrypted(folder: Path, dovecot: Dovecot, nursery: Nursery) -> Iterator[tuple[Office, Sequence[Fault]]]:
    authority = Authority(folder)
    with office(folder, dovecot, "office", nursery, topics=1, tls=authority.issue()) as place:
        place.start()
        yield place, tls_faults(authority)


@contextmanager
def _house(folder: Path, dovecot: Dovecot, nursery: Nursery) -> Iterator[Office]:
    """With templates of its own, a clock that can be set back, and a folder that can be renamed."""
    with office(folder, dovecot, "office", nursery, topics=1, inbox="Báo cáo") as place:
        shutil.copytree(TEMPLATES, place.folder / "templates")
        place.configure(templates={"path": "templates"})
        place.start(**{VARIABLE: str(place.folder / house_faults.CLOCK_FILE)})
        yield place


def _told(played: Played) -> Played:
    """Says at once what was seen: the whole takes a quarter of an hour."""
    print(f"{played.fault.name}: back after {played.back:.1f} s, {played.tally}", flush=True)
    return played


def _row(played: Played) -> tuple[object, ...]:
    fault, found = played.fault, played.tally
    counted = (found.mails, found.booked, found.in_review + found.refused, found.lost, found.booked_twice)
    back = "never" if played.back == float("inf") else f"{played.back:.1f} s"
    return (fault.name, fault.does, played.said, *counted, found.doubled, back)
