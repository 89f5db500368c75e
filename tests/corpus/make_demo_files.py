"""Makes the files of `intake/demo/files` that the program itself could not make: letters as PDF, a locked archive.

Run from the top of the tree: `python tests/corpus/make_demo_files.py`. Needs reportlab and the DejaVu fonts. The same
letters give the same bytes.
"""

import io
import random
import zlib
from pathlib import Path

from reportlab import rl_config
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table

from intake.demo.letter import Letter
from intake.demo.story import FILES, printed_letters

FONTS = Path("/usr/share/fonts/truetype/dejavu")
CENTRED = ParagraphStyle("centred", fontName="Letter", fontSize=11, leading=15, alignment=TA_CENTER)
BOLD = ParagraphStyle("bold", CENTRED, fontName="LetterBold")
TEXT = ParagraphStyle("text", CENTRED, alignment=TA_JUSTIFY, spaceAfter=6, fontSize=12, leading=17)


def main() -> None:
    rl_config.invariant = 1
    pdfmetrics.registerFont(TTFont("Letter", FONTS / "DejaVuSerif.ttf"))
    pdfmetrics.registerFont(TTFont("LetterBold", FONTS / "DejaVuSerif-Bold.ttf"))
    FILES.mkdir(exist_ok=True)
    for name, letter in printed_letters().items():
        (FILES / name).write_bytes(printed(letter))
    (FILES / "tai-lieu-co-mat-khau.zip").write_bytes(
        locked("danh sach ho tro.txt", "Danh sách hộ được hỗ trợ đợt 2".encode(), b"123456")
    )


def printed(letter: Letter) -> bytes:
    out = io.BytesIO()
    page = SimpleDocTemplate(out, pagesize=A4, margin=25 * mm, title=letter.subject, author=letter.issuer.name)
    page.build(
        [
            columns(*letter.head),
            Spacer(1, 8 * mm),
            Paragraph("BÁO CÁO", BOLD),
            Paragraph(letter.subject, BOLD),
            Spacer(1, 4 * mm),
            Paragraph(f"Kính gửi: {letter.to}.", CENTRED),
            Spacer(1, 4 * mm),
            *(Paragraph(text, TEXT) for text in letter.body),
            Spacer(1, 6 * mm),
            columns(*letter.foot),
        ]
    )
    return out.getvalue()


def columns(*cells: tuple[str, ...]) -> Table:
    row = [[Paragraph(line.replace("─", "_"), BOLD if line.isupper() else CENTRED) for line in cell] for cell in cells]
    return Table([row], colWidths=[65 * mm, 100 * mm], style=[("VALIGN", (0, 0), (-1, -1), "TOP")])


def locked(name: str, content: bytes, password: bytes) -> bytes:
    """A ZIP archive with one file under the traditional encryption (PKWARE APPNOTE, 6.1)."""
    keys = Keys(password)
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    check = zlib.crc32(content)
    header = random.Random(2026).randbytes(11) + bytes([check >> 24])
    secret = keys.encrypted(header + packer.compress(content) + packer.flush())
    fields = ((20, 2), (1, 2), (8, 2), (0x4000, 2), (0x5D41, 2), (check, 4), (len(secret), 4), (len(content), 4))
    common = b"".join(number.to_bytes(width, "little") for number, width in (*fields, (len(name), 2), (0, 2)))
    entry = b"PK\3\4" + common + name.encode() + secret
    directory = b"PK\1\2" + (20).to_bytes(2, "little") + common + bytes(14) + name.encode()
    counts = b"".join(
        n.to_bytes(w, "little") for n, w in ((1, 2), (1, 2), (len(directory), 4), (len(entry), 4), (0, 2))
    )
    return entry + directory + b"PK\5\6" + bytes(4) + counts


class Keys:
    """The three keys of the traditional encryption."""

    def __init__(self, password: bytes) -> None:
        self.first, self.second, self.third = 0x12345678, 0x23456789, 0x34567890
        for byte in password:
            self.turn(byte)

    def turn(self, byte: int) -> None:
        self.first = _crc32(self.first, byte)
        self.second = ((self.second + (self.first & 0xFF)) * 134775813 + 1) & 0xFFFFFFFF
        self.third = _crc32(self.third, self.second >> 24)

    def encrypted(self, plain: bytes) -> bytes:
        out = bytearray()
        for byte in plain:
            mask = (self.third | 2) & 0xFFFF
            out.append(byte ^ ((mask * (mask ^ 1)) >> 8 & 0xFF))
            self.turn(byte)
        return bytes(out)


def _crc32(value: int, byte: int) -> int:
    value ^= byte
    for _ in range(8):
        value = (value >> 1) ^ 0xEDB88320 if value & 1 else value >> 1
    return value


if __name__ == "__main__":
    main()
