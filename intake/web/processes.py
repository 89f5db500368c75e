"""This process and those that it started, as Linux tells of them: their memory and their open files."""

import os
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

PAGE = os.sysconf("SC_PAGESIZE")
PROC = Path("/proc")


@dataclass(frozen=True, slots=True)
class Process:
    """Both figures are 0 where the kernel does not tell."""

    memory: int = 0
    files: int = 0


def processes(pid: int | None = None) -> dict[str, list[Process]]:
    """`main` is the process itself (or that of `pid`), `workers` are its children and theirs."""
    main = pid or os.getpid()
    return {"main": [_process(main)], "workers": [_process(one) for one in below(main)]}


def _process(pid: int) -> Process:
    with suppress(OSError, ValueError, IndexError):
        resident = int((PROC / str(pid) / "statm").read_text().split()[1])
        return Process(resident * PAGE, sum(1 for _ in (PROC / str(pid) / "fd").iterdir()))
    return Process()


def below(pid: int) -> Iterator[int]:
    children: dict[int, list[int]] = defaultdict(list)
    for entry in PROC.iterdir() if PROC.exists() else ():
        if entry.name.isdigit():
            with suppress(OSError, ValueError, IndexError):
                # The name, in brackets, may hold blanks and brackets itself; the parent stands second behind it.
                parent = (entry / "stat").read_text().rpartition(")")[2].split()[1]
                children[int(parent)].append(int(entry.name))
    waiting = [pid]
    while waiting:
        found = children.get(waiting.pop(), [])
        yield from found
        waiting += found
