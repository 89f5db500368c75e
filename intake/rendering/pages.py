"""What a person reads on the terminal about one mail or one obligation, from the templates in `pages/`.

The same filters as in the letters, so that a deadline is said in the same words wherever it is said.
"""

from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from intake.rendering.layout import fields_of
from intake.rendering.templates import LANGUAGES

PAGES = Path(__file__).with_name("pages")


def page(name: str, shown: Any, language: str, zone: ZoneInfo) -> str:
    """The page of this name in a language. `shown` is a dataclass whose fields are the page's variables.

    Whatever a mail may have put into its texts is cleaned of what could turn, hide or command.
    """
    return _environment(language).get_template(f"{name}.txt").render(fields_of(shown, zone)).strip("\n") + "\n"


@cache
def _environment(language: str) -> Environment:
    environment = Environment(  # noqa: S701 - plain text for a terminal, no markup
        loader=FileSystemLoader(PAGES / language, encoding="utf-8"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    words = LANGUAGES[language]
    environment.filters.update({name: getattr(words, name) for name in words.__all__})
    return environment
