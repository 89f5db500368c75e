"""The one switch that holds back all mail: switched by a person with a reason, kept in the audit trail."""

from dataclasses import dataclass
from datetime import datetime

from intake.desk import Desk
from intake.errors import ConfigError
from intake.store import audit, outbox
from intake.store.obligations import forget_milestone, set_milestone

SUBJECT = "sending"
PAUSED, RESUMED = "sending paused", "sending resumed"


@dataclass(frozen=True, slots=True)
class Pause:
    """Since when nothing leaves, by whose word and why, and how many notices wait for it to end."""

    since: datetime
    who: str
    why: str
    waiting: int


def pause(desk: Desk) -> Pause | None:
    """The pause that holds everything back now; None where mail may leave."""
    with desk.database.reading() as session:
        since = outbox.paused_since(session)
        if since is None:
            return None
        told = next(one for one in reversed(audit.events_about(session, SUBJECT)) if one.action == PAUSED)
        return Pause(since, told.who, told.why, outbox.count_waiting(session))


def pause_sending(desk: Desk, who: str, why: str) -> None:
    """Nothing leaves from now on, answers and urgent matters neither. Raises `ConfigError` if that is so already."""
    if not why.strip():
        raise ConfigError("say why: whoever finds all mail held back has to know")
    with desk.database.writing() as session:
        if outbox.paused_since(session):
            raise ConfigError("sending is paused already")
        set_milestone(session, outbox.SENDING_PAUSED, desk.now)
        audit.record(session, desk.now, PAUSED, SUBJECT, who=who, why=why.strip())


def resume_sending(desk: Desk, who: str, why: str = "") -> int:
    """Lets mail leave again and says how many notices wait. What became untrue meanwhile is withdrawn, as always."""
    with desk.database.writing() as session:
        if outbox.paused_since(session) is None:
            raise ConfigError("sending is not paused")
        forget_milestone(session, outbox.SENDING_PAUSED)
        audit.record(session, desk.now, RESUMED, SUBJECT, who=who, why=why.strip())
        return outbox.count_waiting(session)
