"""The mail that came back: from the attached message or header, or from its copy in the text of the notification."""

import re
from dataclasses import dataclass

from intake.mail.addresses import read_addresses
from intake.mail.charsets import clean
from intake.mail.dsn.candidate import Candidate
from intake.mail.fields import Fields, read_fields
from intake.mail.kinds import is_from_list
from intake.mail.parsed import Attachment, ParsedMessage

_HEADER_TYPES = (
    "text/rfc822-headers", "text/rfc822-header", "text/rfc822",
    "message/rfc822-headers", "message/global-headers", "message/partial",
)  # fmt: skip
_ID = re.compile(r"<[^<>\s]+>")
_NAMED_ID = re.compile(r"\bmessage[ \-]?id\b[^<>\n]{0,12}(<[^<>\s]+@[^<>\s]+>)", re.IGNORECASE)
_STATUS_ID = re.compile(r"^(?:x-)?original-message-id:[^<>\n]{0,12}(<[^<>\s]+>)", re.IGNORECASE | re.MULTILINE)
_BEGINS_WITH_FIELD = re.compile(rb"\s*[!-9;-~]{1,60}:[ \t]")
_FIELD_LINE = re.compile(r"^[ \t]*[A-Za-z][A-Za-z0-9-]{1,40}:[ \t]", re.MULTILINE)
_QUOTED = re.compile(r"^[>|] ?", re.MULTILINE)
_COPY = re.compile(
    r"""^(?:
      [ \t>|]*[-=*_|]{2,}[^\n]{0,40}\b(?:original|returned|unsent|undelivered|forwarded|copy
            |message\ (?:header|text|body)|headers?\ follow)\b[^\n]*
    | [^\n]{0,60}\b(?:copy\ of\ (?:the|your)\b[^\n]{0,30}|(?:original|returned|unsent|undelivered)\ )
            (?:message|(?:e-?)?mail|headers?)\b[^\n]{0,40}\b(?:follows?|following|below|attached|including)\b[^\n]*
    | [^\n]{0,20}\b(?:here|this|below|following)\ is\ (?:a|the)\b[^\n]{0,20}\bcopy\ of\ (?:the|your)\b[^\n]*
    | [ \t]*(?:the\ )?(?:original|old|returned|unsent)\ (?:(?:e-?)?mail|message)(?:\ (?:headers?|details|text))?:[ \t]*
    | [ \t]*your\ message\ reads\b[^\n]*
    | [ \t]*(?:the\ )?(?:message|mail)\ (?:headers?|text|body)\ (?:follows?|is|was)\b[^\n]*
    | [ \t]*(?:tiêu\ đề\ (?:của\ )?thư\ gốc|nội\ dung\ thư\ gốc|thư\ gốc)\b[^\n]*
    | (?P<header>(?:>[ ]?)?(?:return-path|received|delivered-to):[ \t][^\n]*)
    )$""",
    re.IGNORECASE | re.MULTILINE | re.VERBOSE,
)
_MOST = 100_000


@dataclass(frozen=True, slots=True)
class Returned:
    """One mail that came back, as far as it can be seen: its Message-ID and whom it was addressed to."""

    message_id: str
    recipients: tuple[str, ...]


def report_and_copy(text: str) -> tuple[str, str]:
    """What the mail system writes, and the copy of the mail behind it."""
    copy = _COPY.search(text, 0, _MOST)
    if not copy:
        return text[:_MOST], ""
    # A header line is itself the beginning of the copy; any other line only announces it.
    return text[: copy.start()], text[copy.start() if copy["header"] else copy.end() :]


def returned_mails(candidate: Candidate) -> list[Returned]:
    """The mails that came back, in order."""
    attached = [one for attachment in candidate.attachments if (one := _attached(attachment, candidate))]
    if attached:
        return attached
    copy = _QUOTED.sub("", report_and_copy(candidate.text)[1]).lstrip()
    first = _FIELD_LINE.search(copy[:2000])
    return [_headed(copy[first.start() :].encode(), candidate)] if first else []


def _attached(attachment: Attachment, candidate: Candidate) -> Returned | None:
    if attachment.message:
        return _of_message(attachment.message)
    looks_like_mail = attachment.content_type in _HEADER_TYPES or attachment.filename.lower().endswith((".eml", ".msg"))
    if not looks_like_mail or not _BEGINS_WITH_FIELD.match(attachment.content[:200]):
        return None
    return _headed(attachment.content.lstrip(), candidate)


def _of_message(message: ParsedMessage) -> Returned:
    # Whom a list sent it on to, its header does not say.
    addressed = () if message.from_list else (*message.to, *message.cc)
    return Returned(message.message_id, tuple(one.address for one in addressed))


def _headed(content: bytes, candidate: Candidate) -> Returned:
    fields = read_fields(content, 0, len(content), candidate.limits, candidate.note)[0]
    found = _ids(fields, "message-id")
    names = () if is_from_list(fields) else ("to", "cc")
    named = [one.address for name in names for one in read_addresses(fields.first(name), candidate.note)]
    return Returned(next(iter(found), ""), tuple(named))


def original_ids(candidate: Candidate, returned: list[Returned], status_body: bytes) -> tuple[str, ...]:
    """The Message-IDs of the mails that came back: from them, else from the report, else from what is answered."""
    found = [one.message_id for one in returned if one.message_id]
    found = found or _STATUS_ID.findall(clean(status_body.decode("utf-8", "replace")))
    found = found or _ids(candidate.fields, "x-original-message-id", "x-ms-exchange-parent-message-id")
    found = found or _NAMED_ID.findall(candidate.text)[:1]
    found = found or _ids(candidate.fields, "in-reply-to", "references")
    return tuple(dict.fromkeys(found))


def _ids(fields: Fields, *names: str) -> list[str]:
    return [one for name in names for one in _ID.findall(clean(fields.first(name).decode("utf-8", "replace")))]
