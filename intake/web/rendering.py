"""Pages from `pages/` in the reader's language. Everything is escaped; the filters are those of the letters."""

import hashlib
from collections.abc import Mapping
from functools import cache, partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from intake.config import NOTICES
from intake.rendering import LANGUAGES
from intake.rendering.layout import cleaned
from intake.web.areas import AREAS
from intake.web.texts import say

HERE = Path(__file__).parent
STATIC = HERE / "static"


def page(
    template: str, language: str, zone: ZoneInfo, of_every_page: Mapping[str, Any], shown: Mapping[str, Any]
) -> str:
    """The whole page as HTML. What is `shown` may come from mails: it is cleaned of what could turn or hide text."""
    values = {name: _cleaned(value, zone) for name, value in shown.items()}
    return _environment(language).get_template(f"{template}.html").render({**of_every_page, **values})


def _cleaned(value: Any, zone: ZoneInfo) -> Any:
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
