"""CPU a mail of django-helpdesk beside ours, on the same mails over IMAP, answers over SMTP, SQLite, empty databases.

django-helpdesk parses, makes a ticket, keeps each attachment as a file and thanks the sender. Ours keeps the raw mail
on the disk first, reads it in other processes (whose CPU counts), matches, books and acknowledges; with documents it
takes their text, too. The other's packages are pinned in helpdesk.lock and go into a folder of their own.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Callable
from functools import partial
from importlib.util import find_spec
from pathlib import Path

from servers import PASSWORD, UNPRIVILEGED_USER, Dovecot

from bench.measuring import PAIRS, Cost, in_turns, show_ways, size_from_arguments
from bench.province import USER, full_mailbox, mail_sink, plain_report_mail, registry, report_mail
from bench.whole import whole

HERE = Path(__file__).parent
LOCK = HERE / "helpdesk.lock"
PACKAGES = HERE.parent.parent / ".cache" / "django-helpdesk"
SIZE = 200
OTHER = "django-helpdesk"


def installed() -> bool:
    """Whether its packages are there, after trying to get them."""
    if (PACKAGES / "helpdesk").exists():
        return True
    pip = [sys.executable, "-m", "pip"] if find_spec("pip") else ["uv", "pip"]
    asked = ["install", "--quiet", "--no-deps", "--require-hashes", "-r", str(LOCK), "--target", str(PACKAGES)]
    try:
        return subprocess.run([*pip, *asked], check=False).returncode == 0
    except FileNotFoundError:
        return False


def copy_of_the_mailbox(dovecot: Dovecot) -> str:
    """Another user with the same mails, for django-helpdesk deletes what it has read."""
    user = f"user{uuid.uuid4().hex[:12]}"
    mails = dovecot.folder / "mail"
    shutil.copytree(mails / USER / "Maildir", mails / user / "Maildir", ignore=shutil.ignore_patterns("dovecot*"))
    if os.geteuid() == 0:
        for path in (mails / user, *(mails / user).rglob("*")):
            shutil.chown(path, UNPRIVILEGED_USER)
    return user


def with_helpdesk(dovecot: Dovecot, sink: int, size: int) -> Cost:
    user = copy_of_the_mailbox(dovecot)
    with tempfile.TemporaryDirectory(prefix="intake-helpdesk-") as folder:
        asked = {"folder": folder, "port": dovecot.port, "user": user, "password": PASSWORD, "sink": sink}
        told = subprocess.run(
            [sys.executable, "-P", str(HERE / "helpdesk_site.py"), json.dumps(asked)],
            env={**os.environ, "PYTHONPATH": str(PACKAGES)}, check=True, capture_output=True, text=True,
        ).stdout  # fmt: skip
    found = json.loads(told.splitlines()[-1])
    assert found["tickets"] == size, found
    return Cost(found["wall"], found["cpu"])


def compared(title: str, mail: Callable[[int], bytes], sink: int, size: int, pairs: int, ours: partial[Cost]) -> None:
    with full_mailbox(map(mail, range(size))) as dovecot:
        ways = {"intake": partial(ours, dovecot, sink, size), OTHER: partial(with_helpdesk, dovecot, sink, size)}
        costs = in_turns(ways, pairs)
    show_ways(title, costs, size, "intake")


def main(size: int | None = None, pairs: int = PAIRS) -> None:
    size = size or size_from_arguments(__doc__, SIZE, "how many mails")
    if not installed():
        print(f"{OTHER} cannot be installed here: the package index gives none of {LOCK.name}", file=sys.stderr)
        return
    plain = partial(whole, known=partial(registry, ["body"]), ocr_seconds=0)
    with mail_sink() as sink:
        compared(f"{size:,} mails of 250 kB without documents", plain_report_mail, sink, size, pairs, plain)
        title = f"{size:,} mails of 250 kB with documents, of which intake takes the text"
        compared(title, report_mail, sink, size, pairs, partial(whole, known=registry))


if __name__ == "__main__":
    main()
