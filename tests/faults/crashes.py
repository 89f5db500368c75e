"""One daemon after the other, each killed at the next boundary of a kind, until one lives to see its mail answered."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from faults.dying import VARIABLE
from faults.office import Office

LONGEST_WAIT = 10.0
MOST_BOUNDARIES = 1_000


@dataclass(frozen=True)
class Died:
    """One daemon's end: at which boundary, and when."""

    where: str
    at: float


def die_at_each(office: Office, kind: str, step: int = 1) -> Iterator[Died]:
    """A new mail and a daemon that dies at the next boundary of this kind, again and again."""
    for number in range(1, MOST_BOUNDARIES, step):
        [awaited] = office.put(1)
        said = len(office.words())
        process = office.start(**{VARIABLE: f"{kind}:{number}"})
        office.await_that(lambda: is_dead(process) or awaited in office.answers(), "its end", LONGEST_WAIT)  # noqa: B023
        time.sleep(0.3)
        lives = not is_dead(process)
        office.kill(process)
        if lives:
            return
        told = [line for line in office.words()[said:].splitlines() if line.startswith("killed ")]
        yield Died(told[0].removeprefix("killed ").partition(",")[0] if told else "?", time.time())


def is_dead(process: int) -> bool:
    """Whether it ended and nobody has asked how yet."""
    return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
