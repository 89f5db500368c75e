"""An SMTP server that keeps what it is given, and answers as a test tells it to."""

import asyncio
import contextlib
import ssl
import tempfile
import warnings
from collections import defaultdict, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import cached_property
from pathlib import Path
from typing import Any, cast

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from certificates import Certificate
from servers import free_port

USERNAME = "baocao"
PASSWORD = "smtp-secret"
HANG_SECONDS = 60

HANG = "hang"
DROP = "drop"


@dataclass(frozen=True)
class Delivered:
    """One mail with its envelope. `connection` tells one client connection from the next."""

    sender: str
    recipients: tuple[str, ...]
    raw: bytes
    connection: int
    parameters: tuple[str, ...] = ()

    @cached_property
    def message(self) -> EmailMessage:
        return cast(EmailMessage, message_from_bytes(self.raw, policy=policy.default))


@dataclass
class SmtpSink:
    """What came, and what is to be answered: `answer` for the next time, `refused` for ever."""

    port: int = 0
    ca_file: Path | None = None
    mails: list[Delivered] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    _answers: dict[str, deque[str]] = field(default_factory=lambda: defaultdict(deque))
    _connections: list[SMTP] = field(default_factory=list)
    _loop: asyncio.AbstractEventLoop | None = None

    def answer(self, command: str, *replies: str) -> None:
        """What the next uses of MAIL, RCPT, DATA or RSET are answered with: a reply, `HANG` or `DROP`.

        At DATA the mail was taken by then.
        """
        self._answers[command].extend(replies)

    def drop_connections(self) -> None:
        """Closes every connection, as a server does with idle ones."""
        assert self._loop
        asyncio.run_coroutine_threadsafe(self._drop_all(), self._loop).result(5)

    async def _drop_all(self) -> None:
        for connection in self._connections:
            if connection.transport:
                connection.transport.abort()

    async def handle_EHLO(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        if server not in self._connections:
            self._connections.append(server)
        return responses

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return await self._reply("MAIL", server)

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.refused:
            return self.refused[address]
        reply = await self._reply("RCPT", server)
        if reply.startswith("2"):
            envelope.rcpt_tos.append(address)
        return reply

    async def handle_RSET(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        return await self._reply("RSET", server)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        # aiosmtpd shows the null reverse-path as "<>".
        sender = (envelope.mail_from or "").removeprefix("<>")
        connection = self._connections.index(server)
        content = envelope.content if isinstance(envelope.content, bytes) else b""
        mail = Delivered(sender, tuple(envelope.rcpt_tos), content, connection, tuple(envelope.mail_options))
        reply = await self._reply("DATA", server, mail)
        if reply.startswith("2"):
            self.mails.append(mail)
        return reply

    async def _reply(self, command: str, server: SMTP, mail: Delivered | None = None) -> str:
        waiting = self._answers[command]
        reply = waiting.popleft() if waiting else "250 OK"
        if mail and reply in (HANG, DROP):
            self.mails.append(mail)
        if reply == HANG:
            await asyncio.sleep(HANG_SECONDS)
        if reply == DROP and server.transport:
            server.transport.abort()
        return reply if reply not in (HANG, DROP) else "451 gone"


class _Controller(Controller):
    def factory(self) -> SMTP:
        with warnings.catch_warnings():
            # aiosmtpd warns of a login without TLS, which is what some tests are about.
            warnings.simplefilter("ignore")
            return super().factory()


@contextlib.contextmanager
def smtp_sink_server(security: str = "none", login: bool = False, smtputf8: bool = True) -> Iterator[SmtpSink]:
    """The server on a free port of loopback. `security` has the words of the config."""
    with tempfile.TemporaryDirectory(prefix="intake-smtp-") as folder:
        certificate = Certificate.issued_in(Path(folder))
        sink = SmtpSink(free_port(), certificate.ca_file)
        controller = _Controller(
            sink, "127.0.0.1", sink.port, enable_SMTPUTF8=smtputf8, **_options(security, login, certificate)
        )
        sink._loop = controller.loop
        controller.start()
        try:
            yield sink
        finally:
            controller.stop()


def _options(security: str, login: bool, certificate: Certificate) -> dict[str, Any]:
    options: dict[str, Any] = {}
    if security != "none":
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(certificate.chain_file, certificate.key_file)
        options["ssl_context" if security == "tls" else "tls_context"] = context
    if login:
        options |= {"authenticator": _authenticate, "auth_required": True, "auth_require_tls": security == "starttls"}
    return options


def _authenticate(server: SMTP, session: Session, envelope: Envelope, mechanism: str, login: Any) -> AuthResult:
    right = isinstance(login, LoginPassword) and (login.login, login.password) == (
        USERNAME.encode(),
        PASSWORD.encode(),
    )
    return AuthResult(success=right, handled=False)
