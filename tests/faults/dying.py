"""Ends this process with SIGKILL at a boundary: before or after each sync, rename, commit, IMAP and SMTP command.

`INTAKE_DIE_AT=17` dies at the 17th boundary of any kind, `commit:3` at the third of that kind. It patches, from outside
and for one process only, what the program calls: there is no such switch in the program.
"""

import imaplib
import os
import signal
import smtplib
import threading
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy.engine.default import DefaultDialect

from intake.store import files

VARIABLE = "INTAKE_DIE_AT"
BOUNDARIES: dict[str, tuple[tuple[type | Any, str], ...]] = {
    "sync": ((os, "fsync"), (files, "sync_disk")),
    "rename": ((Path, "rename"), (Path, "replace")),
    "commit": ((DefaultDialect, "do_commit"),),
    "imap": ((imaplib.IMAP4, "send"), (imaplib.IMAP4, "_command_complete")),
    "smtp": ((smtplib.SMTP, "send"), (smtplib.SMTP, "getreply")),
}

_lock = threading.Lock()
_passed: Counter[str] = Counter()


def arm() -> None:
    """Patches the boundaries if the environment asks for it."""
    wanted = os.environ.get(VARIABLE, "")
    if not wanted:
        return
    kind, _, number = wanted.rpartition(":")
    for name, places in BOUNDARIES.items():
        for owner, attribute in places:
            setattr(owner, attribute, _mined(getattr(owner, attribute), name, kind, int(number)))


def _mined(original: Callable[..., Any], name: str, kind: str, number: int) -> Callable[..., Any]:
    def mined(*arguments: Any, **options: Any) -> Any:
        _pass(f"before {name}", name, kind, number)
        result = original(*arguments, **options)
        _pass(f"after {name}", name, kind, number)
        return result

    return mined


def _pass(where: str, name: str, kind: str, number: int) -> None:
    with _lock:
        _passed[""] += 1
        _passed[name] += 1
        if _passed[kind] == number:
            os.write(2, f"killed {where}, boundary {number} of {kind or 'any kind'}\n".encode())
            os.kill(os.getpid(), signal.SIGKILL)
