"""Pages from `pages/` in the reader's language. Everything is escaped; the filters are those of the letters."""

import hashlib
from collections.abc import Mapping
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from intake.config import NOTICES
from intake.office.sending import pause
from intake.rendering import LANGUAGES
from intake.rendering.layout import cleaned
from intake.web.areas import AREAS
from intake.web.texts import say

if TYPE_CHECKING:
    from intake.web.visit import Visit

HERE = Path(__file__).parent
STATIC = HERE / "static"


def page(visit: "Visit", template: str, shown: Mapping[str, Any]) -> str:
    """The whole page as HTML. What comes from mails is cleaned of what could turn or hide text."""
    zone = visit.desk.zone
    values = {name: _cleaned(value, zone) for name, value in shown.items()}
    of_page = {"visit": visit, "here": _here(visit), "token": partial(_token, visit.form_token)}
    of_page["paused"] = pause(visit.desk) if visit.user else None
    return _environment(visit.language).get_template(f"{template}.html").render(of_page | values)


def _here(visit: "Visit") -> str:
    """The page's own address, to come back to; a form's answer has none."""
    url = visit.request.url
    if visit.request.method != "GET":
        return "/"
    return f"{url.path}?{url.query}" if url.query else url.path


def _token(form_token: str) -> Markup:
    """What every form bears, so that no other site can send it."""
    return Markup('<input type="hidden" name="form_token" value="{}">').format(form_token)


def _cleaned(value: Any, zone: Any) -> Any:
    if isinstance(value, list):
        return [_cleaned(one, zone) for one in value]
    if isinstance(value, dict):
        return {key: _cleaned(one, zone) for key, one in value.items()}
    return cleaned(value, zone)


@cache
def _environment(language: str) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(HERE / "pages", encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    words = LANGUAGES[language]
    environment.filters.update({name: getattr(words, name) for name in words.__all__})
    # What a worker process has made harmless is shown as it is, in a frame that could not do anything anyhow.
    environment.filters["harmless"] = Markup
    environment.globals.update(
        t=partial(say, language), static=static, language=language, areas=AREAS, known_notices=frozenset(NOTICES)
    )
    return environment


@cache
def static(name: str) -> str:
    """Where a file of `static/` is had. Its address changes with its contents, so a browser may keep it for ever."""
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]
    return f"/static/{digest}/{name}"
