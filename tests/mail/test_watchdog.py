"""The limit on what one command waits for, whatever each wait takes."""

import threading
import time

from intake.mail.watchdog import Watchdog


def hung_up_after(seconds, waits, *, size=0, command_between=False):
    """Whether a line was hung up on that made one wait of 0.05 s after the other."""
    hung_up = threading.Event()
    watchdog = Watchdog(seconds, hung_up.set)
    for _ in range(waits):
        with watchdog.waiting(size):
            time.sleep(0.05)
        if command_between:
            watchdog.begin()
    watchdog.end()
    return hung_up.is_set()


def test_many_short_waits_for_one_command_are_too_long():
    assert hung_up_after(0.1, 12)


def test_the_waits_of_many_commands_are_not():
    assert not hung_up_after(0.1, 12, command_between=True)


def test_what_is_long_may_take_longer():
    assert not hung_up_after(0.1, 12, size=1_000_000)


def test_time_in_which_nothing_is_waited_for_does_not_count():
    hung_up = threading.Event()
    watchdog = Watchdog(0.1, hung_up.set)
    time.sleep(0.5)
    watchdog.end()
    assert not hung_up.is_set()
