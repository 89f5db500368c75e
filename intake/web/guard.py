"""Stands before every page: asks for the host, the sign-in, the role, and for proof that a form is ours.

A page is an ordinary function that takes a `Visit`; it runs in a thread, so that it may wait for the database.
"""

import hmac
import secrets
from collections.abc import Callable
from threading import Lock
from urllib.parse import quote, urlsplit

import anyio.to_thread
import structlog
from anyio import CapacityLimiter
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from intake.desk import Desk
from intake.errors import ConfigError, IntakeError, TemporaryError
from intake.office.signing_in import whose
from intake.rendering import LANGUAGES
from intake.web.routing import Page
from intake.web.visit import FORM_COOKIE, FORM_FIELD, LANGUAGE_COOKIE, Visit

AT_ONCE = 8
MOST_FIELDS = 500

log = structlog.get_logger()


class Guard:
    """The way from a request to its page. One for the whole console."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._settings = desk.config.console
        self._limiter = CapacityLimiter(AT_ONCE)
        self._registry = Lock()

    @property
    def session_cookie(self) -> str:
        """With the prefix that lets no other host and no plain HTTP set it, where cookies are secure."""
        return "__Host-intake" if self._settings.cookies_are_secure else "intake"

    def endpoint(self, page: Page) -> Callable[[Request], object]:
        """The page as Starlette calls it."""

        async def guarded(request: Request) -> Response:
            if not self._is_our_host(request):
                return Response("unknown host", 421, media_type="text/plain")
            form = FormData()
            if request.method == "POST":
                if int(request.headers.get("content-length", "-1") or -1) not in range(page.most_bytes + 1):
                    return Response("too large, or of unknown length", 413, media_type="text/plain")
                form = await request.form(max_fields=MOST_FIELDS, max_files=5, max_part_size=page.most_bytes)
            try:
                return await anyio.to_thread.run_sync(self._answer, page, request, form, limiter=self._limiter)
            finally:
                await form.close()

        return guarded

    def _is_our_host(self, request: Request) -> bool:
        return not self._settings.hosts or (request.url.hostname or "").casefold() in self._settings.hosts

    def _answer(self, page: Page, request: Request, form: FormData) -> Response:
        try:
            visit = self._visit(page, request, form)
        except TemporaryError as cause:
            return Response(cause.sentence, 503, media_type="text/plain")
        refusal = self._refusal(page, visit)
        response = refusal or self._shown(page, visit)
        if FORM_COOKIE not in request.cookies and visit.user is None:
            self.set_cookie(response, FORM_COOKIE, visit.form_token)
        return response

    def _visit(self, page: Page, request: Request, form: FormData) -> Visit:
        user = whose(self._desk, request.cookies.get(self.session_cookie, ""))
        with self._registry:
            self._desk.look_at_registry()
        chosen = request.cookies.get(LANGUAGE_COOKIE, "")
        language = chosen if chosen in LANGUAGES else self._desk.config.templates.language
        token = user.form_token if user else request.cookies.get(FORM_COOKIE, "") or secrets.token_urlsafe(32)
        return Visit(request, self._desk, user, language, token, page.area, form)

    def _refusal(self, page: Page, visit: Visit) -> Response | None:
        request = visit.request
        if request.method == "POST" and not (self._is_from_us(request) and _bears_token(visit)):
            return visit.page("refused", 403, why="form")
        if page.role == "anyone" or visit.may(page.role):
            return None
        if visit.user:
            return visit.page("refused", 403, why="role")
        back = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        return RedirectResponse(f"/sign-in?next={quote(back)}" if request.method == "GET" else "/sign-in", 303)

    def _is_from_us(self, request: Request) -> bool:
        """Whether a form was sent from a page of ours: browsers say where from, and pages cannot forge it."""
        origin = request.headers.get("origin", "")
        if not origin:
            return request.headers.get("sec-fetch-site", "") == "same-origin"
        ours = self._settings.base_url or f"{request.url.scheme}://{request.headers.get('host', '')}"
        return urlsplit(origin)[:2] == urlsplit(ours)[:2]

    def _shown(self, page: Page, visit: Visit) -> Response:
        try:
            return page.endpoint(visit)
        except ConfigError as cause:
            return visit.page("problem", 404 if visit.request.method == "GET" else 409, sentence=cause.sentence)
        except IntakeError as cause:
            return visit.page("problem", 503, sentence=cause.sentence)
        except Exception:
            log.exception("a page failed", path=visit.request.url.path)
            return visit.page("problem", 500, sentence="")

    def set_cookie(self, response: Response, name: str, value: str) -> None:
        """For this browser session, out of reach of scripts and of other sites' forms."""
        response.set_cookie(name, value, httponly=True, samesite="lax", secure=self._settings.cookies_are_secure)


def _bears_token(visit: Visit) -> bool:
    """Every form bears its session's token; before signing in, that of the browser's cookie."""
    known = visit.user is not None or FORM_COOKIE in visit.request.cookies
    return known and hmac.compare_digest(visit.told(FORM_FIELD).encode(), visit.form_token.encode())
