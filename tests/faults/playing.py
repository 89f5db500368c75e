"""One fault played against a daemon at work: mail comes before it, during it and after it, and each is counted."""

import re
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from faults.office import PATIENCE, Office, Tally

UNDISTURBED, DISTURBED, AFTERWARDS = 1, 3, 1
HOLD = 1.5
SETTLING = 0.8
_ERROR = re.compile(r'error="((?:[^"\\]|\\.)*)"')
_PORT = re.compile(r"(?<=127\.0\.0\.1):\d+")


@dataclass(frozen=True)
class Fault:
    """What is done to a running office, and how it is undone. `lasts` seconds lie between.

    While a server is `deaf` nothing can be delivered to it either: the mails come just before.
    It lasts until it has `struck`.
    """

    name: str
    does: str
    begin: Callable[[Office], None]
    end: Callable[[Office], None]
    lasts: float = HOLD
    to_review: bool = False
    deaf: bool = False
    struck: Callable[[], bool] = lambda: True


@dataclass(frozen=True)
class Played:
    """What was seen. `back` is how many seconds after the fault's end every mail was answered.

    `said` is what the daemon complained of most while the fault lasted.
    """

    fault: Fault
    tally: Tally
    back: float
    said: str = ""


def play(office: Office, fault: Fault, patience: float = PATIENCE) -> Played:
    """One fault, the daemon being up before and after it."""
    ids = office.put(UNDISTURBED)
    office.await_answers(ids, patience)
    office.count_unread()
    # A connection that is open already is greeted no more: a fault at its beginning would never strike.
    office.await_that(lambda: not office.sink.open, "the answers' connection to end", patience)
    ids += office.put(DISTURBED) if fault.deaf else []
    before = len(office.words())
    fault.begin(office)
    try:
        ids += [] if fault.deaf else office.put(DISTURBED)
        time.sleep(fault.lasts)
        office.await_that(fault.struck, f"{fault.name} to strike", patience)
    finally:
        fault.end(office)
    ids += office.put(AFTERWARDS)
    back = settled(office, ids, patience)
    return Played(fault, office.tally(ids), back, complaint_in(office.words()[before:]))


def complaint_in(words: str) -> str:
    """The error that a log names most often, "" if it names none."""
    found = Counter(_ERROR.findall(words)).most_common(1)
    return _PORT.sub("", found[0][0].replace('\\"', '"')) if found else ""


def settled(office: Office, ids: list[str], patience: float = PATIENCE) -> float:
    """Waits until all is as it should be, and a moment for what may come double; how long it took, at most patience."""
    began = time.monotonic()
    while not (done := is_done(office, ids)) and time.monotonic() - began < patience:
        time.sleep(0.1)
    back = time.monotonic() - began
    time.sleep(SETTLING)
    return back if done else float("inf")


def is_done(office: Office, ids: list[str]) -> bool:
    """Whether each mail was booked and answered; or, where the server takes some answers never, a person is told."""
    tally = office.tally(ids)
    return tally.booked == tally.mails and office.is_at_rest() and tally.answered + tally.refused >= tally.mails
