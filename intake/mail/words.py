"""The text of a header field: encoded words (RFC 2047), also broken ones, and raw bytes among them."""

import binascii
import re
from collections.abc import Iterator
from itertools import groupby

from intake.mail.charsets import Note, decode
from intake.mail.transfer import decode_transfer

ENCODED_WORD = re.compile(r"=\?([^?\s=]{1,60})\?([bBqQ])\?((?:[^?=]|=(?!\?[^=])|\?(?!=))*+)\?=")
_CUT_OFF = re.compile(r"=\?([^?\s=]{1,60})\?([bBqQ])\?([^?\s]+)\??$")
_SPACE = re.compile(r"[\t\r\n]+")


def decode_words(value: bytes, note: Note) -> str:
    """The field's text on one line, in NFC."""
    source = value.decode("latin-1")
    pieces = [_text(charset, [piece for _, piece in run], note) for charset, run in _runs(source, note)]
    return _SPACE.sub(" ", "".join(pieces)).strip()


_Piece = tuple[tuple[str, str], str]


def _runs(source: str, note: Note) -> Iterator[tuple[tuple[str, str], list[_Piece]]]:
    """Neighbours in the same charset and encoding together: a character may be split over two encoded words."""
    for key, run in groupby(_pieces(source, note), key=lambda piece: piece[0]):
        yield key, list(run)


def _pieces(source: str, note: Note) -> Iterator[_Piece]:
    """Each encoded word as ((charset, encoding), encoded text), each stretch between as (("", ""), raw text)."""
    position, after_word = 0, False
    for found in ENCODED_WORD.finditer(source):
        between = source[position : found.start()]
        if between and not (after_word and not between.strip()):
            yield ("", ""), between
        charset = found[1].partition("*")[0].lower()
        yield (charset, found[2].upper()), found[3]
        position, after_word = found.end(), True
    yield from _last_piece(source[position:], after_word, note)


def _last_piece(rest: str, after_word: bool, note: Note) -> Iterator[_Piece]:
    cut_off = _CUT_OFF.search(rest)
    if not cut_off:
        if rest:
            yield ("", ""), rest
        return
    note("an encoded word without an end")
    if rest[: cut_off.start()].strip() or not after_word:
        yield ("", ""), rest[: cut_off.start()]
    yield (cut_off[1].partition("*")[0].lower(), cut_off[2].upper()), cut_off[3]


def _text(key: tuple[str, str], encoded: list[str], note: Note) -> str:
    charset, encoding = key
    if not charset:
        return decode("".join(encoded).encode("latin-1"), "", note)
    raw = b"".join(_word_bytes(encoding, word, note) for word in _joined(encoding, encoded))
    return decode(raw, charset, note)


def _joined(encoding: str, encoded: list[str]) -> list[str]:
    """A base64 text cut between two words at any letter is one text."""
    if encoding == "B" and any(len(word) % 4 for word in encoded[:-1]):
        return ["".join(encoded)]
    return encoded


def _word_bytes(encoding: str, word: str, note: Note) -> bytes:
    raw = word.encode("latin-1")
    if encoding == "B":
        padded = raw + b"=" * (-len(raw) % 4)
        return decode_transfer(padded, "base64", note)
    return binascii.a2b_qp(raw.replace(b"\n", b" "), header=True)
