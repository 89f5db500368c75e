"""What IMAP and SMTP share in reaching a server: whom to trust, and what a failed connection means in words."""

import socket
import ssl

from intake.config import Server
from intake.errors import ConfigError


def trust(server: Server) -> ssl.SSLContext:
    """Checks certificate and host name, against `ca_file` alone where one is given. Raises `ConfigError`."""
    try:
        return ssl.create_default_context(cafile=str(server.ca_file) if server.ca_file else None)
    except OSError as cause:
        raise ConfigError(f"ca_file: {server.ca_file} is not a readable file of CA certificates: {cause}") from cause


def where(server: Server) -> str:
    """The server as a sentence names it."""
    return f"{server.host}:{server.port}" if server.port else server.host


def needs_a_person(cause: OSError) -> bool:
    """Whether the same attempt would fail again: a certificate not trusted, or a port that does not speak TLS."""
    return isinstance(cause, ssl.SSLCertVerificationError) or _speaks_no_tls(cause)


def connection_problem(server: Server, cause: OSError) -> str:
    """A sentence that says what is wrong and what to mend."""
    address = where(server)
    match cause:
        case ssl.SSLCertVerificationError():
            return (
                f"the certificate of {address} is not trusted ({cause.verify_message}); "
                "set ca_file to the CA that issued it, and host to the name it bears"
            )
        case ssl.SSLError() if _speaks_no_tls(cause):
            return f'{address} does not speak TLS there; set security to "starttls" or "none", or another port'
        case socket.gaierror():
            return f"the name {server.host} cannot be resolved ({cause.strerror}); check host and the name servers"
        case TimeoutError():
            return f"{address} did not answer within {server.timeout.total_seconds():g} s"
        case ConnectionRefusedError():
            return f"{address} refuses connections; check host and port, or whether the server runs"
    return f"the connection to {address} broke: {cause}"


def _speaks_no_tls(cause: OSError) -> bool:
    return isinstance(cause, ssl.SSLError) and cause.reason in ("WRONG_VERSION_NUMBER", "HTTP_REQUEST")
