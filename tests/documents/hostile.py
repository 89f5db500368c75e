"""Hostile files, made when a test wants them: too large, or too dangerous, to lie in a folder."""

import gzip
import io
import tarfile
import zipfile
import zlib

_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
ZEROS = b"\0" * 1_000_000


def zip_of(*entries: tuple[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return buffer.getvalue()


def zip_that_lies_about_its_size(size: int) -> bytes:
    """A megabyte within, `size` bytes by its own word."""
    honest = zip_of(("a.txt", ZEROS))
    return honest.replace(len(ZEROS).to_bytes(4, "little"), size.to_bytes(4, "little"))


def gz_of_zeros(megabytes: int) -> bytes:
    """Members in a row are one file (RFC 1952, section 2.2)."""
    return gzip.compress(ZEROS, mtime=0) * megabytes


def tar_that_hides_zeros_in_what_is_no_file(megabytes: int) -> bytes:
    """An entry of an unknown type with a length, so that a reader has to skip what follows."""
    entry = tarfile.TarInfo("la")
    entry.type = b"Z"
    entry.size = megabytes * len(ZEROS)
    return gzip.compress(entry.tobuf(), mtime=0) + gz_of_zeros(megabytes)


def docx_with_a_huge_part(megabytes: int) -> bytes:
    """Well-formed blanks; a reader that inflates all of it is gone."""
    document = f"<w:document xmlns:w='{_WORD}'>".encode() + b" " * megabytes * 1_000_000 + b"</w:document>"
    return zip_of(("[Content_Types].xml", b"<Types/>"), ("word/document.xml", document))


def xlsx_with_two_cells_far_apart() -> bytes:
    """The first and the last cell that a sheet can have: readers that fill the area between need terabytes."""
    rows = "<row r='1'><c r='A1'><v>1</v></c></row><row r='1048576'><c r='XFD1048576'><v>2</v></c></row>"
    sheets = f"<sheets><sheet xmlns:r='{_OFFICE}' name='A' sheetId='1' r:id='r'/></sheets>"
    return zip_of(
        ("[Content_Types].xml", b"<Types/>"),
        ("_rels/.rels", _related("officeDocument", "xl/workbook.xml")),
        ("xl/workbook.xml", f"<workbook xmlns='{_SHEET}'>{sheets}</workbook>".encode()),
        ("xl/_rels/workbook.xml.rels", _related("worksheet", "worksheets/a.xml")),
        ("xl/worksheets/a.xml", f"<worksheet xmlns='{_SHEET}'><sheetData>{rows}</sheetData></worksheet>".encode()),
    )


def _related(kind: str, target: str) -> bytes:
    one = f"<Relationship Id='r' Type='{_OFFICE}/{kind}' Target='{target}'/>"
    return f"<Relationships xmlns='{_PACKAGE}'>{one}</Relationships>".encode()


def pdf_with_a_huge_page(megabytes: int) -> bytes:
    """A page whose content is squeezed twice and draws letters without end."""
    content = zlib.compress(zlib.compress(b"BT /F 9 Tf 1 1 Td (a) Tj ET " * (megabytes * 36_000), 9), 9)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Filter[/FlateDecode/FlateDecode]/Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    body = b"%PDF-1.4\n" + b"".join(b"%d 0 obj\n%s\nendobj\n" % (n, one) for n, one in enumerate(objects, 1))
    return body + b"trailer<</Root 1 0 R/Size 6>>\n%%EOF"
