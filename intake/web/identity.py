"""The pages of signing in and out: with a password, or through an identity provider where one is configured."""

import structlog
from starlette.responses import Response

from intake.config import Web
from intake.office.signing_in import Refused, sign_in, sign_in_vouched, sign_out
from intake.web.beginning import local_path
from intake.web.guard import Guard
from intake.web.oidc import ATTEMPT_COOKIE, Attempt, Provider, ProviderError
from intake.web.routing import Page
from intake.web.visit import Visit

TEN_MINUTES = 600

log = structlog.get_logger()


def pages_of(guard: Guard, settings: Web) -> tuple[Page, ...]:
    """The table of these pages."""
    pages = SigningIn(guard, settings)
    own = (
        Page("/sign-in", pages.show, "anyone"),
        Page("/sign-in", pages.sign_in, "anyone", "POST"),
        Page("/sign-out", pages.sign_out, "viewer", "POST"),
    )
    if not settings.oidc:
        return own
    return (
        *own,
        Page("/sign-in/provider", pages.go_to_provider, "anyone"),
        Page("/sign-in/back", pages.come_back, "anyone"),
    )


class SigningIn:
    """Knows the session's cookie, which only the guard names."""

    def __init__(self, guard: Guard, settings: Web) -> None:
        self._guard = guard
        self._settings = settings
        self._provider = Provider(settings.oidc, settings.base_url) if settings.oidc else None

    def show(self, visit: Visit, problem: str = "", status: int = 200) -> Response:
        following = local_path(visit.told("next") or visit.asked("next"))
        provider = self._settings.oidc.name if self._settings.oidc else ""
        return visit.page("sign_in", status, following=following, problem=problem, provider=provider)

    def sign_in(self, visit: Visit) -> Response:
        address = visit.request.client.host if visit.request.client else ""
        result = sign_in(visit.desk, visit.told("name"), str(visit.form.get("password", "")), address, self._own(visit))
        if isinstance(result, Refused):
            return self.show(visit, "often" if result.too_often else "wrong", 429 if result.too_often else 403)
        return self._begun(visit, result, local_path(visit.told("next")))

    def sign_out(self, visit: Visit) -> Response:
        sign_out(visit.desk, self._own(visit))
        response = visit.see("/sign-in")
        response.delete_cookie(self._guard.session_cookie, secure=self._settings.cookies_are_secure, httponly=True)
        return response

    def go_to_provider(self, visit: Visit) -> Response:
        """On to the provider; what its answer has to fit is kept in the browser."""
        assert self._provider
        attempt = Attempt.fresh(local_path(visit.asked("next")))
        try:
            response = visit.see(self._provider.address_for(attempt))
        except ProviderError as cause:
            log.warning("the identity provider cannot be asked", error=cause.sentence)
            return self.show(visit, "provider", 502)
        secure = self._settings.cookies_are_secure
        response.set_cookie(
            ATTEMPT_COOKIE, attempt.as_text(), max_age=TEN_MINUTES, httponly=True, samesite="lax", secure=secure
        )
        return response

    def come_back(self, visit: Visit) -> Response:
        """From the provider, with its word on who this is."""
        assert self._provider
        attempt = Attempt.from_text(visit.request.cookies.get(ATTEMPT_COOKIE, ""))
        try:
            name = self._provider.name_from(visit.asked("code"), visit.asked("state"), attempt)
        except ProviderError as cause:
            log.warning("the identity provider lets nobody in", error=cause.sentence)
            return self.show(visit, "provider", 403)
        result = sign_in_vouched(visit.desk, name, self._own(visit))
        if isinstance(result, Refused):
            return self.show(visit, "unknown", 403)
        response = self._begun(visit, result, local_path(attempt.following))
        response.delete_cookie(ATTEMPT_COOKIE)
        return response

    def _own(self, visit: Visit) -> str:
        return visit.request.cookies.get(self._guard.session_cookie, "")

    def _begun(self, visit: Visit, token: str, following: str) -> Response:
        response = visit.see(following)
        self._guard.set_cookie(response, self._guard.session_cookie, token)
        return response
