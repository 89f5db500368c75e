"""The whole intake of a mailbox, fetched, kept, read, matched, booked and answered, beside mbsync and extraction.

With text extraction it is held against the bare extraction calls in two processes at once; without (reports whose words
stand in the mail, under a letterhead picture of 185 kB, OCR off) against `mbsync` with FSync, which only copies the
mailbox. The reading processes are warm, the database is empty; the servers' own CPU is in no column.
"""

import shutil
import subprocess
import tempfile
from collections.abc import Callable, Mapping
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

from servers import PASSWORD, Dovecot

from bench.measuring import EACH, PAIRS, Cost, each, in_turns, measured, ratio, show, size_from_arguments, wall_ratio
from bench.province import (
    USER,
    full_mailbox,
    mail_sink,
    new_office,
    plain_report_mail,
    registry,
    report_mail,
)
from intake.config import Limits
from intake.daemon import one_pass
from intake.desk import Desk
from intake.documents.contents import Asked, File
from intake.documents.formats import format_of
from intake.documents.ocr import Sight
from intake.mail.message import parse_message
from intake.registry import Registry

SIZE = 2_000
MBSYNC = shutil.which("mbsync")


def warm(desk: Desk, raw: bytes) -> None:
    """Both reading processes have examined a mail: their start is no part of what is measured."""
    first = Path(desk.raw_messages.folder).parent / "first.eml"
    first.write_bytes(raw)
    for examined in [desk.readers.examine(first, desk.grounds, desk.now) for _ in range(desk.config.daemon.workers)]:
        examined.result()


def whole(dovecot: Dovecot, sink: int, size: int, known: Callable[[], Registry], **limits: int) -> Cost:
    with new_office(dovecot, sink, known(), limits=limits) as desk:
        warm(desk, report_mail(0))
        with measured() as going:
            done = one_pass(desk)
        assert (len(done.outcomes), done.sent, done.problems) == (size, size, []), (len(done.outcomes), done.sent)
        assert {one.disposition for one in done.outcomes} == {"report"}
        assert {report.status for one in done.outcomes for report in one.reports} == {"accepted"}
    return going.cost


def mbsync(dovecot: Dovecot) -> Cost:
    with tempfile.TemporaryDirectory(prefix="intake-mbsync-") as folder:
        config = Path(folder) / "config"
        config.write_text(_MBSYNC.format(port=dovecot.port, user=USER, password=PASSWORD, folder=folder))
        with measured() as going:
            subprocess.run([str(MBSYNC), "-q", "-c", str(config), "-a"], check=True, cwd=folder)
    return going.cost


_MBSYNC = """
FSync yes
IMAPAccount here
Host 127.0.0.1
Port {port}
User {user}
Pass "{password}"
SSLType None
AuthMechs LOGIN

IMAPStore far
Account here

MaildirStore near
Path {folder}/
Inbox {folder}/inbox

Channel all
Far :far:
Near :near:
Patterns INBOX
Create Near
Sync Pull
SyncState *
"""


def attachments_of(raw: bytes) -> list[tuple[str, bytes]]:
    return [(one.filename, one.content) for one in parse_message(raw, Limits()).attachments]


def extract(files: list[tuple[str, bytes]]) -> int:
    asked = Asked(Limits(), Sight(0), (), None)
    found = [File(name, content) for name, content in files]
    return sum(len(format_of(one).read(one, asked).text) for one in found)


def extraction(files: list[list[tuple[str, bytes]]]) -> Cost:
    """The processes start and have read a mail before it is measured, as ours have."""
    with ProcessPoolExecutor(2) as both:
        assert all(both.map(extract, files[:4]))
        with measured() as going:
            assert sum(both.map(extract, files, chunksize=10))
            both.shutdown()
    return going.cost


def compared(title: str, ways: Mapping[str, Callable[[], Cost]], size: int, pairs: int) -> None:
    """One table: the whole intake, and what it is held against."""
    costs = in_turns(ways, pairs)
    ours = costs["whole intake"]
    rows: list[tuple[object, ...]] = [
        (way, *each(one, size), f"{wall_ratio(ours, one):.2f}", f"{ratio(ours, one):.2f}") for way, one in costs.items()
    ]
    show(title, (*EACH, "whole intake beside it, wall", "CPU"), rows)


def with_extraction(sink: int, size: int, pairs: int) -> None:
    raws = [report_mail(number) for number in range(size)]
    with full_mailbox(raws) as dovecot:
        ways = {
            "whole intake": partial(whole, dovecot, sink, size, registry),
            "bare extraction, two processes": partial(extraction, [attachments_of(raw) for raw in raws]),
        }
        compared(f"{size:,} mails of 250 kB with documents", ways, size, pairs)


def without_extraction(sink: int, size: int, pairs: int) -> None:
    with full_mailbox(map(plain_report_mail, range(size))) as dovecot:
        ways = {"whole intake": partial(whole, dovecot, sink, size, partial(registry, ["body"]), ocr_seconds=0)}
        if MBSYNC:
            ways["mbsync with FSync"] = partial(mbsync, dovecot)
        missing = "" if MBSYNC else "; mbsync is not installed"
        compared(f"{size:,} mails of 250 kB without documents{missing}", ways, size, pairs)


def main(size: int | None = None, pairs: int = PAIRS) -> None:
    size = size or size_from_arguments(__doc__, SIZE, "how many mails")
    with mail_sink() as sink:
        without_extraction(sink, size, pairs)
        with_extraction(sink, size, pairs)


if __name__ == "__main__":
    main()
