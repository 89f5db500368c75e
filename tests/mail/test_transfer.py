"""A body's transfer encoding undone; what is in even lines takes a shorter way, and must come to the same."""

import binascii

import pytest

from intake.mail.transfer import decode_transfer

CONTENT = bytes(range(256)) * 3
ENCODED = binascii.b2a_base64(CONTENT, newline=False)


def lines(end: bytes, width: int = 76) -> bytes:
    return end.join(ENCODED[start : start + width] for start in range(0, len(ENCODED), width))


def decoded(body: bytes) -> tuple[bytes, list[str]]:
    noted: list[str] = []
    return decode_transfer(body, "base64", noted.append), noted


@pytest.mark.parametrize(
    "body",
    [
        ENCODED,
        lines(b"\n"),
        lines(b"\r\n") + b"\r\n",
        b"\r\n" + lines(b"\r\n"),
        lines(b" \n"),
        lines(b"\n", 5) + b"\n\n",
    ],
)
def test_base64_is_decoded_however_its_lines_end(body):
    assert decoded(body) == (CONTENT, [])


@pytest.mark.parametrize("strange", [b"!", b"\xff", b"\0"])
def test_a_byte_that_is_no_base64_is_noted_in_even_lines_too(strange):
    body = lines(b"\r\n")
    assert decoded(body[:100] + strange + body[101:])[1] == ["damaged base64"]
    assert decoded(body[:100] + strange + body[100:])[1] == ["damaged base64"]
