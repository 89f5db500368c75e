"""A field with parameters, such as Content-Type: its value and its parameters (RFC 2045, RFC 2231), decoded.

Reads what mailers send instead, too: encoded words in quotes, raw bytes, names with unquoted spaces, no closing quote.
"""

import re
from collections.abc import Iterator
from urllib.parse import unquote_to_bytes

from intake.mail.charset_names import charset_named
from intake.mail.charsets import Note, decode
from intake.mail.words import decode_words

_GAP = re.compile(r"[;\s]*+", re.ASCII)
_NAME = re.compile(r"([^\s=;\"]+)\s*+=\s*+", re.ASCII)
_CLOSING_QUOTE = re.compile(r'(?<!\\)"(?=\s*+(?:;|$|\())')
# A space ends a value only where another parameter of a body follows without its semicolon.
_BARE = re.compile(
    r"(?:=\?[^?;]*\?.\?[^?]*\?=|(?!\s+(?:name|filename|charset|boundary|format|size)\*?=)[^;])*+",
    re.ASCII | re.IGNORECASE,
)
_SECTION = re.compile(r"(?P<name>[^*]+)(?:\*(?P<number>\d{1,3}))?(?P<extended>\*)?$")
_ESCAPED = re.compile(r'\\(["\\])')
_PERCENT = re.compile(r"%[0-9A-Fa-f]{2}")


def read_parameters(value: bytes, note: Note) -> tuple[str, dict[str, str]]:
    """The value before the first semicolon in lower case, and the decoded parameters by lower-case name."""
    source = value.decode("latin-1")
    head = re.split(r"[; \t\r\n]", source, maxsplit=1)[0]
    sections: dict[str, dict[int, tuple[bool, str]]] = {}
    for name, text in _pairs(source, len(head)):
        section = _SECTION.match(name)
        if section:
            number = int(section["number"] or 0) if section["number"] or not section["extended"] else -1
            kept = sections.setdefault(section["name"], {})
            kept.setdefault(number, (bool(section["extended"]), text))
    decoded = {name: _assembled(parts, note) for name, parts in sections.items()}
    return head.partition("(")[0].strip().lower(), decoded


def _pairs(source: str, position: int) -> Iterator[tuple[str, str]]:
    """Each parameter's name in lower case, and its value as it was written, without the quotes."""
    while position < len(source):
        gap = _GAP.match(source, position)
        position = gap.end() if gap else position
        found = _NAME.match(source, position)
        if not found:
            following = source.find(";", position + 1)
            position = following if following >= 0 else len(source)
            continue
        text, position = _value(source, found.end())
        yield found[1].lower(), text


def _value(source: str, position: int) -> tuple[str, int]:
    """The value that starts here, and where it ends. Quotes within quotes and quotes without an end are forgiven."""
    if source[position : position + 1] == '"':
        closing = _CLOSING_QUOTE.search(source, position + 1)
        if closing:
            return _ESCAPED.sub(r"\1", source[position + 1 : closing.start()]), closing.end()
        position += 1
    bare = _BARE.match(source, position)
    end = bare.end() if bare else len(source)
    return source[position:end].replace('"', "").strip(" \t\r\n"), end


def _assembled(parts: dict[int, tuple[bool, str]], note: Note) -> str:
    """The whole value: of `name*`, which goes before the rest, or of `name*0`, `name*1*` … in their order."""
    ordered = [parts[-1]] if -1 in parts else [parts[number] for number in sorted(parts)]
    if not any(extended for extended, _ in ordered):
        return _plain("".join(text for _, text in ordered), note)
    charset, ordered = _charset(ordered)
    raw = b"".join(unquote_to_bytes(text.encode("latin-1")) if ext else text.encode("latin-1") for ext, text in ordered)
    return decode(raw, charset, note)


def _charset(ordered: list[tuple[bool, str]]) -> tuple[str, list[tuple[bool, str]]]:
    extended, first = ordered[0]
    quotes = first.count("'") if extended else 0
    if quotes >= 2:
        charset, _, rest = first.split("'", 2)
        return charset, [(True, rest), *ordered[1:]]
    charset, _, rest = first.partition("'")
    if quotes == 1 and charset_named(charset):
        return charset, [(True, rest), *ordered[1:]]
    return "", ordered


def _plain(text: str, note: Note) -> str:
    if _PERCENT.search(text) and (name := _percent_decoded(text)) is not None:
        return decode(name, "utf-8", note)
    return decode_words(text.encode("latin-1"), note)


def _percent_decoded(text: str) -> bytes | None:
    """Some web mailers send percent-encoded UTF-8 in a plain `filename`; None unless it is plainly that."""
    raw = unquote_to_bytes(text.encode("latin-1"))
    try:
        is_other_than_ascii = not raw.decode("utf-8").isascii()
    except UnicodeDecodeError:
        return None
    return raw if text.isascii() and is_other_than_ascii else None
