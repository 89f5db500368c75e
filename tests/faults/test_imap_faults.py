"""A real daemon before an IMAP server that breaks every rule: nothing lost, nothing twice, back within a minute."""

import pytest

from faults.imap_faults import FAULTS
from faults.office import Office
from faults.playing import Fault, play

pytestmark = pytest.mark.xdist_group("faults")

# One of each kind, and what ever broke us; `./run bench faults` plays all of them.
IN_SHORT = (
    "cut in a literal", "black hole", "split lines", "dripping", "BYE in the session", "IDLE that lies",
    "a literal of 3 GB", "a size of 3 GB", "unasked FETCH", "garbage in FETCH", "one mail: NO", "another UIDVALIDITY",
)  # fmt: skip


@pytest.mark.parametrize("fault", [one for one in FAULTS if one.name in IN_SHORT], ids=lambda fault: fault.name)
def test_every_mail_is_booked_and_answered_once_whatever_the_server_says(at_work: Office, fault: Fault) -> None:
    played = play(at_work, fault)
    tally = played.tally
    assert (tally.booked, tally.answered, tally.doubled, tally.booked_twice) == (tally.mails, tally.mails, 0, 0)
    assert played.back < 60
