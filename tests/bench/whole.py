"""The whole intake of a mailbox, fetched, kept, read, matched, booked and answered, beside mbsync and extraction.

`mbsync` with FSync only copies the mailbox. Bare extraction takes the text of every document in two processes at once.
"""

import shutil
import subprocess
import tempfile
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

from servers import PASSWORD, Dovecot

from bench.measuring import PAIRS, Cost, in_turns, measured, median, show, size_from_arguments
from bench.province import USER, full_mailbox, mail_sink, new_office, report_mail
from intake.config import Limits
from intake.daemon import one_pass
from intake.documents.contents import Asked, File
from intake.documents.formats import format_of
from intake.documents.ocr import Sight
from intake.mail.message import parse_message

SIZE = 2_000
MBSYNC = shutil.which("mbsync")


def whole(dovecot: Dovecot, sink: int, size: int) -> Cost:
    with measured() as going, new_office(dovecot, sink) as desk:
        with measured() as working:
            done = one_pass(desk)
        assert (len(done.outcomes), done.problems) == (size, []), done.problems
        assert {one.disposition for one in done.outcomes} == {"report"}
    return Cost(working.cost.wall, going.cost.cpu)


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
    with measured() as going, ProcessPoolExecutor(2) as both:
        assert sum(both.map(extract, files, chunksize=10))
    return going.cost


def main(size: int | None = None, pairs: int = PAIRS) -> None:
    size = size or size_from_arguments(__doc__, SIZE, "how many mails")
    raws = [report_mail(number) for number in range(size)]
    with full_mailbox(raws) as dovecot, mail_sink() as sink:
        ways = {
            "whole intake": partial(whole, dovecot, sink, size),
            "bare extraction, two processes": partial(extraction, [attachments_of(raw) for raw in raws]),
        }
        if MBSYNC:
            ways["mbsync with FSync"] = partial(mbsync, dovecot)
        costs = in_turns(ways, pairs)
    middle = {way: median(one) for way, one in costs.items()}
    ours = middle["whole intake"]
    show(
        f"{size:,} mails of 250 kB" + ("" if MBSYNC else "; mbsync is not installed"),
        ("way", "wall ms a mail", "CPU ms a mail", "mails a second", "whole intake beside it, wall", "CPU"),
        [
            (way, f"{1000 * one.wall / size:.2f}", f"{1000 * one.cpu / size:.2f}", f"{size / one.wall:,.0f}",
             f"{ours.wall / one.wall:.2f}", f"{ours.cpu / max(one.cpu, 1e-9):.2f}")
            for way, one in middle.items()
        ],
    )  # fmt: skip


if __name__ == "__main__":
    main()
