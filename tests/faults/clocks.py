"""Sets the clock of one process back while a file lies where the environment says; from outside, like `dying`."""

import datetime as real
import os
from pathlib import Path
from types import SimpleNamespace

VARIABLE = "INTAKE_CLOCK_BACK_WHILE"
BACK = real.timedelta(hours=3)


class ShiftedClock(real.datetime):
    """A `datetime` whose now is three hours ago while the file is there."""

    file = Path()

    @classmethod
    def now(cls, tz: real.tzinfo | None = None) -> real.datetime:
        moment = real.datetime.now(tz)
        return moment - BACK if cls.file.exists() else moment


def arm() -> None:
    """Patches whatever reads the time if the environment asks for it."""
    if VARIABLE not in os.environ:
        return
    import schedule

    import intake.clock

    ShiftedClock.file = Path(os.environ[VARIABLE])
    intake.clock.datetime = ShiftedClock
    names = {name: getattr(real, name) for name in dir(real) if not name.startswith("_")}
    schedule.datetime = SimpleNamespace(**names | {"datetime": ShiftedClock})
