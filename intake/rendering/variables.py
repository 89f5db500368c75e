"""What a template of a notice may use: each variable with its kind and an example, and the filters of the language."""

import dataclasses
import typing
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from intake.notices import Notice
from intake.rendering.layout import clean
from intake.rendering.templates import LANGUAGES

Kind = Literal["text", "number", "yes_no", "instant", "day", "list", "lines", "record"]
LONGEST_EXAMPLE = 80


@dataclass(frozen=True, slots=True)
class Variable:
    """`name` as a template writes it; within `lines` (`obligations[].agency`) it is an attribute of each line."""

    name: str
    kind: Kind
    example: str


def variables_of(notice: type[Notice]) -> list[Variable]:
    """All variables, those that belong to one beneath it."""
    samples = [notice.sample(), *notice.variants()]
    return list(_fields("", notice, samples))


def filters_of(language: str) -> list[tuple[str, str]]:
    """Each filter with what it says of itself."""
    words = LANGUAGES[language]
    return [(name, _first_line(getattr(words, name))) for name in sorted(words.__all__)]


def _fields(prefix: str, kind: type[Any], samples: list[Any]) -> Iterator[Variable]:
    hints = typing.get_type_hints(kind)
    for field in dataclasses.fields(kind):
        values = [getattr(one, field.name) for one in samples]
        full = next((one for one in values if one not in (None, "", ())), values[0] if values else None)
        yield Variable(prefix + field.name, _kind(full, hints[field.name]), _example(full))
        inner, mark = _inner(hints[field.name])
        if inner:
            yield from _fields(f"{prefix}{field.name}{mark}.", inner, _lines(values))


def _inner(hint: Any) -> tuple[type[Any] | None, str]:
    """The dataclass behind a type, and "[]" where there are several of it."""
    parts = [hint, *typing.get_args(hint)]
    found = next((one for one in parts if dataclasses.is_dataclass(one)), None)
    several = typing.get_origin(hint) is tuple
    return (found if isinstance(found, type) else None), "[]" if several else ""


def _lines(values: list[Any]) -> list[Any]:
    several = [one for value in values for one in (value if isinstance(value, tuple) else (value,))]
    return [one for one in several if one is not None]


def _kind(value: Any, hint: Any) -> Kind:
    if _inner(hint)[0]:
        return "lines" if typing.get_origin(hint) is tuple else "record"
    if isinstance(value, bool):
        return "yes_no"
    if isinstance(value, int | float):
        return "number"
    if isinstance(value, datetime):
        return "instant"
    if isinstance(value, date):
        return "day"
    return "list" if isinstance(value, tuple) else "text"


def _example(value: Any) -> str:
    if dataclasses.is_dataclass(value) or value is None:
        return ""
    if isinstance(value, tuple):
        return "; ".join(clean(str(one)) for one in value if not dataclasses.is_dataclass(one))[:LONGEST_EXAMPLE]
    shown = clean(value.isoformat() if isinstance(value, date) else str(value))
    return shown if len(shown) <= LONGEST_EXAMPLE else shown[:LONGEST_EXAMPLE] + "…"


def _first_line(filter_: Any) -> str:
    return (filter_.__doc__ or "").strip().partition("\n")[0]
