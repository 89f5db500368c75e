"""PPTX: the text of each slide in the order of the show, a slide a page."""

from lxml import etree

from intake.documents.contents import Asked, Contents, File, Format, within
from intake.documents.office_package import Package, local, opened

_PRESENTATION = "ppt/presentation.xml"
_R_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def read(file: File, asked: Asked) -> Contents:
    """The paragraphs of all slides."""
    with opened(file.content) as package:
        slides = [_slide(package.xml(name)) for name in _in_order(package)]
    return within("\f".join(slides), asked.limits)


def _in_order(package: Package) -> list[str]:
    """The slides in the order of `p:sldIdLst`; those that it does not name come last."""
    targets = package.targets(_PRESENTATION)
    shown = [targets.get(str(one.get(_R_ID)), "") for one in package.xml(_PRESENTATION).iter() if local(one) == "sldId"]
    related = package.related(_PRESENTATION, "slide")
    return [*filter(related.__contains__, shown), *(name for name in related if name not in shown)]


def _slide(root: etree._Element) -> str:
    paragraphs = (element for element in root.iter() if local(element) == "p")
    return "\n".join("".join(t.text or "" for t in p.iter() if local(t) == "t") for p in paragraphs)


def _is_pptx(file: File) -> bool:
    return _PRESENTATION in file.zip_names


FORMATS = (Format("pptx", _is_pptx, read),)
