"""The worker process: takes the path of one raw mail after the other, and answers with its reading.

`python -m intake.documents.worker` starts it; its first frame holds the limits and the probes, and it answers with an
empty object when it is ready. Where an opinion is asked for, a frame before that has brought its grounds. It ends
when stdin does, and the kernel ends it when its parent dies.
"""

import ctypes
import json
import os
import pickle
import resource
import signal
import sys
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from intake.config import Limits
from intake.documents.frames import EXAMINED, ORIGINAL, PICTURE, SHOWN, Examined, read_frame, write_frame
from intake.documents.ocr import Seen
from intake.documents.reading import original_of, read_mail, read_message
from intake.documents.showing import picture_of, shown_of
from intake.interpreter import collect_rarely
from intake.rules.reading import MailReading
from intake.rules.verdicts import Opinion

if TYPE_CHECKING:
    # It brings the model and its library along, 0.4 s and 30 MB, which come with the grounds.
    from intake.rules.opinion import Grounds

_PR_SET_PDEATHSIG = 1
_OPEN_FILES = 128


def main() -> None:
    requests, answers = _own_pipes()
    first = json.loads(read_frame(requests))
    trust_store = Path(first["trust_store"]) if first["trust_store"] else None
    worker = _Worker(Limits.model_validate(first["limits"]), tuple(first["probes"]), trust_store)
    _confine(worker.limits)
    collect_rarely()
    write_frame(answers, b"{}")
    while request := read_frame(requests):
        asked = json.loads(request)
        if "grounds" in asked:
            # It comes from the process that started this one, which takes no such thing from here.
            worker.grounds = pickle.loads(read_frame(requests))  # noqa: S301
            write_frame(answers, b"{}")
            continue
        _allow_cpu(worker.limits.worker_seconds)
        write_frame(answers, worker.answer(asked))


@dataclass
class _Worker:
    """What this process was told, and what it has seen for the mails before."""

    limits: Limits
    probes: tuple[str, ...]
    trust_store: Path | None
    grounds: "Grounds | None" = None
    seen: Seen = field(default_factory=Seen)

    def answer(self, request: dict[str, str]) -> bytes:
        raw = Path(request["path"]).read_bytes()
        if request.get("only") == "original":
            return ORIGINAL.dump_json(original_of(raw, self.limits))
        if request.get("only") == "shown":
            return SHOWN.dump_json(shown_of(raw, self.limits))
        if request.get("only") == "picture":
            return PICTURE.dump_json(picture_of(raw, self.limits, request["sha256"], int(request["page"])))
        reading, received_at = self._read(raw, request.get("without_documents", "")), request.get("received_at")
        return EXAMINED.dump_json(Examined(reading, self._opinion(reading, received_at) if received_at else None))

    def _read(self, raw: bytes, without_documents: str) -> MailReading:
        if without_documents:
            return read_message(raw, self.limits, without_documents)
        return read_mail(raw, self.limits, self.probes, self.trust_store, self.seen)

    def _opinion(self, reading: MailReading, received_at: str) -> Opinion | None:
        """None where a rule breaks: it does so again where the mail is recorded, and that is kept with the mail."""
        try:
            return self.grounds.opinion_of(reading, datetime.fromisoformat(received_at)) if self.grounds else None
        except Exception:
            return None


def _own_pipes() -> tuple[BinaryIO, BinaryIO]:
    """The pipes from and to the parent, out of reach of a library that prints and a program that reads."""
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    with Path(os.devnull).open("rb") as nothing:
        os.dup2(nothing.fileno(), 0)
    os.dup2(2, 1)
    return requests, answers


def _confine(limits: Limits) -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    _limit(resource.RLIMIT_AS, limits.worker_memory)
    _limit(resource.RLIMIT_NOFILE, _OPEN_FILES)
    _limit(resource.RLIMIT_FSIZE, limits.archive_bytes)
    _limit(resource.RLIMIT_CORE, 0)


def _limit(kind: int, most: int) -> None:
    _, hard = resource.getrlimit(kind)
    resource.setrlimit(kind, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def _allow_cpu(seconds: int) -> None:
    """So much more than was used for the mails before. The kernel counts whole seconds, hence one to spare."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    used = int(usage.ru_utime + usage.ru_stime)
    _limit(resource.RLIMIT_CPU, used + seconds + 1)


if __name__ == "__main__":
    main()
