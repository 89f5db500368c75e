"""Reads mails in worker processes that may die: foreign bytes are parsed there and nowhere else.

A worker is a plain subprocess, not a `multiprocessing` child: nothing of the parent is inherited or imported again, and
answers are JSON, since a pickle from a worker that was broken into would run in the parent. The parent hands over
paths, waits with a deadline, kills, and starts anew; it never dies of a mail.
"""

import json
import os
import pickle
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self, TypeVar, cast

from pydantic import TypeAdapter, ValidationError

import intake
from intake.config import Limits
from intake.documents.frames import (
    EXAMINED,
    ORIGINAL,
    PICTURE,
    SHOWN,
    Examined,
    Original,
    Picture,
    Shown,
    read_frame,
    write_frame,
)
from intake.errors import PermanentError, TemporaryError
from intake.mail.parsed import ParsedMessage
from intake.rules.opinion import Grounds
from intake.rules.reading import MailReading

Answer = TypeVar("Answer")

_MOST_MAILS = 1000
_START_SECONDS = 60
_STDERR_TAIL = 4096
_OUT_OF_MEMORY = (b"MemoryError", b"memory allocation", b"bad_alloc", b"ut of memory", b"annot allocate memory")
# A worker reads what strangers wrote, so it is told nothing but this of the environment: no passwords.
_PASSED_ON = ("PATH", "LD_LIBRARY_PATH", "LANG", "TESSDATA_PREFIX", "PYTHONPATH")
_FEW_THREADS = {"MALLOC_ARENA_MAX": "2", "OMP_THREAD_LIMIT": "1", "RAYON_NUM_THREADS": "1", "TOKIO_WORKER_THREADS": "1"}


class Readers:
    """Warm workers, each started when it is first needed and replaced when it dies or has read many mails.

    `probes` are the entries of the registry's `required` that ask for a cell or a section. `trust_store` is a file or a
    folder of certificates whose signatures on a document are trusted. `on_death` hears of each worker that dies.
    """

    def __init__(
        self,
        limits: Limits,
        probes: tuple[str, ...],
        workers: int,
        trust_store: Path | None = None,
        on_death: Callable[[], None] = lambda: None,
    ) -> None:
        self._limits = limits
        self._on_death = on_death
        trusted = str(trust_store.absolute()) if trust_store else ""
        self._first = {"limits": limits.model_dump(), "probes": probes, "trust_store": trusted}
        # A worker is started by the thread that uses it, for the kernel ends it together with that thread.
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="reader")
        self._own = threading.local()
        self._started: set[_Worker] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._threads.shutdown(cancel_futures=True)
        for worker in tuple(self._started):
            self._end(worker)

    def read(self, path: Path) -> MailReading:
        """The reading of the raw mail at `path`. Raises `PermanentError` if the file cannot be read."""
        return self.submit(path).result()

    def submit(self, path: Path) -> Future[MailReading]:
        """The same, as soon as a worker is free."""
        return self._threads.submit(self._read, path)

    def examine(self, path: Path, grounds: Grounds, received_at: datetime) -> Future[Examined]:
        """The same with an opinion of the mail, which our server took at `received_at` (aware)."""
        return self._threads.submit(self._examined, path, grounds, received_at=received_at.isoformat())

    def original(self, path: Path) -> Original:
        """What the raw mail at `path` carries, as it came. Raises `PermanentError` if it cannot be had."""
        return self._again(ORIGINAL, path, only="original")

    def message(self, path: Path) -> ParsedMessage:
        """The message alone, without its documents. Raises `PermanentError` if it cannot be read."""
        return self._again(EXAMINED, path, without_documents="not asked for").reading.message

    def shown(self, path: Path) -> Shown:
        """The body of the raw mail at `path` for people to look at. Raises `PermanentError` if it cannot be had."""
        return self._again(SHOWN, path, only="shown")

    def picture(self, path: Path, sha256: str, page: int) -> Picture:
        """One page of a document of that mail. Raises `PermanentError` if the worker died of it."""
        return self._again(PICTURE, path, only="picture", sha256=sha256, page=str(page))

    def map(self, paths: Iterable[Path]) -> Iterator[MailReading]:
        """The readings in the order of the paths, read side by side."""
        return self._threads.map(self._read, paths)

    def _read(self, path: Path) -> MailReading:
        return self._examined(path).reading

    def _examined(self, path: Path, grounds: Grounds | None = None, **about: str) -> Examined:
        _check(path)
        try:
            return self._with_documents(path, grounds, about)
        except _WorkerDiedError as death:
            why = death.why
        try:
            return self._asked(EXAMINED, path, grounds, without_documents=why, **about)
        except _WorkerDiedError as death:
            raise PermanentError(f"the message cannot be read: {death.why}") from death

    def _again(self, answer: TypeAdapter[Answer], path: Path, **about: str) -> Answer:
        return self._threads.submit(self._asked_again, answer, path, about).result()

    def _asked_again(self, answer: TypeAdapter[Answer], path: Path, about: dict[str, str]) -> Answer:
        _check(path)
        try:
            return self._asked(answer, path, None, **about)
        except _WorkerDiedError as death:
            raise PermanentError(f"the message cannot be read again: {death.why}") from death

    def _with_documents(self, path: Path, grounds: Grounds | None, about: dict[str, str]) -> Examined:
        """A death is held against the mail only where the worker had read nothing before."""
        used = self._worker().mails > 0
        try:
            return self._asked(EXAMINED, path, grounds, **about)
        except _WorkerDiedError as death:
            if not used or death.why == _Worker.LATE:
                raise
        return self._asked(EXAMINED, path, grounds, **about)

    def _asked(self, answer: TypeAdapter[Answer], path: Path, grounds: Grounds | None, **about: str) -> Answer:
        worker = self._worker()
        try:
            if grounds:
                worker.learn(grounds)
            return worker.ask(answer, {"path": str(path.absolute()), **about})
        except _WorkerDiedError:
            self._on_death()
            raise
        finally:
            if worker.dead or worker.mails >= _MOST_MAILS:
                self._end(worker)

    def _worker(self) -> "_Worker":
        worker: _Worker | None = getattr(self._own, "worker", None)
        if worker is None or worker.dead:
            worker = _Worker(self._limits, self._first)
            self._own.worker = worker
            self._started.add(worker)
        return worker

    def _end(self, worker: "_Worker") -> None:
        worker.end()
        self._started.discard(worker)


def _check(path: Path) -> None:
    try:
        with path.open("rb"):
            pass
    except OSError as cause:
        raise PermanentError(f"the stored message {path} cannot be read") from cause


class _WorkerDiedError(Exception):
    """The worker gave no answer. `why` says what happened to it."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class _Worker:
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
        """The worker's answer about one mail. Raises `_WorkerDiedError`."""
        self.mails += 1
        given = self._exchange(json.dumps(request).encode(), self._limits.worker_seconds)
        try:
            if given:
                return answer.validate_json(given)
        except ValidationError:
            self._kill()
        self.dead = True
        raise _WorkerDiedError(self._why())

    def learn(self, grounds: Grounds) -> None:
        """Brings the worker the grounds of its opinions, unless it has them. Raises `_WorkerDiedError`."""
        if self._grounds == grounds.key:
            return
        if not self._exchange(json.dumps({"grounds": grounds.key}).encode(), _START_SECONDS, pickle.dumps(grounds)):
            self.dead = True
            raise _WorkerDiedError(self._why())
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
