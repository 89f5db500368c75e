"""What happens to words on their way into and out of a template: cleaned going in, wrapped and joined coming out."""

import dataclasses
import re
import textwrap
import unicodedata
from datetime import datetime
from typing import Any, cast
from zoneinfo import ZoneInfo

WIDTH = 110
SUBJECT_LENGTH = 150

# Line and paragraph separators count as line breaks for mail readers; the others are C0, DEL and C1 controls.
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
# Marks that turn or hide text: bidirectional embeddings, overrides and isolates, zero-width characters.
_INVISIBLE = re.compile("[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_HANGING = re.compile(r"\s*(?:[^\s:][^:]*:\s{2,}|\d+\. |- )?")


def clean(text: str) -> str:
    """One line of NFC text that cannot break out of where it is put: no controls, no line breaks, no bidi overrides."""
    shown = _SURROGATES.sub("\ufffd", _INVISIBLE.sub("", _CONTROLS.sub(" ", text)))
    return unicodedata.normalize("NFC", shown).strip()


def cleaned(value: Any, zone: ZoneInfo) -> Any:
    """The same value with every text in it clean and every instant in the office's zone."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, datetime):
        return value.astimezone(zone)
    if isinstance(value, tuple):
        return tuple(cleaned(one, zone) for one in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return dataclasses.replace(value, **fields_of(value, zone))
    return value


def fields_of(value: Any, zone: ZoneInfo) -> dict[str, Any]:
    """A dataclass's fields by name, cleaned."""
    names = (field.name for field in dataclasses.fields(cast(Any, value)))
    return {name: cleaned(getattr(value, name), zone) for name in names}


def one_line(text: str, reference: str) -> str:
    """A subject: one line of bounded length that carries the reference code even where the template forgot it."""
    subject = " ".join(clean(text).split())
    code = f"[{reference}]"
    if code not in subject:
        subject = f"{code} {subject}"
    return (
        subject if len(subject) <= SUBJECT_LENGTH else subject[:SUBJECT_LENGTH].rsplit(" ", 1)[0].rstrip(" ,;:-") + "…"
    )


def wrapped(text: str) -> str:
    """A text body: no line over `WIDTH` that could be broken, values hanging under values, single blank lines."""
    lines = [wrapped_line for line in text.splitlines() for wrapped_line in _wrap(line.rstrip())]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n") + "\n"


def _wrap(line: str) -> list[str]:
    if len(line) <= WIDTH:
        return [line]
    hanging = _HANGING.match(line)
    indent = min(hanging.end() if hanging else 0, WIDTH // 2)
    return textwrap.wrap(
        line, WIDTH, subsequent_indent=" " * indent, break_on_hyphens=False, replace_whitespace=False, tabsize=3
    )
