"""The day's synthesis, as it would be sent, and as a Word document for signature."""

from datetime import date, timedelta

from starlette.responses import Response

from intake.errors import ConfigError
from intake.office.digest import digest_of
from intake.office.typed import day_of
from intake.web.visit import Visit

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def show(visit: Visit) -> Response:
    day = _day(visit)
    rendered = visit.desk.renderer.render(digest_of(visit.desk, day))
    today = visit.now.astimezone(visit.desk.zone).date()
    return visit.page(
        "digest",
        subject=rendered.subject,
        lines=rendered.text.splitlines(),
        day=day,
        before=day - timedelta(days=1),
        after=day + timedelta(days=1) if day < today else None,
        today=today,
    )


def word_document(visit: Visit) -> Response:
    day = _day(visit)
    content = visit.desk.renderer.document(digest_of(visit.desk, day))
    return Response(
        content, media_type=WORD, headers={"Content-Disposition": f'attachment; filename="tong-hop-{day}.docx"'}
    )


def _day(visit: Visit) -> date:
    """The day that is asked for; what is no day, or still to come, asks for today's."""
    today = visit.now.astimezone(visit.desk.zone).date()
    try:
        return min(day_of(visit.asked("day")), today) if visit.asked("day") else today
    except ConfigError:
        return today
