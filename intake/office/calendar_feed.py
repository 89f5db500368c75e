"""The calendar of an agency: its deadlines to come as a file that calendar programs fetch, by a secret link."""

import re
import secrets
from datetime import timedelta

from intake.desk import Desk
from intake.errors import ConfigError
from intake.mail.calendar_file import calendar_file
from intake.office.obligations import listed
from intake.records.enclosing import deadline_event
from intake.store import audit, feeds
from intake.store.obligations import UNANSWERED, Wanted

AHEAD = timedelta(days=180)
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")


def feed_token(desk: Desk, agency: str) -> str:
    """The secret of an agency's link; "" where none was made yet."""
    with desk.database.reading() as session:
        return feeds.feed_of(session, agency)


def renew_feed(desk: Desk, agency: str, who: str) -> str:
    """Makes another link; the one before opens nothing from now on. Raises `ConfigError` for an unknown agency."""
    if agency not in desk.directory.agencies:
        raise ConfigError(f"there is no agency {agency!r}")
    token = secrets.token_urlsafe(32)
    with desk.database.writing() as session:
        feeds.set_feed(session, agency, token, desk.now)
        audit.record(session, desk.now, "calendar link renewed", f"agency:{agency}", who=who)
    return token


def feed(desk: Desk, token: str) -> bytes | None:
    """The calendar behind a secret; None for one that opens nothing."""
    if not _TOKEN.fullmatch(token):
        return None
    with desk.database.reading() as session:
        agency = feeds.agency_of(session, token)
    if agency not in desk.directory.agencies:
        return None
    rows = listed(desk, Wanted(desk.now, desk.now + AHEAD, agency))
    owing = [one for one in rows if one.status in UNANSWERED]
    return calendar_file([deadline_event(desk, one) for one in owing], desk.now)
