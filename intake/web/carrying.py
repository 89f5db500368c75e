"""The console on its port: beside the daemon, or alone until it is told to stop."""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

import structlog

from intake.desk import Desk, beside
from intake.errors import ConfigError
from intake.web.serving import serving

log = structlog.get_logger()


@contextmanager
def console_served(desk: Desk) -> Iterator[str]:
    """Serves the console on a desk beside this one; gives its address. Raises `ConfigError` if the port is taken."""
    # Only now: a daemon without a console needs not know its hundred pages.
    from intake.web.app import console

    settings = desk.config.console
    with beside(desk) as own, serving(console(own), settings.host, settings.port) as port:
        host = f"[{settings.host}]" if ":" in settings.host else settings.host
        address = settings.base_url or f"http://{host}:{port}"
        log.info("console served", address=address)
        yield address


@contextmanager
def console_carried(desk: Desk) -> Iterator[None]:
    """The console beside the daemon, where the config has a table for it. A port that is taken stops no mail."""
    with ExitStack() as carried:
        if desk.config.web:
            try:
                carried.enter_context(console_served(desk))
            except ConfigError as cause:
                log.error("no console is served", error=cause.sentence)
        yield


def serve_until_stopped(desk: Desk, tell: Callable[[str], None]) -> None:
    """The console alone; `tell` hears its address. SIGTERM or SIGINT ends it."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: stop.set())
    with console_served(desk) as address:
        tell(address)
        stop.wait()
