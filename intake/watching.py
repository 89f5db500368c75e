"""Sits in IDLE on a connection of its own for each mailbox, and wakes the clockwork when one stirs."""

import threading
from collections.abc import Iterable
from dataclasses import dataclass, field

import structlog

from intake.config import ImapOrMaildir
from intake.errors import IntakeError
from intake.mail.mailbox import open_mailbox

RETRY_SECONDS = 30.0
WATCH_SECONDS = 240.0
END_SECONDS = 10.0

log = structlog.get_logger()


@dataclass
class _Watcher:
    settings: ImapOrMaildir
    wake: threading.Event
    stop: threading.Event = field(default_factory=threading.Event)
    thread: threading.Thread = field(init=False)

    def __post_init__(self) -> None:
        self.thread = threading.Thread(target=self._watch, name=f"watch {self.settings.label}", daemon=True)
        self.thread.start()

    def _watch(self) -> None:
        while not self.stop.is_set():
            try:
                self._listen()
            except IntakeError as cause:
                self._told(cause.sentence)
            except Exception as cause:
                self._told(f"{type(cause).__name__}: {cause}")

    def _listen(self) -> None:
        with open_mailbox(self.settings) as mailbox:
            while not self.stop.is_set():
                if mailbox.wait(WATCH_SECONDS, self.stop):
                    self.wake.set()

    def _told(self, why: str) -> None:
        log.info("not watching the mailbox now; the poll goes on", mailbox=self.settings.label, error=why)
        self.stop.wait(RETRY_SECONDS)


class Watchers:
    """One for each IMAP mailbox of the config, whichever that is."""

    def __init__(self, wake: threading.Event) -> None:
        self._wake = wake
        self._watchers: list[_Watcher] = []

    def follow(self, mailboxes: Iterable[ImapOrMaildir]) -> None:
        """Watches these and no others."""
        wanted = [one for one in mailboxes if one.kind == "imap"]
        gone = [one for one in self._watchers if one.settings not in wanted]
        for watcher in gone:
            watcher.stop.set()
        self._watchers = [one for one in self._watchers if one not in gone]
        watched = [one.settings for one in self._watchers]
        self._watchers += [_Watcher(one, self._wake) for one in wanted if one not in watched]

    def end(self) -> None:
        """Lets each hear out its server."""
        for watcher in self._watchers:
            watcher.stop.set()
        for watcher in self._watchers:
            watcher.thread.join(END_SECONDS)
