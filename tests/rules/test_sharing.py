"""Who gets a copy of a report, what of a mail goes along, and what forbids it."""

from datetime import date
from typing import Any

import pytest

from intake.mail.parsed import Attachment, ParsedMessage
from intake.model import OFFICE, Agency, Contact, ReportType
from intake.rules.dealings.sharing import (
    Parts,
    forbids,
    is_kept_out,
    mark_in_name,
    mark_on_page,
    parts_of,
    receivers,
    recipients,
    touched,
)
from intake.rules.names.directory import Directory
from intake.rules.reading import DocumentReading, MailReading

DAY = date(2026, 11, 16)


def directory() -> Directory:
    agencies = [
        Agency(code=OFFICE, name="Văn phòng UBND tỉnh", groups=["so"]),
        Agency(code="STC", name="Sở Tài chính", groups=["so"]),
        Agency(code="SYT", name="Sở Y tế", groups=["so"]),
        Agency(code="SCU", name="Sở Cũ", groups=["so"], active_to=date(2026, 6, 30)),
        Agency(code="XA", name="UBND xã Hòa Bình", groups=["xa"]),
    ]
    contacts = [
        Contact(agency_code=OFFICE, email="luutru@vp.example", role="records"),
        Contact(agency_code=OFFICE, email="truc@vp.example", role="duty"),
        Contact(agency_code="STC", email="stc@tinh.example", role="submitter"),
        Contact(agency_code="STC", email="giamdoc@tinh.example", role="head"),
        Contact(agency_code="STC", email="theodoi@vp.example", role="supervisor"),
        Contact(agency_code="SYT", email="SYT@tinh.example", role="submitter"),
        Contact(agency_code="SYT", email="*@yte.example", role="submitter"),
        Contact(agency_code="SYT", email="theodoi@vp.example", role="submitter"),
        Contact(agency_code="XA", email="syt@tinh.example", role="submitter"),
        Contact(agency_code="XA", email="xa@tinh.example", role="submitter"),
        Contact(agency_code="XA", email="stc@tinh.example", role="submitter"),
    ]
    return Directory(agencies, contacts, [])


def kind(*share_with: str) -> ReportType:
    return ReportType(code="BC", name="Báo cáo", frequency="monthly", share_with=list(share_with))


@pytest.mark.parametrize(
    ("share_with", "wanted"),
    [
        (["SYT"], ["SYT"]),
        (["so"], ["SYT"]),
        (["so", "XA"], ["SYT", "XA"]),
        (["office"], ["office"]),
        (["STC"], []),
        ([], []),
    ],
)
def test_a_copy_goes_to_the_agencies_and_groups_that_are_named_and_never_back(share_with, wanted):
    assert [one.code for one in receivers(kind(*share_with), "STC", directory(), DAY)] == wanted


def addresses(*codes: str, never: tuple[str, ...] = ()) -> list[str]:
    known = directory()
    found = recipients([known.agencies[code] for code in codes], "STC", known, never)
    return [contact.email for _, contact in found]


def test_each_address_gets_one_copy_and_a_domain_none():
    assert addresses("SYT", "XA") == ["SYT@tinh.example", "theodoi@vp.example", "xa@tinh.example"]


def test_whoever_sends_for_the_source_too_gets_no_copy():
    assert "stc@tinh.example" not in addresses("XA")


def test_the_records_desk_has_the_copy_of_the_office():
    assert addresses(OFFICE) == ["luutru@vp.example"]


def test_an_address_that_must_not_be_written_to_is_left_out():
    assert addresses("XA", never=("XA@tinh.example",)) == ["syt@tinh.example"]


def attached(sha256: str, inline: bool = False) -> Attachment:
    return Attachment(f"{sha256}.docx", "application/pdf", 9, sha256, inline)


def document(sha256: str, attachment: int, **more: Any) -> DocumentReading:
    return DocumentReading(
        f"{sha256}.docx", **{"kind": "docx", "size": 9, "sha256": sha256, "attachment": attachment, **more}
    )


def reading(attachments: list[Attachment], documents: list[DocumentReading], **message: Any) -> MailReading:
    return MailReading(ParsedMessage(attachments=tuple(attachments), **message), tuple(documents))


TWO = reading([attached("a"), attached("b"), attached("logo", inline=True)], [document("a", 0), document("b", 1)])
ZIP = [document("zip", 0, kind="archive"), document("a", 0, inside="x.zip"), document("b", 0, inside="x.zip")]
SIGNED = reading([attached("a"), attached("p7s")], [document("a", 0), document("p7s", 1, kind="signature")])
ARCHIVE = reading([attached("zip")], ZIP)


@pytest.mark.parametrize(
    ("mail", "report", "alone", "wanted"),
    [
        (TWO, ["a"], True, Parts(("a",))),
        (TWO, ["a"], False, Parts(("a",))),
        (TWO, ["a", "b"], False, Parts(("a", "b"))),
        (TWO, ["the words"], True, Parts((), text=True)),
        (TWO, ["the words"], False, Parts((), whole=False)),
        (ARCHIVE, ["a"], True, Parts((), whole=False)),
        (ARCHIVE, ["a", "b"], True, Parts(("zip",))),
        (ARCHIVE, ["a", "b"], False, Parts(("zip",))),
        (ARCHIVE, ["a"], False, Parts((), whole=False)),
        (reading([attached("a", inline=True)], [document("a", 0)]), ["a"], True, Parts(("a",))),
        (SIGNED, ["a"], True, Parts(("a", "p7s"))),
        (SIGNED, ["a"], False, Parts(("a",))),
        (reading([], []), ["the words"], True, Parts((), text=True)),
    ],
)
def test_what_goes_along_is_the_report_and_nothing_of_another_one(mail, report, alone, wanted):
    assert parts_of(mail, report, alone, needs_text=False) == wanted


def test_words_that_the_report_must_have_go_along_with_its_files():
    assert parts_of(TWO, ["a"], True, needs_text=True) == Parts(("a",), text=True)


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("SỞ TÀI CHÍNH\nLƯU HÀNH NỘI BỘ\nBÁO CÁO", "LƯU HÀNH NỘI BỘ"),
        ("Số: 12/BC-STC     (Lưu hành nội bộ)", "LƯU HÀNH NỘI BỘ"),
        ("TÀI LIỆU LƯU HÀNH NỘI BỘ", "LƯU HÀNH NỘI BỘ"),
        ("luu hanh noi bo", "LƯU HÀNH NỘI BỘ"),
        ("XEM XONG TRẢ LẠI\nBÁO CÁO", "XEM XONG TRẢ LẠI"),
        ("Sổ tay lưu hành nội bộ đã được phát cho các thôn.", ""),
        ("BÁO CÁO\fLƯU HÀNH NỘI BỘ", ""),
        ("\n".join(["Dòng chữ."] * 60) + "\nLƯU HÀNH NỘI BỘ", ""),
        ("", ""),
    ],
)
def test_a_mark_of_circulation_stands_alone_on_the_first_page(text, mark):
    assert mark_on_page(text) == mark


@pytest.mark.parametrize(
    ("name", "mark"),
    [
        ("BC thang 10 (LƯU HÀNH NỘI BỘ)", "LƯU HÀNH NỘI BỘ"),
        ("BC_luu_hanh_noi_bo.pdf", "LƯU HÀNH NỘI BỘ"),
        ("BC tháng 10 (lưu hànhnội bộ)", "LƯU HÀNH NỘI BỘ"),
        ("Báo cáo lưu hành xe cơ giới", ""),
    ],
)
def test_a_mark_in_a_subject_or_a_file_name_counts_wherever_it_stands(name, mark):
    assert mark_in_name(name) == mark


@pytest.mark.parametrize(
    ("mail", "why"),
    [
        (reading([], [], subject="Báo cáo tháng 10"), ""),
        (reading([], [document("a", 0, text="LƯU HÀNH NỘI BỘ")]), "it is marked LƯU HÀNH NỘI BỘ"),
        (reading([], [], own_text="XEM XONG TRẢ LẠI"), "it is marked XEM XONG TRẢ LẠI"),
        (reading([], [], subject="BC: lưu hành nội bộ"), "it is marked LƯU HÀNH NỘI BỘ"),
        (reading([], [document("a", 0, outcome="hostile")]), "it is not safe, or not allowed, to pass it on"),
        (MailReading(ParsedMessage(), secrecy="subject"), "it is not safe, or not allowed, to pass it on"),
    ],
)
def test_what_is_marked_secret_or_dangerous_is_never_passed_on(mail, why):
    assert forbids(mail) == why


@pytest.mark.parametrize(
    ("kind", "outcome", "kept"),
    [("archive", "too_large", True), ("pdf", "too_large", False), ("pdf", "encrypted", True), ("pdf", "read", False)],
)
def test_a_document_that_is_kept_out_stays_out_though_a_person_took_the_report(kind, outcome, kept):
    assert is_kept_out(kind, outcome) is kept


@pytest.mark.parametrize(
    ("wanted", "text", "touched_by"),
    [
        (("SYT",), "Cháy chợ", ["SYT"]),
        (("xa",), "Cháy chợ", ["XPHUTHO"]),
        ((), "Cháy chợ giáp ranh xã Phú Thọ", ["XPHUTHO"]),
        ((), "Cháy chợ Phú Thọ", []),
        (("office", "XHOABINH"), "Sở Y tế cấp cứu 2 người", []),
    ],
)
def test_an_urgent_matter_touches_whom_its_category_names_and_the_places_it_names(wanted, text, touched_by):
    found = touched(wanted, (text,), "XHOABINH", four_agencies(), DAY)
    assert [one.code for one in found] == touched_by


def four_agencies() -> Directory:
    names = {"SYT": "Sở Y tế", "XHOABINH": "UBND xã Hòa Bình", "XPHUTHO": "UBND xã Phú Thọ", OFFICE: "Văn phòng"}
    agencies = [Agency(code=code, name=name, groups=["xa"] if code[0] == "X" else []) for code, name in names.items()]
    return Directory(agencies, [], [])
