"""The text of a header field: encoded words (RFC 2047), also broken ones, and raw bytes among them."""

import binascii
import re
from collections.abc import Iterator
from itertools import groupby

from intake.mail.charsets import Note, decode, is_in_charset
from intake.mail.transfer import decode_transfer

_INTRODUCED = r"=\?([^?\s=]{0,60})\?[ ]?([bBqQ])\?"
_ENCODED = r"((?:[^?=]|=(?!\?[^=])|\?(?!=))*+)"
ENCODED_WORD = re.compile(rf"{_INTRODUCED}{_ENCODED}\?=", re.ASCII)
# Cut off: another one begins, or the field ends, before it was ended.
_CUT_OFF = re.compile(rf"{_INTRODUCED}([^?\s]+)\??(?=\s*=\?[^?\s]+\?[bBqQ]\?|\s*$)", re.ASCII)
_ANY_WORD = re.compile(rf"(?P<whole>{ENCODED_WORD.pattern})|(?P<cut>{_CUT_OFF.pattern})", re.ASCII)
_SPACE = re.compile(r"[\t\r\n]+")


def decode_words(value: bytes, note: Note) -> str:
    """The field's text on one line, in NFC."""
    source = value.decode("latin-1")
    pieces = [_text(charset, run, note) for charset, run in _runs(source, note)]
    return _SPACE.sub(" ", "".join(pieces)).strip()


_Piece = tuple[str, str, str]


def _runs(source: str, note: Note) -> Iterator[tuple[str, list[_Piece]]]:
    """Neighbours in the same charset together: a character may be split over two encoded words."""
    for charset, run in groupby(_pieces(source, note), key=lambda piece: piece[0] if piece[1] else None):
        yield charset or "", list(run)


def _pieces(source: str, note: Note) -> Iterator[_Piece]:
    """Each encoded word as (charset, encoding, encoded text), each stretch between as ("", "", raw text)."""
    position, after_word = 0, False
    for found in _ANY_WORD.finditer(source):
        between = source[position : found.start()]
        if between and not (after_word and not between.strip(" \t\r\n")):
            yield "", "", between
        charset, encoding, text = (found.group(2, 3, 4)) if found["whole"] else found.group(6, 7, 8)
        if not found["whole"]:
            note("an encoded word without an end")
        yield charset.partition("*")[0].lower(), encoding.upper(), text
        position, after_word = found.end(), True
    if source[position:]:
        yield "", "", source[position:]


def _text(charset: str, run: list[_Piece], note: Note) -> str:
    if not run[0][1]:
        return decode("".join(text for _, _, text in run).encode("latin-1"), "", note)
    raw = b"".join(_run_bytes(encoding, [text for _, _, text in same], charset, note) for encoding, same in _same(run))
    return decode(raw, charset, note)


def _same(run: list[_Piece]) -> Iterator[tuple[str, list[_Piece]]]:
    for encoding, same in groupby(run, key=lambda piece: piece[1]):
        yield encoding, list(same)


def _run_bytes(encoding: str, words: list[str], charset: str, note: Note) -> bytes:
    """A text may have been cut between two words at any letter, within what stands for one byte, too."""
    if encoding == "Q":
        return _words_bytes(encoding, ["".join(words)], note)
    if len(words) == 1 or all(len(word) % 4 == 0 for word in words[:-1]):
        return _words_bytes(encoding, words, note)
    joined = ["".join(words)]
    apart, together = (_words_bytes(encoding, each, _unnoted) for each in (words, joined))
    is_one = is_in_charset(together, charset) or not is_in_charset(apart, charset)
    return _words_bytes(encoding, joined if is_one else words, note)


def _words_bytes(encoding: str, words: list[str], note: Note) -> bytes:
    return b"".join(_word_bytes(encoding, word, note) for word in words)


def _unnoted(defect: str) -> None:
    """What is wrong with a reading that is only tried is no defect."""


def _word_bytes(encoding: str, word: str, note: Note) -> bytes:
    raw = word.encode("latin-1")
    if encoding == "B":
        padded = raw + b"=" * (-len(raw) % 4)
        return decode_transfer(padded, "base64", note)
    return binascii.a2b_qp(raw.replace(b"\n", b" "), header=True)
