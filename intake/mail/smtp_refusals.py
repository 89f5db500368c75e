"""What a mail server's refusal means, as an error whose sentence says what to mend.

What is about this mail or this recipient is a `PermanentError`; what would fail for every mail alike is an
`UnreachableError`, so that no notice is given up because of it.
"""

import re
import smtplib

from intake.config import Outgoing
from intake.errors import ConfigError, PermanentError, RefusedRecipientError, TemporaryError, UnreachableError
from intake.mail.connecting import connection_problem, where

# Authentication required, too weak, refused, or to be encrypted first (RFC 4954, section 6).
_ABOUT_LOGIN = {530, 534, 535, 538}
_ABOUT_RELAYING = re.compile(rb"\brelay", re.IGNORECASE)
_STATUS = re.compile(rb"\s*5\.(\d+\.\d+)\b")
TOO_LARGE = 552
CLOSING = 421


def problem_with(settings: Outgoing, cause: Exception) -> str:
    """A sentence on what keeps every mail from leaving."""
    server = where(settings)
    match cause:
        case ConfigError():
            return cause.sentence
        case smtplib.SMTPAuthenticationError() if cause.smtp_code < 500:
            return f"{server} could not log in {settings.username} now: {cause.smtp_code} {_said(cause.smtp_error)}"
        case smtplib.SMTPAuthenticationError():
            said = _said(cause.smtp_error)
            return (
                f"{server} refuses the login of {settings.username} ({said}); check username and password of [outgoing]"
            )
        case smtplib.SMTPNotSupportedError():
            return f"{server}: {cause}; check security and username of [outgoing]"
        case smtplib.SMTPResponseException():
            return f"{server} takes no mail from here ({cause.smtp_code} {_said(cause.smtp_error)}); check [outgoing]"
        case smtplib.SMTPException():
            return f"{server} broke off: {cause}"
        case OSError():
            return connection_problem(settings, cause)
    return f"{server}: a password beyond ASCII cannot be sent; choose another one for [outgoing]"


def refused_sender(settings: Outgoing, code: int, said: bytes, sender: str) -> PermanentError | UnreachableError:
    """The reply to MAIL FROM: too large a mail is given up, anything else is about every mail."""
    if code == TOO_LARGE:
        return PermanentError(f"{where(settings)} refuses the mail as too large: {code} {_said(said)}")
    return UnreachableError(
        f"{where(settings)} takes no mail from {sender or '<>'} now ({code} {_said(said)}); "
        "check office.address, and username of [outgoing]"
    )


def refused_recipient(settings: Outgoing, code: int, said: bytes, recipient: str) -> PermanentError | TemporaryError:
    """The reply to RCPT TO; a server that relays nothing for us says so of every recipient."""
    if code in _ABOUT_LOGIN or (code >= 500 and _ABOUT_RELAYING.search(said)):
        return UnreachableError(
            f"{where(settings)} passes no mail on to others for us ({code} {_said(said)}); "
            "check username, security and port of [outgoing]"
        )
    refusal = refused_mail(code, said, recipient)
    gone = isinstance(refusal, PermanentError) and _is_gone(code, said)
    return RefusedRecipientError(refusal.sentence) if gone else refusal


def refused_mail(code: int, said: bytes | str, recipient: str) -> PermanentError | TemporaryError:
    """By the first digit of the reply (RFC 5321, section 4.2.1): 5 is for good, anything else may change.

    A 421 is about the connection (section 3.8), and a login that is missing about every mail.
    """
    sentence = f"the mail to {recipient} was refused: {code} {_said(said)}"
    if code == CLOSING or code in _ABOUT_LOGIN:
        return UnreachableError(sentence)
    return PermanentError(sentence) if 500 <= code < 600 else TemporaryError(sentence)


def _is_gone(code: int, said: bytes) -> bool:
    """Whether the address is dead, as against a full mailbox or a policy (RFC 3463, section 3.2)."""
    if status := _STATUS.match(said):
        return status[1].startswith(b"1.") or status[1] == b"2.1"
    return code in (550, 551, 553)


def _said(reply: bytes | str) -> str:
    text = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
    return " ".join(text.split())
