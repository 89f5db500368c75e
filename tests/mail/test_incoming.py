"""When our server took a mail, as its header tells."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from intake.mail.incoming import HEADER_BYTES, header_of, received_at_of

FALLBACK = datetime(2020, 1, 1, tzinfo=UTC)
HANOI = timezone(timedelta(hours=7))
SEVEN = datetime(2026, 3, 2, 7, 0, tzinfo=HANOI)


@pytest.mark.parametrize(
    "header",
    [
        "Received: from a by b; Mon, 2 Mar 2026 07:00:00 +0700\r\nReceived: by a; Mon, 2 Mar 2026 09:00:00 +0700",
        "Date: Mon, 2 Mar 2026 09:00:00 +0700\r\nReceived: from a by b; Mon, 2 Mar 2026 07:00:00 +0700",
        "RECEIVED : from a\r\n\tby b (c; d)\r\n for <e>;\r\n\tMon, 2 Mar 2026 07:00:00 +0700 (ICT)",
        "Received: from a by b\nReceived: by a; 2 Mar 2026 00:00:00 GMT",
        "Received: from a by b; Mon, 2 Mar 1926 07:00:00 +0700\nDate: Mon, 2 Mar 2026 07:00:00 +0700",
        "Received: from a; Mon, 99 Xyz 2026\nDate: 2 Mar 2026 00:00:00 -0000",
        "X-Received: by z; Mon, 2 Mar 2026 09:00:00 +0700\nDate: Mon, 2 Mar 2026 07:00 +0700",
        "\ufeffReceived: by a; Mon, 2 Mar 2026 07:00:00 +0700",
    ],
)
def test_the_newest_received_field_or_else_the_date_tells_it(header: str) -> None:
    assert received_at_of(f"{header}\r\n\r\nDate: in the body".encode(), FALLBACK) == SEVEN


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\r\n\r\nDate: Mon, 2 Mar 2026 07:00:00 +0700",
        b"Subject: x\n\nReceived: by a; Mon, 2 Mar 2026 07:00:00 +0700",
        b"Date: yesterday\n\n",
        b"Date: Mon, 2 Mar 2026 25:61:00 +0700\n\n",
        b"Date: Mon, 2 Mar 2026 07:00:00 +999999999999\n\n",
        b"Date: \xff\xfe\n\n",
        b"Date: Thu, 1 Jan 1970 00:00:00 +0000\n\n",
    ],
)
def test_where_no_field_tells_it_the_fallback_stands(raw: bytes) -> None:
    assert received_at_of(raw, FALLBACK) == FALLBACK


@pytest.mark.parametrize("end", [b"\n\n", b"\r\n\r\n"])
def test_the_header_ends_before_the_blank_line(end: bytes) -> None:
    assert header_of(b"A: b" + end + b"body" + end) == b"A: b"


def test_a_header_without_end_is_cut() -> None:
    assert len(header_of(b"x" * (2 * HEADER_BYTES))) == HEADER_BYTES
