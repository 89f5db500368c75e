"""A ParsedMessage as the object that `intake parse --json` prints."""

from collections.abc import Iterable, Mapping
from datetime import datetime, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from intake.mail.parsed import Address, ParsedMessage

_OFFICE_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def as_json(parsed: ParsedMessage, texts: Mapping[int, str | None], zone: tzinfo = _OFFICE_ZONE) -> dict[str, Any]:
    """The keys of the printed object, its times in `zone`. `texts` has each attachment's readable text by its index."""
    printed = {
        "message_id": parsed.message_id,
        "date": _instant(parsed.date, zone),
        "received_at": _instant(parsed.received_at, zone),
        "from": _address(parsed.sender or Address("", "")),
        "to": _addresses(parsed.to),
        "cc": _addresses(parsed.cc),
        "reply_to": _addresses(parsed.reply_to),
        "subject": parsed.subject,
        "in_reply_to": parsed.in_reply_to,
        "references": list(parsed.references),
        "kind": parsed.kind,
        "text": parsed.text,
        "own_text": parsed.own_text,
        "html": parsed.html,
        "attachments": [
            {
                "filename": one.filename,
                "content_type": one.content_type,
                "size": one.size,
                "sha256": one.sha256,
                "text": texts.get(index),
            }
            for index, one in enumerate(parsed.attachments)
        ],
        "defects": list(parsed.defects),
    }
    return printed | _of_notification(parsed) if parsed.kind == "dsn" else printed


def _of_notification(parsed: ParsedMessage) -> dict[str, Any]:
    """What a delivery status notification says; other mails do not have these keys."""
    return {
        "delivery": [
            {
                "recipient": one.recipient,
                "final_recipient": one.final or one.recipient,
                "action": one.action,
                "status": one.status,
                "permanent": one.permanent,
                "diagnostic": one.diagnostic,
            }
            for one in parsed.delivery
        ],
        "original_message_ids": list(parsed.original_ids),
    }


def _instant(moment: datetime | None, zone: tzinfo) -> str | None:
    return moment.astimezone(zone).isoformat() if moment else None


def _address(address: Address) -> dict[str, str]:
    return {"name": address.name, "address": address.address}


def _addresses(addresses: Iterable[Address]) -> list[dict[str, str]]:
    return [_address(one) for one in addresses]
