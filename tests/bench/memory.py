"""What the largest mail takes: memory of all processes while one of 50 MB with 500 parts comes in, and two in a row.

`./run bench memory --size N` takes mails of N bytes. Sampled are the proportional set size (what is shared counts once)
and the resident one (what is shared counts in each process), each at its worst moment.
"""

import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path
from random import Random
from typing import Self

from builders import OFFICE_ADDRESS, docx

from bench.measuring import show, size_from_arguments
from bench.standing import Daemon, daemon
from intake.web.processes import below

LARGEST = 49_990_000
PARTS = 499
SAMPLE_SECONDS = 0.02
SETTLING_SECONDS = 1.0
MB = 1_000_000
SCAN = Path(__file__).parent.parent / "corpus" / "documents" / "libreoffice-report.pdf"
# What base64 and its line ends add, and what each part says of itself.
LINES_TO_BYTES, HEADER = 1.37, 150


@dataclass
class Memory:
    """The most that the daemon and its children held together, in bytes; `main` is the daemon's share of `pss`."""

    daemon: int
    pss: int = 0
    main: int = 0
    rss: int = 0
    _over: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> Self:
        self._thread = threading.Thread(target=self._watch)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._over.wait(SAMPLE_SECONDS):
            main, others = _sizes(self.daemon), [_sizes(one) for one in below(self.daemon)]
            self.rss = max(self.rss, main["Rss"] + sum(one["Rss"] for one in others))
            pss = main["Pss"] + sum(one["Pss"] for one in others)
            if pss > self.pss:
                self.pss, self.main = pss, main["Pss"]


def _sizes(process: int) -> Counter[str]:
    """What a process holds, in bytes, nothing if it is gone (proc(5), smaps_rollup)."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()[1:]
    except OSError:
        return Counter()
    return Counter({words[0].rstrip(":"): int(words[1]) * 1024 for words in map(str.split, lines)})


def large_mail(size: int, parts: int = PARTS) -> bytes:
    """So many parts of so many bytes together: letters and scans to be read, tables and photos that fill the rest."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "xa@tinh.example", OFFICE_ADDRESS, "Gửi toàn bộ hồ sơ"
    mail["Message-ID"] = f"<{size}@tinh.example>"
    mail.set_content("Xã gửi toàn bộ hồ sơ của năm.")
    letter, scan = docx(*("Trong tháng, công tác được triển khai đúng kế hoạch. " * 20,) * 10), SCAN.read_bytes()
    files = parts - 1
    small = sum(len(letter) if number % 5 == 1 else len(scan) for number in range(files) if number % 5 in (1, 2))
    each = max(1_000, int((size / LINES_TO_BYTES - small) / (files * 3 / 5)) - HEADER)
    for number in range(files):
        match number % 5:
            case 1:
                mail.add_attachment(letter, "application", "octet-stream", filename=f"bao cao {number}.docx")
            case 2:
                mail.add_attachment(scan, "application", "pdf", filename=f"quet {number}.pdf")
            case 3:
                rows = b"".join(b"%09d;%09d\r\n" % (row, row * 7) for row in range(each // 21))
                mail.add_attachment(rows, "text", "csv", filename=f"so lieu {number}.csv")
            case _:
                photo = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + Random(number).randbytes(each)
                mail.add_attachment(photo, "image", "jpeg", filename=f"anh {number}.jpg")
    return mail.as_bytes()


def main(size: int | None = None, pairs: int = PARTS) -> None:
    size = size or size_from_arguments(__doc__, LARGEST, "bytes of a mail")
    large = [large_mail(size - 1_000 * number, pairs) for number in range(3)]
    named = f"one of {len(large[0]) / MB:.1f} MB in {pairs} parts"
    with tempfile.TemporaryDirectory(prefix="intake-memory-") as folder, daemon(Path(folder), "1s") as running:
        rows = [
            _while_they_come(running, "a small mail", [large_mail(20_000, 4)], 1),
            _while_they_come(running, named, large[:1], 2),
            _while_they_come(running, "two more at once", large[1:], 4),
        ]
    show("memory while mails come in, MB", ("what came", "PSS", "daemon", "readers", "RSS", "seconds"), rows)


def _while_they_come(running: Daemon, what: str, raws: list[bytes], mails: int) -> tuple[object, ...]:
    """`mails` are processed when these are."""
    began = time.monotonic()
    with Memory(running.process.pid) as memory:
        running.dovecot.put_mails(running.user, raws)
        running.wait_for(mails)
        seconds = time.monotonic() - began
        time.sleep(SETTLING_SECONDS)
    held = (memory.pss, memory.main, memory.pss - memory.main, memory.rss)
    return (what, *(f"{one / MB:.0f}" for one in held), f"{seconds:.1f}")
