"""One worker process as its parent sees it: started, asked with a deadline, killed, its folder cleared.

It is a plain subprocess, not a `multiprocessing` child: nothing of the parent is inherited or imported again, and
answers are JSON, since a pickle from a worker that was broken into would run in the parent.
"""

import json
import os
import pickle
import signal
import subprocess
import sys
import tempfile
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO, TypeVar, cast

from pydantic import TypeAdapter, ValidationError

import intake
from intake.config import Limits
from intake.documents.frames import read_frame, write_frame
from intake.errors import TemporaryError
from intake.rules.opinion import Grounds

Answer = TypeVar("Answer")

_START_SECONDS = 60
_STDERR_TAIL = 4096
_OUT_OF_MEMORY = (b"MemoryError", b"memory allocation", b"bad_alloc", b"ut of memory", b"annot allocate memory")
# A worker reads what strangers wrote, so it is told nothing but this of the environment: no passwords.
_PASSED_ON = ("PATH", "LD_LIBRARY_PATH", "LANG", "TESSDATA_PREFIX", "PYTHONPATH")
_FEW_THREADS = {"MALLOC_ARENA_MAX": "2", "OMP_THREAD_LIMIT": "1", "RAYON_NUM_THREADS": "1", "TOKIO_WORKER_THREADS": "1"}


class WorkerDiedError(Exception):
    """The worker gave no answer. `why` says what happened to it."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class WorkerProcess:
    """One worker process with a scratch folder of its own."""

    LATE = "ran out of time"

    def __init__(self, limits: Limits, first: dict[str, Any]) -> None:
        self.mails = 0
        self.dead = False
        self._limits = limits
        self._late = False
        self._grounds = ""
        self._scratch = tempfile.TemporaryDirectory(prefix="intake-reader-", ignore_cleanup_errors=True)
        self._stderr = tempfile.TemporaryFile()  # noqa: SIM115 - it lives as long as the worker and is closed in `end`
        self._process = self._start()
        self._requests = cast(BinaryIO, self._process.stdin)
        self._answers = cast(BinaryIO, self._process.stdout)
        if not self._exchange(json.dumps(first).encode(), _START_SECONDS):
            self.end()
            raise TemporaryError("the process that reads mails did not start")

    def _start(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-P", "-m", "intake.documents.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._stderr,
            cwd=self._scratch.name,
            env=_environment(self._scratch.name),
            start_new_session=True,
        )

    def ask(self, answer: TypeAdapter[Answer], request: dict[str, str]) -> Answer:
        """The worker's answer about one mail. Raises `WorkerDiedError`."""
        self.mails += 1
        given = self._exchange(json.dumps(request).encode(), self._limits.worker_seconds)
        try:
            if given:
                return answer.validate_json(given)
        except ValidationError:
            self._kill()
        self.dead = True
        raise WorkerDiedError(self._why())

    def learn(self, grounds: Grounds) -> None:
        """Brings the worker the grounds of its opinions, unless it has them. Raises `WorkerDiedError`."""
        if self._grounds == grounds.key:
            return
        if not self._exchange(json.dumps({"grounds": grounds.key}).encode(), _START_SECONDS, pickle.dumps(grounds)):
            self.dead = True
            raise WorkerDiedError(self._why())
        self._grounds = grounds.key

    def end(self) -> None:
        """Ends the process and clears what it left on the disk."""
        self.dead = True
        self._kill()
        for pipe in (self._requests, self._answers):
            with suppress(OSError):
                pipe.close()
        self._process.wait()
        self._stderr.close()
        self._scratch.cleanup()

    def _exchange(self, request: bytes, seconds: float, more: bytes = b"") -> bytes:
        """The answer to one frame, or two; empty if the worker is gone, or was killed when the time was up."""
        timer = threading.Timer(seconds, self._expire)
        timer.start()
        try:
            write_frame(self._requests, request)
            if more:
                write_frame(self._requests, more)
            return read_frame(self._answers, self._limits.archive_bytes)
        except OSError:
            return b""
        finally:
            timer.cancel()

    def _expire(self) -> None:
        self._late = True
        self._kill()

    def _kill(self) -> None:
        """The whole process group: the programs that a worker calls die with it."""
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)

    def _why(self) -> str:
        code = self._process.wait()
        if self._late or code == -signal.SIGXCPU:
            return self.LATE
        self._stderr.seek(max(0, self._stderr.seek(0, os.SEEK_END) - _STDERR_TAIL))
        told = self._stderr.read()
        return "ran out of memory" if any(words in told for words in _OUT_OF_MEMORY) else "reader died"


def _environment(scratch: str) -> dict[str, str]:
    passed = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    packages = str(Path(intake.__file__).parent.parent)
    paths = os.pathsep.join(filter(None, (packages, passed.get("PYTHONPATH"))))
    return passed | _FEW_THREADS | {"PYTHONPATH": paths, "TMPDIR": scratch, "HOME": scratch}
