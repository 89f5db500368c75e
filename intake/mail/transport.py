"""Where mail goes out: SMTP over one connection that stays open, or a Maildir that keeps each mail.

A `PermanentError` is about this mail or this recipient. What would fail for every mail alike (login, certificate,
sender, relaying) is a `TemporaryError` that names the setting to mend, so that no notice is given up because of it.
"""

import re
import select
import smtplib
import time
from collections.abc import Callable
from types import TracebackType
from typing import Protocol, Self

from intake.config import Outgoing
from intake.errors import ConfigError, PermanentError, UnreachableError
from intake.mail.compose import with_ascii_domain
from intake.mail.connecting import trust, where
from intake.mail.maildir import deliver, make_maildir
from intake.mail.smtp_client import BoundedSmtp, BoundedSmtpOverTls
from intake.mail.smtp_refusals import problem_with, refused_mail, refused_recipient, refused_sender

_LINE_END = re.compile(rb"\r\n|\r|\n")
_FIRST_DOT = re.compile(rb"^\.", re.MULTILINE)
# A connection that was not used for so long is asked whether it is still there.
IDLE_SECONDS = 5.0


def _at_once() -> None:
    """Nothing is waited for."""


class Transport(Protocol):
    """Takes mails, one at a time, between `__enter__` and `__exit__`. For one thread."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, cause: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def send(self, mail: bytes, sender: str, recipient: str, ready: Callable[[], None] = _at_once) -> None:
        """Returns when the mail is in the hands of the next server. `sender` may be empty: the null reverse-path.

        `ready` is called before the server could take the mail; it may take its time, and what it raises keeps the
        mail from leaving.

        Raises `TemporaryError` if another attempt may succeed (`UnreachableError` if no mail at all gets through),
        `PermanentError` if this mail or recipient is refused.
        """
        ...

    def reach(self) -> str:
        """Goes as far as one can without sending, and says where that is. Raises like `send`."""
        ...


def open_transport(settings: Outgoing) -> Transport:
    """The transport of the config, to be used in a `with`. It connects with the first mail."""
    return MaildirTransport(settings) if settings.kind == "maildir" else SmtpTransport(settings)


class MaildirTransport:
    """Writes each mail to a Maildir as it is; the same mail twice makes two files."""

    def __init__(self, settings: Outgoing) -> None:
        assert settings.path is not None
        self._folder = settings.path

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, cause: BaseException | None, trace: TracebackType | None
    ) -> None:
        return None

    def reach(self) -> str:
        """See `Transport`."""
        try:
            make_maildir(self._folder)
        except OSError as cause:
            raise UnreachableError(f"the Maildir {self._folder} cannot be written to: {cause}") from cause
        return f"mails are written to {self._folder}"

    def send(self, mail: bytes, sender: str, recipient: str, ready: Callable[[], None] = _at_once) -> None:
        """See `Transport`."""
        ready()
        try:
            deliver(self._folder, mail)
        except OSError as cause:
            raise UnreachableError(f"the Maildir {self._folder} cannot be written to: {cause}") from cause


class SmtpTransport:
    """Speaks SMTP (RFC 5321) to one server."""

    def __init__(self, settings: Outgoing) -> None:
        self._settings = settings
        self._connection: smtplib.SMTP | None = None
        self._used_at: float | None = None
        self._in_doubt = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, cause: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._connection:
            try:
                self._connection.quit()
            except (smtplib.SMTPException, OSError):
                self._connection.close()
            self._connection = None

    def reach(self) -> str:
        """See `Transport`."""
        self._open()
        return f"{where(self._settings)} takes mail"

    def send(self, mail: bytes, sender: str, recipient: str, ready: Callable[[], None] = _at_once) -> None:
        """See `Transport`."""
        envelope = _wire_address(sender) if sender else "", _wire_address(recipient)
        connection = self._open()
        self._used_at, self._in_doubt = None, False
        try:
            self._transmit(connection, mail, *envelope, ready)
            self._used_at = time.monotonic()
        except smtplib.SMTPDataError as cause:
            raise refused_mail(cause.smtp_code, cause.smtp_error, recipient) from cause
        except OSError as cause:
            self._drop()
            raise UnreachableError(problem_with(self._settings, cause), self._in_doubt) from cause

    def _open(self) -> smtplib.SMTP:
        """The connection of the last mail if the server still holds it, else a new one."""
        if self._connection and not self._is_in_use(self._connection) and not _is_ready(self._connection):
            self._drop()
        if not self._connection:
            try:
                self._connection = _session(self._settings)
            except (ConfigError, OSError, UnicodeEncodeError) as cause:
                raise UnreachableError(problem_with(self._settings, cause)) from cause
        return self._connection

    def _is_in_use(self, connection: smtplib.SMTP) -> bool:
        """Whether it took a mail a moment ago and has said nothing since, as a server does that hangs up."""
        if self._used_at is None or time.monotonic() - self._used_at > IDLE_SECONDS or connection.sock is None:
            return False
        return not select.select([connection.sock], [], [], 0)[0]

    def _drop(self) -> None:
        if self._connection:
            self._connection.close()
            self._connection = None

    def _transmit(
        self, connection: smtplib.SMTP, mail: bytes, sender: str, recipient: str, ready: Callable[[], None]
    ) -> None:
        code, said = connection.mail(sender, _parameters(connection, mail, sender, recipient))
        if code != 250:
            raise refused_sender(self._settings, code, said, sender)
        code, said = connection.rcpt(recipient)
        if code not in (250, 251):
            raise refused_recipient(self._settings, code, said, recipient)
        code, said = self._data(connection, mail, ready)
        if code != 250:
            raise smtplib.SMTPDataError(code, said)

    def _data(self, connection: smtplib.SMTP, mail: bytes, ready: Callable[[], None]) -> tuple[int, bytes]:
        """The content, and when `ready` has returned the dot that ends it: before that no server takes a mail."""
        code, said = connection.docmd("data")
        if code != 354:
            raise smtplib.SMTPDataError(code, said)
        lines = _as_lines(mail)
        connection.send(lines[:-1])
        try:
            ready()
        except BaseException:
            self._drop()
            raise
        self._in_doubt = True
        connection.send(lines[-1:] + b".\r\n")
        return connection.getreply()


def _session(settings: Outgoing) -> smtplib.SMTP:
    """A connection that is greeted, encrypted and logged in, as the config asks."""
    seconds = settings.timeout.total_seconds()
    if settings.security == "tls":
        connection: smtplib.SMTP = BoundedSmtpOverTls(
            settings.host, settings.port or 465, timeout=seconds, context=trust(settings)
        )
    else:
        connection = BoundedSmtp(settings.host, settings.port or 587, timeout=seconds)
    try:
        connection.ehlo_or_helo_if_needed()
        if settings.security == "starttls":
            connection.starttls(context=trust(settings))
            connection.ehlo()
        if settings.username:
            connection.login(settings.username, settings.read_password())
    except BaseException:
        connection.close()
        raise
    return connection


def _as_lines(mail: bytes) -> bytes:
    """With CRLF at every line's end, and a dot before each that begins a line (RFC 5321, section 4.5.2)."""
    lines = _LINE_END.sub(b"\r\n", mail)
    return _FIRST_DOT.sub(b"..", lines if lines.endswith(b"\r\n") else lines + b"\r\n")


def _is_ready(connection: smtplib.SMTP) -> bool:
    try:
        return connection.rset()[0] == 250
    except (smtplib.SMTPException, OSError):
        return False


def _parameters(connection: smtplib.SMTP, mail: bytes, sender: str, recipient: str) -> list[str]:
    """The parameters of MAIL FROM that this mail needs and this server knows."""
    parameters = [f"SIZE={len(mail)}"] if connection.has_extn("size") else []
    if not mail.isascii() and connection.has_extn("8bitmime"):
        parameters.append("BODY=8BITMIME")
    if not (sender + recipient).isascii():
        if not connection.has_extn("smtputf8"):
            raise PermanentError(f"the server cannot write to {recipient}: it knows only addresses in ASCII")
        parameters.append("SMTPUTF8")
    return parameters


def _wire_address(address: str) -> str:
    try:
        return with_ascii_domain(address)
    except ValueError as cause:
        raise PermanentError(f"mail cannot be sent to or from {address!r}: it is not an address") from cause
