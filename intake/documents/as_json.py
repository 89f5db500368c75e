"""A mail's reading as `intake parse --json` prints it: the message, and of each attachment its outcome and facts."""

from datetime import datetime, tzinfo
from typing import Any

from intake.mail.as_json import as_json
from intake.rules.papers.letterhead import KINDS, read_letterhead
from intake.rules.papers.signing import addressees, signer
from intake.rules.reading import DocumentKind, DocumentReading, MailReading, SignatureReading

_WITH_A_HEAD: tuple[DocumentKind, ...] = ("pdf", "docx", "doc", "rtf", "odt", "html", "text", "image")


def reading_as_json(reading: MailReading, zone: tzinfo) -> dict[str, Any]:
    """The keys of the printed object, its times in `zone`."""
    attachments = _attachments(reading, zone)
    line = as_json(reading.message, {}, zone)
    line["attachments"] = [one | read for one, read in zip(line["attachments"], attachments, strict=True)]
    return line | {"secrecy": reading.secrecy or None}


def _attachments(reading: MailReading, zone: tzinfo) -> list[dict[str, Any]]:
    found: list[list[DocumentReading]] = [[] for _ in reading.message.attachments]
    for document in reading.documents:
        found[document.attachment].append(document)
    return [_attachment(documents, zone) for documents in found]


def _attachment(documents: list[DocumentReading], zone: tzinfo) -> dict[str, Any]:
    if not documents:
        return {"text": None}
    first, *inner = documents
    text = "\n\n".join(document.text for document in documents if document.text)
    own = {"text": text or None} | _document(first, zone)
    return own | {"files": [_named(document) | _document(document, zone) for document in inner]}


def _named(document: DocumentReading) -> dict[str, Any]:
    return {"filename": document.name, "inside": document.inside, "size": document.size, "sha256": document.sha256}


def _document(document: DocumentReading, zone: tzinfo) -> dict[str, Any]:
    return {
        "kind": document.kind,
        "outcome": document.outcome,
        "detail": document.detail,
        "signature": document.signature,
        "signatures": [_signature(one, zone) for one in document.signatures],
        "repairs": list(document.repairs),
        "facts": facts_as_json(document.text) if document.kind in _WITH_A_HEAD and document.text else None,
    }


def facts_as_json(text: str) -> dict[str, Any] | None:
    """What an administrative document says of itself; None where the text is none."""
    head = read_letterhead(text)
    if not (head.kind or head.symbol):
        return None
    signed = signer(text)
    return {
        "number": head.number,
        "symbol": head.symbol or None,
        "place": head.place or None,
        "issued_on": head.issued_on.isoformat() if head.issued_on else None,
        "issuers": list(head.issuers),
        "issuer": head.issuer or None,
        "kind": KINDS[head.kind].upper() if head.kind else None,
        "title": head.title or None,
        "to": list(addressees(text)),
        "urgency": head.urgency or None,
        "secrecy": None,
        "is_draft": head.is_draft,
        "signer": {"name": signed.name, "title": signed.title or None, "on_behalf": list(signed.on_behalf)}
        if signed
        else None,
    }


def _signature(one: SignatureReading, zone: tzinfo) -> dict[str, Any]:
    return {
        "state": one.state,
        "signer": one.signer,
        "organization": one.organization,
        "uid": one.uid,
        "serial": one.serial,
        "issuer": one.issuer,
        "signed_at": _instant(one.signed_at, zone),
        "stamped_at": _instant(one.stamped_at, zone),
        "field": one.field,
        "detail": one.detail,
    }


def _instant(moment: datetime | None, zone: tzinfo) -> str | None:
    return moment.astimezone(zone).isoformat() if moment else None
