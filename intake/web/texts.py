"""The console's own words: `texts/<language>/<page>.toml`, asked for as "page.key".

Both languages have the same keys. A text may have places such as `{count}`.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

TEXTS = Path(__file__).with_name("texts")


@cache
def texts_in(language: str) -> Mapping[str, str]:
    """Every text of a language, by "page.key"."""
    return {
        f"{file.stem}.{key}": text
        for file in sorted((TEXTS / language).glob("*.toml"))
        for key, text in _read(file).items()
    }


def _read(file: Path) -> dict[str, str]:
    return tomllib.loads(file.read_text(encoding="utf-8"))


def say(language: str, key: str, **places: object) -> str:
    """One text with its places filled. Raises `KeyError` for a text that there is not."""
    text = texts_in(language)[key]
    return text.format(**places) if places else text
