"""How Python itself is set: when it looks for circular garbage, how soon its threads take turns."""

import gc
import sys

# Of a kind of object that the program makes by the thousand for each mail, hardly any is ever part of a circle; looking
# after each 700 of them took a tenth of the time of the intake, and a third of a pass of reminders.
_NEW_OBJECTS = 20_000
_YOUNG, _OLD = 20, 50
# A thread that was waiting for a file, a server or a reading process has little to do until it waits again. Letting it
# wait 5 ms for the one that records, as Python does by itself, took a tenth of the time of the intake.
_TURN_SECONDS = 0.001


def collect_rarely() -> None:
    """Has the collector look less often, and never at what stands there already: called once all is imported."""
    gc.freeze()
    gc.set_threshold(_NEW_OBJECTS, _YOUNG, _OLD)


def take_short_turns() -> None:
    """Lets a thread that has waited go on soon, whatever the others do."""
    sys.setswitchinterval(_TURN_SECONDS)
