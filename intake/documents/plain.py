"""Files that are text already: TXT, CSV, calendar entries; also the signatures that mail programs attach."""

import csv
import io
import re

from intake.documents.contents import Asked, Contents, File, Format, within
from intake.mail.charsets import decode

_CSV_EXTENSIONS = ("csv", "tsv")
_SIGNATURE_EXTENSIONS = ("p7s", "asc", "sig")
_BINARY = re.compile(rb"[\x00-\x06\x0e-\x1a\x1c-\x1f]")
_HEAD = 8192
_BYTES_A_LETTER = 3


def decoded(content: bytes, charset: str = "") -> tuple[str, list[str]]:
    """The text, in the charset it declares unless its bytes say otherwise, and what was wrong about that."""
    notes: list[str] = []
    return decode(content, charset, notes.append), notes


def _beginning(file: File, asked: Asked) -> bytes:
    """As much of a text file as could be kept, cut at the end of a line or a word."""
    most = _BYTES_A_LETTER * asked.limits.text_chars
    if len(file.content) <= most:
        return file.content
    head = file.content[:most]
    cut = max(head.rfind(b"\n"), head.rfind(b" "))
    return head[: cut & ~1] if cut > most // 2 else head


def is_text(content: bytes) -> bool:
    """Whether these bytes are written in some character set and not binary."""
    head = content[:_HEAD]
    return head.startswith((b"\xff\xfe", b"\xfe\xff")) or _BINARY.search(head) is None


def _read_text(file: File, asked: Asked) -> Contents:
    text, repairs = decoded(_beginning(file, asked))
    return within(text, asked.limits, repairs)


def _read_csv(file: File, asked: Asked) -> Contents:
    text, repairs = decoded(_beginning(file, asked))
    rows = csv.reader(io.StringIO(text), delimiter=_delimiter(text))
    try:
        lines = ["\t".join(" ".join(cell.split()) for cell in row) for row in rows]
    except csv.Error:
        lines = text.splitlines()
    return within("\n".join(lines), asked.limits, repairs)


def _delimiter(text: str) -> str:
    head = text[:_HEAD]
    return max(";\t,", key=head.count)


def _read_signature(file: File, asked: Asked) -> Contents:
    return Contents(detail="a signature of the mail")


def _is_signature(file: File) -> bool:
    return file.extension in _SIGNATURE_EXTENSIONS or file.content.startswith(b"-----BEGIN PGP SIGNATURE")


def _is_calendar(file: File) -> bool:
    return file.content[:64].lstrip(b"\xef\xbb\xbf \r\n").upper().startswith(b"BEGIN:VCALENDAR")


def _is_csv(file: File) -> bool:
    return file.extension in _CSV_EXTENSIONS and is_text(file.content)


def _is_text(file: File) -> bool:
    return is_text(file.content)


FORMATS = (
    Format("signature", _is_signature, _read_signature),
    Format("calendar", _is_calendar, _read_text),
    Format("csv", _is_csv, _read_csv),
)
TEXT = Format("text", _is_text, _read_text)
