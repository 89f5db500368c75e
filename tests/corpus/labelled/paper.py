"""Letters of Decree 30/2020 as files: what stands on the paper comes in, the bytes of a .docx, .pdf or .xlsx go out.

The same paper gives the same bytes. Legacy fonts are written as old machines did: codes of TCVN3 in .VnTime.
"""

import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from xml.sax.saxutils import escape

from openpyxl import Workbook

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
SAVED_AT = (2026, 1, 5, 8, 0, 0)
NATION = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
TCVN3 = dict(
    zip(
        "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵĂÂĐÊÔƠƯ",
        "µ¶·¸¹¨»¼½¾Æ©ÇÈÉÊË®ÌÎÏÐÑªÒÓÔÕÖ×ØÜÝÞßáâãä«åæçèé¬êëìíîïñòóô\xadõö÷øùúûüýþ¡¢§£¤¥¦",
        strict=True,
    )
)


@dataclass(frozen=True)
class Paper:
    """What stands on one letter, from the head to the signer."""

    parent: str
    issuer: str
    number: str
    place: str
    on: date
    kind: str
    title: str
    to: str
    body: Sequence[str]
    signer: str
    mark: str = ""
    legacy: bool = False

    @property
    def left(self) -> list[str]:
        subject = [] if self.kind else [self.title]
        return [part for part in (self.parent, self.issuer, self.number, *subject, self.mark) if part]

    @property
    def right(self) -> list[str]:
        return [*NATION, f"{self.place}, {in_words(self.on)}"]

    @property
    def main(self) -> list[str]:
        heading = [self.kind, self.title] if self.kind else []
        return [*heading, *([f"Kính gửi: {self.to}."] if self.to else []), *self.body]

    @property
    def foot(self) -> tuple[list[str], list[str]]:
        return ["Nơi nhận:", "- Như trên;", "- Lưu: VT."], [self.signer, "", "Nguyễn Văn An"]


def in_words(day: date) -> str:
    """As Decree 30 writes it: days under 10 and months under 3 have two figures."""
    month = f"{day.month:02}" if day.month < 3 else f"{day.month}"
    return f"ngày {day.day:02} tháng {month} năm {day.year}"


def word(paper: Paper) -> bytes:
    """The paper as a .docx, head and foot in tables without lines."""
    write = _legacy_paragraph if paper.legacy else _paragraph
    parts = [_columns(write, paper.left, paper.right), *map(write, paper.main), _columns(write, *paper.foot)]
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


def zipped(files: Iterable[tuple[str, bytes]]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            entry = zipfile.ZipInfo(name, SAVED_AT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return out.getvalue()


def pdf(paper: Paper) -> bytes:
    """The paper as a one-page PDF with a text layer: characters are coded as Unicode, no font is embedded."""
    left, right = paper.foot
    head = [(50, 800 - 14 * row, text) for row, text in enumerate(paper.left)]
    head += [(300, 800 - 14 * row, text) for row, text in enumerate(paper.right)]
    lines = [line for text in paper.main for line in _wrapped(text)]
    body = [(60, 720 - 14 * row, line) for row, line in enumerate(lines)]
    end = 700 - 14 * len(lines)
    foot = [(50, end - 14 * row, text) for row, text in enumerate(left)]
    foot += [(330, end - 14 * row, text) for row, text in enumerate(right)]
    return _one_page([piece for piece in (*head, *body, *foot) if piece[2]])


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
    return f'<w:p><w:r>{look}<w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


def _legacy_paragraph(text: str) -> str:
    capitals = text.isupper()
    codes = "".join(TCVN3.get(char) or TCVN3.get(char.lower()) or char for char in (text.lower() if capitals else text))
    return _paragraph(codes, ".VnTimeH" if capitals else ".VnTime")


def _columns(write, left: Sequence[str], right: Sequence[str]) -> str:
    cells = "".join(f"<w:tc>{''.join(map(write, side))}</w:tc>" for side in (left, right))
    return f'<w:tbl><w:tblGrid><w:gridCol w:w="4000"/><w:gridCol w:w="5500"/></w:tblGrid><w:tr>{cells}</w:tr></w:tbl>'


def _wrapped(text: str, width: int = 80) -> list[str]:
    lines = [""]
    for token in text.split():
        if lines[-1] and len(lines[-1]) + len(token) >= width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {token}".strip()
    return lines


def _one_page(pieces: Sequence[tuple[int, int, str]]) -> bytes:
    shown = "".join(f"BT /F1 10 Tf {x} {y} Td <{text.encode('utf-16-be').hex()}> Tj ET\n" for x, y, text in pieces)
    codes = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def\n1 begincodespacerange\n"
        "<0000> <FFFF>\nendcodespacerange\n1 beginbfrange\n<0000> <FFFF> <0000>\nendbfrange\nendcmap end end"
    )
    bodies = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        f"<</Length {len(shown)}>>stream\n{shown}endstream",
        "<</Type/Font/Subtype/Type0/BaseFont/Serif/Encoding/Identity-H/DescendantFonts[6 0 R]/ToUnicode 8 0 R>>",
        "<</Type/Font/Subtype/CIDFontType2/BaseFont/Serif/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
        "/Supplement 0>>/FontDescriptor 7 0 R/DW 500>>",
        "<</Type/FontDescriptor/FontName/Serif/Flags 4/FontBBox[0 -200 1000 900]/ItalicAngle 0/Ascent 800"
        "/Descent -200/CapHeight 700/StemV 80>>",
        f"<</Length {len(codes)}>>stream\n{codes}\nendstream",
    ]
    out, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(bodies, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj{body}endobj\n".encode()
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    trailer = f"trailer<</Size {len(bodies) + 1}/Root 1 0 R>>\nstartxref\n{len(out)}\n%%EOF"
    return out + f"xref\n0 {len(bodies) + 1}\n0000000000 65535 f \n{table}{trailer}".encode()
