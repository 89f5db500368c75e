"""`./run fuzz [minutes] [target …]`: the targets one after the other, each for its share of the time."""

import re
import subprocess
import sys
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table

from fuzz.targets import TARGETS

ROOT = Path(__file__).parent.parent.parent
FOLDER = ROOT / ".fuzz"
EXECUTED = re.compile(r"stat::number_of_executed_units:\s*(\d+)")


def play(name: str, seconds: int) -> tuple[int, int]:
    """One target; how many inputs it was given, and how often its process ended before its time."""
    inputs, deaths, until = 0, 0, time.monotonic() + seconds
    FOLDER.mkdir(exist_ok=True)
    while (left := int(until - time.monotonic())) > 0:
        with (FOLDER / f"{name}.log").open("ab+") as log:
            start = log.tell()
            command = [sys.executable, "-m", "fuzz.playing", name, str(FOLDER), str(left)]
            done = subprocess.run(command, stdout=log, stderr=log, check=False)
            log.seek(start)
            inputs += sum(map(int, EXECUTED.findall(log.read().decode("utf-8", "replace"))))
        deaths += done.returncode != 0
    return inputs, deaths


def main() -> int:
    minutes = float(sys.argv[1]) if sys.argv[1:] else 10.0
    chosen = {name: TARGETS[name] for name in sys.argv[2:] or TARGETS}
    shares = sum(one.share for one in chosen.values())
    table = Table("target", "seconds", "inputs", "deaths")
    for name, target in chosen.items():
        seconds = round(minutes * 60 * target.share / shares)
        table.add_row(name, str(seconds), *map(str, play(name, seconds)))
    Console().print(table)
    found = sorted(path for path in (FOLDER / "findings").glob("*") if path.suffix != ".txt")
    for path in found:
        print(path.relative_to(ROOT), path.stat().st_size, "bytes")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
