"""An agency's calendar by its secret link: the only thing that is shown without signing in."""

from starlette.responses import Response

from intake.office.calendar_feed import feed
from intake.web.visit import Visit

HEADERS = {"X-Robots-Tag": "noindex", "Content-Disposition": 'inline; filename="deadlines.ics"'}


def show(visit: Visit) -> Response:
    found = feed(visit.desk, visit.request.path_params["token"])
    if found is None:
        return Response("not found", 404, media_type="text/plain")
    return Response(found, media_type="text/calendar; charset=utf-8", headers=HEADERS)
