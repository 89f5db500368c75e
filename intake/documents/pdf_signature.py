"""How a PDF is signed: each signature by whom, when, whether it holds, whether we trust it, what changed after it.

Nothing is fetched: a certificate that was withdrawn is not known to be. Imported late: it takes 1.6 s.
"""

import logging
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO

from asn1crypto import x509
from pyhanko.keys import load_certs_from_pemder
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import (
    EmbeddedPdfSignature,
    PdfSignatureStatus,
    SignatureCoverageLevel,
    validate_pdf_signature,
)
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko_certvalidator import ValidationContext

from intake.rules.reading import Signature, SignatureReading

# It reports every unknown issuer with a traceback, and most issuers are unknown here.
logging.getLogger("pyhanko").setLevel(logging.CRITICAL)
logging.getLogger("pyhanko_certvalidator").setLevel(logging.CRITICAL)

# What it raises on a damaged signature is not one kind of exception; damaged is what all of them say.
_DAMAGED = (
    PdfError, SignatureValidationError, ValueError, TypeError, KeyError, IndexError, AttributeError, OSError,
    NotImplementedError, RecursionError,
)  # fmt: skip
_FOR_SIGNING = KeyUsageConstraints(key_usage={"digital_signature", "non_repudiation"}, match_all_key_usages=False)
_FORGEABLE = ("md5", "sha1")
_UID = "user_id"


def judged(file: BinaryIO, trust_store: Path | None) -> tuple[SignatureReading, ...]:
    """Every signature of the PDF, in the order in which they were made."""
    try:
        signatures = PdfFileReader(file, strict=False).embedded_regular_signatures
    except _DAMAGED:
        return (SignatureReading("broken", detail="its signatures cannot be made out"),)
    return tuple(_read(one, one is signatures[-1], trust_store) for one in signatures)


def _read(signature: EmbeddedPdfSignature, is_last: bool, trust_store: Path | None) -> SignatureReading:
    try:
        status = _status(signature, trust_store)
        state, detail = _state(signature, status, is_last)
        return SignatureReading(state, detail=detail, **_about(signature, status))
    except _DAMAGED:
        return SignatureReading("broken", field=str(signature.field_name or ""), detail="it cannot be made out")


def _status(signature: EmbeddedPdfSignature, trust_store: Path | None) -> PdfSignatureStatus:
    """Judged as of the day it was signed: a certificate that has run out since was good then."""
    context = ValidationContext(
        trust_roots=list(trusted(trust_store)),
        moment=signature.self_reported_timestamp,
        best_signature_time=signature.self_reported_timestamp,
        allow_fetching=False,
        weak_hash_algos=set(),
    )
    # What a time stamp is worth is a question of its own; whom it was made by is not asked here.
    return validate_pdf_signature(signature, context, key_usage_settings=_FOR_SIGNING)


@cache
def trusted(trust_store: Path | None) -> tuple[x509.Certificate, ...]:
    """The certificates of the trust store: a PEM or DER file, or a folder of such. Raises `OSError` or `ValueError`."""
    if trust_store is None:
        return ()
    files = sorted(trust_store.iterdir()) if trust_store.is_dir() else [trust_store]
    return tuple(load_certs_from_pemder(map(str, files)))  # type: ignore[no-untyped-call]


def _state(signature: EmbeddedPdfSignature, status: PdfSignatureStatus, is_last: bool) -> tuple[Signature, str]:
    if not (status.intact and status.valid):
        return "broken", "the bytes are not those that were signed"
    if status.coverage < SignatureCoverageLevel.ENTIRE_REVISION:
        return "broken", "it does not cover all of what was there when it was made"
    if not _is_left_alone(signature, status, is_last):
        return "changed", "the document was changed after it was made"
    problems = list(_why_not_trusted(signature, status))
    return ("intact", "; ".join(problems)) if problems else ("trusted", "")


def _is_left_alone(signature: EmbeddedPdfSignature, status: PdfSignatureStatus, is_last: bool) -> bool:
    """What follows is further signatures and their evidence; after the last one, evidence or a line end."""
    if status.coverage == SignatureCoverageLevel.ENTIRE_FILE or _is_followed_by_blanks(signature):
        return True
    if status.docmdp_ok is False or status.modification_level is None:
        return False
    if is_last:
        return status.modification_level == ModificationLevel.LTA_UPDATES
    return bool(status.modification_level <= ModificationLevel.FORM_FILLING)


def _is_followed_by_blanks(signature: EmbeddedPdfSignature) -> bool:
    """A mail program may end a file with a line end of its own."""
    file = signature.reader.stream
    file.seek(int(signature.byte_range[-2]) + int(signature.byte_range[-1]))
    return not file.read().strip()


def _why_not_trusted(signature: EmbeddedPdfSignature, status: PdfSignatureStatus) -> Iterator[str]:
    if not status.trusted:
        yield "its certificate is not issued by an authority of the trust store, or not for signing, or had run out"
    if status.md_algorithm in _FORGEABLE:
        yield f"it rests on {status.md_algorithm}, which can be forged"
    if signature.self_reported_timestamp is None:
        yield "when it was made is not known"


def _about(signature: EmbeddedPdfSignature, status: PdfSignatureStatus) -> dict[str, Any]:
    certificate = signature.signer_cert
    subject, issuer = certificate.subject.native, certificate.issuer.native
    stamp = status.timestamp_validity
    return {
        "signer": _plain(subject.get("common_name")),
        "organization": _plain(subject.get("organization_name")),
        "uid": _plain(subject.get(_UID)),
        "serial": f"{certificate.serial_number:x}",
        "issuer": _plain(issuer.get("common_name")),
        "signed_at": _aware(signature.self_reported_timestamp),
        "stamped_at": _aware(stamp.timestamp) if stamp is not None and stamp.valid and stamp.intact else None,
        "field": str(signature.field_name or ""),
    }


def _plain(value: object) -> str:
    """A name may stand several times in a subject."""
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value or "")


def _aware(moment: datetime | None) -> datetime | None:
    """Where no zone was written down, it is not known when that was."""
    return moment if moment is None or moment.tzinfo else None
