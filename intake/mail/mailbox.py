"""Where mail comes in: what every mailbox can do, and the one place where its kind is chosen."""

import threading
from collections.abc import Callable, Iterator, Sequence
from types import TracebackType
from typing import Protocol, Self

from intake.clock import Clock, system_clock
from intake.config import ImapOrMaildir
from intake.mail.imap import ImapMailbox
from intake.mail.incoming import Incoming, received_at_of
from intake.mail.maildir import MaildirMailbox

__all__ = ["Incoming", "Mailbox", "open_mailbox", "received_at_of"]


class Mailbox(Protocol):
    """One folder of mail, open between `__enter__` and `__exit__`. For one thread.

    Everything raises `TemporaryError` (away, dropped, hanging) or `PermanentError` (login, folder, certificate).
    """

    @property
    def uid_validity(self) -> int:
        """Which numbering of the mails this is: by another one the UIDs are others'."""
        ...

    @property
    def uid_next(self) -> int:
        """Above every UID that was given so far; 1 where the server does not say."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, cause: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def new_messages(self, after_uid: int) -> Iterator[Incoming]:
        """The mails with a UID above `after_uid`, ascending. One that cannot be read comes with its `problem`."""
        ...

    def count_after(self, uid: int) -> int:
        """How many mails have a UID above `uid`; none of them is read."""
        ...

    def count(self) -> int:
        """How many mails the mailbox holds in all."""
        ...

    def uids_between(self, low: int, high: int) -> set[int]:
        """The UIDs that the mailbox holds, from `low` to `high`; none of the mails is read."""
        ...

    def read(self, uids: Sequence[int]) -> Iterator[Incoming]:
        """These mails, as `new_messages` gives them; those that are gone are left out."""
        ...

    def dispose(self, uids: Sequence[int]) -> None:
        """Does with mails that are safely stored what the config says: keep, flag or move. Never marks them as read."""
        ...

    def wait(self, seconds: float, stop: threading.Event | None = None) -> bool:
        """Waits for mail at most so long, or until `stop` is set. True if some came; False is no proof of none."""
        ...


def open_mailbox(
    settings: ImapOrMaildir, clock: Clock = system_clock, heard: Callable[[], None] = lambda: None
) -> Mailbox:
    """The mailbox of the config, to be used in a `with`. `clock` dates a mail that nothing else dates.

    `heard` is called with each piece that comes over a line, which may be slow.
    """
    if settings.kind == "maildir":
        return MaildirMailbox(settings, clock)
    return ImapMailbox(settings, clock, heard)
