"""How the service is: what is not well, how far mailboxes were read, what waits; every part tried on request."""

from starlette.responses import Response

from intake.errors import TemporaryError
from intake.office.checks import checks
from intake.office.health import got_through_at, mailbox_is_unread, reasons
from intake.store import mails
from intake.store.figures import Figures, figures
from intake.web.processes import processes
from intake.web.visit import Visit

MEGA = 1_000_000


def show(visit: Visit) -> Response:
    """From rows and from this process; no server is asked, so it is quick."""
    return _page(visit, tried=[])


def try_all(visit: Visit) -> Response:
    """Tries every part for real: mailboxes, outgoing mail, templates, reading processes."""
    return _page(visit, tried=list(checks(visit.desk)))


def _page(visit: Visit, tried: list[object]) -> Response:
    desk, found = visit.desk, processes()
    return visit.page(
        "health",
        reasons=reasons(desk),
        mailboxes=_mailboxes(visit),
        waits=_waits(visit),
        last_pass=got_through_at(desk),
        free=desk.raw_messages.free_bytes() // MEGA,
        folder=str(desk.raw_messages.folder),
        processes=[(name, len(group), sum(one.memory for one in group) // MEGA) for name, group in found.items()],
        tried=tried,
    )


def _mailboxes(visit: Visit) -> list[dict[str, object]]:
    with visit.desk.database.reading() as session:
        known = {one.mailbox: one for one in mails.cursors(session)}
    return [
        {
            "name": settings.label,
            "read_at": cursor.read_to_end_at if cursor else None,
            "failing_since": cursor.failing_since if cursor else None,
            "error": cursor.error if cursor else "",
            "is_well": cursor is not None and not mailbox_is_unread(visit.desk, cursor),
        }
        for settings in visit.desk.config.mailboxes
        for cursor in [known.get(settings.label)]
    ]


def _waits(visit: Visit) -> list[tuple[str, int, object, str]]:
    """What waits: its name, how many, since when the oldest, and where to look."""
    try:
        with visit.desk.database.reading() as session:
            found: Figures = figures(session, visit.now)
    except TemporaryError:
        return []
    leaving = [status for status in found.notices if status in ("queued", "claimed", "sending")]
    oldest = min((found.oldest_notice_at[one] for one in leaving if one in found.oldest_notice_at), default=None)
    return [
        ("stored", found.messages.get("stored", 0), found.oldest_message_at, ""),
        ("queued", sum(found.notices[one] for one in leaving), oldest, "/outgoing"),
        ("held", found.notices.get("held", 0), found.oldest_notice_at.get("held"), "/outgoing?stage=held"),
        ("failed", found.notices.get("failed", 0), None, "/outgoing?stage=failed"),
        ("bounced", found.bounced, None, "/outgoing?stage=bounced"),
        ("review", found.in_review, None, "/review"),
        ("overdue", found.overdue, None, "/board?stands=overdue"),
    ]
