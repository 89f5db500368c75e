"""ODT and ODP, as packages and as single files: headers, then what stands on the pages, then notes and footers.

Also what every OpenDocument file (OASIS ODF 1.3, part 2) shares: its media type and how it says that it is encrypted.
"""

from collections.abc import Iterator

from lxml import etree

from intake.documents.contents import Asked, Contents, File, Format, UnreadableError, within
from intake.documents.legacy_fonts import evidence_of, in_their_fonts
from intake.documents.office_package import local, opened, parsed
from intake.documents.opendocument_fonts import Fonts

_MEDIA_TYPE = "application/vnd.oasis.opendocument."
_MANIFEST = "META-INF/manifest.xml"
_PARTS = ("styles.xml", "content.xml")
_BREAKS = {"tab": "\t", "line-break": "\n", "soft-page-break": ""}
_LEFT_OUT = frozenset(
    {"annotation", "annotation-end", "tracked-changes", "forms", "note-citation", "bibliography-configuration",
     "notes", "title", "desc", "object", "header", "footer"}
)  # fmt: skip
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE_NAME = f"{_TEXT}style-name"
_MOST_BYTES = 32_000_000
_HEAD = 4096


def media_type(file: File) -> str:
    """What the `mimetype` entry says; "" where there is none."""
    if "mimetype" not in file.zip_names:
        return ""
    with opened(file.content) as package:
        return package.bytes_of("mimetype")[:100].decode("ascii", "replace").strip()


def refuse_encrypted(file: File) -> None:
    """Raises `UnreadableError` if the manifest says that parts are encrypted (part 2, section 4.4)."""
    with opened(file.content) as package:
        if _MANIFEST in package.names and b"encryption-data" in package.bytes_of(_MANIFEST):
            raise UnreadableError("encrypted", "the document is encrypted")


def read(file: File, asked: Asked) -> Contents:
    """The text of the document; each slide is a page."""
    parts = _parts(file)
    fonts = Fonts(parts)
    story = _Story(fonts)
    headers = [line for root in _all(parts, "header") for line in story.paragraphs(root)]
    pages = ["\n".join(story.paragraphs(root)) for root in (*_all(parts, "text", "body"), *_all(parts, "page"))]
    footers = [line for root in _all(parts, "footer") for line in story.paragraphs(root)]
    text = "\n".join(filter(None, [*headers, "\f".join(pages), *story.notes, *footers]))
    return within(text, asked.limits, map(evidence_of, fonts.used))


def _parts(file: File) -> list[etree._Element]:
    if not file.zip_names:
        return [flat_root(file)]
    refuse_encrypted(file)
    with opened(file.content) as package:
        return [package.xml(name) for name in _PARTS if name in package.names]


def flat_root(file: File) -> etree._Element:
    """The root of a document that is one XML file. Raises `UnreadableError`."""
    if len(file.content) > _MOST_BYTES:
        raise UnreadableError("too_large", f"the document is larger than {_MOST_BYTES} bytes")
    return parsed(file.content)


def _all(parts: list[etree._Element], name: str, parent: str = "") -> Iterator[etree._Element]:
    """The elements of that name, within a parent of that name if one is given."""
    for element in (one for part in parts for one in part.iter()):
        above = element.getparent()
        if local(element) == name and (not parent or (above is not None and local(above) == parent)):
            yield element


class _Story:
    """Walks a document. `notes` are the footnotes and endnotes that it came by."""

    def __init__(self, fonts: Fonts) -> None:
        self._fonts = fonts
        self.notes: list[str] = []

    def paragraphs(self, container: etree._Element) -> Iterator[str]:
        for child in container:
            name = local(child)
            if name in ("p", "h"):
                yield from self._paragraph(child)
            elif name == "table-row":
                yield from self._row(child)
            elif name and name not in _LEFT_OUT:
                yield from self.paragraphs(child)

    def _paragraph(self, paragraph: etree._Element) -> Iterator[str]:
        pieces: list[tuple[str, str]] = []
        boxes: list[etree._Element] = []
        self._inline(paragraph, str(paragraph.get(_STYLE_NAME, "")), "", pieces, boxes)
        yield in_their_fonts(pieces)
        for box in boxes:
            yield from self.paragraphs(box)

    def _row(self, row: etree._Element) -> Iterator[str]:
        """A row of data as one line, its cells parted by tabs; a row that lays out a page as its paragraphs."""
        cells = [
            [text for text in self.paragraphs(cell) if text.strip()] for cell in row if local(cell) == "table-cell"
        ]
        if any(len(cell) > 1 for cell in cells):
            yield from (text for cell in cells for text in cell)
        else:
            yield "\t".join(cell[0].strip() if cell else "" for cell in cells)

    def _inline(
        self,
        element: etree._Element,
        paragraph: str,
        span: str,
        pieces: list[tuple[str, str]],
        boxes: list[etree._Element],
    ) -> None:
        font = self._fonts.of(span, paragraph)
        pieces.append((element.text or "", font))
        for child in element:
            name = local(child)
            if name == "s":
                count = str(child.get(f"{_TEXT}c", "1"))
                pieces.append((" " * (min(int(count), 1000) if count.isdigit() else 1), font))
            elif name == "text-box":
                boxes.append(child)
            elif name == "note-body":
                self.notes += self.paragraphs(child)
            elif name in _BREAKS:
                pieces.append((_BREAKS[name], font))
            elif name and name not in _LEFT_OUT:
                inner = str(child.get(_STYLE_NAME, "")) if name == "span" else span
                self._inline(child, paragraph, inner or span, pieces, boxes)
            pieces.append((child.tail or "", font))


def _is(file: File, kind: str) -> bool:
    if file.zip_names:
        return media_type(file).startswith(f"{_MEDIA_TYPE}{kind}")
    return is_flat(file, kind)


def is_flat(file: File, kind: str) -> bool:
    """Whether the file is an OpenDocument of that kind in a single XML file."""
    head = file.content[:_HEAD]
    return head.lstrip(b"\xef\xbb\xbf \r\n").startswith(b"<") and f'mimetype="{_MEDIA_TYPE}{kind}'.encode() in head


FORMATS = (
    Format("odt", lambda file: _is(file, "text"), read),
    Format("odp", lambda file: _is(file, "presentation") or _is(file, "graphics"), read),
)
