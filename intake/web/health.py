"""`/healthz` and `/metrics`, for monitoring systems. They read, ask no server, and need no login.

Whoever is neither on this machine nor named in `[metrics] allow` is told whether the service is well, and nothing else.
"""

import threading
from importlib.metadata import version
from typing import Any

from prometheus_client import CollectorRegistry
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from intake.desk import Desk
from intake.office.health import Reason, reasons
from intake.web.metrics import Collector

WELL, NOT_WELL, FORBIDDEN = 200, 503, 403


def health_routes(desk: Desk) -> list[Route]:
    """The two routes, for whichever application carries them."""
    registry = CollectorRegistry()
    registry.register(Collector(desk))
    # Figures are counted once at a time: impatient scrapers must not pile up in the database.
    one_at_a_time = threading.Lock()

    def healthz(request: Request) -> Response:
        found = reasons(desk)
        told: dict[str, Any] = {"status": "not well" if found else "ok"}
        if _may_see(desk, request):
            told |= {"version": version("intake"), "reasons": [_as_json(desk, one) for one in found]}
        return JSONResponse(told, NOT_WELL if found else WELL, headers={"Cache-Control": "no-store"})

    def metrics(request: Request) -> Response:
        if not _may_see(desk, request):
            return PlainTextResponse("only for the addresses in [metrics] allow\n", FORBIDDEN)
        with one_at_a_time:
            return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)

    return [Route("/healthz", healthz), Route("/metrics", metrics)]


def _may_see(desk: Desk, request: Request) -> bool:
    return request.client is not None and desk.config.metrics.allows(request.client.host)


def _as_json(desk: Desk, one: Reason) -> dict[str, Any]:
    since = one.since.astimezone(desk.zone).isoformat() if one.since else None
    return {"what": one.what, "about": one.about, "detail": one.detail, "since": since}
