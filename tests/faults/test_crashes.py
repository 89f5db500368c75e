"""Daemons killed at boundaries and at random: nothing lost, nothing booked twice, at most one double notice a kill."""

import pytest

from faults.crashes import die_at_each
from faults.kills import kill_again_and_again
from faults.office import Office

STEP = 24
KILLS, MAILS = 12, 40


@pytest.mark.parametrize("first", [1, 13])
def test_a_daemon_that_dies_at_any_boundary_keeps_the_promise(closed: Office, first: int) -> None:
    deaths = list(die_at_each(closed, first, STEP))
    closed.start()
    ids = [f"<report-{number}@tinh.example>" for number in range(closed.next_mail)]
    closed.await_answers(ids)
    tally = closed.tally(ids)
    assert (tally.booked, tally.answered, tally.booked_twice, tally.other_words) == (len(ids), len(ids), 0, 0)
    assert tally.doubled <= len(deaths)
    assert len({death.where for death in deaths}) >= 4


def test_daemons_killed_at_random_moments_keep_the_promise(closed: Office) -> None:
    killed = kill_again_and_again(closed, MAILS, KILLS)
    tally = killed.tally
    assert (tally.booked, tally.answered, tally.booked_twice, tally.other_words) == (MAILS, MAILS, 0, 0)
    assert tally.doubled <= KILLS
