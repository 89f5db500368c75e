"""Address fields to mailboxes (RFC 5322, section 3.4): groups flattened, comments read, stray commas forgiven."""

import re
from collections.abc import Iterator

from intake.mail.charsets import Note
from intake.mail.parsed import Address
from intake.mail.words import ENCODED_WORD, decode_words

_TOKEN = re.compile(
    rf"""(?P<word>{ENCODED_WORD.pattern})
       | (?P<quoted>"(?:[^"\\]|\\.)*+"?)
       | (?P<angle><[^<>]*>?)
       | (?P<comment>\((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*+\)?)
       | (?P<separator>[,;])
       | (?P<colon>:)
       | (?P<space>\s+)
       | (?P<atom>[^\s"<>(),;:]+|.)""",
    re.VERBOSE | re.DOTALL,
)
_ROUTE = re.compile(r"^(?:@[^:]*:)")
_BARE = re.compile(r"(?<![^\s@<>\"])[^\s@<>\"]+@[^\s@<>\"]+")
_MOST = 1000

_Token = tuple[str, str]


def read_addresses(value: bytes, note: Note) -> tuple[Address, ...]:
    """The mailboxes of one field, in order. What carries no address at all is left out."""
    found = tuple(_addresses(value.decode("latin-1"), note))
    if found or b"=?" not in value:
        return found
    # Some mailers encode the whole field, address included.
    return tuple(_addresses(decode_words(value, note).encode("utf-8").decode("latin-1"), note))


def _addresses(source: str, note: Note) -> Iterator[Address]:
    pending: list[_Token] = []
    for count, entry in enumerate(_entries(source)):
        if count == _MOST:
            note(f"more than {_MOST} addresses in one field")
            return
        address = _address(pending + entry, note)
        if address is None:
            # An unquoted comma parts a name from its own address: "Sở Y tế, Văn thư <a@b.vn>".
            pending = [*pending, *entry, ("atom", ","), ("space", " ")] if entry else pending
        else:
            yield address
            pending = []


def _entries(source: str) -> Iterator[list[_Token]]:
    """The tokens between separators; a group's name is left out, its members stay."""
    entry: list[_Token] = []
    for found in _TOKEN.finditer(source):
        kind = found.lastgroup or "atom"
        if kind == "separator":
            yield entry
            entry = []
        elif kind == "colon":
            entry = [] if not _has_address(entry) else [*entry, (kind, ":")]
        else:
            entry.append((kind, found[0]))
    yield entry


def _has_address(entry: list[_Token]) -> bool:
    return any(kind == "angle" or (kind == "atom" and "@" in text) for kind, text in entry)


def _address(entry: list[_Token], note: Note) -> Address | None:
    angles = [text.strip("<> \t") for kind, text in entry if kind == "angle"]
    if angles and angles[-1]:
        named = [token for token in entry if token[0] != "angle"]
        return Address(_name(named, note), _normal("".join(angles[-1].split()), note))
    spec = _bare_spec(entry)
    if spec is None:
        return None
    comments = [("quoted", '"' + text.strip("()") + '"') for kind, text in entry if kind == "comment"]
    return Address(_name(comments, note), _normal(spec, note))


def _bare_spec(entry: list[_Token]) -> str | None:
    """An addr-spec without angle brackets; a quoted local part stands right before its domain."""
    joined = "".join(text for kind, text in entry if kind in ("quoted", "atom", "colon"))
    if joined.startswith('"') and '"@' in joined:
        return joined
    words = "".join(text if kind != "space" else " " for kind, text in entry if kind in ("atom", "space"))
    found = _BARE.search(words.replace(" @", "@").replace("@ ", "@"))
    return found[0] if found else None


def _name(tokens: list[_Token], note: Note) -> str:
    source = "".join(_unquoted(kind, text) for kind, text in tokens if kind != "comment")
    if not source.strip():
        source = " ".join(text.strip("()") for kind, text in tokens if kind == "comment")
    return " ".join(decode_words(source.encode("latin-1"), note).strip(" ,'").split())


def _unquoted(kind: str, text: str) -> str:
    if kind != "quoted":
        return text
    return re.sub(r"\\(.)", r"\1", text.removeprefix('"').removesuffix('"'))


def _normal(spec: str, note: Note) -> str:
    bare = _ROUTE.sub("", spec.removeprefix("mailto:"))
    local, at, domain = decode_words(bare.encode("latin-1"), note).rpartition("@")
    return f"{local}@{domain.rstrip('.').lower()}" if at else domain
