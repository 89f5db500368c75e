"""Contacts that came into force: told what is right at the moment, which nobody may have been there to be told."""

from collections.abc import Iterable

from intake.desk import FIRST_RUN, Desk
from intake.store.demands import look_at_demands_anew
from intake.store.engine import Session
from intake.store.obligations import AT_ONCE, look_anew, milestone


def look_for_new_contacts(desk: Desk, session: Session, agencies: Iterable[str]) -> None:
    """Lets the next pass tell the new contacts of these agencies the steps that are right then; others were told."""
    codes = sorted(agencies)
    look_anew(session, AT_ONCE, milestone(session, FIRST_RUN) or desk.now, codes)
    look_at_demands_anew(session, codes, desk.now)
