"""How two ways of doing one thing are measured: turn by turn in one run, the median of the pairs, CPU beside wall.

The machine may be busy with other things, so wall time alone says little; the ratio of CPU times says most.
"""

import argparse
import os
import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from rich import box
from rich.console import Console
from rich.table import Table

PAIRS = 5
EACH = ("way", "wall ms each", "CPU ms each", "a second")


@dataclass(frozen=True, slots=True)
class Cost:
    """What one go took. `cpu` is of this process, of its reading processes and of the children that ended meanwhile."""

    wall: float
    cpu: float


@dataclass
class Going:
    """A cost that is still being measured; `cost` is there when the block has ended."""

    cost: Cost = Cost(0.0, 0.0)


@contextmanager
def measured() -> Iterator[Going]:
    going, wall, cpu = Going(), time.perf_counter(), _cpu()
    yield going
    going.cost = Cost(time.perf_counter() - wall, _cpu() - cpu)


def cost_of(work: Callable[[], object]) -> Cost:
    with measured() as going:
        work()
    return going.cost


def _cpu() -> float:
    used = (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used) + cpu_of_readers()


def cpu_of_readers() -> float:
    """What the reading processes that live now have used."""
    return sum(map(_cpu_of, reading_processes()))


def reading_processes() -> Iterator[int]:
    """The reading processes of this one, as long as they live; servers that a bench started are not among them."""
    for entry in Path("/proc").iterdir():
        with suppress(OSError, ValueError):
            if int(_stat(int(entry.name))[1]) == os.getpid() and b"intake.documents.worker" in _called(entry):
                yield int(entry.name)


def _called(entry: Path) -> bytes:
    return (entry / "cmdline").read_bytes()


def _stat(pid: int) -> list[str]:
    """The fields of /proc/PID/stat behind the name (proc(5)), which may hold blanks."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()


def _cpu_of(pid: int) -> float:
    """What a process and its ended children have used; 0 if it is gone."""
    with suppress(OSError):
        return sum(map(int, _stat(pid)[11:15])) / os.sysconf("SC_CLK_TCK")
    return 0.0


def in_turns(ways: Mapping[str, Callable[[], Cost]], pairs: int = PAIRS) -> dict[str, list[Cost]]:
    """Each way `pairs` times, one after the other, the order turned round each time; one go before does not count.

    A single pair says nothing, and goes without that. A way says itself what its go cost, so that it can leave out
    what it has to make ready.
    """
    costs: dict[str, list[Cost]] = {name: [] for name in ways}
    for name in ways if pairs > 1 else ():
        _go(name, ways[name], "does not count")
    for turn in range(pairs):
        for name in list(ways)[:: -1 if turn % 2 else 1]:
            costs[name].append(_go(name, ways[name], f"pair {turn + 1} of {pairs}"))
    return costs


def _go(name: str, way: Callable[[], Cost], which: str) -> Cost:
    cost = way()
    print(f"{name}, {which}: {cost.wall:.2f} s, CPU {cost.cpu:.2f} s", file=sys.stderr, flush=True)
    return cost


def median(costs: list[Cost]) -> Cost:
    return Cost(statistics.median(one.wall for one in costs), statistics.median(one.cpu for one in costs))


def ratio(costs: list[Cost], of: list[Cost]) -> float:
    """How many times the CPU of the other way, as the median over the pairs."""
    return statistics.median(one.cpu / max(other.cpu, 1e-9) for one, other in zip(costs, of, strict=True))


def wall_ratio(costs: list[Cost], of: list[Cost]) -> float:
    """The same of the wall."""
    return statistics.median(one.wall / max(other.wall, 1e-9) for one, other in zip(costs, of, strict=True))


def show_ways(title: str, costs: Mapping[str, list[Cost]], size: int, beside: str) -> None:
    """Each way to do `size` things, and one of them that the others are held against."""
    against = costs[beside]
    rows: list[tuple[object, ...]] = [
        (way, *each(one, size), f"{wall_ratio(one, against):.2f}", f"{ratio(one, against):.2f}")
        for way, one in costs.items()
    ]
    show(title, (*EACH, f"wall beside {beside}", f"CPU beside {beside}"), rows)


def each(costs: list[Cost], size: int) -> tuple[str, str, str]:
    """What one thing of `size` costs, and how many of them are done in a second."""
    middle = median(costs)
    return f"{1000 * middle.wall / size:.3f}", f"{1000 * middle.cpu / size:.3f}", f"{size / middle.wall:,.1f}"


def show(title: str, columns: tuple[str, ...], rows: list[tuple[object, ...]], width: int = 140) -> None:
    """The table as Markdown, to be copied into the docs."""
    table = Table(*columns, title=title, box=box.MARKDOWN, title_justify="left")
    for row in rows:
        table.add_row(*map(str, row))
    Console(width=width, markup=False).print(table)


def size_from_arguments(described: str | None, default: int, what: str) -> int:
    """The `--size` of the call."""
    parser = argparse.ArgumentParser(description=described, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, default=default, help=f"{what}; {default} if you name none")
    size: int = parser.parse_args().size
    return size
