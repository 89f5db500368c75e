"""What the benches of the whole service share: a province, its mail in a mailbox on a real server, and a mail sink.

A third of the mails each carries a printed report, a Word report or a workbook beside a Word report; all weigh 250 kB.
"""

import io
import random
import zipfile

from builders import at, mail, monthly_report
from openpyxl import Workbook
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from intake.model import OFFICE, Agency, Contact, ReportType
from intake.registry import Registry

NOW = at("2026-11-16 09:05")
RECEIVED = at("2026-11-16 09:00")
WEIGHT = 185_000
BODY = "Kính gửi Văn phòng UBND tỉnh,\nXã gửi báo cáo KT-XH tháng 11 năm 2026.\nTrân trọng."
COMMUNES = 200


FIRST, SECOND = (
    words.split()
    for words in (
        "An Bình Hòa Phú Tân Long Thạnh Vĩnh Mỹ Đông Xuân Sơn Thanh Minh Kim Lộc Phước Quang Tam Trà",
        "Cường Hải Khê Lâm Nghĩa Thọ Thịnh Trung Thủy Hưng",
    )
)


def commune(number: int) -> str:
    return f"UBND xã {FIRST[number % 20]} {SECOND[number // 20 % 10]}"


def registry() -> Registry:
    """200 communes that owe a monthly report."""
    agencies, contacts = [Agency(code=OFFICE, name="Văn phòng UBND tỉnh")], list[Contact]()
    for number in range(COMMUNES):
        agencies.append(Agency(code=f"XA{number:03d}", name=commune(number), groups=["xa"]))
        contacts.append(Contact(agency_code=f"XA{number:03d}", email=f"xa{number:03d}@tinh.example", role="submitter"))
    monthly = ReportType(
        code="KTXH-T", name="Báo cáo tình hình kinh tế - xã hội tháng", aliases=["BC KTXH tháng", "KT-XH tháng"],
        frequency="monthly", closing="decree", due="closing +2wd", required=["document", "number"], groups=["xa"],
    )  # fmt: skip
    return Registry(agencies, contacts, [monthly])


def report_mail(number: int) -> bytes:
    """A monthly report of one commune; what is behind the first 200 replaces what came before."""
    chance, who = random.Random(number), number % COMMUNES
    annexes: dict[str, bytes] = {}
    if number % 3:
        annexes["Phụ lục 01 - Biểu số liệu.xlsx"] = _workbook(chance)
    if number % 3 == 2:
        annexes["Phụ lục 02.pdf"] = _printed(chance)
    word = monthly_report(commune(who), f"{number}/BC-UBND", 11)
    picture = chance.randbytes(max(0, WEIGHT - len(word) - sum(map(len, annexes.values()))))
    return mail(
        f"xa{who:03d}@tinh.example", f"{commune(who)} - Báo cáo KT-XH tháng 11/2026", BODY, RECEIVED,
        files={f"BC T11 ({number}).docx": _with_picture(word, picture), **annexes},
        message_id=f"<bench-{number}@tinh.example>",
    )  # fmt: skip


def _with_picture(word: bytes, picture: bytes) -> bytes:
    """The document with a picture in it, which nobody has to read."""
    packed = io.BytesIO(word)
    with zipfile.ZipFile(packed, "a") as package:
        package.writestr(zipfile.ZipInfo("word/media/image1.png", (2026, 1, 1, 0, 0, 0)), picture)
    return packed.getvalue()


def _workbook(chance: random.Random) -> bytes:
    book = Workbook()
    for row in range(300):
        book.active.append([f"Chỉ tiêu {row}", *(chance.randint(0, 10**6) for _ in range(6))])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _printed(chance: random.Random) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, A4, pageCompression=1)
    for page in range(4):
        for line in range(40):
            canvas.drawString(60, 800 - 18 * line, f"Trang {page}, muc {line}: thu {chance.randint(0, 10**9)} dong")
        canvas.showPage()
    canvas.save()
    return out.getvalue()
