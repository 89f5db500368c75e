"""The HTML of a document template to a Word document in the layout of Decree 30/2020, appendix I.

It knows h1, h2, p, table, hr, br, b and i. A table of the class `columns` sets things side by side without lines. What
else a template may hold is taken as text.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from lxml import html

FONT = "Times New Roman"

_TEXT_WIDTH = Mm(160)
_FIRST_COLUMN = 0.4
_ALIGNED = {"center": ALIGN.CENTER, "left": ALIGN.LEFT, "right": ALIGN.RIGHT}


@dataclass(frozen=True, slots=True)
class _Style:
    """How the runs and paragraphs are set. Body text is justified, its first line indented."""

    size: float = 14
    bold: bool = False
    italic: bool = False
    align: ALIGN = ALIGN.JUSTIFY
    indent: bool = True
    after: float = 6


_BODY = _Style()
_CELL = _Style(size=12, align=ALIGN.LEFT, indent=False, after=0)
_COLUMN = _Style(size=12, align=ALIGN.CENTER, indent=False, after=0)
_STYLES = {
    "h1": _Style(bold=True, align=ALIGN.CENTER, indent=False, after=0),
    "h2": _Style(bold=True, align=ALIGN.LEFT, after=6),
    "th": replace(_CELL, bold=True, align=ALIGN.CENTER),
    "td": _CELL,
}


def office_document(markup: str, title: str, at: datetime) -> bytes:
    """The document. `title` and `at` are what its properties say."""
    document = docx.Document()
    _set_page(document)
    _set_properties(document, title, at)
    for element in html.fragment_fromstring(markup, create_parent="div"):
        if element.tag == "table":
            _table(document, element)
        elif isinstance(element.tag, str):
            _block(document.add_paragraph(), element, _STYLES.get(element.tag, _BODY))
    packed = io.BytesIO()
    document.save(packed)
    return packed.getvalue()


def _set_page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(20)
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    number.alignment = ALIGN.CENTER
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    number._p.append(field)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(14)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)


def _set_properties(document: Any, title: str, at: datetime) -> None:
    about = document.core_properties
    about.author, about.title, about.comments, about.language = "", title, "", "vi"
    about.created = about.modified = at


def _table(document: Any, element: Any) -> None:
    columns = element.get("class") == "columns"
    rows = [row.xpath("./td|./th") for row in element.iter("tr")]
    width = max((len(cells) for cells in rows), default=0)
    if not width:
        return
    table = document.add_table(rows=0, cols=width)
    table.autofit = False
    for place, column in enumerate(table.columns):
        column.width = int(_TEXT_WIDTH * _share(place, width, columns))
    if not columns:
        table.style = "Table Grid"
    for cells in rows:
        row = table.add_row()
        _keep_together(row)
        for place, cell in enumerate(cells):
            row.cells[place].width = int(_TEXT_WIDTH * _share(place, width, columns))
            _cell(row.cells[place], cell, _COLUMN if columns else _STYLES[cell.tag])
    if not columns and element.xpath(".//tr[1]/th"):
        table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    document.add_paragraph().paragraph_format.space_after = Pt(0)


def _share(place: int, width: int, columns: bool) -> float:
    """The part of the text's width that a column takes: of two columns the left one is narrower."""
    if columns and width == 2:
        return (_FIRST_COLUMN, 1 - _FIRST_COLUMN)[place]
    return _FIRST_COLUMN if place == 0 else (1 - _FIRST_COLUMN) / (width - 1)


def _keep_together(row: Any) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _cell(cell: Any, element: Any, style: _Style) -> None:
    """The blocks of a cell, one paragraph each; text that stands in no block is one."""
    paragraph = cell.paragraphs[0]
    blocks = [one for one in element if one.tag in ("p", "hr")]
    for position, block in enumerate(blocks or [element]):
        _block(paragraph if position == 0 else cell.add_paragraph(), block, style)


def _block(paragraph: Any, element: Any, style: _Style) -> None:
    if element.tag == "hr":
        _rule(paragraph, Mm(20 if style == _COLUMN else 62))
        return
    style = replace(style, align=_ALIGNED.get(element.get("class"), style.align))
    small = element.get("class") == "small"
    style = replace(style, size=11, align=ALIGN.LEFT) if small else style
    paragraph.alignment = style.align
    paragraph.paragraph_format.space_before = Pt(0)
    paragraph.paragraph_format.space_after = Pt(style.after)
    if style.indent and style.align == ALIGN.JUSTIFY:
        paragraph.paragraph_format.first_line_indent = Mm(12.7)
    for text, set_as in _trimmed(list(_runs(element, style))):
        run = paragraph.add_run(text)
        run.bold, run.italic, run.font.size = set_as.bold, set_as.italic, Pt(set_as.size)


def _trimmed(runs: list[tuple[str, _Style]]) -> list[tuple[str, _Style]]:
    """Without the white space at either end, and beside a line break."""
    kept = []
    for position, (text, style) in enumerate(runs):
        before, after = (
            runs[position - 1][0] if position else "\n",
            runs[position + 1][0] if position + 1 < len(runs) else "\n",
        )
        if text != "\n":
            text = text.lstrip() if before == "\n" else text
            text = text.rstrip() if after == "\n" else text
        kept.append((text, style))
    return kept


def _runs(element: Any, style: _Style) -> Iterator[tuple[str, _Style]]:
    """The words of a block with how they are set; white space is what HTML takes it for."""
    if element.tag == "b":
        style = replace(style, bold=True)
    elif element.tag == "i":
        style = replace(style, italic=True)
    if text := _collapsed(element.text):
        yield text, style
    for child in element:
        if child.tag == "br":
            yield "\n", style
        elif isinstance(child.tag, str):
            yield from _runs(child, style)
        if tail := _collapsed(child.tail):
            yield tail, style


def _collapsed(text: str | None) -> str:
    if not text:
        return ""
    words = " ".join(text.split())
    before = " " if text[0].isspace() and words else ""
    after = " " if text[-1].isspace() and words else ""
    return f"{before}{words}{after}" or " "


def _rule(paragraph: Any, indent: Mm) -> None:
    """A short line in the middle."""
    borders, top = OxmlElement("w:pBdr"), OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "auto")):
        top.set(qn(f"w:{name}"), value)
    borders.append(top)
    paragraph._p.get_or_add_pPr().append(borders)
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)
    paragraph.paragraph_format.line_spacing = Pt(4)
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = indent
