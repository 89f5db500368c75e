"""How long one look for new mail takes, where none is new: a mailbox of 100,000 mails beside one of 1,000.

`./run bench noticing --size N` takes N mails for the larger one. All of them are stored and read to the end; a look
opens the connection, selects the folder, asks what is new and what turned up late, as each poll does. The server has
made its index before anything is measured.
"""

import contextlib
from collections.abc import Iterator
from functools import partial

from servers import Dovecot

from bench.measuring import PAIRS, Cost, in_turns, measured, median, ratio, show, size_from_arguments, wall_ratio
from bench.province import NOW, USER, full_mailbox, new_office
from intake.desk import Desk
from intake.jobs.fetch import fetch
from intake.model import Cursor, Message

SIZE = 100_000
SMALL = 100
NO_SINK = 9
RAW = b"Received: from a by b; Mon, 16 Nov 2026 09:00:00 +0700\r\nSubject: x\r\n\r\nx\r\n"


@contextlib.contextmanager
def office_that_knows_all(dovecot: Dovecot, size: int) -> Iterator[Desk]:
    """An office that has stored every mail of the mailbox, as its rows and its cursor say."""
    with dovecot.client(USER) as client:
        uid_validity = client.select_folder("INBOX", readonly=True)[b"UIDVALIDITY"]
        client.folder_status("INBOX", ["MESSAGES"])
    with new_office(dovecot, NO_SINK) as desk:
        label = desk.config.mailboxes[0].label
        with desk.database.writing() as session:
            cursor = Cursor(mailbox=label, uid_validity=uid_validity, last_uid=size, read_to_end_at=NOW)
            cursor.compared_at = NOW
            session.add(cursor)
            session.add_all(_row(label, uid_validity, uid) for uid in range(1, size + 1))
        yield desk


def _row(label: str, uid_validity: int, uid: int) -> Message:
    return Message(
        mailbox=label, uid_validity=uid_validity, uid=uid, source="", sha256=f"{uid:064x}", size=len(RAW),
        received_at=NOW, stored_at=NOW, status="processed", disposition="automatic",
    )  # fmt: skip


def look(desk: Desk) -> Cost:
    with measured() as going:
        [found] = fetch(desk)
    assert (found.messages, found.problem) == (0, "")
    return going.cost


def main(size: int | None = None, pairs: int = PAIRS) -> None:
    size = size or size_from_arguments(__doc__, SIZE, "how many mails the larger mailbox holds")
    small = max(1, size // SMALL)
    with (
        full_mailbox([RAW] * size) as large_one, office_that_knows_all(large_one, size) as large,
        full_mailbox([RAW] * small) as small_one, office_that_knows_all(small_one, small) as little,
    ):  # fmt: skip
        costs = in_turns({f"{size:,} mails": partial(look, large), f"{small:,} mails": partial(look, little)}, pairs)
    few = costs[f"{small:,} mails"]
    show(
        "one look into a mailbox in which nothing is new",
        ("mailbox", "wall ms", "CPU ms", "beside the smaller one, wall", "CPU"),
        [
            (name, f"{1000 * median(one).wall:.1f}", f"{1000 * median(one).cpu:.1f}",
             f"{wall_ratio(one, few):.2f}", f"{ratio(one, few):.2f}")
            for name, one in costs.items()
        ],
    )  # fmt: skip


if __name__ == "__main__":
    main()
