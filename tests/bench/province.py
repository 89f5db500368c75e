"""What the benches of the whole service share: a province, its mail in a mailbox on a real server, and a mail sink.

All mails weigh 250 kB: a Word report with a picture, two thirds with a workbook, one third with a printed report, too.
"""

import contextlib
import email
import email.policy
import io
import logging
import multiprocessing
import os
import random
import shutil
import socket
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from email.message import EmailMessage
from itertools import product
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import structlog
from builders import OFFICE_ADDRESS, at, mail, monthly_report
from openpyxl import Workbook
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas
from servers import PASSWORD, UNPRIVILEGED_USER, Dovecot, dovecot_server

from intake.config import config_from
from intake.desk import Desk, open_desk
from intake.jobs.open_periods import open_periods
from intake.mail.incoming import received_at_of
from intake.model import OFFICE, Agency, Contact, ReportType
from intake.office.registry_loading import load_registry
from intake.registry import Registry

USER = "bench"
# Nobody is reminded while mail is measured.
LATE_STEPS = [{"at": "+20d", "notice": "overdue", "to": ["submitter"]}]
NOW = at("2026-11-16 09:05")
RECEIVED = at("2026-11-16 09:00")
A_DAY = timedelta(days=1)
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


def registry(required: Sequence[str] = ("document", "number")) -> Registry:
    """200 communes that owe a monthly report."""
    agencies, contacts = [Agency(code=OFFICE, name="Văn phòng UBND tỉnh")], list[Contact]()
    for number in range(COMMUNES):
        agencies.append(Agency(code=f"XA{number:03d}", name=commune(number), groups=["xa"]))
        contacts.append(Contact(agency_code=f"XA{number:03d}", email=f"xa{number:03d}@tinh.example", role="submitter"))
    monthly = ReportType(
        code="KTXH-T", name="Báo cáo tình hình kinh tế - xã hội tháng", aliases=["BC KTXH tháng", "KT-XH tháng"],
        frequency="monthly", closing="decree", due="closing +2wd", required=list(required), groups=["xa"],
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


def plain_report_mail(number: int, weight: int = WEIGHT) -> bytes:
    """The same report with its words in the mail, and as HTML, too, under a letterhead picture of that weight."""
    who = number % COMMUNES
    lines = [BODY, *(f"{line}. Chỉ tiêu {line} đạt {number + line} phần nghìn kế hoạch." for line in range(1, 9))]
    message = email.message_from_bytes(
        mail(
            f"xa{who:03d}@tinh.example", f"{commune(who)} - Báo cáo KT-XH tháng 11/2026", "\n".join(lines), RECEIVED,
            message_id=f"<plain-{number}@tinh.example>",
        ),
        policy=email.policy.SMTP,
    )  # fmt: skip
    assert isinstance(message, EmailMessage)
    if weight:
        message.add_alternative("<img src='cid:head'>" + "".join(f"<p>{line}</p>" for line in lines), subtype="html")
        picture = {"maintype": "image", "subtype": "png", "cid": "<head>", "disposition": "inline"}
        message.get_payload()[1].add_related(_picture(number, weight), **picture)
    return message.as_bytes()


def daily_registry() -> Registry:
    """The same communes, that owed a report each day until yesterday: as many obligations as there are mails."""
    known = registry()
    [monthly] = known.report_types
    daily = ReportType(
        code="TRUC", name="Báo cáo trực ban ngày", aliases=["BC trực ban"], frequency="daily", due="23:00", roll="none",
        required=["body"], groups=monthly.groups, active_from=date(2000, 1, 1), active_to=NOW.date() - A_DAY,
    )  # fmt: skip
    return Registry(known.agencies, known.contacts, [daily])


def daily_mail(number: int) -> bytes:
    """A small report of one commune on one day, the last days first."""
    who, day = number % COMMUNES, NOW - A_DAY * (1 + number // COMMUNES)
    text = (
        f"Kính gửi Văn phòng UBND tỉnh,\nXã báo cáo trực ban ngày {day:%d/%m/%Y} như sau:\n"
        "1. An ninh trật tự: ổn định, không có vụ việc phát sinh.\n2. Trực lãnh đạo: đủ.\nTrân trọng."
    )
    return mail(
        f"xa{who:03d}@tinh.example", f"{commune(who)} - Báo cáo trực ban ngày {day:%d/%m/%Y}", text, day,
        message_id=f"<daily-{number}@tinh.example>",
    )  # fmt: skip


def _picture(number: int, weight: int) -> bytes:
    side = int((weight / 3) ** 0.5)
    out = io.BytesIO()
    noise = random.Random(number).randbytes(3 * side * side)
    Image.frombytes("RGB", (side, side), noise).save(out, "PNG", compress_level=0)
    return out.getvalue()


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


@contextlib.contextmanager
def full_mailbox(raws: Iterable[bytes], users: Sequence[str] = (USER,)) -> Iterator[Dovecot]:
    """Dovecot with these mails in the users' mailboxes, each user in turn, put there as files before it is measured."""
    with dovecot_server() as server:
        folders = [server.folder / "mail" / user / "Maildir" for user in users]
        for folder, part in product(folders, ("cur", "new", "tmp")):
            (folder / part).mkdir(parents=True)
        for number, raw in enumerate(raws):
            taken_at = int(received_at_of(raw, RECEIVED).timestamp())
            path = folders[number % len(users)] / "new" / f"{taken_at}.M{number:06d}P1.bench"
            path.write_bytes(raw)
            os.utime(path, (taken_at, taken_at))
        for path in (server.folder / "mail", *(server.folder / "mail").rglob("*")):
            with contextlib.suppress(PermissionError, LookupError):
                shutil.chown(path, UNPRIVILEGED_USER)
        yield server


@contextlib.contextmanager
def mail_sink() -> Iterator[int]:
    """The port of an SMTP server that takes everything and keeps nothing, in a process of its own."""
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=_take_mails, args=(theirs,), daemon=True)
    process.start()
    try:
        yield ours.recv()
    finally:
        process.kill()
        process.join()


def _take_mails(port: Connection) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port.send(server.getsockname()[1])
        while True:
            with server.accept()[0] as client, client.makefile("rb") as lines:
                client.sendall(b"220 sink\r\n")
                while line := lines.readline():
                    word = line[:4].upper()
                    if word == b"DATA":
                        client.sendall(b"354 go on\r\n")
                        while lines.readline() not in (b".\r\n", b""):
                            pass
                    client.sendall(_REPLIES.get(word, b"250 OK\r\n"))


_REPLIES = {b"EHLO": b"250-sink\r\n250-8BITMIME\r\n250 SIZE\r\n", b"QUIT": b"221 bye\r\n"}


@contextlib.contextmanager
def new_office(dovecot: Dovecot, sink: int, known: Registry | None = None, **tables: Any) -> Iterator[Desk]:
    """An office on SQLite that reads the mailbox and sends to the sink; logs what fails. No mail has come to it yet."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    server = {"host": "127.0.0.1", "security": "none", "timeout": "30s"}
    settings = {
        "office": {"name": "Văn phòng UBND tỉnh", "address": OFFICE_ADDRESS},
        "database": {"url": "sqlite:///intake.db"},
        "storage": {"path": "messages"},
        "mailboxes": [{"kind": "imap", "port": dovecot.port, "username": USER, "password": PASSWORD, **server}],
        "outgoing": {"kind": "smtp", "port": sink, **server},
        "policies": {"standard": {"steps": LATE_STEPS}},
        **tables,
    }
    with (
        tempfile.TemporaryDirectory(prefix="intake-bench-") as folder,
        open_desk(config_from(settings, Path(folder)), lambda: NOW) as desk,
    ):
        load_registry(desk, known or registry())
        assert desk.renderer
        assert desk.working_days
        open_periods(desk)
        yield desk
