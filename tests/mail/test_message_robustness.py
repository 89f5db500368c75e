"""Whatever the bytes are, a message is read: never an exception, always clean text, within the limits."""

from pathlib import Path

import pytest
from clean import assert_clean, texts_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from odd_mails import odd_mails

from intake.config import Limits
from intake.mail.message import parse_message

MAILS = [path.read_bytes() for path in sorted((Path(__file__).parent.parent / "corpus" / "mail").glob("*.eml"))]
relaxed = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def read(raw: bytes) -> None:
    for text in texts_of(parse_message(raw, Limits())):
        assert_clean(text)


@relaxed
@given(st.binary(max_size=2000))
def test_arbitrary_bytes_are_read(raw: bytes) -> None:
    read(raw)


@relaxed
@given(st.sampled_from(MAILS), st.lists(st.tuples(st.integers(0, 3000), st.binary(max_size=6)), max_size=8))
def test_a_corpus_mail_with_bytes_changed_is_read(raw: bytes, changes: list[tuple[int, bytes]]) -> None:
    for place, piece in changes:
        raw = raw[:place] + piece + raw[place + len(piece) :]
    read(raw)


@relaxed
@given(st.sampled_from(MAILS), st.integers(0, 3000), st.integers(0, 3000))
def test_a_corpus_mail_with_a_stretch_cut_out_is_read(raw: bytes, start: int, end: int) -> None:
    read(raw[:start] + raw[end:])


@relaxed
@given(
    st.sampled_from(["utf-7", "utf-16", "utf-32", "iso-2022-jp", "gb2312", "hz", "shift_jis", "hex", "koi8-r"]),
    st.binary(),
)
def test_any_bytes_in_any_charset_are_read(charset: str, body: bytes) -> None:
    read(b"Content-Type: text/plain; charset=" + charset.encode() + b"\r\n\r\n" + body)


@relaxed
@given(odd_mails())
def test_a_mail_put_together_of_odd_pieces_is_read(raw: bytes) -> None:
    read(raw)


def nested(depth: int) -> bytes:
    return b"Subject: inmost\r\n\r\nx" if depth == 0 else b"Content-Type: message/rfc822\r\n\r\n" + nested(depth - 1)


@pytest.mark.parametrize(
    ("raw", "limits", "defect"),
    [
        (b"Subject: " + b"=?utf-8?Q?=C3=A1?= " * 40000, Limits(), "a header field longer than 32768 bytes"),
        (b"X: y\r\n" * 60000 + b"Subject: z\r\n\r\nx", Limits(), "header longer than 262144 bytes"),
        (b"Subject: a\r\n\r\n" + b"x" * 100, Limits(message_bytes=50), "message longer than 50 bytes"),
        (b"Subject: a\r\n\r\n" + b"x" * 100, Limits(text_chars=10), "a text longer than 10 characters"),
        (b"Subject: a\r\n\r\n" + b"x" * 11, Limits(text_chars=10), "a text longer than 10 characters"),
        (b"Content-Type: text/html\r\n\r\n<p>" + b"x" * 99, Limits(text_chars=10), "a text longer than 10 characters"),
        (b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\r\n\r\n" * 900, Limits(), "more than 500 parts"),
        (
            b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (i, i) for i in range(120)),
            Limits(),
            "parts nested deeper than 100",
        ),
        (nested(7), Limits(), "nested message: messages nested deeper than 5"),
        (b"To: " + b"a@b.c, " * 1200 + b"\r\n\r\nx", Limits(), "more than 1000 addresses in one field"),
        (b"References: " + b"<a@b> " * 600 + b"\r\n\r\nx", Limits(), "more than 500 references"),
        (b"\r\n" + b"begin 644 a\r\n#86)C\r\n`\r\nend\r\n" * 501, Limits(), "more than 500 uuencoded files"),
        (
            b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--bx\n" * 200_001,
            Limits(),
            "more than 200000 lines like boundaries",
        ),
    ],
)  # fmt: skip
def test_a_limit_that_was_reached_is_named_and_the_rest_is_read(raw: bytes, limits: Limits, defect: str) -> None:
    parsed = parse_message(raw, limits)
    assert any(one.startswith(defect) for one in parsed.defects)
    assert parsed.text or parsed.defects


def wrapped(levels: int, name: str, inmost: bytes) -> bytes:
    heads = (f"Content-Type: multipart/mixed; boundary={name}{i}\r\n\r\n--{name}{i}\r\n" for i in range(levels))
    return "".join(heads).encode() + inmost


def test_what_lies_within_many_multiparts_is_read() -> None:
    assert parse_message(wrapped(90, "b", b"\r\nBao cao"), Limits()).text == "Bao cao"


def test_nested_messages_do_not_lengthen_the_depth_that_may_be_read() -> None:
    raw = b"\r\nBao cao"
    for name in "abcdef":
        raw = wrapped(60, name, b"Content-Type: message/rfc822\r\n\r\n" + raw)
    assert "nested message: parts nested deeper than 100" in parse_message(raw, Limits()).defects


def test_up_to_a_limit_all_is_read() -> None:
    raw = b"To: " + b"a@b.c, " * 3 + b"\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\r\n\r\nx\r\n" * 5
    parsed = parse_message(raw, Limits(parts=3))
    assert (len(parsed.to), parsed.text) == (3, "x\nx\nx")


@pytest.mark.parametrize("opening", [b"<div>", b"<b><p>", b"<table><tr><td>", b"<!--", b"<a ", b"<script>", b"<"])
def test_html_nested_without_end_is_read_within_the_limits(opening: bytes) -> None:
    parse_message(b"Content-Type: text/html\r\n\r\nVP " + opening * 20000, Limits())


def test_the_body_of_a_large_attachment_is_decoded_whole() -> None:
    parts = b"--b\r\nContent-Transfer-Encoding: base64\r\nContent-Type: application/pdf\r\n\r\n" + b"QUFB\r\n" * 500_000
    parsed = parse_message(b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + parts + b"--b--\r\n", Limits())
    assert [one.size for one in parsed.attachments] == [1_500_000]
