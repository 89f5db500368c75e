"""Reads mails in worker processes that may die: foreign bytes are parsed there and nowhere else.

The parent hands over paths, waits with a deadline, kills, and starts anew; it never dies of a mail.
"""

import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from pydantic import TypeAdapter

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
)
from intake.documents.worker_process import WorkerDiedError, WorkerProcess
from intake.errors import PermanentError
from intake.mail.parsed import ParsedMessage
from intake.rules.opinion import Grounds
from intake.rules.reading import MailReading

Answer = TypeVar("Answer")

_MOST_MAILS = 1000


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
        self._in_line = deque[tuple[Future[Examined], Callable[[], Examined]]]()
        self._own = threading.local()
        self._started: set[WorkerProcess] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._threads.shutdown(cancel_futures=True)
        for future, _ in self._in_line:
            future.cancel()
        for worker in tuple(self._started):
            self._end(worker)

    def read(self, path: Path) -> MailReading:
        """The reading of the raw mail at `path`. Raises `PermanentError` if the file cannot be read."""
        return self.submit(path).result()

    def submit(self, path: Path) -> Future[MailReading]:
        """The same, as soon as a worker is free."""
        return self._threads.submit(self._read, path)

    def examine(
        self, path: Path, grounds: Grounds, received_at: datetime, *, before_others: bool = False
    ) -> Future[Examined]:
        """The same with an opinion of the mail, which our server took at `received_at` (aware)."""
        future = Future[Examined]()
        place = self._in_line.appendleft if before_others else self._in_line.append
        place((future, partial(self._examined, path, grounds, received_at=received_at.isoformat())))
        self._threads.submit(self._examine_next)
        return future

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

    def _examine_next(self) -> None:
        """The first in line; as many go into it as come here."""
        future, examine = self._in_line.popleft()
        if not future.set_running_or_notify_cancel():
            return
        try:
            future.set_result(examine())
        except BaseException as cause:
            future.set_exception(cause)

    def _read(self, path: Path) -> MailReading:
        return self._examined(path).reading

    def _examined(self, path: Path, grounds: Grounds | None = None, **about: str) -> Examined:
        _check(path)
        try:
            return self._with_documents(path, grounds, about)
        except WorkerDiedError as death:
            why = death.why
        try:
            return self._asked(EXAMINED, path, grounds, without_documents=why, **about)
        except WorkerDiedError as death:
            raise PermanentError(f"the message cannot be read: {death.why}") from death

    def _again(self, answer: TypeAdapter[Answer], path: Path, **about: str) -> Answer:
        return self._threads.submit(self._asked_again, answer, path, about).result()

    def _asked_again(self, answer: TypeAdapter[Answer], path: Path, about: dict[str, str]) -> Answer:
        _check(path)
        try:
            return self._asked(answer, path, None, **about)
        except WorkerDiedError as death:
            raise PermanentError(f"the message cannot be read again: {death.why}") from death

    def _with_documents(self, path: Path, grounds: Grounds | None, about: dict[str, str]) -> Examined:
        """A death is held against the mail only where the worker had read nothing before."""
        used = self._worker().mails > 0
        try:
            return self._asked(EXAMINED, path, grounds, **about)
        except WorkerDiedError as death:
            if not used or death.why == WorkerProcess.LATE:
                raise
        return self._asked(EXAMINED, path, grounds, **about)

    def _asked(self, answer: TypeAdapter[Answer], path: Path, grounds: Grounds | None, **about: str) -> Answer:
        worker = self._worker()
        try:
            if grounds:
                worker.learn(grounds)
            return worker.ask(answer, {"path": str(path.absolute()), **about})
        except WorkerDiedError:
            self._on_death()
            raise
        finally:
            if worker.dead or worker.mails >= _MOST_MAILS:
                self._end(worker)

    def _worker(self) -> WorkerProcess:
        worker: WorkerProcess | None = getattr(self._own, "worker", None)
        if worker is None or worker.dead:
            worker = WorkerProcess(self._limits, self._first)
            self._own.worker = worker
            self._started.add(worker)
        return worker

    def _end(self, worker: WorkerProcess) -> None:
        worker.end()
        self._started.discard(worker)


def _check(path: Path) -> None:
    try:
        with path.open("rb"):
            pass
    except OSError as cause:
        raise PermanentError(f"the stored message {path} cannot be read") from cause
