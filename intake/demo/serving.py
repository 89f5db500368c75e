"""The demo's month in the console, until it is told to stop: the clock runs on from the month's last evening.

The service goes on working meanwhile, so what is decided in the browser is answered.
"""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from intake.clock import clock_from
from intake.daemon import one_pass
from intake.demo.month import ENDS
from intake.desk import Desk, beside
from intake.office.users import add_user, new_password
from intake.web.carrying import serve_until_stopped

USER = "demo"
PASS_EVERY = 5.0


def serve_month(desk: Desk, tell: Callable[[str, str, str], None]) -> None:
    """Serves until SIGTERM or SIGINT. `tell` hears where, and with which name and password to sign in."""
    desk.clock = clock_from(ENDS)
    settings = desk.config.console
    desk.config = desk.config.model_copy(
        update={"web": settings.model_copy(update={"port": _free(settings.host, settings.port)})}
    )
    password = new_password()
    add_user(desk, USER, "admin", password, USER)
    with _at_work(desk):
        serve_until_stopped(desk, lambda address: tell(address, USER, password))


def _free(host: str, port: int) -> int:
    """The port if nobody listens on it, else 0 for any."""
    try:
        socket.create_server((host, port)).close()
    except OSError:
        return 0
    return port


@contextmanager
def _at_work(desk: Desk) -> Iterator[None]:
    stop = threading.Event()
    with beside(desk) as own:
        thread = threading.Thread(target=_work, args=(own, stop), name="demo", daemon=True)
        thread.start()
        try:
            yield
        finally:
            stop.set()
            thread.join(PASS_EVERY)


def _work(desk: Desk, stop: threading.Event) -> None:
    while not stop.wait(PASS_EVERY):
        one_pass(desk, stop.is_set)
