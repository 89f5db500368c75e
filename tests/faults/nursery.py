"""Starts daemons quickly: it has imported the program once, and each child forked from it is a process of its own.

One JSON object a line comes in: `{"run": [...], "in": folder, "log": file, "env": {}}` answers with the child's id,
`{"wait": id}` with how it ended. What a child is, and how it dies, is the same as for one started from a shell.
"""

import gc
import json
import os
import subprocess
import sys
import threading
from datetime import date
from pathlib import Path
from typing import Any, Self

from faults import clocks, dying

TESTS = Path(__file__).parent.parent


class Nursery:
    """The process that children are forked from. May be called from several threads."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "faults.nursery"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=os.environ | {"PYTHONPATH": str(TESTS)},
            text=True,
        )
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()

    def start(self, arguments: list[str], folder: Path, log: Path, env: dict[str, str] | None = None) -> int:
        """Calls `intake` with these arguments; the id of the new process."""
        return self._ask({"run": arguments, "in": str(folder), "log": str(log), "env": env or {}})

    def wait(self, process: int) -> int:
        """Waits for the end of a child; its status as `subprocess` counts, negative for a signal."""
        return self._ask({"wait": process})

    def _ask(self, request: dict[str, Any]) -> int:
        with self._lock:
            print(json.dumps(request), file=self._process.stdin, flush=True)
            return int(self._process.stdout.readline())


def main() -> None:
    _learn_to_walk()
    for line in sys.stdin:
        request = json.loads(line)
        if "wait" in request:
            print(os.waitstatus_to_exitcode(os.waitpid(request["wait"], 0)[1]), flush=True)
        elif child := os.fork():
            print(child, flush=True)
        else:
            _be(request)


def _learn_to_walk() -> None:
    """What every daemon would import and make ready for itself, and which is the same for all."""
    import sqlalchemy.orm

    import intake.cli
    import intake.daemon
    import intake.records.judging
    import intake.web.carrying  # noqa: F401
    from intake.rules.deadlines.calendar import WorkingDays

    sqlalchemy.orm.configure_mappers()
    WorkingDays("VN").is_working(date(2026, 11, 16))
    gc.freeze()


def _be(request: dict[str, Any]) -> None:
    """The child: the command itself, from its own folder, its words in its own log."""
    from intake.cli import main as intake

    nothing, log = os.open(os.devnull, os.O_RDONLY), os.open(request["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for descriptor, as_number in ((nothing, 0), (log, 1), (log, 2)):
        os.dup2(descriptor, as_number)
    os.chdir(request["in"])
    os.environ.update(request["env"])
    dying.arm()
    clocks.arm()
    sys.argv = ["intake", *request["run"]]
    status: Any = 1
    try:
        intake()
    except SystemExit as end:
        status = end.code or 0
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(int(status))


if __name__ == "__main__":
    main()
