"""What leaves as a mail, read back with the standard library."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any, cast

import pytest

from intake.mail.compose import Enclosure, compose, make_message_id, make_reference
from intake.mail.parsed import Address

OFFICE = Address("Văn phòng UBND tỉnh", "baocao@tinh.example")
AGENCY = Address("Nguyễn Văn Thư", "van.thu@xa.example")
AT = datetime(2026, 3, 2, 7, 5, tzinfo=timezone(timedelta(hours=7)))


def composed(**changes: Any) -> bytes:
    fields = {
        "subject": "[BC-3F7K2Q] Đã nhận báo cáo", "text": "Kính gửi quý cơ quan\n", "sender": OFFICE,
        "recipient": AGENCY, "message_id": "<1@tinh.example>", "date": AT, "auto_submitted": "auto-replied",
    }  # fmt: skip
    return compose(**(fields | changes))


def read(raw: bytes) -> EmailMessage:
    message = cast(EmailMessage, message_from_bytes(raw, policy=policy.default))
    assert not message.defects
    return message


def test_the_header_says_what_it_was_given() -> None:
    message = read(composed(reply_to="baocao+tra-loi@tinh.example"))
    assert message["From"].addresses[0].display_name == OFFICE.name
    assert message["From"].addresses[0].addr_spec == OFFICE.address
    assert message["To"].addresses[0].display_name == AGENCY.name
    assert message["Subject"] == "[BC-3F7K2Q] Đã nhận báo cáo"
    assert message["Date"].datetime == AT
    assert message["Message-ID"] == "<1@tinh.example>"
    assert message["Reply-To"] == "baocao+tra-loi@tinh.example"
    assert message["Auto-Submitted"] == "auto-replied"
    assert message["X-Auto-Response-Suppress"] == "All"


def test_every_line_ends_with_crlf_and_is_short_ascii() -> None:
    raw = composed(
        subject="Báo cáo kinh tế - xã hội " * 20,
        sender=Address("Văn phòng Ủy ban nhân dân tỉnh " * 5, OFFICE.address),
        text="một dòng rất dài " * 200 + "\nhai\rba\r\n",
        html="<p>Kính gửi</p>",
        references=[f"<{number:050}@xa.example>" for number in range(100)],
        attachments=[Enclosure("Báo cáo " * 40 + ".pdf", "application/pdf", b"%PDF\n\r\0" * 100)],
    )
    assert raw.isascii()
    lines = raw.split(b"\r\n")
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    assert max(map(len, lines)) <= 998


def test_the_text_comes_back_letter_by_letter_with_its_lines_ended_by_crlf() -> None:
    body = read(composed(text="Kính gửi: Sở\n.\nFrom here\n")).get_body(("plain",))
    assert body is not None
    assert body.get_content() == "Kính gửi: Sở\r\n.\r\nFrom here\r\n"


def test_text_and_html_are_alternatives() -> None:
    message = read(composed(html="<p>Kính gửi</p>"))
    assert message.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]


def test_attachments_come_back_byte_by_byte_with_their_names() -> None:
    files = [
        Enclosure("Báo cáo tháng 10.pdf", "application/pdf", bytes(range(256)) * 9),
        Enclosure("plain.txt", "text/plain", b"not\rtouched\n"),
        Enclosure("odd", "no type at all", b"x"),
    ]
    parts = list(read(composed(attachments=files)).iter_attachments())
    assert [part.get_filename() for part in parts] == [file.filename for file in files]
    assert [part.get_payload(decode=True) for part in parts] == [file.content for file in files]
    types = [part.get_content_type() for part in parts]
    assert types == ["application/pdf", "text/plain", "application/octet-stream"]


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\0", "\r\n\r\n"])
@pytest.mark.parametrize(
    "field",
    [
        lambda text: {"subject": text},
        lambda text: {"sender": Address(text, OFFICE.address)},
        lambda text: {"recipient": Address(text, AGENCY.address)},
        lambda text: {"attachments": [Enclosure(text, "text/plain", b"")]},
        lambda text: {"attachments": [Enclosure("a", text, b"")]},
        lambda text: {"in_reply_to": text},
        lambda text: {"references": [text]},
    ],
)
@pytest.mark.parametrize("word", ["plain", "tiếng Việt"])
def test_a_line_end_in_a_field_starts_no_other_field(field: Callable[[str], Any], word: str, end: str) -> None:
    message = read(composed(**field(f"{word}{end}Bcc: spy@xa.example")))
    assert all("Bcc" not in part for part in message.walk())
    assert message["From"].addresses[0].addr_spec == OFFICE.address


@pytest.mark.parametrize(
    "address",
    ["", "no-address", "a@b@c", "a@b.example\r\nBcc: c@d.example", "a@b.example, c@d.example", "<a@b.example>"],
)
@pytest.mark.parametrize("field", ["sender", "recipient"])
def test_what_is_no_address_is_refused(field: str, address: str) -> None:
    with pytest.raises(ValueError, match="not an address"):
        composed(**{field: Address("", address)})


def test_a_reply_to_that_is_no_address_is_refused() -> None:
    with pytest.raises(ValueError, match="not an address"):
        composed(reply_to="a@b.example\r\nBcc: c@d.example")


def test_a_malformed_message_id_of_our_own_is_refused() -> None:
    with pytest.raises(ValueError, match="not a Message-ID"):
        composed(message_id="<1@tinh.example>\r\nBcc: <c@d.example>")


@pytest.mark.parametrize("name", ['Thư, Văn "A"', "Phòng (một cửa)", "a@b.example", "Plain, Name", "\\"])
def test_a_name_with_special_letters_comes_back(name: str) -> None:
    address = read(composed(recipient=Address(name, AGENCY.address)))["To"].addresses[0]
    assert (address.display_name, address.addr_spec) == (name, AGENCY.address)


def test_without_a_name_there_is_only_the_address() -> None:
    assert read(composed(recipient=Address("", AGENCY.address)))["To"] == AGENCY.address


def test_an_international_domain_is_written_in_ascii() -> None:
    assert read(composed(recipient=Address("", "a@xã.example")))["To"] == "a@xn--x-yfa.example"


def test_an_address_beyond_ascii_stands_as_utf8() -> None:
    raw = composed(recipient=Address("Văn thư", "văn.thư@xa.example"))
    assert "<văn.thư@xa.example>".encode() in raw


def test_a_word_without_end_is_folded_all_the_same() -> None:
    word = "x" * 2_000
    raw = composed(subject=word)
    assert read(raw)["Subject"] == word
    assert max(map(len, raw.split(b"\r\n"))) <= 998


def test_references_end_with_the_mail_that_is_answered() -> None:
    message = read(composed(in_reply_to="<2@xa.example>", references=["<1@xa.example>"]))
    assert message["In-Reply-To"] == "<2@xa.example>"
    assert message["References"] == "<1@xa.example> <2@xa.example>"


def test_many_references_keep_the_first_and_the_last_ones() -> None:
    message = read(composed(references=[f"<{number}@xa.example>" for number in range(50)]))
    kept = message["References"].split()
    assert kept[0] == "<0@xa.example>"
    assert kept[1:] == [f"<{number}@xa.example>" for number in range(31, 50)]


@pytest.mark.parametrize("foreign", ["", "no brackets", "<a b@c>", "<" + "x" * 600 + "@y>", "<thư@xa.example>"])
def test_a_malformed_message_id_of_others_is_left_out(foreign: str) -> None:
    message = read(composed(in_reply_to=foreign, references=[foreign]))
    assert "In-Reply-To" not in message and "References" not in message


def test_message_ids_and_references_are_never_given_twice() -> None:
    assert len({make_message_id("tinh.example") for _ in range(1_000)}) == 1_000
    assert re.fullmatch(r"<[0-9a-f]{32}@xn--x-yfa\.example>", make_message_id("xã.example"))


def test_a_reference_has_no_letter_that_is_mistaken_for_another() -> None:
    references = [make_reference() for _ in range(1_000)]
    assert all(re.fullmatch(r"BC-[2-9A-HJKMNP-Z]{6}", one) for one in references)
