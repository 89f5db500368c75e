"""The worst of SMTP servers: it keeps what it takes, and at every place of the dialogue it can do what a test says.

Places are `greeting`, `EHLO`, `STARTTLS`, `AUTH`, `MAIL`, `RCPT`, `DATA` and `content` (after the last dot). A rule for
a place gives the reply, or one of the deeds below; None is what a sound server does.
"""

import base64
import contextlib
import email
import email.policy
import re
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage
from functools import cached_property
from typing import BinaryIO

HANG = "hang"
DROP = "drop"
TAKE_AND_DROP = "take the mail and drop"
TAKE_AND_HANG = "take the mail and hang"
REPLY_AND_DROP = "reply and drop"
REPLY_AND_GARBAGE = "reply, bytes without sense, and drop"
LAST_DEEDS = (HANG, DROP, TAKE_AND_DROP, TAKE_AND_HANG, REPLY_AND_DROP, REPLY_AND_GARBAGE)
USERNAME, PASSWORD = "baocao", "smtp-secret"

GARBAGE = b"what?\xff\x00" * 8


@dataclass(frozen=True)
class Taken:
    """One mail that was taken, for one recipient."""

    recipient: str
    raw: bytes
    at: float

    @cached_property
    def message(self) -> EmailMessage:
        return email.message_from_bytes(self.raw, policy=email.policy.default)  # type: ignore[return-value]

    @cached_property
    def answers(self) -> str:
        return str(self.message["In-Reply-To"] or "")

    @cached_property
    def mail_id(self) -> str:
        return str(self.message["Message-ID"])


@dataclass
class Dialogue:
    """What one connection has come to."""

    recipients: list[str] = field(default_factory=list)
    size: int = 0
    sender: str = ""


Rule = Callable[[Dialogue], str | None]


@dataclass
class Sink:
    """`rules` may change while it runs. `attempts` counts how often each place was reached, `open` is who is there."""

    port: int = 0
    tls: ssl.SSLContext | None = None
    size_limit: int = 0
    refused_as_too_large: int = 0
    mails: list[Taken] = field(default_factory=list)
    rules: dict[str, Rule] = field(default_factory=dict)
    attempts: dict[str, int] = field(default_factory=dict)
    open: list[socket.socket] = field(default_factory=list)

    def listen(self, listener: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = listener.accept()
                self.open.append(client)
                threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        session = _Session(self, client)
        with contextlib.suppress(OSError, _GoneError, ValueError):
            session.talk()
        session.close()
        self.open.remove(client)


class _GoneError(Exception):
    """The connection has ended."""


class _Session:
    """One connection from its greeting to its end."""

    def __init__(self, sink: Sink, client: socket.socket) -> None:
        self._sink, self._socket = sink, client
        self._lines: BinaryIO = client.makefile("rb")
        self._now = Dialogue()

    def talk(self) -> None:
        self._answer("greeting", "220 sink ESMTP")
        while line := self._lines.readline():
            word, _, rest = line.decode("utf-8", "replace").strip().partition(" ")
            getattr(self, f"_on_{word.lower()}", self._on_unknown)(rest)

    def close(self) -> None:
        """Hangs up; under encryption that is another socket than the one of the greeting."""
        with contextlib.suppress(OSError):
            self._lines.close()
            self._socket.close()

    def _on_ehlo(self, _rest: str) -> None:
        offers = ["sink", "8BITMIME", "SMTPUTF8", f"SIZE {self._sink.size_limit}"]
        offers += ["STARTTLS"] if self._sink.tls else []
        offers += ["AUTH PLAIN LOGIN"]
        lines = [f"250-{one}\r\n" for one in offers[:-1]] + [f"250 {offers[-1]}"]
        self._answer("EHLO", "".join(lines))

    def _on_starttls(self, _rest: str) -> None:
        if self._answer("STARTTLS", "220 go on"):
            assert self._sink.tls
            self._socket = self._sink.tls.wrap_socket(self._socket, server_side=True)
            self._lines = self._socket.makefile("rb")

    def _on_auth(self, rest: str) -> None:
        known = base64.b64encode(f"\0{USERNAME}\0{PASSWORD}".encode()).decode()
        self._answer("AUTH", "235 welcome" if rest.endswith(known) else "535 5.7.8 wrong")

    def _on_mail(self, rest: str) -> None:
        self._now = Dialogue(sender=rest, size=int(found[1]) if (found := re.search(r"SIZE=(\d+)", rest)) else 0)
        too_large = 0 < self._sink.size_limit < self._now.size
        self._sink.refused_as_too_large += too_large
        self._answer("MAIL", "552 5.3.4 too large" if too_large else "250 OK")

    def _on_rcpt(self, rest: str) -> None:
        self._now.recipients.append(rest.partition("<")[2].partition(">")[0])
        if not self._answer("RCPT", "250 OK"):
            self._now.recipients.pop()

    def _on_data(self, _rest: str) -> None:
        if not self._now.recipients:
            self._say("554 no recipient")
        elif self._answer("DATA", "354 go on"):
            content = bytearray()
            while (line := self._lines.readline()) != b".\r\n":
                if not line:
                    raise _GoneError
                content += line[1:] if line.startswith(b".") else line
            self._take(bytes(content))

    def _take(self, content: bytes) -> None:
        reply = self._reply("content", "250 OK")
        if reply.startswith("2") or reply in (TAKE_AND_DROP, TAKE_AND_HANG, REPLY_AND_DROP):
            self._sink.mails += [Taken(one, content, time.time()) for one in self._now.recipients]
        self._do(reply, "250 OK")

    def _on_rset(self, _rest: str) -> None:
        self._now = Dialogue()
        self._answer("RSET", "250 OK")

    def _on_noop(self, _rest: str) -> None:
        self._say("250 OK")

    def _on_quit(self, _rest: str) -> None:
        self._say("221 bye")
        raise _GoneError

    def _on_unknown(self, _rest: str) -> None:
        self._say("502 5.5.2 unknown")

    def _answer(self, place: str, sound: str) -> bool:
        """Says what is to be said at this place; whether the dialogue goes on from there."""
        reply = self._reply(place, sound)
        self._do(reply, sound)
        return reply[:1] in ("2", "3")

    def _reply(self, place: str, sound: str) -> str:
        self._sink.attempts[place] = self._sink.attempts.get(place, 0) + 1
        rule = self._sink.rules.get(place)
        return (rule(self._now) if rule else None) or sound

    def _do(self, reply: str, sound: str) -> None:
        if reply in (HANG, TAKE_AND_HANG):
            rules = dict(self._sink.rules)
            while rules == self._sink.rules:
                time.sleep(0.02)
        elif reply in (REPLY_AND_DROP, REPLY_AND_GARBAGE):
            self._say(sound)
            self._socket.sendall(GARBAGE if reply == REPLY_AND_GARBAGE else b"")
        elif reply not in (DROP, TAKE_AND_DROP):
            self._say(reply)
        if reply in LAST_DEEDS or reply.startswith("421"):
            self._socket.shutdown(socket.SHUT_RDWR)
            raise _GoneError

    def _say(self, line: str) -> None:
        self._socket.sendall(f"{line}\r\n".encode())


@contextlib.contextmanager
def sink_server(tls: ssl.SSLContext | None = None) -> Iterator[Sink]:
    """The server on a free port of loopback; with `tls` it offers STARTTLS."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        sink = Sink(listener.getsockname()[1], tls)
        thread = threading.Thread(target=sink.listen, args=(listener,), daemon=True)
        thread.start()
        try:
            yield sink
        finally:
            sink.rules = {"closed": lambda _now: None}
            listener.shutdown(socket.SHUT_RDWR)
            thread.join()
            for one in list(sink.open):
                one.close()
