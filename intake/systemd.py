"""Tells systemd how the daemon is (sd_notify(3)): a datagram to the socket named in the environment, if one is.

The watchdog is fed by whoever makes progress, never by a timer: a clockwork that hangs must be seen to hang.
"""

import os
import socket
import time
from contextlib import suppress
from dataclasses import dataclass

FEEDS_IN_TIME = 4


def notify(state: str) -> None:
    """One state such as "READY=1". Nobody listens without systemd, and a socket that fails stops no work."""
    address = os.environ.get("NOTIFY_SOCKET", "")
    if not address:
        return
    with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as channel:
        channel.sendto(state.encode(), address.replace("@", "\0", 1) if address.startswith("@") else address)


@dataclass
class Watchdog:
    """Passes on signs of life, as often as systemd wants them and not with every mail.

    `seconds` is how long systemd waits for one.
    """

    seconds: float
    fed_at: float = float("-inf")

    @classmethod
    def of_environment(cls) -> "Watchdog | None":
        """The watchdog that systemd keeps on this process, None if it keeps none."""
        microseconds, owner = os.environ.get("WATCHDOG_USEC", ""), os.environ.get("WATCHDOG_PID", "")
        if not microseconds.isdigit() or owner not in ("", str(os.getpid())):
            return None
        return cls(int(microseconds) / 1_000_000)

    def feed(self) -> None:
        now = time.monotonic()
        if now - self.fed_at >= self.seconds / FEEDS_IN_TIME:
            self.fed_at = now
            notify("WATCHDOG=1")
