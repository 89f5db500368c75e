"""A paper comes in, the bytes of a .docx, .odt or .doc (RTF) go out; rows come in, those of an .xlsx.

The same paper gives the same bytes. Legacy fonts are written as old machines did: codes of TCVN3 in .VnTime.
"""

import io
import zipfile
from collections.abc import Iterable, Sequence
from itertools import zip_longest
from xml.sax.saxutils import escape

from corpus.labelled.paper import Paper
from openpyxl import Workbook

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
ODF = "urn:oasis:names:tc:opendocument:xmlns"
SAVED_AT = (2026, 1, 5, 8, 0, 0)
TCVN3 = dict(
    zip(
        "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵĂÂĐÊÔƠƯ",
        "µ¶·¸¹¨»¼½¾Æ©ÇÈÉÊË®ÌÎÏÐÑªÒÓÔÕÖ×ØÜÝÞßáâãä«åæçèé¬êëìíîïñòóô\xadõö÷øùúûüýþ¡¢§£¤¥¦",
        strict=True,
    )
)


def word(paper: Paper) -> bytes:
    """The paper as a .docx, head and foot in tables without lines, or (layout "tabs") in lines with a tab between."""
    write = _legacy_paragraph if paper.legacy else _paragraph
    columns = _tabbed if paper.layout == "tabs" else _columns
    parts = [columns(write, paper.left, paper.right), *map(write, paper.main), columns(write, *paper.foot)]
    document = f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{WORD}"><w:body>{"".join(parts)}'
    types = (
        f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" '
        f'ContentType="{OFFICE_TYPES}.main+xml"/></Types>'
    )
    relations = (
        f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" Type="{RELATION}" '
        'Target="word/document.xml"/></Relationships>'
    )
    files = {"[Content_Types].xml": types, "_rels/.rels": relations}
    files["word/document.xml"] = f"{document}</w:body></w:document>"
    return zipped((name, text.encode()) for name, text in files.items())


def document(paper: Paper) -> bytes:
    """The paper as an .odt, its head in a table."""
    cells = "".join(f"<table:table-cell>{_odt_lines(side)}</table:table-cell>" for side in (paper.left, paper.right))
    body = f"<table:table><table:table-row>{cells}</table:table-row></table:table>{_odt_lines(paper.main)}"
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="{ODF}:office:1.0" '
        f'xmlns:text="{ODF}:text:1.0" xmlns:table="{ODF}:table:1.0" office:version="1.2"><office:body><office:text>'
        f"{body}{_odt_lines(paper.foot[0] + paper.foot[1])}</office:text></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.text"
    entries = f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
    manifest = f'<manifest:manifest xmlns:manifest="{ODF}:manifest:1.0">{entries}</manifest:manifest>'
    files = {"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": manifest}
    return zipped((name, text.encode()) for name, text in files.items())


def rtf(paper: Paper) -> bytes:
    """The paper as an RTF, which many a .doc is inside; the head is in lines with a tab between."""
    pairs = zip_longest(paper.left, paper.right, fillvalue="")
    lines = [*(f"{left}\t{right}" for left, right in pairs), *paper.main, *paper.foot[0], *paper.foot[1]]
    text = "\\par\n".join("".join(map(_rtf_char, line)) for line in lines)
    head = "\\rtf1\\ansi\\ansicpg1252\\uc1\\deff0{\\fonttbl{\\f0 Times New Roman;}}\\f0\\fs26"
    return f"{{{head}\n{text}\\par}}".encode("ascii")


def zipped(files: Iterable[tuple[str, bytes]]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            entry = zipfile.ZipInfo(name, SAVED_AT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return out.getvalue()


def sheet(rows: Sequence[Sequence[str | int]], name: str = "Biểu 01") -> bytes:
    book = Workbook()
    page = book.active
    page.title = name
    for row in rows:
        page.append(list(row))
    out = io.BytesIO()
    book.save(out)
    with zipfile.ZipFile(out) as package:
        return zipped((entry, package.read(entry)) for entry in package.namelist() if "docProps" not in entry)


def _paragraph(text: str, font: str = "Times New Roman") -> str:
    look = f'<w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}"/></w:rPr>'
    shown = escape(text).replace("\t", '</w:t><w:tab/><w:t xml:space="preserve">')
    return f'<w:p><w:r>{look}<w:t xml:space="preserve">{shown}</w:t></w:r></w:p>'


def _legacy_paragraph(text: str) -> str:
    capitals = text.isupper()
    codes = "".join(TCVN3.get(char) or TCVN3.get(char.lower()) or char for char in (text.lower() if capitals else text))
    return _paragraph(codes, ".VnTimeH" if capitals else ".VnTime")


def _columns(write, left: Sequence[str], right: Sequence[str]) -> str:
    cells = "".join(f"<w:tc>{''.join(map(write, side))}</w:tc>" for side in (left, right))
    return f'<w:tbl><w:tblGrid><w:gridCol w:w="4000"/><w:gridCol w:w="5500"/></w:tblGrid><w:tr>{cells}</w:tr></w:tbl>'


def _tabbed(write, left: Sequence[str], right: Sequence[str]) -> str:
    return "".join(write(f"{one}\t{other}".rstrip()) for one, other in zip_longest(left, right, fillvalue=""))


def _odt_lines(lines: Iterable[str]) -> str:
    return "".join(f"<text:p>{escape(line)}</text:p>" for line in lines)


def _rtf_char(char: str) -> str:
    if char == "\t":
        return "\\tab "
    return char if char.isascii() and char not in "\\{}" else f"\\u{ord(char)}\\'3f"
