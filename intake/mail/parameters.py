"""A field with parameters, such as Content-Type: its value and its parameters (RFC 2045, RFC 2231), decoded.

Reads what mailers send instead, too: encoded words in quotes, raw bytes, names with unquoted spaces, no closing quote.
"""

import re
from urllib.parse import unquote_to_bytes

from intake.mail.charsets import Note, decode
from intake.mail.words import decode_words

_PARAMETER = re.compile(
    r"""[;\s]\s*(?P<name>[^\s=;"]+)\s*=\s*
        (?: "(?P<quoted>(?:[^"\\]|\\.)*+)"(?=\s*(?:;|$|\())
          | "(?P<broken>[^\r\n]*?)"?\s*(?=;\s*[\w*-]+\s*=|;?\s*$)
          | (?P<bare>(?:=\?[^?]*\?.\?[^?]*\?=|[^;])*) )""",
    re.VERBOSE,
)
_SECTION = re.compile(r"(?P<name>[^*]+)(?:\*(?P<number>\d{1,3}))?(?P<extended>\*)?$")
_ESCAPED = re.compile(r'\\(["\\])')
_PERCENT = re.compile(r"%[0-9A-Fa-f]{2}")


def read_parameters(value: bytes, note: Note) -> tuple[str, dict[str, str]]:
    """The value before the first semicolon in lower case, and the decoded parameters by lower-case name."""
    source = value.decode("latin-1")
    head, _, _ = source.partition(";")
    sections: dict[str, dict[int, tuple[bool, str]]] = {}
    for found in _PARAMETER.finditer(source, len(head)):
        section = _SECTION.match(found["name"].lower())
        if section:
            number = int(section["number"] or 0) if section["number"] or not section["extended"] else -1
            kept = sections.setdefault(section["name"], {})
            kept.setdefault(number, (bool(section["extended"]), _unquoted(found)))
    decoded = {name: _assembled(parts, note) for name, parts in sections.items()}
    return head.partition("(")[0].strip().lower(), decoded


def _unquoted(found: re.Match[str]) -> str:
    if found["quoted"] is not None:
        return _ESCAPED.sub(r"\1", found["quoted"])
    return (found["broken"] if found["broken"] is not None else found["bare"] or "").strip()


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
    if extended and first.count("'") >= 2:
        charset, _, rest = first.split("'", 2)
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
