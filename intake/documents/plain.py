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


def decoded(content: bytes, charset: str = "") -> str:
    """The text, in the charset it declares unless its bytes say otherwise."""
    return decode(content, charset, _unnoted)


def _unnoted(defect: str) -> None:
    """What is odd about a document's charset interests nobody once it is read."""


def is_text(content: bytes) -> bool:
    """Whether these bytes are written in some character set and not binary."""
    head = content[:_HEAD]
    return head.startswith((b"\xff\xfe", b"\xfe\xff")) or _BINARY.search(head) is None


def _read_text(file: File, asked: Asked) -> Contents:
    return within(decoded(file.content), asked.limits)


def _read_csv(file: File, asked: Asked) -> Contents:
    text = decoded(file.content)
    rows = csv.reader(io.StringIO(text), delimiter=_delimiter(text))
    try:
        lines = ["\t".join(" ".join(cell.split()) for cell in row) for row in rows]
    except csv.Error:
        lines = text.splitlines()
    return within("\n".join(lines), asked.limits)


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
