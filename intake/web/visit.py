"""One request as a page sees it: who asks, at which desk, in which language, with which form; and how it answers."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from markupsafe import Markup
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from intake.desk import Desk
from intake.model import USER_ROLES, UserRole
from intake.office.sending import pause
from intake.office.signing_in import SignedIn
from intake.web import rendering

LANGUAGE_COOKIE = "intake_language"
FORM_COOKIE = "intake_form"
FORM_FIELD = "form_token"
MOST_NUMBER = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Visit:
    """`area` is the part of the console that the page belongs to. `form_token` proves that a form is ours."""

    request: Request
    desk: Desk
    user: SignedIn | None
    language: str
    form_token: str
    area: str = ""
    form: FormData = field(default_factory=FormData)

    @property
    def now(self) -> datetime:
        return self.desk.now

    @property
    def who(self) -> str:
        """The name that is kept in the audit trail."""
        return self.user.name if self.user else ""

    def may(self, role: UserRole) -> bool:
        return self.user is not None and USER_ROLES.index(self.user.role) >= USER_ROLES.index(role)

    def asked(self, name: str) -> str:
        """A value of the query, "" where there is none."""
        return self.request.query_params.get(name, "").strip()

    def number(self, name: str, default: int = 0) -> int:
        """A number of the path or of the query, kept within what a database can hold."""
        return _number(str(self.request.path_params.get(name, self.asked(name))), default)

    def told(self, name: str) -> str:
        """A value of the form, "" where there is none."""
        value = self.form.get(name, "")
        return "" if isinstance(value, UploadFile) else value.strip()

    def told_number(self, name: str) -> int:
        """A number of the form, 0 where there is none, kept within what a database can hold."""
        return _number(self.told(name), 0)

    def page(self, template: str, status: int = 200, **shown: Any) -> Response:
        """A page of `pages/`, with all instants in the office's zone."""
        of_every_page = {
            "visit": self,
            "here": self._here,
            "token": self._token,
            "paused": pause(self.desk) if self.user else None,
        }
        page = rendering.page(template, self.language, self.desk.zone, of_every_page, shown)
        return HTMLResponse(page, status)

    @property
    def _here(self) -> str:
        """The page's own address, to come back to; a form's answer has none."""
        url = self.request.url
        if self.request.method != "GET":
            return "/"
        return f"{url.path}?{url.query}" if url.query else url.path

    def _token(self) -> Markup:
        """What every form bears, so that no other site can send it."""
        return Markup('<input type="hidden" name="{}" value="{}">').format(FORM_FIELD, self.form_token)

    def see(self, path: str, **query: Any) -> Response:
        """Sends the browser on, after a form."""
        return RedirectResponse(path + (f"?{urlencode(query)}" if query else ""), 303)


def _number(text: str, default: int) -> int:
    return min(int(text), MOST_NUMBER) if text.isdecimal() and text.isascii() and len(text) < 20 else default
