"""The body of a message/delivery-status part (RFC 3464, section 2): what its fields say of each recipient."""

import re

from intake.config import Limits
from intake.mail.charsets import Note, clean
from intake.mail.dsn.reasons import is_permanent, status_of
from intake.mail.fields import Fields, read_fields
from intake.mail.parsed import DeliveryStatus

_BLANK_LINE = re.compile(rb"\r?\n[ \t]*\r?(?=\n)")
_STATUS = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.])")
_ADDRESS = re.compile(r"[^\s@<>()\"',;:=]{1,100}@[^\s@<>()\"',;:]{1,200}")
_ACTIONS = (
    ("fail", "failed"), ("error", "failed"), ("undeliver", "failed"), ("reject", "failed"), ("expired", "failed"),
    ("delay", "delayed"), ("relay", "relayed"), ("expand", "expanded"), ("deliver", "delivered"),
)  # fmt: skip
_ACTION_OF_CLASS = {"2": "delivered", "4": "delayed", "5": "failed"}


def read_statuses(body: bytes, limits: Limits, note: Note) -> tuple[DeliveryStatus, ...]:
    """The recipients of the body, group by group."""
    groups = [
        read_fields(group, 0, len(group), limits, note)[0]
        for group in map(bytes.strip, _BLANK_LINE.split(body, maxsplit=limits.parts))
        if group
    ]
    return tuple(_status(group) for group in groups if "final-recipient" in group or "original-recipient" in group)


def _status(group: Fields) -> DeliveryStatus:
    diagnostic = _typed(group.first("diagnostic-code"))
    status = _status_code(group.first("status").decode("utf-8", "replace"), diagnostic)
    action = _action(group.first("action").decode("latin-1").strip().lower(), status)
    recipients = [_recipient(group.first(name)) for name in ("original-recipient", "final-recipient")]
    whole = [one for one in recipients if "@" in one] or [one for one in recipients if one] or [""]
    final = whole[-1] if whole[-1] != whole[0] else ""
    return DeliveryStatus(whole[0], action, status, is_permanent(action, status), diagnostic, final)


def _status_code(field: str, diagnostic: str) -> str:
    for said in (field, diagnostic):
        if found := _STATUS.search(said):
            return found[0]
    return status_of(field) or status_of(diagnostic)


def _action(said: str, status: str) -> str:
    known = next((action for start, action in _ACTIONS if said.startswith(start)), "")
    return known or (said and _ACTION_OF_CLASS.get(status[:1])) or "failed"


def _typed(value: bytes) -> str:
    """The value behind its type: `smtp; 550 …`, `rfc822; a@b`."""
    text = clean(value.decode("utf-8", "replace"))
    return " ".join(text.partition(";")[2].split() if ";" in text[:40] else text.split())


def _recipient(value: bytes) -> str:
    text = _typed(value)
    if "@" not in text:
        # RFC 3461, section 4: an address of another kind may be written as xtext.
        text = text.replace("+40", "@", 1)
    found = _ADDRESS.search(text)
    local, at, domain = (found[0] if found else text.split("(")[0].strip('<>" ')).rpartition("@")
    return f"{local}{at}{domain.lower().rstrip('.')}"
