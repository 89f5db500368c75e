"""The console's own words: `texts/<language>/<page>.toml`, asked for as "page.key".

Both languages have the same keys. A text may have places such as `{count}`, and words that follow a count:
`{count} {count:mail|mails}`.
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


class Count(int):
    """A number that chooses between one word for one and another for all else."""

    def __format__(self, spec: str) -> str:
        one, bar, many = spec.partition("|")
        if not bar:
            return super().__format__(spec)
        return one if self == 1 else many


def say(language: str, key: str, **places: object) -> str:
    """One text with its places filled. Raises `KeyError` for a text that there is not."""
    text = texts_in(language)[key]
    return (
        text.format(**{name: Count(it) if type(it) is int else it for name, it in places.items()}) if places else text
    )
