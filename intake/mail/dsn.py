"""Delivery status notifications: RFC 3464 reports, and the free texts of qmail, Exim, Postfix, Exchange, Gmail, Yahoo.

Says for which recipients a mail of ours was not delivered, how, and which Message-IDs it is about.
"""

import re

from intake.config import Limits
from intake.mail.charsets import Note
from intake.mail.fields import Fields, read_fields
from intake.mail.parsed import Address, DeliveryStatus

_STATUS = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.])")
_REPLY_CODE = re.compile(r"(?<![\d.])([45])\d\d(?=[ \-:])")
_ADDRESS = r"[^\s@<>()\"',;:]+@[^\s@<>()\"',;:]+"
_RECIPIENT_LINE = re.compile(
    rf"^[ \t>*]*<?(?:mailto:)?({_ADDRESS})>?(?:[ \t]*:.*|[ \t]*\([^)]*\)[ \t]*|[ \t]*)$", re.MULTILINE
)
_MESSAGE_ID = re.compile(r"^[ \t>]*message-id:\s*(<[^<>\s]+>)", re.IGNORECASE | re.MULTILINE)
_IDS = re.compile(r"<[^<>]+>")
_COPY = re.compile(
    r"^.*(?:below this line is a copy of the message|this is a copy of the message|original message (?:follows|headers)"
    r"|returned message|----- original message -----|message header follows|tiêu đề thư gốc).*$",
    re.IGNORECASE | re.MULTILINE,
)
_DAEMON = re.compile(
    r"(?:mailer-daemon|mail-daemon|mailerdaemon|postmaster|mdaemon|mail\.?delivery|microsoftexchange.*)$", re.I
)
_NOT_DELIVERED = re.compile(
    r"""this\ is\ the\ qmail-send\ program|(?:unable|not\ able)\ to\ deliver|could\ not\ be\ delivered
      | (?:delivery|deliver)\b.{0,60}\b(?:failed|failure|delayed|permanently|not\ yet)|undeliver(?:ed|able)
      | did\ not\ reach|had\ permanent\ fatal\ errors|has\ not\ (?:yet\ )?been\ delivered|couldn['’]t\ be\ delivered
      | wasn['’]t\ delivered|returned\ (?:mail|to\ sender)|mail\ delivery\ (?:system|subsystem)
      | không\ (?:thể\ )?(?:gửi|chuyển|phân\ phối)\ được|không\ thể\ (?:gửi|chuyển|phân\ phối)|không\ đến\ được""",
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
_DELAYED = re.compile(
    r"warning only|delayed|will be retried|still being retried|not yet been delivered|will keep trying|will continue"
    r"|no action is required|do not need to resend|bị trì hoãn|sẽ (?:tiếp tục )?thử lại",
    re.IGNORECASE,
)
_FOR_GOOD = re.compile(r"permanent|given up|vĩnh viễn", re.IGNORECASE)


def delivery_statuses(body: bytes, limits: Limits, note: Note) -> tuple[DeliveryStatus, ...]:
    """The recipients of a message/delivery-status body, group by group."""
    groups: list[Fields] = []
    position, following = -1, 0
    while position < following < len(body) and len(groups) < limits.parts:
        position = following
        fields, following = read_fields(body, position, len(body), limits, note)
        groups.append(fields)
    return tuple(_status(group) for group in groups if "final-recipient" in group or "original-recipient" in group)


def _status(group: Fields) -> DeliveryStatus:
    diagnostic = _typed(group.first("diagnostic-code"))
    action = group.first("action").decode("latin-1").split("(")[0].strip().lower() or "failed"
    found = _STATUS.search(group.first("status").decode("latin-1")) or _STATUS.search(diagnostic)
    status = found[0] if found else ""
    recipient = group.first("original-recipient") or group.first("final-recipient")
    return DeliveryStatus(_recipient(recipient), action, status, _is_permanent(action, status, diagnostic), diagnostic)


def _typed(value: bytes) -> str:
    """The value behind its type: `smtp; 550 …`, `rfc822; a@b`."""
    text = value.decode("utf-8", "replace")
    return " ".join(text.partition(";")[2].split() if ";" in text[:40] else text.split())


def _recipient(value: bytes) -> str:
    local, at, domain = _typed(value).strip("<> ").replace("+40", "@").rpartition("@")
    return f"{local}{at}{domain.lower()}"


def _is_permanent(action: str, status: str, diagnostic: str) -> bool:
    """A full mailbox (5.2.2) is what its class says. A failure without any code is final (RFC 3464, section 2.3.3)."""
    if action != "failed":
        return False
    if status:
        return status.startswith("5")
    code = _REPLY_CODE.search(diagnostic)
    return code is None or code[1] == "5"


def is_bounce_text(fields: Fields, sender: Address | None, text: str) -> bool:
    """A bounce that is no RFC 3464 report: written by a mail system, and saying that a mail was not delivered."""
    if "x-failed-recipients" in fields:
        return True
    local = sender.address.partition("@")[0] if sender else ""
    return bool(_DAEMON.match(local)) and bool(_NOT_DELIVERED.search(_report(text)))


def bounced_recipients(fields: Fields, text: str) -> tuple[DeliveryStatus, ...]:
    """What a bounce in free text says of each recipient that it names."""
    report = _report(text)
    named = [one.strip(" <>") for one in fields.first("x-failed-recipients").decode("latin-1").split(",")]
    found = [(match[1].rstrip("."), match.start()) for match in _RECIPIENT_LINE.finditer(report)]
    places = dict(reversed(found))
    recipients = [one for one in named if "@" in one] or list(dict.fromkeys(address for address, _ in found))
    return tuple(_bounced(one, report[places.get(one, 0) :], report) for one in recipients)


def _bounced(recipient: str, diagnosis: str, report: str) -> DeliveryStatus:
    found = _STATUS.search(diagnosis)
    code = _REPLY_CODE.search(diagnosis)
    action = "delayed" if _DELAYED.search(report) else "failed"
    status = found[0] if found else f"{code[1]}.0.0" if code else ""
    permanent = action == "failed" and (status.startswith("5") if status else bool(_FOR_GOOD.search(report)))
    local, at, domain = recipient.rpartition("@")
    line = next((line for line in diagnosis.splitlines() if _STATUS.search(line) or _REPLY_CODE.search(line)), "")
    return DeliveryStatus(f"{local}{at}{domain.lower()}", action, status, permanent, " ".join(line.split()))


def _report(text: str) -> str:
    """What the mail system writes, without the copy of the mail behind it."""
    copy = _COPY.search(text)
    return text[: copy.start()] if copy else text


def original_ids(returned: list[str], text: str, status_body: bytes, fields: Fields) -> tuple[str, ...]:
    """The Message-IDs of the mail that came back: from it, from its copy in the text, else from what is answered."""
    found = [one for one in returned if one] or _MESSAGE_ID.findall(text)
    found = found or re.findall(r"x-original-message-id:\s*(<[^<>\s]+>)", status_body.decode("latin-1"), re.IGNORECASE)
    if not found:
        answered = fields.first("in-reply-to") + b" " + fields.first("references")
        found = _IDS.findall(answered.decode("latin-1"))
    return tuple(dict.fromkeys(found))
