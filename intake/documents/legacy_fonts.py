"""The fonts of a DOCX that are not Unicode (.VnTime, VNI-Times): which run is set in one, and what it says.

A document may mix them with Unicode fonts, so each run is read by its own font, and only by a name that is certain.
"""

import re
from collections.abc import Iterable
from itertools import groupby
from operator import itemgetter

from lxml import etree

from intake.documents.office_package import Package, parsed
from intake.mail.legacy_vietnamese import decode_tcvn3, decode_vni

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STYLES = "word/styles.xml"
_WORD = re.compile(r"\S+")
_LEGACY = (b'".Vn', b'"VNI-', b'"Vni-')
_TRUE = ("1", "true", "on")
_LONGEST_CHAIN = 20


def in_font(text: str, font: str) -> str:
    """The text as the font shows it. ABC fonts whose names end in H show small letters as capitals."""
    if not is_legacy(font):
        return text
    if font.startswith(".Vn"):
        decoded = _WORD.sub(lambda word: decode_tcvn3(word[0]), text)
        return decoded.upper() if font.endswith("H") else decoded
    return decode_vni(text)


def is_legacy(font: str) -> bool:
    """Whether the font shows the codes of TCVN3 or VNI."""
    return font.startswith(".Vn") or font.upper().startswith("VNI-")


def in_their_fonts(pieces: Iterable[tuple[str, str]]) -> str:
    """Pieces of text, each with its font, as one text; a letter of VNI may be parted over two pieces of one font."""
    runs = groupby(pieces, key=itemgetter(1))
    return "".join(in_font("".join(text for text, _ in run), font) for font, run in runs)


def evidence_of(font: str) -> str:
    """In which encoding a font that is no Unicode was read, and by which evidence."""
    return f"{'TCVN3' if font.startswith('.Vn') else 'VNI'}, by its font {font}"


class Fonts:
    """The font of each run of one document: from the run itself, its styles or the defaults.

    Without a package only what the run itself names.
    """

    def __init__(self, package: Package | None) -> None:
        self._styles: dict[str, etree._Element] = {}
        self._usual_style = self._usual_font = ""
        sheet = package.bytes_of(_STYLES) if package and _STYLES in package.names else b""
        if any(start in sheet for start in _LEGACY):
            self._read(parsed(sheet))

    def _read(self, root: etree._Element) -> None:
        for style in root.iter(f"{W}style"):
            name = str(style.get(f"{W}styleId"))
            self._styles[name] = style
            if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in _TRUE:
                self._usual_style = name
        for properties in root.iterfind(f"{W}docDefaults/{W}rPrDefault/{W}rPr"):
            self._usual_font = _named(properties)

    def of(self, run: etree._Element, paragraph_style: str) -> str:
        """The font's name, or "" where none is named, or none that is not Unicode can be meant."""
        properties = run.find(f"{W}rPr")
        named = _named(properties)
        if named or not self._styles:
            return named
        styles = (value_of(properties, "rStyle"), paragraph_style or self._usual_style)
        return next(filter(None, map(self._of_style, styles)), self._usual_font)

    def _of_style(self, name: str) -> str:
        for _ in range(_LONGEST_CHAIN):
            style = self._styles.get(name)
            if style is None:
                break
            if font := _named(style.find(f"{W}rPr")):
                return font
            name = value_of(style, "basedOn")
        return ""


def _named(properties: etree._Element | None) -> str:
    fonts = properties.find(f"{W}rFonts") if properties is not None else None
    return str(fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi") or "") if fonts is not None else ""


def value_of(element: etree._Element | None, name: str) -> str:
    """The `w:val` of the child called `name`; "" where there is none."""
    child = element.find(f"{W}{name}") if element is not None else None
    return str(child.get(f"{W}val", "")) if child is not None else ""
