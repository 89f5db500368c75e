"""The console as an ASGI application: the table of pages behind the guard, and headers on every answer."""

from typing import Any, cast

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Route
from starlette.types import ASGIApp
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from intake.desk import Desk
from intake.web.guard import Guard
from intake.web.headers import Headers
from intake.web.identity import pages_of
from intake.web.pages_table import NOWHERE, PAGES


def console(desk: Desk) -> ASGIApp:
    """The application on a desk that is its own."""
    guard = Guard(desk)
    routes = [
        Route(page.path, guard.endpoint(page), methods=[page.method])
        for page in (*pages_of(guard, desk.config.console), *PAGES, NOWHERE)
    ]
    settings = desk.config.console
    app = Starlette(routes=routes, middleware=[Middleware(Headers, secure=settings.cookies_are_secure)])
    return cast(ASGIApp, ProxyHeadersMiddleware(cast(Any, app), list(settings.proxies))) if settings.proxies else app
