"""Why a mail was not delivered, from what a mail system wrote: the status code of RFC 3463, and whether it is for good.

An enhanced status code counts before an SMTP reply code, and that before words. Words count only where they are plain.
"""

import re

from intake.mail.dsn.reason_wording import REASONS
from intake.mail.dsn.wording import any_of

_ENHANCED = re.compile(r"(?<![\w.])(?<!version )[45]\.[0-7]\.\d{1,3}(?!\w|\.\d)", re.IGNORECASE)
_REPLY = re.compile(
    r"(?:^|[:;,>(#\[<\"'=]|\b(?:said|saying|error|code|status|returned|response|responded|replied|reply|with|smtp|is))"
    r"[ \t:#(\"'\[]{0,4}([45][0-57]\d)(?=[ \t\-:;,.)\]\"'<]|$)",
    re.IGNORECASE | re.MULTILINE,
)
_BY_WORDS = tuple((detail, any_of(words)) for detail, words in REASONS)
_MOST = 20_000


def code_in(text: str) -> re.Match[str] | None:
    """Where a status or reply code stands in the text, an enhanced one first."""
    return _ENHANCED.search(text, 0, _MOST) or _REPLY.search(text, 0, _MOST)


def status_of(text: str, action: str = "failed") -> str:
    """The status code that the words of a mail system come to, "" where they say nothing plain."""
    if enhanced := _ENHANCED.search(text, 0, _MOST):
        return enhanced[0]
    reply = _REPLY.search(text, 0, _MOST)
    detail = _detail(text)
    if reply:
        return f"{reply[1][0]}.{detail or '0.0'}"
    return f"{'4' if action == 'delayed' else '5'}.{detail}" if detail else ""


def _detail(text: str) -> str:
    return next((detail for detail, words in _BY_WORDS if words.search(text, 0, _MOST)), "")


def is_permanent(action: str, status: str) -> bool:
    """A full mailbox (5.2.2) is what its class says. A failure without any code is final (RFC 3464, section 2.3.3)."""
    return action == "failed" and not status.startswith(("2", "4"))
