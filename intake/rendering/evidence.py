"""The sentences in which the rules give their evidence, which are English, in the language of the office.

Vietnamese stands in `evidence.vi.toml` beside this file. A sentence that is not there stays as it is.
"""

import re
import tomllib
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import NamedTuple

from intake.registry.columns import AGENCIES, CONTACTS, REPORT_TYPES

CATALOGUE = Path(__file__).with_name("evidence.vi.toml")

_VARIABLE = re.compile(r"\{([a-z]+)\}")
# These stand for a sentence, or the name of a place in the mail, that has to be put into Vietnamese itself.
_NESTED = ("where", "why")
# A place may hold a quotation itself, so it takes all that it can; the others take no more than they must.
_SHAPES = {
    "where": ".+",
    "agency": "[^;]+?",
    "code": "[^;]+?",
    "period": "[^;]+?",
    "address": r"\S+",
    "day": r"\d{4}-\d\d-\d\d",
    "id": r"\d+",
    # What somebody wrote, never the place in a workbook that a mistake is told with.
    "cell": r"(?!sheet ).+?",
}
# One of the nine categories of urgent matters, or several.
_CATEGORIES = ("category", "categories")
# These are a registry's columns, told by the titles that its template bears.
_COLUMNS = {"agencycolumn": AGENCIES, "contactcolumn": CONTACTS, "typecolumn": REPORT_TYPES}
# Written as in ISO 8601, read as in a letter of the office.
_MOMENTS = ("moment", "former")
_INSTANT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d\S*")
# No sentence is longer; beyond, looking for its pattern could only cost time.
_LONGEST = 4_000


class _Pattern(NamedTuple):
    """One English sentence with its variables, and the Vietnamese one."""

    english: re.Pattern[str]
    vietnamese: str


def in_vietnamese(sentence: str) -> str:
    """A sentence of the rules in Vietnamese; as it is where there is none for it."""
    if len(sentence) > _LONGEST:
        return sentence
    for pattern in _catalogue():
        if found := pattern.english.fullmatch(sentence):
            values = {name: _value(name, text) for name, text in found.groupdict().items()}
            return _VARIABLE.sub(lambda variable, known=values: known[variable[1]], pattern.vietnamese)  # type: ignore[misc]
    return "; ".join(map(in_vietnamese, sentence.split("; "))) if "; " in sentence else sentence


def _value(name: str, text: str) -> str:
    if name == "day":
        return f"{date.fromisoformat(text):%d/%m/%Y}"
    if name in _COLUMNS and (column := _COLUMNS[name].column_titled(text)):
        return f"cột {column.titles[0]}"
    if text == "(empty)":
        return "(trống)"
    if name in _MOMENTS and _INSTANT.fullmatch(text):
        return f"{datetime.fromisoformat(text):%H giờ %M, ngày %d/%m/%Y}"
    if name in _CATEGORIES:
        return " hoặc ".join(map(in_vietnamese, text.split(" or ")))
    return in_vietnamese(text) if name in _NESTED else text


@cache
def _catalogue() -> tuple[_Pattern, ...]:
    """The sentences, those with the most words of their own first."""
    pairs: dict[str, str] = tomllib.loads(CATALOGUE.read_text(encoding="utf-8"))
    ordered = sorted(pairs.items(), key=lambda pair: -len(_VARIABLE.sub("", pair[0])))
    return tuple(_Pattern(_compiled(english), vietnamese) for english, vietnamese in ordered)


def _compiled(english: str) -> re.Pattern[str]:
    """Each variable is what stands between the words around it; a second one of a name has to be the same."""
    parts = _VARIABLE.split(english)
    pattern, known = "", set()
    for place, part in enumerate(parts):
        if not place % 2:
            pattern += re.escape(part)
        elif part in known:
            pattern += f"(?P={part})"
        else:
            pattern += f"(?P<{part}>{_SHAPES.get(part, '.+?')})"
            known.add(part)
    return re.compile(pattern, re.DOTALL)
