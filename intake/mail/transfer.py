"""A body's transfer encoding undone (RFC 2045, section 6): base64, quoted-printable, uuencode. Damage is noted."""

import binascii
import re

from intake.mail.charsets import Note

_BASE64 = re.compile(rb"[A-Za-z0-9+/\s]*+=?\s*+=?\s*+")
_URL_SAFE = re.compile(rb"[A-Za-z0-9_\s-]*+[=\s]*+")
_FROM_URL_SAFE = bytes.maketrans(b"-_", b"+/")
_ALPHABET_LINE = re.compile(rb"[A-Za-z0-9+/]*")
_NOT_BASE64 = bytes(set(range(256)) - set(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="))
_NO_LETTERS = re.compile(r"[^a-z0-9]")
_PADDED_BREAK = re.compile(rb"=[ \t]+(?=\r?\n)")
_UU_LINE_END = re.compile(rb"\r?\n")
_UU_BEGIN = re.compile(rb"^begin [0-7]{3,6} (?P<name>[^\r\n]*)\r?\n", re.MULTILINE)
_UU_END = re.compile(rb"^end[ \t]*\r?(?:\n|\Z)", re.MULTILINE)


def decode_transfer(body: bytes | memoryview, encoding: str, note: Note) -> bytes:
    """The bytes that were meant. `encoding` is the field's value; an unknown one leaves the body as it is."""
    name = _NO_LETTERS.sub("", encoding.partition(";")[0].partition("(")[0].lower())
    if name == "base64":
        return _base64(body, note)
    if name == "quotedprintable":
        return binascii.a2b_qp(_PADDED_BREAK.sub(b"=", body))
    if name in ("xuuencode", "uuencode", "xuue", "uue"):
        files, rest = uuencoded_files(bytes(body))
        return files[0][1] if files else rest
    if name not in ("", "7bit", "8bit", "binary"):
        note(f"unknown transfer encoding {encoding[:40]!r}")
    return bytes(body)


def _base64(body: bytes | memoryview, note: Note) -> bytes:
    if (content := _of_even_lines(bytes(body).rstrip())) is not None:
        return content
    if _BASE64.fullmatch(body):
        try:
            return binascii.a2b_base64(body)
        except binascii.Error:
            pass
    if _is_plainly_text(bytes(body[:4000])):
        note("a body labelled base64 is plain text")
        return bytes(body)
    note("damaged base64")
    return _damaged_base64(bytes(body))


def _of_even_lines(body: bytes) -> bytes | None:
    """What lines of one length hold; None where they are not that, or hold anything but base64.

    Python leaves out what is no base64: as many bytes as the letters make, then, means that nothing was left out.
    """
    width = body.find(b"\n") + 1
    ends = body[width - 1 :: width] if width else b""
    returns = body[width - 2 :: width] if body[width - 2 : width] == b"\r\n" else b""
    groups, rest = divmod(len(body) - len(ends) - len(returns), 4)
    if rest or ends.strip(b"\n") or returns.strip(b"\r"):
        return None
    try:
        content = binascii.a2b_base64(body)
    except binascii.Error:
        return None
    return content if len(content) == 3 * groups - body[-2:].count(b"=") else None


def _is_plainly_text(body: bytes) -> bool:
    first_line = body.strip().split(b"\n")[0]
    return len(first_line.split()) > 1


def _damaged_base64(body: bytes) -> bytes:
    """All whole groups, across paddings in the middle; what follows a padded end and is no base64 is left out."""
    body = body.lstrip(b"= \t\r\n")
    if _URL_SAFE.fullmatch(body):
        body = body.translate(_FROM_URL_SAFE)
    runs = [run for run in re.split(rb"=+", _without_tail(body).translate(None, _NOT_BASE64)) if run]
    return b"".join(_run(run) for run in runs)


def _run(run: bytes) -> bytes:
    whole = run if len(run) % 4 != 1 else run[:-1]
    return binascii.a2b_base64(whole + b"=" * (-len(whole) % 4))


def _without_tail(body: bytes) -> bytes:
    """A list or a virus scanner may have written its footer behind the last group."""
    padding = body.find(b"=")
    if padding < 0:
        return body
    end = padding + (2 if body[padding + 1 : padding + 2] == b"=" else 1)
    following = body[end:].split(b"\n")
    return body if all(_ALPHABET_LINE.fullmatch(line.strip().rstrip(b"=")) for line in following) else body[:end]


def uuencoded_files(body: bytes) -> tuple[list[tuple[bytes, bytes]], bytes]:
    """The files written into a text between `begin 644 name` and `end`, each as name and content, and what is left."""
    files: list[tuple[bytes, bytes]] = []
    rest: list[bytes] = []
    position = 0
    while begin := _UU_BEGIN.search(body, position):
        end = _UU_END.search(body, begin.end())
        content = _uudecoded(body[begin.end() : end.start()]) if end else None
        if end is None or content is None:
            break
        files.append((begin["name"].strip(), content))
        rest.append(body[position : begin.start()])
        position = end.end()
    return files, b"".join([*rest, body[position:]])


def _uudecoded(lines: bytes) -> bytes | None:
    """None if a line is not uuencoded: then the words `begin` and `end` stood there by chance."""
    decoded = []
    for line in _UU_LINE_END.split(lines.rstrip(b"\r\n")):
        count = (line[0] - 32) & 63 if line else 0
        needed = -(-count // 3) * 4
        if len(line) > needed + 2:
            return None
        try:
            decoded.append(binascii.a2b_uu(line[: needed + 1].ljust(needed + 1)) if count else b"")
        except binascii.Error:
            return None
    return b"".join(decoded)
