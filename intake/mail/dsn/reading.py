"""A delivery status notification read: each recipient with what became of the mail, and which mails it is about."""

from dataclasses import replace

from intake.mail.dsn.candidate import Candidate
from intake.mail.dsn.prose import presumed_statuses, prose_statuses
from intake.mail.dsn.reasons import is_permanent
from intake.mail.dsn.recognition import STATUS_TYPES
from intake.mail.dsn.returned import Returned, original_ids, returned_mails
from intake.mail.dsn.status_fields import read_statuses
from intake.mail.parsed import DeliveryStatus


def read_delivery(candidate: Candidate) -> tuple[tuple[DeliveryStatus, ...], tuple[str, ...]]:
    """The status of each recipient, by the report's fields before its prose, and the Message-IDs of the mails."""
    body = b"\n\n".join(one.content for one in candidate.attachments if one.content_type in STATUS_TYPES)
    returned = returned_mails(candidate)
    ids = original_ids(candidate, returned, body)
    in_prose = prose_statuses(candidate)
    by_fields = read_statuses(body, candidate.limits, candidate.note) or _fields_in_text(candidate)
    if not by_fields and not in_prose:
        return _enclosed(candidate) or (presumed_statuses(candidate, returned), ids)
    completed = tuple(_completed(one, in_prose, returned) for one in by_fields)
    return tuple(dict.fromkeys(completed)) or in_prose, ids


def _fields_in_text(candidate: Candidate) -> tuple[DeliveryStatus, ...]:
    """Some gateways turn the report into plain text, its fields still in it."""
    text = candidate.text
    begins = text.lower().find("final-recipient:")
    if begins < 0 or "action:" not in text.lower():
        return ()
    return read_statuses(text[begins:].encode(), candidate.limits, candidate.note)


def _enclosed(candidate: Candidate) -> tuple[tuple[DeliveryStatus, ...], tuple[str, ...]] | None:
    """A gateway may wrap the whole notification into another mail that says nothing by itself."""
    inner = next((one.message for one in candidate.attachments if one.message and one.message.kind == "dsn"), None)
    return (inner.delivery, inner.original_ids) if inner and inner.delivery else None


def _completed(one: DeliveryStatus, in_prose: tuple[DeliveryStatus, ...], returned: list[Returned]) -> DeliveryStatus:
    """What the fields leave out, taken from the prose and from the mail that came back."""
    if "@" not in one.recipient:
        named = [said.recipient for said in in_prose]
        addressed = [address for mail in returned for address in mail.recipients]
        one = replace(one, recipient=_whole(one.recipient, named, addressed))
    said = next((said for said in in_prose if said.recipient.casefold() == one.recipient.casefold()), None)
    if one.status or said is None:
        return one
    permanent = is_permanent(one.action, said.status)
    return replace(one, status=said.status, permanent=permanent, diagnostic=one.diagnostic or said.diagnostic)


def _whole(name: str, named: list[str], addressed: list[str]) -> str:
    """The one address that a name without a domain, or a path, can stand for; the name itself if there is none."""
    begins = f"{name}@".casefold()
    alike = {one for one in [*named, *addressed] if one.casefold().startswith(begins)}
    return next((one.pop() for one in (alike, set(named), set(addressed)) if len(one) == 1), name)
