"""How often Python looks for what is garbage only because it points in a circle."""

import gc

# Of a kind of object that the program makes by the thousand for each mail, hardly any is ever part of a circle; looking
# after each 700 of them took a tenth of the time of the intake, and a third of a pass of reminders.
_NEW_OBJECTS = 20_000
_YOUNG, _OLD = 20, 50


def collect_rarely() -> None:
    """Has the collector look less often, and never at what stands there already: called once all is imported."""
    gc.freeze()
    gc.set_threshold(_NEW_OBJECTS, _YOUNG, _OLD)
