"""A real daemon before an SMTP server that does its worst: each mail is answered once, or a person is told."""

import pytest

from faults.office import Office
from faults.playing import Fault, play
from faults.smtp_faults import FAULTS

pytestmark = pytest.mark.xdist_group("faults")

# One of each kind; `./run bench faults` plays all of them.
IN_SHORT = ("451 at RCPT", "421 at MAIL", "550 at RCPT", "554 at greeting, for all", "taken, then dropped")


@pytest.mark.parametrize("fault", [one for one in FAULTS if one.name in IN_SHORT], ids=lambda fault: fault.name)
def test_every_mail_is_booked_and_answered_whatever_the_server_does(at_work: Office, fault: Fault) -> None:
    played = play(at_work, fault)
    tally = played.tally
    assert (tally.booked, tally.lost, tally.booked_twice, tally.other_words) == (tally.mails, 0, 0, 0)
    assert tally.answered + tally.refused == tally.mails
    assert fault.to_review or not tally.refused
    assert played.back < 60
