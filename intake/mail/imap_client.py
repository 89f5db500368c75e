"""An IMAP client that a server can neither hold up for ever nor fill up: `imapclient` within limits."""

import imaplib
import socket
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any

from imapclient import IMAPClient
from imapclient.imap4 import IMAP4WithTimeout
from imapclient.tls import IMAP4_TLS

from intake.mail.watchdog import Watchdog


class _Bounded(imaplib.IMAP4):
    """Beside the socket's own timeout: so long for one command, and a literal of so many bytes at most."""

    _watchdog: Watchdog

    def __init__(self, *place: Any, seconds: float, most_bytes: int, heard: Callable[[], None]) -> None:
        self._seconds, self._most_bytes, self._heard = seconds, most_bytes, heard
        super().__init__(*place)

    def open(self, *place: Any, **options: Any) -> None:
        super().open(*place, **options)
        self._watchdog = Watchdog(self._seconds, self._hang_up)

    def send(self, data: Any) -> None:
        self._watchdog.begin()
        super().send(data)

    def readline(self) -> bytes:
        with self._watchdog.waiting():
            return super().readline()

    def read(self, size: int) -> bytes:
        if size > self._most_bytes:
            raise self.abort(f"the server announces {size:,} bytes at once")
        with self._watchdog.waiting(size):
            literal = super().read(size)
        self._heard()
        return literal

    def shutdown(self) -> None:
        self._watchdog.end()
        super().shutdown()

    def _hang_up(self) -> None:
        with suppress(OSError):
            self.sock.shutdown(socket.SHUT_RDWR)


class _Plain(_Bounded, IMAP4WithTimeout):  # type: ignore[misc]
    pass


class _Encrypted(_Bounded, IMAP4_TLS):  # type: ignore[misc]
    pass


class BoundedClient(IMAPClient):  # type: ignore[misc]
    """`seconds` is the timeout of each wait, `most_bytes` the longest literal that is read at all.

    `heard` is called with each literal that has come.
    """

    def __init__(
        self, host: str, port: int | None, *, seconds: float, most_bytes: int, heard: Callable[[], None], **options: Any
    ) -> None:
        self._bounded: Callable[[type[_Bounded]], partial[_Bounded]] = partial(
            partial, seconds=seconds, most_bytes=most_bytes, heard=heard
        )
        super().__init__(host, port, timeout=seconds, **options)

    def _create_IMAP4(self) -> _Bounded:  # noqa: N802
        seconds = self._timeout.connect
        if self.ssl:
            return self._bounded(_Encrypted)(self.host, self.port, self.ssl_context, seconds)
        return self._bounded(_Plain)(self.host, self.port, seconds)
