"""Circular garbage goes all the same, though Python looks for it less often."""

import subprocess
import sys

CIRCLES = """
import gc, weakref
from intake.interpreter import collect_rarely

class Circle:
    def __init__(self):
        self.itself = self

collect_rarely()
made = [weakref.ref(Circle()) for _ in range(100_000)]
print(sum(one() is not None for one in made), gc.get_freeze_count())
"""


def test_circles_are_cleared_away_by_the_thousand_and_what_stood_there_before_is_not_looked_at():
    done = subprocess.run([sys.executable, "-c", CIRCLES], capture_output=True, text=True, check=True)
    alive, frozen = map(int, done.stdout.split())
    assert alive < 50_000
    assert frozen > 1_000
