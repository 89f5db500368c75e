"""ODT: the paragraphs of the body and of the page headers and footers, in reading order.

Also what every OpenDocument file (OASIS ODF 1.3, part 2) shares: its media type and how it says that it is encrypted.
"""

from collections.abc import Iterator

from lxml import etree

from intake.documents.contents import Asked, Contents, File, Format, UnreadableError, within
from intake.documents.office_package import local, opened

_MANIFEST = "META-INF/manifest.xml"
_BREAKS = {"tab": "\t", "line-break": "\n", "soft-page-break": ""}
_LEFT_OUT = frozenset({"annotation", "tracked-changes", "forms", "note-citation", "bibliography-configuration"})
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


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
    """The text of the document."""
    refuse_encrypted(file)
    with opened(file.content) as package:
        parts = [package.xml(name) for name in ("styles.xml", "content.xml") if name in package.names]
    lines = [line for part in parts for root in _stories(part) for line in _paragraphs(root)]
    return within("\n".join(lines), asked.limits)


def _stories(part: etree._Element) -> Iterator[etree._Element]:
    return (element for element in part.iter() if local(element) in ("header", "footer", "text") and len(element))


def _paragraphs(container: etree._Element) -> Iterator[str]:
    for child in container:
        name = local(child)
        if name in ("p", "h"):
            boxes: list[etree._Element] = []
            yield "".join(_inline(child, boxes))
            for box in boxes:
                yield from _paragraphs(box)
        elif name == "table-row":
            yield from _row(child)
        elif name and name not in _LEFT_OUT:
            yield from _paragraphs(child)


def _row(row: etree._Element) -> Iterator[str]:
    """A row of data as one line, its cells parted by tabs; a row that lays out a page as its paragraphs."""
    cells = [[text for text in _paragraphs(cell) if text.strip()] for cell in row if local(cell) == "table-cell"]
    if any(len(cell) > 1 for cell in cells):
        yield from (text for cell in cells for text in cell)
    else:
        yield "\t".join(cell[0].strip() if cell else "" for cell in cells)


def _inline(element: etree._Element, boxes: list[etree._Element]) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        name = local(child)
        if name == "s":
            count = str(child.get(f"{_TEXT}c", "1"))
            yield " " * (min(int(count), 1000) if count.isdigit() else 1)
        elif name == "text-box":
            boxes.append(child)
        elif name in _BREAKS:
            yield _BREAKS[name]
        elif name and name not in _LEFT_OUT:
            yield from _inline(child, boxes)
        yield child.tail or ""


def _is_odt(file: File) -> bool:
    return media_type(file).startswith("application/vnd.oasis.opendocument.text")


FORMATS = (Format("odt", _is_odt, read),)
