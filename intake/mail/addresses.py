"""Address fields to mailboxes (RFC 5322, section 3.4): groups flattened, comments read, stray commas forgiven."""

import re
from collections.abc import Iterator

from intake.mail.charsets import Note
from intake.mail.parsed import Address
from intake.mail.words import ENCODED_WORD, decode_words

_TOKEN = re.compile(
    rf"""(?P<word>{ENCODED_WORD.pattern})
       | (?P<quoted>"(?:[^"\\]|\\.){{0,500}}+")
       | (?P<angle><[^<>]*>?)
       | (?P<comment>\((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*+\)?)
       | (?P<separator>[,;])
       | (?P<colon>:)
       | (?P<space>\s+)
       | (?P<stray>")
       | (?P<atom>[^\s"<>(),;:]+|.)""",
    re.VERBOSE | re.DOTALL | re.ASCII,
)
_ROUTE = re.compile(r"^(?:@[^:]*:)")
_SPACED_DOMAIN = re.compile(r"\s*@\s*[^\s.@]+(?:\s*\.\s*[^\s.@]+)*", re.ASCII)
_QUOTED = r'"(?:[^"\\]|\\.){0,500}+"'
_ASIDE_OF_QUOTES = re.compile(rf"({_QUOTED})|\s+|\([^()]*\)", re.ASCII)
_WORD = re.compile(rf"(?:{_QUOTED}(?=[@.])|[^\s\"])+|{_QUOTED}", re.ASCII)
_MOST = 1000

# A comma right before the address was no part of the name.
_LOOSE_ENDS = (("space", " "), ("atom", ","))
_NOBODY = Address("", "")

_Token = tuple[str, str]


def read_addresses(value: bytes, note: Note) -> tuple[Address, ...]:
    """The mailboxes of one field, in order. One that has no domain has its name, or a local user's as its address."""
    found = tuple(_addresses(value.decode("latin-1"), note))
    if b"=?" not in value or any("@" in one.address for one in found):
        return found
    # Some mailers encode the whole field, address included.
    inside = tuple(_addresses(decode_words(value, note).encode("utf-8").decode("latin-1"), note))
    return inside if any("@" in one.address for one in inside) else found


def _addresses(source: str, note: Note) -> Iterator[Address]:
    pending: list[list[_Token]] = []
    for count, entry in enumerate(_entries(source)):
        if count == _MOST:
            note(f"more than {_MOST} addresses in one field")
            return
        if any(kind == "angle" for kind, _ in entry):
            # An unquoted comma parts a name from its own address: "Sở Y tế, Văn thư <a@b.vn>".
            address = _address(_joined([*pending, entry]), note)
            if address != _NOBODY:
                yield address
            pending = []
        elif any(map(_is_address, entry)):
            yield from _without_domain(pending, note)
            yield from _bare_addresses(entry, note)
            pending = []
        elif any(kind not in ("space", "comment") for kind, _ in entry):
            pending.append(entry)
    yield from _without_domain(pending, note)


def _joined(entries: list[list[_Token]]) -> list[_Token]:
    return [token for entry in entries for token in (("atom", ","), ("space", " "), *entry)][2:]


def _without_domain(entries: list[list[_Token]], note: Note) -> Iterator[Address]:
    """What names nobody's domain: a local user such as "root" in one word, else a name alone."""
    for entry in entries:
        name = _name(entry, note)
        is_word = [kind for kind, _ in entry if kind not in ("space", "comment")] == ["atom"]
        if name:
            yield Address("", name) if is_word else Address(name, "")


def _entries(source: str) -> Iterator[list[_Token]]:
    """The tokens between separators; a group's name is left out, its members stay.

    An address in angle brackets ends a mailbox, whether a comma follows or not.
    """
    entry: list[_Token] = []
    has_address = is_whole = False
    for found in _TOKEN.finditer(source):
        kind, text = found.lastgroup or "atom", found[0]
        if kind == "separator" or (is_whole and kind not in ("space", "comment")):
            yield entry
            entry, has_address, is_whole = [], False, False
        if kind == "colon" and not has_address:
            entry = []
        elif kind != "separator":
            entry.append((kind, text))
        is_whole = is_whole or (kind == "angle" and "@" in text)
        has_address = has_address or _is_address((kind, text))
    yield entry


def _is_address(token: _Token) -> bool:
    return token[0] == "angle" or (token[0] == "atom" and "@" in token[1])


def _address(entry: list[_Token], note: Note) -> Address:
    angle = [text.strip("<> \t") for kind, text in entry if kind == "angle"][-1]
    return Address(_name([token for token in entry if token[0] != "angle"], note), _normal(angle, note))


def _bare_addresses(entry: list[_Token], note: Note) -> Iterator[Address]:
    """Addr-specs without angle brackets; the words before one, or a comment, are its name."""
    source = "".join(text for kind, text in entry if kind not in ("comment", "stray"))
    before: list[_Token] = [token for token in entry if token[0] == "comment"]
    for word in _WORD.findall(_SPACED_DOMAIN.sub(lambda domain: "".join(domain[0].split()), source)):
        if "@" not in word or (word.startswith('"') and word.endswith('"')):
            before += [("quoted" if word.startswith('"') else "atom", word), ("space", " ")]
            continue
        yield Address(_name(before, note), _normal(word[1:].rstrip("]") if word[0] == "[" else word, note))
        before = []


def _name(tokens: list[_Token], note: Note) -> str:
    named = [token for token in tokens if token[0] not in ("comment", "stray")]
    while named and named[-1] in _LOOSE_ENDS:
        named.pop()
    source = "".join(_unquoted(kind, text) for kind, text in named)
    if not source.strip(" \t"):
        source = " ".join(text.strip("()") for kind, text in tokens if kind == "comment")
    # Python once encoded the very comma between two mailboxes as a word.
    return " ".join(decode_words(source.encode("latin-1"), note).lstrip(" ,").split())


def _unquoted(kind: str, text: str) -> str:
    if kind != "quoted":
        return text
    return re.sub(r"\\(.)", r"\1", text.removeprefix('"').removesuffix('"'))


def _normal(spec: str, note: Note) -> str:
    while "(" in spec and (outer := _ASIDE_OF_QUOTES.sub(r"\1", spec)) != spec:
        spec = outer
    bare = _ROUTE.sub("", _ASIDE_OF_QUOTES.sub(r"\1", spec).removeprefix("mailto:"))
    local, at, domain = decode_words(bare.encode("latin-1"), note).rpartition("@")
    return f"{local}@{domain.rstrip('.').lower()}" if at else domain
