"""PDF: what each page shows, stamps and filled fields included, and how the document is signed. Scans go to OCR."""

import ctypes
import io
from collections.abc import Iterator
from typing import Any

import pypdfium2
from PIL import Image
from pypdfium2 import raw

from intake.documents import ocr
from intake.documents.contents import Asked, Contents, File, Format, UnreadableError, within
from intake.documents.pdf_order import in_order, looks_torn
from intake.rules.reading import weakest

_HEAD = 1024
_DOTS_PER_INCH = 200
_LONGEST_SIDE = 3500
_MOST_PAGES = 5_000
_MOST_NOTES = 1_000
_FEW_LETTERS = 100
_COVERS = 0.3
_LOCKED = (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY)
_SEEN = "read from pictures of its pages"
_SEEN_IN_PART = "read from pictures of its pages, not of all"


def read(file: File, asked: Asked) -> Contents:
    """The text, pages parted by form feeds, and the state of the signatures."""
    try:
        with pypdfium2.PdfDocument(file.content) as document:
            if document.get_formtype():
                document.init_forms()
            pages = _Pages(document, asked)
            text = "\f".join(pages.texts())
    except pypdfium2.PdfiumError as cause:
        if getattr(cause, "err_code", None) in _LOCKED:
            raise UnreadableError("encrypted", "the PDF asks for a password") from cause
        raise UnreadableError("broken", "the PDF cannot be opened") from cause
    detail = pages.detail if text.strip() else "no text layer"
    return within(text, asked.limits, detail=detail, **_signatures(file.content, asked))


class _Pages:
    """Reads one page after the other. `detail` says of which the text is not that of a text layer, or is missing."""

    def __init__(self, document: pypdfium2.PdfDocument, asked: Asked) -> None:
        self._document = document
        self._asked = asked
        self.detail = f"only the first {_MOST_PAGES} pages were read" if len(document) > _MOST_PAGES else ""

    def texts(self) -> Iterator[str]:
        length = 0
        for number in range(min(len(self._document), _MOST_PAGES)):
            text = self._text(number)
            yield text
            length += len(text)
            if length > self._asked.limits.text_chars:
                return

    def _text(self, number: int) -> str:
        page = self._document[number]
        values: list[str] = []
        if 0 < raw.FPDFPage_GetAnnotCount(page) <= _MOST_NOTES:
            values = list(_unshown_values(page))
            raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY)
            page.close()
            page = self._document[number]
        text = _layer(page)
        text = "\n".join([text, *(value for value in values if value not in text)])
        if ocr.available() and _is_picture(page, text):
            seen = self._asked.sight.text_of(_picture(page))
            text = "\n".join(filter(None, (seen.strip(), text.strip())))
            self.detail = _SEEN_IN_PART if self._asked.sight.is_tired else _SEEN
        page.close()
        return text


def _layer(page: pypdfium2.PdfPage) -> str:
    """The page's text, as it is drawn or, where that tears words apart, as it stands on the page."""
    textpage = page.get_textpage()
    # pdfium writes U+FFFE for a hyphen at the end of a line.
    text: str = textpage.get_text_range(errors="replace").replace("\ufffe", "-")
    if looks_torn(text):
        text = in_order(textpage) or text
    textpage.close()
    return text


def _unshown_values(page: pypdfium2.PdfPage) -> Iterator[str]:
    """What was filled into the fields of a form: some programs store the value and leave it to the reader to draw."""
    if page.formenv is None:
        return
    for number in range(raw.FPDFPage_GetAnnotCount(page)):
        annotation = raw.FPDFPage_GetAnnot(page, number)
        kind = raw.FPDFAnnot_GetFormFieldType(page.formenv, annotation)
        if kind in (raw.FPDF_FORMFIELD_TEXTFIELD, raw.FPDF_FORMFIELD_COMBOBOX):
            size = raw.FPDFAnnot_GetFormFieldValue(page.formenv, annotation, None, 0)
            buffer = ctypes.create_string_buffer(size)
            wide = ctypes.cast(buffer, ctypes.POINTER(raw.FPDF_WCHAR))
            raw.FPDFAnnot_GetFormFieldValue(page.formenv, annotation, wide, size)
            if value := buffer.raw[:size].decode("utf-16-le", "replace").strip("\0 "):
                yield value
        raw.FPDFPage_CloseAnnot(annotation)


def _is_picture(page: pypdfium2.PdfPage, text: str) -> bool:
    """Whether the page is a scan: nothing but a picture, or one with no more than a stamp or a line upon it."""
    letters = sum(map(str.isalnum, text))
    if letters > _FEW_LETTERS:
        return False
    if letters == 0:
        return bool(raw.FPDFPage_CountObjects(page))
    whole = page.get_width() * page.get_height()
    pictures = (one.get_bounds() for one in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE]))
    return any((right - left) * (top - bottom) > _COVERS * whole for left, bottom, right, top in pictures)


def _picture(page: pypdfium2.PdfPage) -> Image.Image:
    scale = min(_DOTS_PER_INCH / 72, _LONGEST_SIDE / max(page.get_width(), page.get_height(), 1))
    picture: Image.Image = page.render(scale=scale, grayscale=True).to_pil()
    return picture


def _signatures(content: bytes, asked: Asked) -> dict[str, Any]:
    """A signature's byte range always stands in the clear (ISO 32000, 12.8.1), so most files need no closer look."""
    if b"/ByteRange" not in content:
        return {}
    from intake.documents.pdf_signature import judged

    signatures = judged(io.BytesIO(content), asked.trust_store)
    return {"signature": weakest(signatures), "signatures": signatures}


def _is_pdf(file: File) -> bool:
    return b"%PDF-" in file.content[:_HEAD]


FORMATS = (Format("pdf", _is_pdf, read),)
