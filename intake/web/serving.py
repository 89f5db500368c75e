"""Carries a web application in a thread beside whatever else the process does. It never stops that for its own sake."""

import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import structlog
import uvicorn
from starlette.applications import Starlette
from starlette.types import ASGIApp

from intake.desk import Desk
from intake.errors import ConfigError
from intake.web.health import health_routes

STOP_SECONDS = 5

log = structlog.get_logger()


@contextmanager
def serving(app: ASGIApp, host: str, port: int) -> Iterator[int]:
    """Serves the application while the block runs; gives the port. Raises `ConfigError` if it cannot listen there."""
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        listener = socket.create_server((host, port), family=family)
        # What is accepted inherits it. Without it a page's second packet waits 40 ms for the first one's receipt.
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    except OSError as cause:
        raise ConfigError(f"{host} port {port} cannot be listened on: {cause.strerror or cause}") from cause
    settings = uvicorn.Config(app, log_config=None, access_log=False, lifespan="off", server_header=False)
    settings.timeout_graceful_shutdown = STOP_SECONDS
    server = uvicorn.Server(settings)
    thread = threading.Thread(target=server.run, args=([listener],), name="web", daemon=True)
    thread.start()
    try:
        yield int(listener.getsockname()[1])
    finally:
        server.should_exit = True
        thread.join(STOP_SECONDS)
        listener.close()


@contextmanager
def figures_served(desk: Desk) -> Iterator[None]:
    """`/healthz` and `/metrics` on the port of `[metrics]`, if one is named. A port that is taken stops no mail."""
    metrics = desk.config.metrics
    with ExitStack() as carried:
        if metrics.port:
            app = Starlette(routes=health_routes(desk))
            try:
                carried.enter_context(serving(app, metrics.host, metrics.port))
                log.info("figures are served", host=metrics.host, port=metrics.port)
            except ConfigError as cause:
                log.error("no figures are served", error=cause.sentence)
        yield
