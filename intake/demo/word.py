"""A letter as a .docx: the smallest correct package, the same bytes every time.

With `font` .VnTime the text is stored in TCVN3 codes, as offices with old machines still send it; what is written in
capitals stands in small letters in the font .VnTimeH, which shows them as capitals.
"""

import io
import unicodedata
import zipfile
from collections.abc import Iterable
from xml.sax.saxutils import escape

from intake.demo.letter import Letter
from intake.mail.legacy_vietnamese import decode_tcvn3

UNICODE_FONT, TCVN3_FONT = "Times New Roman", ".VnTime"
_SAVED_AT = (2026, 10, 1, 8, 0, 0)

_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_CONTENT_TYPES = (
    f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Types xmlns="{_PACKAGE}/content-types">'
    f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    f'wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
    f'officeDocument" Target="word/document.xml"/></Relationships>'
)
_PAGE = (
    '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1134" w:right="851" w:bottom="1134" w:left="1701" w:header="709" w:footer="709" w:gutter="0"/>'
    "</w:sectPr>"
)

_TCVN3_CODES = {decode_tcvn3(char): char for char in map(chr, range(0xA1, 0xFF)) if decode_tcvn3(char) != char}


def word_document(letter: Letter, font: str = UNICODE_FONT) -> bytes:
    """The letter as a Word document."""
    write = _Writer(font)
    body = (
        write.columns(*letter.head),
        write.paragraph("BÁO CÁO", bold=True, centred=True),
        write.paragraph(letter.subject, bold=True, centred=True),
        write.paragraph(f"Kính gửi: {letter.to}.", centred=True),
        *(write.paragraph(text, bold=text.isupper()) for text in letter.body),
        write.columns(*letter.foot),
    )
    document = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document xmlns:w="{_NAMESPACE}"><w:body>'
        f"{''.join(body)}{_PAGE}</w:body></w:document>"
    )
    parts = {"[Content_Types].xml": _CONTENT_TYPES, "_rels/.rels": _RELATIONS, "word/document.xml": document}
    return packed((name, text.encode()) for name, text in parts.items())


def packed(files: Iterable[tuple[str, bytes]]) -> bytes:
    """A ZIP archive whose bytes depend on nothing but its files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files:
            archive.writestr(zipfile.ZipInfo(name, _SAVED_AT), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


class _Writer:
    def __init__(self, font: str) -> None:
        self._font = font

    def paragraph(self, text: str, bold: bool = False, centred: bool = False) -> str:
        font, coded = _in_tcvn3(text) if self._font == TCVN3_FONT else (self._font, text)
        alignment = "center" if centred else "both"
        weight = "<w:b/>" if bold else ""
        return (
            f'<w:p><w:pPr><w:spacing w:after="120"/><w:jc w:val="{alignment}"/></w:pPr><w:r><w:rPr>'
            f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:cs="{font}"/>{weight}<w:sz w:val="28"/>'
            f'</w:rPr><w:t xml:space="preserve">{escape(coded)}</w:t></w:r></w:p>'
        )

    def columns(self, *cells: Iterable[str]) -> str:
        """A table without borders, one row: how offices set two columns side by side."""
        written = "".join(self._cell(lines) for lines in cells)
        return (
            '<w:tbl><w:tblPr><w:tblW w:w="9354" w:type="dxa"/></w:tblPr><w:tblGrid><w:gridCol w:w="3742"/>'
            f'<w:gridCol w:w="5612"/></w:tblGrid><w:tr>{written}</w:tr></w:tbl>'
        )

    def _cell(self, lines: Iterable[str]) -> str:
        paragraphs = "".join(self.paragraph(line, bold=line.isupper(), centred=True) for line in lines)
        return f'<w:tc><w:tcPr><w:tcW w:w="0" w:type="auto"/></w:tcPr>{paragraphs}</w:tc>'


def _in_tcvn3(text: str) -> tuple[str, str]:
    """The font, and the codes that show the text in it. There are none for most capitals with marks."""
    composed = unicodedata.normalize("NFC", text)
    if composed.isupper():
        return f"{TCVN3_FONT}H", "".join(_TCVN3_CODES.get(char, char) for char in composed.lower())
    return TCVN3_FONT, "".join(_TCVN3_CODES.get(char) or _TCVN3_CODES.get(char.lower(), char) for char in composed)
