"""Hostile files, made when a test wants them: too large, or too dangerous, to lie in a folder."""

import gzip
import io
import struct
import tarfile
import zipfile

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
    return xlsx_of_rows("<row r='1'><c r='A1'><v>1</v></c></row><row r='1048576'><c r='XFD1048576'><v>2</v></c></row>")


def _related(kind: str, target: str) -> bytes:
    one = f"<Relationship Id='r' Type='{_OFFICE}/{kind}' Target='{target}'/>"
    return f"<Relationships xmlns='{_PACKAGE}'>{one}</Relationships>".encode()


def zip_whose_entries_share_their_bytes(entries: int, megabytes: int) -> bytes:
    """One body of zeros that every name in the directory points to: far more comes out than the ratio of one tells."""
    one = zip_of(("a.txt", ZEROS * megabytes))
    start = one.index(b"PK\x01\x02")
    end = one.index(b"PK\x05\x06")
    listing = b"".join(one[start:end].replace(b"a.txt", b"%05d" % n) for n in range(entries))
    counts = entries.to_bytes(2, "little") * 2
    tail = b"PK\x05\x06\0\0\0\0" + counts + len(listing).to_bytes(4, "little") + start.to_bytes(4, "little") + b"\0\0"
    return one[:start] + listing + tail


def zip_within_zip(depth: int) -> bytes:
    """At the bottom a megabyte of zeros; each zip holds the next ten times."""
    inner = zip_of(("a.txt", ZEROS))
    for _ in range(depth):
        inner = zip_of(*((f"{n}.zip", inner) for n in range(10)))
    return inner


def tar_of(entries: list[tarfile.TarInfo], mode: str) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode=f"w{mode}") as archive:
        for entry in entries:
            archive.addfile(entry, io.BytesIO(b"\0" * entry.size))
    return buffer.getvalue()


def tar_bomb(mode: str, megabytes: int) -> bytes:
    entry = tarfile.TarInfo("a.txt")
    entry.size = megabytes * len(ZEROS)
    return tar_of([entry], mode)


def tar_with_a_link_out() -> bytes:
    """A link to /etc, and a file to be written through it."""
    link = tarfile.TarInfo("ra-ngoai")
    link.type, link.linkname = tarfile.SYMTYPE, "/etc"
    return tar_of([link, tarfile.TarInfo("ra-ngoai/passwd")], "")


def docx_of(document: bytes) -> bytes:
    return zip_of(("[Content_Types].xml", b"<Types/>"), ("word/document.xml", document))


def docx_with_a_billion_laughs() -> bytes:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return docx_of(f'<!DOCTYPE d [<!ENTITY l0 "ha">{laughs}]><d>&l9;</d>'.encode())


def docx_that_asks_for_a_file() -> bytes:
    return docx_of(b'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><d>&x;</d>')


def docx_of_tables_in_tables(depth: int) -> bytes:
    opened, closed = "<w:tbl><w:tr><w:tc>" * depth, "</w:tc></w:tr></w:tbl>" * depth
    document = f"<w:document xmlns:w='{_WORD}'><w:body>{opened}<w:p/>{closed}</w:body></w:document>"
    return docx_of(document.encode())


def xlsx_of_rows(rows: str, shared: str = "") -> bytes:
    sheets = f"<sheets><sheet xmlns:r='{_OFFICE}' name='A' sheetId='1' r:id='r'/></sheets>"
    texts = [("xl/sharedStrings.xml", shared.encode())] if shared else []
    return zip_of(
        *texts,
        ("[Content_Types].xml", b"<Types/>"),
        ("_rels/.rels", _related("officeDocument", "xl/workbook.xml")),
        ("xl/workbook.xml", f"<workbook xmlns='{_SHEET}'>{sheets}</workbook>".encode()),
        ("xl/_rels/workbook.xml.rels", _related("worksheet", "worksheets/a.xml")),
        ("xl/worksheets/a.xml", f"<worksheet xmlns='{_SHEET}'><sheetData>{rows}</sheetData></worksheet>".encode()),
    )


def xlsx_of_one_long_text_said_often(cells: int, letters: int) -> bytes:
    """A text that is stored once and shown in every cell."""
    text = f"<sst xmlns='{_SHEET}'><si><t>{'x' * letters}</t></si></sst>"
    rows = "".join(f"<row r='{n}'><c r='A{n}' t='s'><v>0</v></c></row>" for n in range(1, cells + 1))
    return xlsx_of_rows(rows, text)


def ods_that_repeats_itself() -> bytes:
    """One cell, repeated over the whole of a sheet by two numbers."""
    content = (
        "<o:document-content xmlns:o='urn:oasis:names:tc:opendocument:xmlns:office:1.0' xmlns:t='urn:oasis:names:tc:"
        "opendocument:xmlns:table:1.0' xmlns:x='urn:oasis:names:tc:opendocument:xmlns:text:1.0'><o:body><o:spreadsheet>"
        "<t:table t:name='A'><t:table-row t:number-rows-repeated='1048576'><t:table-cell o:value-type='string' "
        "t:number-columns-repeated='16384'><x:p>a</x:p></t:table-cell></t:table-row></t:table></o:spreadsheet></o:body>"
        "</o:document-content>"
    )
    return zip_of(("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", content.encode()))


def fax_of(pages: int) -> bytes:
    """A TIFF whose pages are one white dot each, all of them the same dot."""
    tags = [(256, 1), (257, 1), (258, 1), (259, 1), (262, 1), (273, 8), (278, 1), (279, 1)]
    length = 2 + 12 * len(tags) + 4
    entries = b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in tags)
    starts = [12 + length * page for page in range(pages)] + [0]
    listed = [struct.pack("<H", len(tags)) + entries + struct.pack("<I", after) for after in starts[1:]]
    return struct.pack("<2sHI4s", b"II", 42, 12, b"\xff\0\0\0") + b"".join(listed)
