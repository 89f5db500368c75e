"""Daemons killed at boundaries and at random: nothing lost, nothing booked twice, at most one double notice a kill."""

import pytest

from faults.crashes import die_at_each
from faults.kills import Killing, doubles_without_a_kill
from faults.office import Office, message_id

KILLS, MAILS = 8, 24
# Of each kind so many boundaries apart: both sides of them are met, and a handful of daemons die.
STEPS = {"sync": 1, "rename": 1, "commit": 15, "imap": 13, "smtp": 13}


@pytest.mark.parametrize("kind", STEPS)
def test_a_daemon_that_dies_at_any_boundary_keeps_the_promise(closed: Office, kind: str) -> None:
    deaths = list(die_at_each(closed, kind, STEPS[kind]))
    assert {f"before {kind}", f"after {kind}"} <= {death.where for death in deaths}
    closed.start()
    ids = [message_id(number) for number in range(closed.next_mail)]
    closed.await_answers(ids)
    tally = closed.tally(ids)
    assert (tally.booked, tally.answered, tally.booked_twice, tally.other_words) == (len(ids), len(ids), 0, 0)
    assert doubles_without_a_kill(closed.copies(), (death.at for death in deaths)) == 0


def test_daemons_killed_at_random_moments_keep_the_promise(closed: Office) -> None:
    killing = Killing(closed, MAILS, KILLS)
    killing.run()
    killed = killing.count()
    tally = killed.tally
    assert (tally.booked, tally.answered, tally.booked_twice, tally.other_words) == (MAILS, MAILS, 0, 0)
    assert killed.unexplained == 0
    assert len(killed.phases) > 1


@pytest.mark.parametrize(
    ("copies", "kills", "unexplained"),
    [
        ([("a", 10.0), ("b", 20.0)], [], 0),
        ([("a", 10.0), ("a", 30.0)], [20.0], 0),
        ([("a", 10.0), ("a", 30.0)], [05.0, 35.0], 1),
        ([("a", 10.0), ("a", 30.0), ("b", 15.0), ("b", 35.0)], [20.0], 1),
        ([("a", 10.0), ("a", 30.0), ("a", 50.0)], [20.0, 40.0], 0),
        ([("a", 10.0), ("a", 60.0), ("b", 20.0), ("b", 30.0)], [25.0, 40.0], 0),
    ],
)
def test_each_double_needs_a_kill_of_its_own(
    copies: list[tuple[str, float]], kills: list[float], unexplained: int
) -> None:
    assert doubles_without_a_kill(copies, kills) == unexplained
