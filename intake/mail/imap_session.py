"""Opens an IMAP connection up to the selected folder, and says in words what goes wrong on one."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

from imapclient import IMAPClient
from imapclient.exceptions import (
    CapabilityError,
    IMAPClientAbortError,
    IMAPClientError,
    IMAPClientReadOnlyError,
    LoginError,
)

from intake.config import ImapOrMaildir
from intake.errors import ConfigError, IntakeError, PermanentError, TemporaryError
from intake.mail.connecting import connection_problem, needs_a_person, trust
from intake.mail.imap_client import BoundedClient

# What the server says beside mails may be that long, however small the mails may be.
LEAST_LITERAL = 1_048_576

# Response codes of RFC 5530 that ask for another attempt; [LIMIT] and [SERVERBUG] pass too.
_PASSING = re.compile(r"\[(UNAVAILABLE|INUSE|LIMIT|SERVERBUG|OVERQUOTA)\]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Folder:
    """What the server told on SELECT. `uid_next` is 1 where it did not say."""

    uid_validity: int
    uid_next: int
    exists: int


def log_in(settings: ImapOrMaildir, heard: Callable[[], None]) -> IMAPClient:
    """A connection that is logged in. `heard` is called with each literal that comes over it."""
    client = _greeted(settings, heard)
    # At its own setting imaplib takes repr() of every literal twice, whether it logs or not.
    client._imap.debug = 0
    client.normalise_times = False
    try:
        if settings.security == "starttls":
            client.starttls(trust(settings))
        _authenticate(client, settings)
    except BaseException:
        drop(client)
        raise
    return client


def drop(client: IMAPClient) -> None:
    """Ends the connection without a word: nothing may be waited for on a broken one."""
    with suppress(OSError):
        client.shutdown()


def _greeted(settings: ImapOrMaildir, heard: Callable[[], None]) -> IMAPClient:
    encrypted = settings.security == "tls"
    try:
        return BoundedClient(
            settings.host,
            settings.port or None,
            ssl=encrypted,
            ssl_context=trust(settings) if encrypted else None,
            seconds=settings.timeout.total_seconds(),
            most_bytes=max(settings.max_size, LEAST_LITERAL),
            heard=heard,
        )
    except IMAPClientError as cause:
        # A greeting of BYE means too busy or shutting down.
        raise IMAPClientAbortError(str(cause)) from cause


def _authenticate(client: IMAPClient, settings: ImapOrMaildir) -> None:
    password = settings.read_password()
    if settings.username.isascii() and password.isascii():
        client.login(settings.username, password)
    else:
        client.plain_login(settings.username, password)


def select(client: IMAPClient, settings: ImapOrMaildir) -> Folder:
    """Opens the folder, read-only unless something is to be done with the mails."""
    try:
        answer: dict[bytes, Any] = client.select_folder(settings.folder, readonly=settings.after == "keep")
    except IMAPClientAbortError:
        raise
    except IMAPClientError as cause:
        if _PASSING.search(str(cause)):
            raise
        raise PermanentError(
            f"the folder {settings.folder} cannot be opened ({plain_words(cause)}); check folder"
        ) from cause
    if not answer.get(b"UIDVALIDITY"):
        raise PermanentError(f"{settings.host} gives no UIDVALIDITY for {settings.folder}; mail cannot be told apart")
    return Folder(int(answer[b"UIDVALIDITY"]), int(answer.get(b"UIDNEXT") or 1), int(answer.get(b"EXISTS") or 0))


@contextmanager
def in_words(settings: ImapOrMaildir) -> Iterator[None]:
    """Turns what the network or the server does into a `TemporaryError` or a `PermanentError`."""
    try:
        yield
    except ConfigError as cause:
        raise PermanentError(cause.sentence) from cause
    except OSError as cause:
        raise _connection_error(settings, cause) from cause
    except IMAPClientError as cause:
        raise _server_error(settings, cause) from cause
    except (ValueError, LookupError) as cause:
        raise TemporaryError(f"{settings.host} answers without sense: {plain_words(cause)}") from cause


def _connection_error(settings: ImapOrMaildir, cause: OSError) -> IntakeError:
    kind = PermanentError if needs_a_person(cause) else TemporaryError
    return kind(connection_problem(settings, cause))


def _server_error(settings: ImapOrMaildir, cause: IMAPClientError) -> IntakeError:
    said, host = plain_words(cause), settings.host
    match cause:
        case LoginError() if isinstance(cause.__context__, IMAPClientAbortError) or _PASSING.search(said):
            return TemporaryError(f"{host} could not log in {settings.username} now: {said}")
        case LoginError():
            return PermanentError(
                f"{host} refuses the login of {settings.username} ({said}); check username and password"
            )
        case CapabilityError():
            return PermanentError(f"{host} cannot do what the config asks for: {said}; check security and port")
        case IMAPClientReadOnlyError():
            return PermanentError(f'the folder {settings.folder} can only be read; set after = "keep"')
        case IMAPClientAbortError():
            return TemporaryError(f"{host} broke off the connection: {said}")
    if _PASSING.search(said):
        return TemporaryError(f"{host} cannot now: {said}")
    return PermanentError(f"{host} refuses: {said}")


def plain_words(cause: BaseException) -> str:
    """What the server said, without the marks of Python's bytes."""
    return re.sub(r"""\bb(['"])(.*?)\1""", r"\2", str(cause)) or type(cause).__name__
