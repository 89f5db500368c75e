"""Acknowledgments rendered, composed, sent and written down, beside prebuilt ones sent on one connection by smtplib."""

import smtplib
from functools import partial

from builders import OFFICE_ADDRESS
from sqlalchemy import select, update

from bench.measuring import PAIRS, Cost, in_turns, measured, show_ways, size_from_arguments
from bench.province import full_mailbox, mail_sink, new_office, report_mail
from intake.daemon import one_pass
from intake.desk import Desk
from intake.jobs.deliver import deliver
from intake.model import Notice

SIZE = 500


def queue_again(desk: Desk) -> None:
    """All is as it was before they left."""
    with desk.database.writing() as session:
        session.execute(update(Notice).values(status="queued", mime=None, sent_at=None, attempts=0))


def built_and_sent(desk: Desk, size: int) -> Cost:
    queue_again(desk)
    with measured() as going:
        assert deliver(desk).sent == size
    return going.cost


def prebuilt(sink: int, mails: list[tuple[str, bytes]]) -> Cost:
    with measured() as going, smtplib.SMTP("127.0.0.1", sink) as client:
        for recipient, mime in mails:
            client.sendmail(OFFICE_ADDRESS, [recipient], mime)
    return going.cost


def main(size: int | None = None, pairs: int = PAIRS) -> None:
    size = size or size_from_arguments(__doc__, SIZE, "how many acknowledgments")
    raws = [report_mail(number) for number in range(size)]
    with full_mailbox(raws) as dovecot, mail_sink() as sink, new_office(dovecot, sink) as desk:
        assert one_pass(desk).sent == size
        with desk.database.reading() as session:
            mails = [(one.recipient, one.mime) for one in session.scalars(select(Notice))]
        ways = {"built and sent": partial(built_and_sent, desk, size), "prebuilt": partial(prebuilt, sink, mails)}
        costs = in_turns(ways, pairs)
    show_ways(f"{size:,} acknowledgments", costs, size, "prebuilt")


if __name__ == "__main__":
    main()
