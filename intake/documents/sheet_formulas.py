"""Formulas that nobody has computed yet: programs write them without values, and Excel computes them when it opens."""

from intake.documents.office_package import Package, local, opened
from intake.rules.language.text import fold

_WORKBOOK = "xl/workbook.xml"
_R_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def awaits_computing(content: bytes, sheet: str, cell: str) -> bool:
    """Whether the cell ("C8") on the sheet with this folded name holds a formula and no value yet."""
    with opened(content) as package:
        if _WORKBOOK not in package.names:
            return False
        return any(_is_bare_formula(package, part, cell) for part in _parts(package, sheet))


def _parts(package: Package, sheet: str) -> list[str]:
    targets = package.targets(_WORKBOOK)
    sheets = (one for one in package.xml(_WORKBOOK).iter() if local(one) == "sheet")
    ids = [str(one.get(_R_ID)) for one in sheets if fold(str(one.get("name"))) == sheet]
    return [targets[one] for one in ids if one in targets]


def _is_bare_formula(package: Package, part: str, cell: str) -> bool:
    for element in package.xml(part).iter():
        if local(element) == "c" and element.get("r") == cell:
            children = {local(child): child.text for child in element}
            # A formula whose value is the empty text is computed, and says so by its type.
            return "f" in children and not children.get("v") and element.get("t") != "str"
    return False
