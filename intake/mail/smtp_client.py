"""An SMTP client that a server cannot hold up for ever: `smtplib` with a limit on what one command waits for."""

import smtplib
import socket
from contextlib import suppress
from typing import Any

from intake.mail.watchdog import Watchdog


class BoundedSmtp(smtplib.SMTP):
    """Beside the socket's own timeout: so long for one command."""

    def __init__(self, host: str, port: int, *, timeout: float, **options: Any) -> None:
        self._watchdog = Watchdog(timeout, self._hang_up)
        try:
            super().__init__(host, port, timeout=timeout, **options)
        except BaseException:
            self._watchdog.end()
            raise

    def connect(self, host: str = "localhost", port: int = 0, source_address: Any = None) -> tuple[int, bytes]:
        """A mail goes out in two pieces, and the second may not wait until the server's host confirms the first."""
        greeting = super().connect(host, port, source_address)
        if self.sock:
            self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return greeting

    def send(self, s: Any) -> None:
        self._watchdog.begin()
        super().send(s)

    def getreply(self) -> tuple[int, bytes]:
        with self._watchdog.waiting():
            return super().getreply()

    def close(self) -> None:
        self._watchdog.end()
        super().close()

    def _hang_up(self) -> None:
        with suppress(OSError, AttributeError):
            self.sock.shutdown(socket.SHUT_RDWR)  # type: ignore[union-attr]


class BoundedSmtpOverTls(BoundedSmtp, smtplib.SMTP_SSL):
    """The same, encrypted from the first byte."""
