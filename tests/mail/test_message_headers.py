"""Addresses and dates in the forms that mailers, old and broken ones too, have written them in."""

import pytest

from intake.mail.addresses import read_addresses
from intake.mail.dates import read_date


def unnoted(defect: str) -> None:
    pass


@pytest.mark.parametrize(
    ("field", "people"),
    [
        ("", []),
        ("<>", []),
        (";", []),
        ("undisclosed-recipients:;", []),
        ("unlisted-recipients:; (no To-header on input)", []),
        ("Undisclosed recipients", [("Undisclosed recipients", "")]),
        ("root", [("", "root")]),
        ("root, daemon", [("", "root"), ("", "daemon")]),
        ("MAILER-DAEMON <>", [("MAILER-DAEMON", "")]),
        ("Văn thư (vt@tinh.example)", [("Văn thư", "")]),
        ("vt@tinh.example (Văn thư)", [("Văn thư", "vt@tinh.example")]),
        ("Sở Y tế, Văn thư <vt@Tinh.Example>", [("Sở Y tế, Văn thư", "vt@tinh.example")]),
        ("An <an@x.example> Bình <binh@x.example>", [("An", "an@x.example"), ("Bình", "binh@x.example")]),
        ("a@x.example b@y.example", [("", "a@x.example"), ("", "b@y.example")]),
        ("a@x.example;b@y.example;", [("", "a@x.example"), ("", "b@y.example")]),
        ("Nhóm: An <a@x.example>, b@x.example; c@x.example", [
            ("An", "a@x.example"),
            ("", "b@x.example"),
            ("", "c@x.example")
        ]),
        ('<"Phòng TC"@x.example>', [("", '"Phòng TC"@x.example')]),
        ('"a, b"@x.example', [("", '"a, b"@x.example')]),
        ('"b@y.example" <a@x.example>', [("b@y.example", "a@x.example")]),
        ("'Sở Y tế' <a@x.example>", [("'Sở Y tế'", "a@x.example")]),
        ('"Sở \\"Y\\" tế" <a@x.example>', [('Sở "Y" tế', "a@x.example")]),
        ('"Sở Y tế <a@x.example>', [("Sở Y tế", "a@x.example")]),
        ("Sở Y tế <a@x.example", [("Sở Y tế", "a@x.example")]),
        ("lễ.hà@sở.example", [("", "lễ.hà@sở.example")]),
        ("<@a.example,@b.example:a@x.example>", [("", "a@x.example")]),
        ("a @ x . example", [("", "a@x.example")]),
        ("An a@x.example", [("An", "a@x.example")]),
        ("[a@x.example]", [("", "a@x.example")]),
        ("a@[192.0.2.1]", [("", "a@[192.0.2.1]")]),
        ("<mailto:a@x.example>", [("", "a@x.example")]),
        ("=?utf-8?Q?a=40x=2Eexample?=", [("", "a@x.example")]),
        ("=?utf-8?B?U+G7nywgWQ==?= <a@x.example>", [("Sở, Y", "a@x.example")]),
    ],
)  # fmt: skip
def test_addresses_are_read_as_they_were_meant(field: str, people: list[tuple[str, str]]) -> None:
    assert [(one.name, one.address) for one in read_addresses(field.encode(), unnoted)] == people


@pytest.mark.parametrize("letter", ['"', "(", "<", "a@", 'a" ', "a . ", '\\"', ", ", ":", "@ a ", "=?utf-8?q?"])
def test_an_address_field_of_one_thing_without_end_is_read_at_once(letter: str) -> None:
    assert len(read_addresses((letter * 32_768)[:32_768].encode(), unnoted)) <= 1001


@pytest.mark.parametrize(
    ("field", "moment"),
    [
        ("Mon, 18 Nov 2019 09:59:20 +0700", "2019-11-18T09:59:20+07:00"),
        ("Fri, 18 Nov 2019 09:59:20 +0700", "2019-11-18T09:59:20+07:00"),
        ("Mon, 18 Nov 2019 9:59 +07:00", "2019-11-18T09:59:00+07:00"),
        ("Mon,18 Nov 2019 09:59:20+0700 (ICT)", "2019-11-18T09:59:20+07:00"),
        ("Mon (thứ hai), 18 (x) Nov 2019 09:59:20 +0700", "2019-11-18T09:59:20+07:00"),
        ("Mon, 18 Nov 2019 09 : 59 : 20 +0700", "2019-11-18T09:59:20+07:00"),
        ("Mon, 18 Nov 2019 09.59.20 +0700", "2019-11-18T09:59:20+07:00"),
        ("Mon, 18 Nov 2019 09:59:20.123 +0700", "2019-11-18T09:59:20+07:00"),
        ("Mon, 18 Nov 2019 09:59:60 +0700", "2019-11-18T09:59:59+07:00"),
        ("Mon, 18 Nov 2019 24:00:00 +0700", "2019-11-19T00:00:00+07:00"),
        ("Mon, 18 Nov 2019 09:59:20 GMT+7", "2019-11-18T09:59:20+07:00"),
        ("Mon, 18 Nov 2019 09:59:20 UTC+07:00", "2019-11-18T09:59:20+07:00"),
        ("Mon, 18 Nov 2019 09:59:20 ICT", "2019-11-18T09:59:20+07:00"),
        ("Mon, 18 Nov 2019 09:59:20 CEST", "2019-11-18T09:59:20+02:00"),
        ("Mon, 18 Nov 2019 09:59:20 UT", "2019-11-18T09:59:20+00:00"),
        ("Mon, 18 Nov 2019 09:59:20 A", "2019-11-18T09:59:20+00:00"),
        ("Mon, 18 Nov 2019 09:59:20 -0000", "2019-11-18T09:59:20+00:00"),
        ("Mon, 18 Nov 2019 09:59:20 +7000", "2019-11-18T09:59:20+00:00"),
        ("18-Nov-2019 09:59:20 XYZ", "2019-11-18T09:59:20+00:00"),
        ("Monday, 18-Nov-19 09:59:20 EST", "2019-11-18T09:59:20-05:00"),
        ("18 Nov 99 09:59 PST", "1999-11-18T09:59:00-08:00"),
        ("Mon, 18 Nov 119 09:59:20 +0700", "2019-11-18T09:59:20+07:00"),
        ("Mon Nov 18 09:59:20 2019", "2019-11-18T09:59:20+00:00"),
        ("Mon Nov 18 09:59:20 ICT 2019", "2019-11-18T09:59:20+07:00"),
        ("Mon Nov 18 09:59:20 +0700 2019", "2019-11-18T09:59:20+07:00"),
        ("November 18, 2019 9:59 PM", "2019-11-18T21:59:00+00:00"),
        ("Mon, 18 Nov 2019 12:05 AM +0700", "2019-11-18T00:05:00+07:00"),
        ("18/11/2019 9:59 CH +0700", "2019-11-18T21:59:00+07:00"),
        ("Thứ Hai, 18 Tháng 11 2019 09:59:20 +0700", "2019-11-18T09:59:20+07:00"),
        ("T2, 18 Thg 11 2019 09:59 +0700", "2019-11-18T09:59:00+07:00"),
        ("ngày 18 tháng 11 năm 2019 09:59:20", "2019-11-18T09:59:20+00:00"),
        ("lundi 18 novembre 2019 09:59:20 +0100", "2019-11-18T09:59:20+01:00"),
        ("Mo, 18 Okt 2019 09:59:20 +0100", "2019-10-18T09:59:20+01:00"),
        ("18.11.2019 09:59:20 +0700", "2019-11-18T09:59:20+07:00"),
        ("11/18/2019 09:59:20 +0700", "2019-11-18T09:59:20+07:00"),
        ("2019/11/18 09:59:20 +0700", "2019-11-18T09:59:20+07:00"),
        ("2019-11-18T09:59:20Z", "2019-11-18T09:59:20+00:00"),
        ("2019-11-18 09:59:20", "2019-11-18T09:59:20+00:00"),
        ("Mon, 18 Nov 2019", "2019-11-18T00:00:00+00:00"),
        ("05/06/2019 09:59", None),
        ("Mon, 32 Nov 2019 09:59:20 +0700", None),
        ("Mon, 18 Nov 2019 25:59:20 +0700", None),
        ("hôm nay", None),
        ("", None),
    ],
)
def test_a_date_is_read_in_whatever_form_it_was_written(field: str, moment: str | None) -> None:
    found = read_date(field.encode())
    assert (found.isoformat() if found else None) == moment
