"""Mails read a second: small ones, and ones with 200 kB of attachments, beside the standard library's email alone.

Small mails are only parsed. For mails with attachments the text of every document is taken as well, in this process,
without the workers; the standard library decodes the same bodies and takes no text. `compat32` leaves header texts and
file names undecoded and so does less.
"""

import email
import email.policy
import io
import random
from collections.abc import Callable
from email.message import EmailMessage

from builders import at, mail, monthly_report
from openpyxl import Workbook
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from bench.measuring import PAIRS, Cost, cost_of, in_turns, median, ratio, show, size_from_arguments
from intake.config import Limits
from intake.documents.reading import read_mail
from intake.mail.message import parse_message

LIMITS = Limits()
WEIGHT = 200_000
RECEIVED = at("2026-11-16 09:00")


def small_mails(count: int) -> list[bytes]:
    body = "Kính gửi Văn phòng,\nĐơn vị gửi báo cáo tình hình kinh tế - xã hội tháng 11 năm 2026.\nTrân trọng."
    return [
        mail(f"xa{n}@tinh.example", f"UBND xã số {n} - Báo cáo KT-XH tháng 11/2026", body, RECEIVED)
        for n in range(count)
    ]


def mails_with_attachments(count: int) -> list[bytes]:
    """A printed report, a Word report and a workbook, 200 kB together."""
    return [
        mail(f"xa{n}@tinh.example", "Báo cáo tháng 11/2026", "Gửi báo cáo.", RECEIVED, files=_attachments(n))
        for n in range(count)
    ]


def _attachments(number: int) -> dict[str, bytes]:
    chance = random.Random(number)
    files = {
        "Báo cáo.docx": monthly_report(f"UBND xã số {number}", f"{number}/BC-UBND", 11),
        "Biểu số liệu.xlsx": _workbook(chance),
    }
    return {**files, "Báo cáo (ký số).pdf": _printed(chance, WEIGHT - sum(map(len, files.values())))}


def _workbook(chance: random.Random) -> bytes:
    book = Workbook()
    for row in range(300):
        book.active.append([f"Chỉ tiêu {row}", *(chance.randint(0, 10**6) for _ in range(6))])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _printed(chance: random.Random, weight: int) -> bytes:
    """Four pages of text, and a picture that brings the file to its weight."""
    out = io.BytesIO()
    canvas = Canvas(out, A4, pageCompression=1)
    for page in range(4):
        for line in range(40):
            canvas.drawString(60, 800 - 18 * line, f"Trang {page}, muc {line}: thu {chance.randint(0, 10**9)} dong")
        canvas.showPage()
    canvas.save()
    content = out.getvalue()
    noise = chance.randbytes(max(0, weight - len(content) - 100))
    return content + b"\n9999 0 obj\n<</Length %d>>stream\n" % len(noise) + noise + b"\nendstream\nendobj\n%%EOF\n"


def decoded(policy: email.policy.Policy) -> Callable[[bytes], object]:
    """The standard library alone: the message, and each body decoded."""

    def read(raw: bytes) -> object:
        message = email.message_from_bytes(raw, policy=policy)
        return message["subject"], [
            part.get_content() if isinstance(part, EmailMessage) else part.get_payload(decode=True)
            for part in message.walk()
            if not part.is_multipart()
        ]

    return read


def _over(mails: list[bytes], read: Callable[[bytes], object]) -> Callable[[], Cost]:
    return lambda: cost_of(lambda: [read(raw) for raw in mails])


def compare(title: str, mails: list[bytes], pairs: int) -> list[tuple[object, ...]]:
    ways = {
        "intake: message": _over(mails, lambda raw: parse_message(raw, LIMITS)),
        "intake: message and text": _over(mails, lambda raw: read_mail(raw, LIMITS, ())),
        "email, policy.default": _over(mails, decoded(email.policy.default)),
        "email, compat32": _over(mails, decoded(email.policy.compat32)),
    }
    costs = in_turns(ways, pairs)
    beside = costs["email, policy.default"]
    return [
        (title, way, f"{1000 * median(one).wall / len(mails):.2f}", f"{1000 * median(one).cpu / len(mails):.2f}",
         f"{len(mails) / median(one).cpu:,.0f}", f"{ratio(one, beside):.2f}")
        for way, one in costs.items()
    ]  # fmt: skip


def main(size: int | None = None, pairs: int = PAIRS) -> None:
    size = size or size_from_arguments(__doc__, 400, "how many mails of each kind")
    rows = compare("small", small_mails(size), pairs) + compare("200 kB", mails_with_attachments(size // 4 or 1), pairs)
    show(
        f"{size} small mails, {size // 4 or 1} of 200 kB",
        ("mails", "reader", "wall ms a mail", "CPU ms a mail", "mails a CPU second", "CPU beside policy.default"),
        rows,
    )


if __name__ == "__main__":
    main()
