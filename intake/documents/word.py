"""DOCX: every paragraph in reading order with headers, footers, tables, text boxes and notes, and the asked sections.

What Word would not show (deleted, hidden, moved away, the fallback twin of a text box) is left out.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from lxml import etree

from intake.documents.contents import Asked, Contents, File, Format, UnreadableError, as_unicode, within
from intake.documents.legacy_fonts import Fonts, W, evidence_of, in_font, in_their_fonts, is_legacy, value_of
from intake.documents.office_package import Package, local, opened
from intake.documents.sections import Paragraph, filled_sections

_CONTENT_TYPES = "[Content_Types].xml"
_LEFT_OUT = frozenset(
    ("pPr", "rPr", "del", "moveFrom", "Fallback", "instrText", "delText", "sectPr", "tblPr", "tblGrid", "trPr", "tcPr")
)
# Text within a paragraph that stands elsewhere on the page.
_BOXES = ("txbxContent", "footnote", "endnote")
_MARKS = {"tab": "\t", "ptab": "\t", "cr": "\n", "noBreakHyphen": "-"}
_FALSE = ("0", "false", "off", "none")


def read(file: File, asked: Asked) -> Contents:
    """The text of the document, and for each probe "docx:HEADING" whether that section is filled in."""
    with opened(file.content) as package:
        main = next(iter(package.related("", "officeDocument")), "word/document.xml")
        if main not in package.names:
            raise UnreadableError("broken", "the package has no document part")
        story = _Story(Fonts(package))
        body = list(story.paragraphs(package.xml(main)))
        around = {
            kind: list(_related(package, story, main, kind)) for kind in ("header", "footer", "footnotes", "endnotes")
        }
    paragraphs = [*around["header"], *body, *around["footnotes"], *around["endnotes"], *around["footer"]]
    text = "\n".join(paragraph.text for paragraph in paragraphs)
    headings = [probe.removeprefix("docx:") for probe in asked.probes if probe.startswith("docx:")]
    repairs = map(evidence_of, story.legacy_fonts)
    return within(text, asked.limits, repairs, filled=_answers(headings, body), detail=_seal(file))


def text_of_part(root: etree._Element) -> tuple[str, list[str]]:
    """The text of a part that stands alone, and which of its fonts were no Unicode."""
    story = _Story(Fonts(None))
    text = "\n".join(paragraph.text for paragraph in story.paragraphs(root))
    return text, list(map(evidence_of, story.legacy_fonts))


def _seal(file: File) -> str:
    signed = any(name.startswith("_xmlsignatures/") for name in file.zip_names)
    return "it bears a digital signature of Office, which is not checked here" if signed else ""


def _related(package: Package, story: "_Story", main: str, kind: str) -> Iterator[Paragraph]:
    for part in package.related(main, kind):
        yield from story.paragraphs(package.xml(part))


def _answers(headings: list[str], body: list[Paragraph]) -> dict[str, bool]:
    if not headings:
        return {}
    paragraphs = [replace(paragraph, text=as_unicode(paragraph.text)[0]) for paragraph in body]
    return {f"docx:{heading}": full for heading, full in filled_sections(paragraphs, headings).items()}


class _Story:
    """Walks one part of a document."""

    def __init__(self, fonts: Fonts) -> None:
        self._fonts = fonts
        self.legacy_fonts: dict[str, None] = {}

    def paragraphs(self, container: etree._Element) -> Iterator[Paragraph]:
        for child in container:
            match local(child):
                case "p":
                    yield from self._paragraph(child)
                case "tr":
                    yield from self._row(child)
                case name if name and name not in _LEFT_OUT:
                    yield from self.paragraphs(child)

    def _row(self, row: etree._Element) -> Iterator[Paragraph]:
        """A row of data as one line, its cells parted by tabs; a row that lays out a page as its paragraphs."""
        cells = [list(self.paragraphs(cell)) for cell in row if local(cell) in ("tc", "sdt")]
        texts = [[paragraph.text for paragraph in cell if paragraph.text.strip()] for cell in cells]
        if any(len(cell) > 1 for cell in texts):
            yield from chain.from_iterable(cells)
        elif line := "\t".join(cell[0].strip() if cell else "" for cell in texts).strip():
            yield Paragraph(line, in_table=True)

    def _paragraph(self, element: etree._Element) -> Iterator[Paragraph]:
        properties = element.find(f"{W}pPr")
        style = value_of(properties, "pStyle")
        pieces: list[tuple[str, str]] = []
        boxes: list[etree._Element] = []
        self._inline(element, style, pieces, boxes)
        yield Paragraph(in_their_fonts(pieces), style=style, list_level=_list_level(properties))
        for box in boxes:
            yield from self.paragraphs(box)

    def _inline(
        self, element: etree._Element, style: str, pieces: list[tuple[str, str]], boxes: list[etree._Element]
    ) -> None:
        for child in element:
            name = local(child)
            if name == "r" and not _hidden(child):
                self._run(child, style, pieces, boxes)
            elif name in _BOXES:
                boxes.append(child)
            elif name and name != "r" and name not in _LEFT_OUT:
                self._inline(child, style, pieces, boxes)

    def _run(self, run: etree._Element, style: str, pieces: list[tuple[str, str]], boxes: list[etree._Element]) -> None:
        font = self._fonts.of(run, style)
        if is_legacy(font):
            self.legacy_fonts[font] = None
        capitals = _switched_on(run, "caps")
        for child in run:
            name = local(child)
            if name == "t":
                text = child.text or ""
                pieces.append((in_font(text, font).upper(), "") if capitals else (text, font))
            elif name == "br":
                pieces.append(("\f" if child.get(f"{W}type") == "page" else "\n", font))
            elif name in _MARKS:
                pieces.append((_MARKS[name], font))
            elif name in _BOXES:
                boxes.append(child)
            elif name not in _LEFT_OUT:
                self._inline(child, style, pieces, boxes)


def _hidden(run: etree._Element) -> bool:
    return _switched_on(run, "vanish")


def _switched_on(run: etree._Element, name: str) -> bool:
    switch = run.find(f"{W}rPr/{W}{name}")
    return switch is not None and switch.get(f"{W}val") not in _FALSE


def _list_level(properties: etree._Element | None) -> tuple[str, int] | None:
    numbering = properties.find(f"{W}numPr") if properties is not None else None
    if numbering is None:
        return None
    level = value_of(numbering, "ilvl")
    return value_of(numbering, "numId"), int(level) if level.isdigit() else 0


def _is_docx(file: File) -> bool:
    if any(name.startswith("word/") for name in file.zip_names):
        return _CONTENT_TYPES in file.zip_names
    return not file.zip_names and file.extension in ("docx", "docm", "dotx") and file.content.startswith(b"PK")


FORMATS = (Format("docx", _is_docx, read),)
