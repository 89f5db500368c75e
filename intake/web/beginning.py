"""Where everybody begins: the first page after signing in, and the choice of the language."""

from starlette.responses import Response

from intake.errors import ConfigError
from intake.rendering import LANGUAGES
from intake.web.visit import LANGUAGE_COOKIE, Visit

YEAR = 31_536_000


def begin(visit: Visit) -> Response:
    return visit.see("/board")


def choose_language(visit: Visit) -> Response:
    """Keeps the language in a cookie and goes back to where the reader was."""
    response = visit.see(local_path(visit.asked("next")))
    language = visit.request.path_params["language"]
    if language in LANGUAGES:
        secure = visit.desk.config.console.cookies_are_secure
        response.set_cookie(LANGUAGE_COOKIE, language, max_age=YEAR, httponly=True, samesite="lax", secure=secure)
    return response


def local_path(asked: str) -> str:
    """The path to go to, if it is one of this console; else the beginning."""
    is_local = asked.startswith("/") and not asked.startswith("//") and "\\" not in asked and asked.isprintable()
    return asked if is_local else "/"


def nowhere(visit: Visit) -> Response:
    """Where no page is: says so within the console, from where the others are found."""
    raise ConfigError("there is no such page")
