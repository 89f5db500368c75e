"""The fonts of an OpenDocument text that are no Unicode: which style is set in one (ODF 1.3, part 3, section 16)."""

from collections.abc import Iterable

from lxml import etree

from intake.documents.legacy_fonts import is_legacy
from intake.documents.office_package import local

_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
_LONGEST_CHAIN = 20


class Fonts:
    """Answers for the styles of one document by name. `used` are those legacy fonts that it was asked for."""

    def __init__(self, parts: Iterable[etree._Element]) -> None:
        self._families: dict[str, str] = {}
        self._styles: dict[str, etree._Element] = {}
        self._usual = ""
        self.used: dict[str, None] = {}
        for element in (one for part in parts for one in part.iter()):
            match local(element):
                case "font-face":
                    self._families[str(element.get(f"{_STYLE}name"))] = str(element.get(f"{_SVG}font-family", ""))
                case "style":
                    self._styles[str(element.get(f"{_STYLE}name"))] = element
                case "default-style" if element.get(f"{_STYLE}family") == "paragraph":
                    self._usual = self._own_font(element)

    def of(self, *styles: str) -> str:
        """The font of text in these styles, the innermost first; "" where it is one of Unicode or none is named."""
        found = next(filter(None, map(self._font, styles)), self._usual)
        if not is_legacy(found):
            return ""
        self.used[found] = None
        return found

    def _font(self, style: str) -> str:
        for _ in range(_LONGEST_CHAIN):
            element = self._styles.get(style)
            if element is None:
                break
            if font := self._own_font(element):
                return font
            style = str(element.get(f"{_STYLE}parent-style-name", ""))
        return ""

    def _own_font(self, style: etree._Element) -> str:
        properties = style.find(f"{_STYLE}text-properties")
        if properties is None:
            return ""
        named = str(properties.get(f"{_STYLE}font-name", ""))
        family = self._families.get(named, named) or str(properties.get(f"{_FO}font-family", ""))
        return family.strip("'\" ")
