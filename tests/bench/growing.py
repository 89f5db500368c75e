"""Wall and memory of a first sync as mails grow many: a hundred times as many mails beside few, the same cost a mail.

Small reports, one for each commune and day, so that each answers an obligation of its own. Each go is a process of its
own on a new Dovecot and an empty SQLite, with warm reading processes; one go each, for the larger one takes long.
`--size N` takes N mails for the larger one, `--times T` a T-th of it for the other.
"""

import argparse
import resource
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from bench.measuring import Cost, measured, reading_processes, show
from bench.province import daily_mail, daily_registry, full_mailbox, mail_sink, new_office
from bench.whole import warm
from intake.daemon import watched_pass
from intake.records.outcome import Outcome

SIZE = 100_000
TIMES = 100
# All answers leave within what the office's clock, which stands still, calls the same hour.
SENDING = {"per_hour": 10_000_000, "hold_older_than": "9999d"}


def taken_in(size: int) -> tuple[Cost, int, int]:
    """What one pass over so many mails takes, and the most memory that it and its reading processes held, in bytes."""
    with (
        full_mailbox(map(daily_mail, range(size))) as dovecot, mail_sink() as sink,
        new_office(dovecot, sink, daily_registry(), sending=SENDING) as desk,
    ):  # fmt: skip
        warm(desk, daily_mail(0))
        with measured() as going:
            done = watched_pass(desk, tell=_check)
        assert (done.stored, done.sent, done.problems) == (size, size, []), (done.stored, done.sent, done.problems)
        held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
        return going.cost, held, sum(map(_most_held_by, reading_processes()))


def _check(outcome: Outcome) -> None:
    assert outcome.disposition == "report", outcome


def _most_held_by(pid: int) -> int:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM"))


def apart(size: int) -> tuple[Cost, int, int]:
    with ProcessPoolExecutor(1, get_context("spawn")) as process:
        found = process.submit(taken_in, size).result()
    print(f"{size:,} mails: {found[0].wall:.1f} s, CPU {found[0].cpu:.1f} s", file=sys.stderr, flush=True)
    return found


def sizes_from_arguments() -> tuple[int, int]:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, default=SIZE)
    parser.add_argument("--times", type=int, default=TIMES)
    asked = parser.parse_args()
    return asked.size, asked.times


def main(size: int | None = None, pairs: int = 1, times: int = TIMES) -> None:
    size, times = (size, times) if size else sizes_from_arguments()
    found = {count: apart(count) for count in (max(1, size // times), size) for _ in range(pairs)}
    few_cost, few_held, few_read = found[max(1, size // times)]
    few = few_cost.wall / max(1, size // times)
    show(
        "a first sync",
        ("mails", "wall ms a mail", "CPU ms a mail", "daemon MB", "readers MB", "wall a mail beside few", "memory"),
        [
            (f"{count:,}", f"{1000 * cost.wall / count:.2f}", f"{1000 * cost.cpu / count:.2f}", f"{held / 1e6:.0f}",
             f"{read / 1e6:.0f}", f"{cost.wall / count / few:.2f}", f"{(held + read) / (few_held + few_read):.2f}")
            for count, (cost, held, read) in found.items()
        ],
    )  # fmt: skip


if __name__ == "__main__":
    main()
