"""How a PDF is signed: whether every signature holds, and the last one covers the file to its end.

No root is trusted, so nothing is ever more than intact; who signed is for people to see. Imported late: it takes 1.6 s.
"""

import logging
from typing import BinaryIO

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
from pyhanko_certvalidator import ValidationContext

from intake.rules.reading import Signature

# It reports every unknown issuer with a traceback, and here every issuer is unknown.
logging.getLogger("pyhanko").setLevel(logging.CRITICAL)
logging.getLogger("pyhanko_certvalidator").setLevel(logging.CRITICAL)


def judged(file: BinaryIO) -> Signature:
    """`none` where no field is signed, `intact` where all signatures hold, `broken` otherwise."""
    try:
        states = [_state(signature) for signature in PdfFileReader(file, strict=False).embedded_regular_signatures]
    except (PdfError, SignatureValidationError, ValueError, TypeError, KeyError, IndexError, AttributeError):
        # What it raises on a damaged signature is not one kind of exception; damaged is what all of them say.
        return "broken"
    if not states:
        return "none"
    return "intact" if all(map(_holds, states)) and _covers_the_file(states[-1]) else "broken"


def _state(signature: EmbeddedPdfSignature) -> PdfSignatureStatus:
    return validate_pdf_signature(
        signature, ValidationContext(trust_roots=[], allow_fetching=False, weak_hash_algos=set())
    )


def _holds(state: PdfSignatureStatus) -> bool:
    """The bytes are those that were signed, and what came after them are further signatures or their evidence."""
    return bool(state.intact and state.valid) and _later_changes(state) <= ModificationLevel.FORM_FILLING


def _covers_the_file(last: PdfSignatureStatus) -> bool:
    """Nothing follows the last signature but evidence for long-term validation, which is added after signing."""
    return last.coverage == SignatureCoverageLevel.ENTIRE_FILE or _later_changes(last) == ModificationLevel.LTA_UPDATES


def _later_changes(state: PdfSignatureStatus) -> ModificationLevel:
    return state.modification_level or ModificationLevel.NONE
