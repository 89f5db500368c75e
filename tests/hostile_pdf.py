"""Hostile PDF files, made when a test wants them."""

import zlib

_HEAD = b"%PDF-1.4\n"
_FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
_PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>"
_CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
_PAGES = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
_WORDS = b"BT /F 12 Tf 20 150 Td (Bao cao) Tj ET"


def pdf_of(*objects: bytes) -> bytes:
    """A file of these objects without a table of where they stand, which every reader makes good."""
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (n, one) for n, one in enumerate(objects, 1))
    return _HEAD + body + b"trailer<</Root 1 0 R/Size %d>>\n%%%%EOF" % (len(objects) + 1)


def stream(content: bytes, filters: bytes = b"") -> bytes:
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (filters, len(content), content)


def pdf_with_a_huge_page(megabytes: int) -> bytes:
    """A page whose content is squeezed twice and draws letters without end."""
    drawn = b"BT /F 9 Tf 1 1 Td (a) Tj ET " * (megabytes * 36_000)
    squeezed = stream(zlib.compress(zlib.compress(drawn, 9), 9), b"/Filter[/FlateDecode/FlateDecode]")
    return pdf_of(_CATALOG, _PAGES, _PAGE, squeezed, _FONT)


def pdf_with_a_stream_of_zeros(megabytes: int) -> bytes:
    zeros = zlib.compress(b"\0" * megabytes * 1_000_000, 9)
    return pdf_of(_CATALOG, _PAGES, _PAGE, stream(zeros, b"/Filter/FlateDecode"), _FONT)


def pdf_of_one_page_shown_over_and_over(times: int) -> bytes:
    pages = b"<</Type/Pages/Kids[%s]/Count %d>>" % (b"3 0 R " * times, times)
    return pdf_of(_CATALOG, pages, _PAGE, stream(_WORDS), _FONT)


def pdf_that_promises_pages(count: int) -> bytes:
    return pdf_of(_CATALOG, b"<</Type/Pages/Kids[3 0 R]/Count %d>>" % count, _PAGE, stream(_WORDS), _FONT)


def pdf_whose_pages_hold_themselves() -> bytes:
    return pdf_of(_CATALOG, b"<</Type/Pages/Kids[2 0 R 3 0 R]/Count 2/Parent 2 0 R>>", _PAGE, stream(_WORDS), _FONT)


def pdf_of_arrays_in_arrays(depth: int) -> bytes:
    nested = b"<</Type/Catalog/Pages 2 0 R/X %s%s>>" % (b"[" * depth, b"]" * depth)
    return pdf_of(nested, _PAGES, _PAGE, stream(_WORDS), _FONT)


def pdf_of_many_objects(count: int) -> bytes:
    return pdf_of(_CATALOG, _PAGES, _PAGE, stream(_WORDS), _FONT, *[b"null"] * count)


def pdf_of_a_giant_scan(side: int) -> bytes:
    """A page as large as a stadium, with nothing on it but a line, so that it would have to be painted to be read."""
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]/Contents 4 0 R>>" % (side, side)
    return pdf_of(_CATALOG, _PAGES, page, stream(b"0 0 m 100 100 l S"))


def pdf_of_forms_in_forms(depth: int) -> bytes:
    """Each form draws the next one ten times."""
    forms = [
        stream(b"/N Do " * 10, b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</N %d 0 R>>>>" % n)
        for n in range(6, 6 + depth)
    ]
    last = stream(_WORDS, b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]")
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources<</XObject<</N 5 0 R>>>>>>"
    return pdf_of(_CATALOG, _PAGES, page, stream(b"/N Do"), *forms, last)


def pdf_with_many_notes(count: int) -> bytes:
    note = b"<</Type/Annot/Subtype/FreeText/Rect[0 0 9 9]/Contents(x)/AP<</N 6 0 R>>>>"
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R/Annots[%s]>>" % (b"7 0 R " * count)
    shown = stream(_WORDS, b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</Font<</F 5 0 R>>>>")
    return pdf_of(_CATALOG, _PAGES, page, stream(_WORDS), _FONT, shown, note)


def pdf_that_is_a_zip_too(archive: bytes) -> bytes:
    return pdf_of(_CATALOG, _PAGES, _PAGE, stream(_WORDS), _FONT) + b"\n" + archive
