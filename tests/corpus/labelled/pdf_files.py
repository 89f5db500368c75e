"""A paper comes in, a one-page PDF goes out; or a page that was scanned so badly that nothing can be read.

The same paper gives the same bytes.
"""

import random
import zlib
from collections.abc import Sequence

from corpus.labelled.paper import Paper


def pdf(paper: Paper) -> bytes:
    """The paper as a one-page PDF with a text layer: characters are coded as Unicode, no font is embedded.

    The head is written column after column, or (layout "rows") line after line across both, as printers do.
    """
    left, right = paper.foot
    head = [(50, 800 - 14 * row, text) for row, text in enumerate(paper.left)]
    head += [(300, 800 - 14 * row, text) for row, text in enumerate(paper.right)]
    if paper.layout == "rows":
        head.sort(key=lambda piece: (-piece[1], piece[0]))
    lines = [line for text in paper.main for line in _wrapped(text)]
    body = [(60, 720 - 14 * row, line) for row, line in enumerate(lines)]
    end = 700 - 14 * len(lines)
    foot = [(50, end - 14 * row, text) for row, text in enumerate(left)]
    foot += [(330, end - 14 * row, text) for row, text in enumerate(right)]
    return _one_page([piece for piece in (*head, *body, *foot) if piece[2]])


def scan(chance: int) -> bytes:
    """A page as a poor scanner leaves it: an image in which no letter can be read, and no text layer."""
    dots = random.Random(chance)
    rows = [bytes(dots.choice((0xFF, 0xFF, 0xFE, 0x7F)) for _ in range(75)) for _ in range(840)]
    image = zlib.compress(b"".join(rows), 9)
    size = "/Width 600/Height 840/ColorSpace/DeviceGray/BitsPerComponent 1"
    place = b"q 595 0 0 842 0 0 cm /I1 Do Q"
    return _assembled(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</XObject<</I1 5 0 R>>>>>>",
            b"<</Length %d>>stream\n%s\nendstream" % (len(place), place),
            f"<</Type/XObject/Subtype/Image{size}/Filter/FlateDecode/Length {len(image)}>>stream\n".encode()
            + image
            + b"\nendstream",
        ]
    )


def _wrapped(text: str, width: int = 80) -> list[str]:
    lines = [""]
    for token in text.split():
        if lines[-1] and len(lines[-1]) + len(token) >= width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {token}".strip()
    return lines


def _one_page(pieces: Sequence[tuple[int, int, str]]) -> bytes:
    shown = "".join(f"BT /F1 10 Tf {x} {y} Td <{text.encode('utf-16-be').hex()}> Tj ET\n" for x, y, text in pieces)
    codes = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def\n1 begincodespacerange\n"
        "<0000> <FFFF>\nendcodespacerange\n1 beginbfrange\n<0000> <FFFF> <0000>\nendbfrange\nendcmap end end"
    )
    bodies = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        f"<</Length {len(shown)}>>stream\n{shown}endstream",
        "<</Type/Font/Subtype/Type0/BaseFont/Serif/Encoding/Identity-H/DescendantFonts[6 0 R]/ToUnicode 8 0 R>>",
        "<</Type/Font/Subtype/CIDFontType2/BaseFont/Serif/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
        "/Supplement 0>>/FontDescriptor 7 0 R/DW 500>>",
        "<</Type/FontDescriptor/FontName/Serif/Flags 4/FontBBox[0 -200 1000 900]/ItalicAngle 0/Ascent 800"
        "/Descent -200/CapHeight 700/StemV 80>>",
        f"<</Length {len(codes)}>>stream\n{codes}\nendstream",
    ]
    return _assembled([body.encode() for body in bodies])


def _assembled(bodies: Sequence[bytes]) -> bytes:
    out, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(bodies, 1):
        offsets.append(len(out))
        out += b"%d 0 obj%sendobj\n" % (number, body)
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    trailer = f"trailer<</Size {len(bodies) + 1}/Root 1 0 R>>\nstartxref\n{len(out)}\n%%EOF"
    return out + f"xref\n0 {len(bodies) + 1}\n0000000000 65535 f \n{table}{trailer}".encode()
