"""DOC and PPT: DOC of Word 97 and later by our own reader, what it cannot read and PPT by kreuzberg."""

import re
import struct
from collections.abc import Iterable

from intake.documents.contents import Asked, Contents, File, Format, UnreadableError, within
from intake.documents.doc_97 import Doc
from intake.documents.legacy_fonts import evidence_of

_STREAM = "WordDocument"
_SLIDES = "PowerPoint Document"
_BLOCK = 12
_ENCRYPTED = 0x0100
_ROW_END = re.compile(r"\t{2,}")


def _read_doc(file: File, asked: Asked) -> Contents:
    if _is_encrypted(file):
        raise UnreadableError("encrypted", "the document asks for a password")
    text, fonts = _own_reading(file, asked)
    if not text.strip():
        text = _ROW_END.sub("\n", _extracted(file.content, "application/msword"))
    return within(text, asked.limits, map(evidence_of, fonts))


def _own_reading(file: File, asked: Asked) -> tuple[str, Iterable[str]]:
    """The text and the legacy fonts; no text where the document is of Word 6 or 95, or damaged."""
    try:
        document = Doc(file.content, asked.limits.text_chars)
        return document.text(), document.legacy_fonts
    except (struct.error, ValueError, IndexError):
        return "", ()


def _extracted(content: bytes, media_type: str) -> str:
    from kreuzberg import ExtractionConfig, KreuzbergError, extract_bytes_sync

    try:
        return extract_bytes_sync(content, media_type, config=ExtractionConfig(use_cache=False)).content
    except KreuzbergError as cause:
        if "encrypt" in str(cause).lower():
            raise UnreadableError("encrypted", "the document asks for a password") from cause
        raise UnreadableError("broken", "the document cannot be opened") from cause


def _read_ppt(file: File, asked: Asked) -> Contents:
    return within(_extracted(file.content, "application/vnd.ms-powerpoint"), asked.limits)


def _is_encrypted(file: File) -> bool:
    """The flag fEncrypted of the file information block (MS-DOC, section 2.5.2)."""
    block = file.content[file.ole_streams[_STREAM] :][:_BLOCK]
    return len(block) == _BLOCK and bool(int.from_bytes(block[10:12], "little") & _ENCRYPTED)


def _is_doc(file: File) -> bool:
    return _STREAM in file.ole_streams


FORMATS = (
    Format("doc", _is_doc, _read_doc),
    Format("ppt", lambda file: _SLIDES in file.ole_streams, _read_ppt),
)
