"""Mails fetched a second: ours beside imaplib in batches of 50, from the same server; none is kept."""

import imaplib
from functools import partial

from servers import PASSWORD, Dovecot

from bench.measuring import PAIRS, Cost, in_turns, measured, show_ways, size_from_arguments
from bench.province import USER, full_mailbox, report_mail
from intake.config import ImapOrMaildir
from intake.mail.mailbox import open_mailbox

SIZE = 2_000
BATCH = 50


def ours(dovecot: Dovecot, size: int) -> Cost:
    settings = ImapOrMaildir(
        kind="imap", host="127.0.0.1", port=dovecot.port, security="none", username=USER, password=PASSWORD
    )
    with measured() as going, open_mailbox(settings) as mailbox:
        assert sum(1 for one in mailbox.new_messages(0) if one.raw) == size
    return going.cost


def with_imaplib(dovecot: Dovecot, size: int) -> Cost:
    found = 0
    with measured() as going:
        client = imaplib.IMAP4("127.0.0.1", dovecot.port)
        client.authenticate("PLAIN", lambda _: f"\0{USER}\0{PASSWORD}".encode())
        client.select("INBOX", readonly=True)
        uids = client.uid("SEARCH", "ALL")[1][0].split()
        for start in range(0, len(uids), BATCH):
            batch = b",".join(uids[start : start + BATCH]).decode()
            found += sum(isinstance(one, tuple) for one in client.uid("FETCH", batch, "(INTERNALDATE BODY.PEEK[])")[1])
        client.logout()
    assert found == size
    return going.cost


def main(size: int | None = None, pairs: int = PAIRS) -> None:
    size = size or size_from_arguments(__doc__, SIZE, "how many mails")
    with full_mailbox(report_mail(number) for number in range(size)) as dovecot:
        ways = {"intake": partial(ours, dovecot, size), "imaplib": partial(with_imaplib, dovecot, size)}
        costs = in_turns(ways, pairs)
    show_ways(f"{size:,} mails of 250 kB fetched", costs, size, "imaplib")


if __name__ == "__main__":
    main()
