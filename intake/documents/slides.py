"""PPTX: the text of each slide in the order of the show, a slide a page, with its tables, charts and diagrams."""

from collections.abc import Iterator

from lxml import etree

from intake.documents.contents import Asked, Contents, File, Format, within
from intake.documents.legacy_fonts import evidence_of, in_their_fonts, is_legacy
from intake.documents.office_package import Package, local, opened

_PRESENTATION = "ppt/presentation.xml"
_R_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_DRAWN = ("chart", "diagramData")
_LEFT_OUT = frozenset({"Fallback", "txStyles", "notesSz"})


def read(file: File, asked: Asked) -> Contents:
    """The paragraphs of all slides."""
    with opened(file.content) as package:
        show = _Show(package)
        slides = ["\n".join(show.slide(name)) for name in _in_order(package)]
    return within("\f".join(slides), asked.limits, map(evidence_of, show.legacy_fonts))


def _in_order(package: Package) -> list[str]:
    """The slides in the order of `p:sldIdLst`; those that it does not name come last."""
    targets = package.targets(_PRESENTATION)
    shown = [targets.get(str(one.get(_R_ID)), "") for one in package.xml(_PRESENTATION).iter() if local(one) == "sldId"]
    related = package.related(_PRESENTATION, "slide")
    return [*filter(related.__contains__, shown), *(name for name in related if name not in shown)]


class _Show:
    """Reads slides. `legacy_fonts` are those that it came by."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self.legacy_fonts: dict[str, None] = {}

    def slide(self, name: str) -> Iterator[str]:
        yield from self._paragraphs(self._package.xml(name))
        for kind in _DRAWN:
            for part in self._package.related(name, kind):
                yield from self._drawn(self._package.xml(part))

    def _paragraphs(self, container: etree._Element) -> Iterator[str]:
        for child in container:
            match local(child):
                case "p":
                    yield in_their_fonts(self._pieces(child))
                case "tr":
                    yield "\t".join(" ".join(filter(None, self._paragraphs(cell))) for cell in child)
                case name if name and name not in _LEFT_OUT:
                    yield from self._paragraphs(child)

    def _pieces(self, paragraph: etree._Element) -> Iterator[tuple[str, str]]:
        for run in paragraph:
            if local(run) == "br":
                yield "\n", ""
                continue
            latin = run.find(f"{_A}rPr/{_A}latin")
            font = str(latin.get("typeface", "")) if latin is not None else ""
            if is_legacy(font):
                self.legacy_fonts[font] = None
            yield "".join(text.text or "" for text in run.iter(f"{_A}t")), font

    def _drawn(self, root: etree._Element) -> Iterator[str]:
        """The words and figures of a chart or a diagram, each once where they are repeated one after the other."""
        last = ""
        for element in root.iter():
            text = (element.text or "").strip() if local(element) in ("t", "v") else ""
            if text and text != last:
                yield text
                last = text


def _is_pptx(file: File) -> bool:
    return _PRESENTATION in file.zip_names


FORMATS = (Format("pptx", _is_pptx, read),)
