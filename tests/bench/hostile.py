"""What hostile files cost: each goes through the real worker pool, and after each an ordinary mail must be read.

Prints a table: the outcome, the seconds, the most memory that the workers and the parent held. Ends with 1 where the
pool did not live, or took longer than its limit.
"""

import io
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil

TESTS = Path(__file__).parent.parent
sys.path[:0] = [str(TESTS), str(TESTS / "documents"), str(TESTS.parent)]

import hostile_files as files  # noqa: E402
import hostile_pdf as pdf  # noqa: E402
from documents_mails import mail_with  # noqa: E402
from PIL import Image  # noqa: E402

from intake.config import Limits  # noqa: E402
from intake.documents.sandbox import Readers  # noqa: E402
from intake.errors import IntakeError  # noqa: E402
from intake.rules.reading import MailReading  # noqa: E402

ORDINARY = "Báo cáo tháng 10"
CORPUS = TESTS / "corpus" / "documents"
# A mail that kills its worker twice over costs two starts and two waits.
MOST_SECONDS = 2 * Limits().worker_seconds + 10
MEGABYTE = 1_000_000
POLL_SECONDS = 0.02

Maker = Callable[[], bytes]


def picture(form: str, picture_of: Image.Image, **options: object) -> bytes:
    buffer = io.BytesIO()
    picture_of.save(buffer, form, **options)
    return buffer.getvalue()


def corpus(name: str) -> Maker:
    return lambda: (CORPUS / name).read_bytes()


HOSTILE: dict[str, tuple[str, Maker]] = {
    "zip, 1 GB of zeros": ("a.zip", lambda: files.zip_of(("a.txt", files.ZEROS * 1000))),
    "zip that lies about its size": ("a.zip", lambda: files.zip_that_lies_about_its_size(4_000_000_000)),
    "zip, 20,000 names for one body": ("a.zip", lambda: files.zip_whose_entries_share_their_bytes(20_000, 20)),
    "zip in zip, ten to the sixth": ("a.zip", lambda: files.zip_within_zip(5)),
    "zip of 60,000 files": ("a.zip", lambda: files.zip_of(*((f"{n}.txt", b"x") for n in range(60_000)))),
    "zip that climbs out": ("a.zip", corpus("zip-that-climbs-out.zip")),
    "gz, 2 GB of zeros": ("a.gz", lambda: files.gz_of_zeros(2000)),
    "tar.gz, 1 GB": ("a.tar.gz", lambda: files.tar_bomb(":gz", 1000)),
    "tar.bz2, 1 GB": ("a.tar.bz2", lambda: files.tar_bomb(":bz2", 1000)),
    "tar.xz, 1 GB": ("a.tar.xz", lambda: files.tar_bomb(":xz", 1000)),
    "tar.gz that hides zeros": ("a.tar.gz", lambda: files.tar_that_hides_zeros_in_what_is_no_file(1000)),
    "tar with a link to /etc": ("a.tar", files.tar_with_a_link_out),
    "DOCX, a part of 1 GB": ("a.docx", lambda: files.docx_with_a_huge_part(1000)),
    "DOCX, a billion laughs": ("a.docx", files.docx_with_a_billion_laughs),
    "DOCX that asks for /etc/passwd": ("a.docx", files.docx_that_asks_for_a_file),
    "DOCX, tables 50,000 deep": ("a.docx", lambda: files.docx_of_tables_in_tables(50_000)),
    "DOCX, tables 80 deep": ("a.docx", lambda: files.docx_of_tables_in_tables(80)),
    "XLSX, two cells far apart": ("a.xlsx", files.xlsx_with_two_cells_far_apart),
    "XLSX, one text in 500,000 cells": ("a.xlsx", lambda: files.xlsx_of_one_long_text_said_often(500_000, 30_000)),
    "ODS, one cell times 17 milliards": ("a.ods", files.ods_that_repeats_itself),
    "PDF, a page of 300 MB": ("a.pdf", lambda: pdf.pdf_with_a_huge_page(300)),
    "PDF, a stream of 1 GB": ("a.pdf", lambda: pdf.pdf_with_a_stream_of_zeros(1000)),
    "PDF, one page shown 200,000 times": ("a.pdf", lambda: pdf.pdf_of_one_page_shown_over_and_over(200_000)),
    "PDF that promises 2 milliard pages": ("a.pdf", lambda: pdf.pdf_that_promises_pages(2_000_000_000)),
    "PDF whose pages hold themselves": ("a.pdf", pdf.pdf_whose_pages_hold_themselves),
    "PDF, arrays 1,000,000 deep": ("a.pdf", lambda: pdf.pdf_of_arrays_in_arrays(1_000_000)),
    "PDF of 300,000 objects": ("a.pdf", lambda: pdf.pdf_of_many_objects(300_000)),
    "PDF, a page of 10 km": ("a.pdf", lambda: pdf.pdf_of_a_giant_scan(28_000_000)),
    "PDF, forms that draw ten forms, 12 deep": ("a.pdf", lambda: pdf.pdf_of_forms_in_forms(12)),
    "PDF with 20,000 notes": ("a.pdf", lambda: pdf.pdf_with_many_notes(20_000)),
    "PDF that is a zip bomb too": ("a.pdf", lambda: pdf.pdf_that_is_a_zip_too(files.zip_of(("a", files.ZEROS * 500)))),
    "PDF cut off": ("a.pdf", corpus("pdf-cut-off.pdf")),
    "PNG, 50,000 by 50,000": ("a.png", lambda: picture("PNG", Image.new("1", (50_000, 50_000)))),
    "PNG, 7,000 by 7,000 of noise-free grey": ("a.png", lambda: picture("PNG", Image.new("L", (7_000, 7_000), 128))),
    "TIFF of 10,000 pages": ("a.tif", lambda: files.fax_of(10_000)),
    "RTF, groups 2,000,000 deep": ("a.rtf", lambda: b"{\\rtf1 " + b"{" * 2_000_000),
    "RTF, 20 MB of control words": ("a.rtf", lambda: b"{\\rtf1 " + b"\\b\\i0" * 4_000_000),
    "HTML, 1,000,000 divs in divs": ("a.html", lambda: b"<html>" + b"<div>" * 900_000 + b"x"),
    "XML, elements 1,000,000 deep": ("a.xml", lambda: b"<?xml version='1.0'?>" + b"<a>" * 1_000_000),
    "CSV, a quote never closed, 20 MB": ("a.csv", lambda: b'a;"' + b"b;c\n" * 5_000_000),
    "text, 20 MB of blanks": ("a.txt", lambda: b"x" + b" " * 20 * MEGABYTE + b"x"),
    "text, 20 MB of digits": ("a.txt", lambda: b"So: " + b"1" * 20 * MEGABYTE),
    "text, 4 MB of combining marks": ("a.txt", lambda: ("a" + "\u0301\u0323" * MEGABYTE).encode()),
    "text, 1,000,000 lines of MẬT": ("a.txt", lambda: "- MẬT -- \n".encode() * MEGABYTE),
    "text, 20 MB that TCVN3 might be": ("a.txt", lambda: b"B\xb8o c\xb8o \xae\xe9t " * (2 * MEGABYTE)),
    "nothing": ("a.docx", lambda: b""),
    "a program named .pdf": ("a.pdf", corpus("program-named-pdf.pdf")),
    "7z under a password": ("a.7z", corpus("7z-with-its-names-encrypted.7z")),
}  # fmt: skip


@dataclass
class Memory:
    """The most memory, in bytes, that this process and its children held while it was looked at."""

    parent: int = 0
    workers: int = 0

    def watch(self, until: threading.Event) -> None:
        own = psutil.Process()
        while not until.wait(POLL_SECONDS):
            self.parent = max(self.parent, own.memory_info().rss)
            self.workers = max(self.workers, sum(map(_resident, own.children(recursive=True))))


def _resident(process: psutil.Process) -> int:
    try:
        return int(process.memory_info().rss)
    except psutil.Error:
        return 0


@dataclass(frozen=True)
class Row:
    name: str
    outcome: str
    detail: str
    seconds: float
    memory: Memory
    lives: bool

    def __str__(self) -> str:
        workers, parent = self.memory.workers // MEGABYTE, self.memory.parent // MEGABYTE
        lives = "yes" if self.lives else "NO"
        return f"| {self.name} | {self.outcome} | {self.detail} | {self.seconds:.1f} | {workers} | {parent} | {lives} |"


def measured(readers: Readers, name: str, mail: Path, ordinary: Path) -> Row:
    memory, done = Memory(), threading.Event()
    watcher = threading.Thread(target=memory.watch, args=(done,))
    watcher.start()
    began = time.monotonic()
    try:
        outcome, detail = _outcome(readers.read(mail))
    except IntakeError as fault:
        outcome, detail = "unread", str(fault)
    seconds = time.monotonic() - began
    done.set()
    watcher.join()
    lives = ORDINARY in readers.read(ordinary).documents[0].text
    return Row(name, outcome, detail, seconds, memory, lives)


def _outcome(reading: MailReading) -> tuple[str, str]:
    if reading.secrecy:
        return "secret", f"a mark in the {reading.secrecy}"
    first = reading.documents[0]
    return first.outcome, first.detail


def rows(folder: Path) -> Iterator[Row]:
    ordinary = folder / "ordinary.eml"
    ordinary.write_bytes(mail_with(("bc.txt", ORDINARY.encode())))
    with Readers(Limits(), (), 1) as readers:
        readers.read(ordinary)
        for name, (filename, make) in HOSTILE.items():
            mail = folder / "hostile.eml"
            mail.write_bytes(mail_with((filename, make())))
            yield measured(readers, name, mail, ordinary)


def main() -> int:
    print("| hostile file | outcome | in words | seconds | workers, MB | parent, MB | the next mail is read |")
    print("|---|---|---|---:|---:|---:|---|")
    bad = 0
    with tempfile.TemporaryDirectory() as folder:
        for row in rows(Path(folder)):
            print(row, flush=True)
            bad += not row.lives or row.seconds > MOST_SECONDS
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
