"""Daemons killed at random moments while mail comes in: what is lost, booked twice or answered twice then."""

import random
import time
from dataclasses import dataclass

from faults.office import Office, Tally

LONGEST_LIFE = 1.6
PUT_AT_ONCE = 20


@dataclass(frozen=True)
class Killed:
    """What was counted at the end. `seconds` is how long it all took, `last` how long after the last kill."""

    kills: int
    tally: Tally
    seconds: float
    last: float


def kill_again_and_again(office: Office, mails: int, kills: int, daemons: int = 1, seed: int = 7) -> Killed:
    """So many mails come in a few at a time; of so many daemons that run, one at a time dies at a random moment."""
    chance, began = random.Random(seed), time.monotonic()
    ids: list[str] = []
    running = [office.start() for _ in range(daemons)]
    for number in range(kills):
        if len(ids) * kills < mails * (number + 1):
            ids += office.put(min(PUT_AT_ONCE, mails - len(ids)))
        time.sleep(chance.uniform(0.0, LONGEST_LIFE / daemons))
        office.kill(running.pop(chance.randrange(daemons)))
        running.append(office.start())
    ids += office.put(mails - len(ids)) if mails > len(ids) else []
    ended = time.monotonic()
    office.await_answers(ids, 60 + mails)
    time.sleep(3)
    now = time.monotonic()
    return Killed(kills, office.tally(ids), now - began, now - ended)
