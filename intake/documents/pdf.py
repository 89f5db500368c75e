"""PDF: the text layer page by page, and how the document is signed. A scan has no text layer and says so."""

import io
from collections.abc import Iterator

import pypdfium2
from pypdfium2.raw import FPDF_ERR_PASSWORD, FPDF_ERR_SECURITY

from intake.documents import ocr
from intake.documents.contents import Asked, Contents, File, Format, UnreadableError, readable, within
from intake.rules.reading import Signature

_HEAD = 1024
_PAGES_SEEN = 5
_DOTS_PER_INCH = 150


def read(file: File, asked: Asked) -> Contents:
    """The text, pages parted by form feeds, and the state of the signatures."""
    text = readable(_text(file.content, asked.limits.text_chars))
    signature = _signature(file.content)
    if text.strip():
        return within(text, asked.limits, signature=signature)
    if ocr.available() and (seen := readable("\f".join(map(ocr.text_of, _pictures(file.content)))).strip()):
        return within(seen, asked.limits, signature=signature, detail="read from pictures of its pages")
    return Contents("", "empty", "no text layer", signature)


def _text(content: bytes, most_chars: int) -> str:
    try:
        with pypdfium2.PdfDocument(content) as document:
            return "\f".join(_pages(document, most_chars))
    except pypdfium2.PdfiumError as cause:
        if getattr(cause, "err_code", None) in (FPDF_ERR_PASSWORD, FPDF_ERR_SECURITY):
            raise UnreadableError("encrypted", "the PDF asks for a password") from cause
        raise UnreadableError("broken", "the PDF cannot be opened") from cause


def _pages(document: pypdfium2.PdfDocument, most_chars: int) -> Iterator[str]:
    length = 0
    for number in range(len(document)):
        page = document[number]
        textpage = page.get_textpage()
        # pdfium writes U+FFFE for a hyphen at the end of a line.
        text = textpage.get_text_range(errors="replace").replace("\ufffe", "-")
        textpage.close()
        page.close()
        yield text
        length += len(text)
        if length > most_chars:
            return


def _pictures(content: bytes) -> Iterator[bytes]:
    """The first pages in grey, as portable grey maps: what identifies a report stands there."""
    with pypdfium2.PdfDocument(content) as document:
        for number in range(min(len(document), _PAGES_SEEN)):
            bitmap = document[number].render(scale=_DOTS_PER_INCH / 72, grayscale=True)
            rows = bytes(bitmap.buffer)
            lines = (rows[start : start + bitmap.width] for start in range(0, len(rows), bitmap.stride))
            yield b"P5 %d %d 255\n" % (bitmap.width, bitmap.height) + b"".join(lines)


def _signature(content: bytes) -> Signature:
    """A signature's byte range always stands in the clear (ISO 32000, 12.8.1), so most files need no closer look."""
    if b"/ByteRange" not in content:
        return "none"
    from intake.documents.pdf_signature import judged

    return judged(io.BytesIO(content))


def _is_pdf(file: File) -> bool:
    return b"%PDF-" in file.content[:_HEAD]


FORMATS = (Format("pdf", _is_pdf, read),)
