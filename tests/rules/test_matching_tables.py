"""Reports that are tables: whose they are, which period their headings name, and several of them in one mail."""

from datetime import datetime

import pytest
from matching_mails import AGENCIES, CONTACTS, TYPES, ZONE, booked, document, mail, paper

from intake.model import Agency, Contact, ReportType
from intake.rules.matching.match import match
from intake.rules.names.directory import Directory
from intake.rules.reading import DocumentReading, MailReading
from intake.rules.verdicts import Match

BOARD = "Ban Quản lý dự án đầu tư xây dựng các công trình dân dụng và công nghiệp tỉnh"
SPENDING = "GIẢI NGÂN VỐN ĐẦU TƯ CÔNG"
ROWS = "STT\tDự án\tKế hoạch\n1\tKè suối Cái\t5100"
OFFICE = "UBND TỈNH BÌNH HÀ"
OWED = [("BQL", "GN-T", "2023-09")]
OWN = Directory(
    [*AGENCIES, Agency(code="BQL", name=BOARD, aliases=["Ban QLDA DD&CN"], groups=["so"])],
    [
        *(Contact(agency_code=agency, email=email, role=role) for agency, email, role in CONTACTS),
        Contact(agency_code="BQL", email="bql@tinh.example", role="submitter"),
    ],
    [
        *TYPES,
        ReportType(
            code="GN-T", name="Báo cáo tình hình giải ngân vốn đầu tư công tháng", aliases=["BC giải ngân"],
            frequency="monthly", due="day 5 next month", required=["table"], groups=["so"],
        ),
    ],
)  # fmt: skip


def at_the_board(subject: str, *documents: DocumentReading, text: str = "") -> Match:
    reading: MailReading = mail(subject, text, *documents, sender="bql@tinh.example")
    return match(reading, OWN, datetime(2023, 10, 5, 9, tzinfo=ZONE), ZONE, ())


def sheet(*lines: str, name: str = "Book1.xlsx") -> DocumentReading:
    return document("\n".join([*lines, ROWS]), name)


@pytest.mark.parametrize(
    "issuer",
    [
        "Ban QLDA ĐTXD các công trình dân dụng và công nghiệp tỉnh",
        "BAN QLDA ĐTXD CÁC CÔNG TRÌNH DÂN DỤNG VÀ CÔNG NGHIỆP",
        "Ban QLDA DD&CN",
    ],
)
def test_a_table_is_issued_by_who_stands_below_the_province_in_small_letters_too(issuer: str) -> None:
    found = at_the_board("BC giải ngân T9", sheet(OFFICE, issuer, f"BÁO CÁO {SPENDING} THÁNG 9/2023"))
    assert booked(found) == OWED


@pytest.mark.parametrize("issuer", ["Ban QLDA ĐTXD các công trình giao thông tỉnh", "Sở Tài chính", "", "Biểu số 01"])
def test_a_table_of_another_or_of_the_province_alone_is_not_the_boards(issuer: str) -> None:
    found = at_the_board("BC giải ngân T9", sheet(OFFICE, issuer, f"BÁO CÁO {SPENDING} THÁNG 9/2023"))
    assert "is issued by" in found.reason


@pytest.mark.parametrize(
    "heading",
    [
        (OFFICE, "BAN QLDA DD&CN", f"{SPENDING} - THÁNG 9 NĂM 2023", "Đơn vị tính: triệu đồng"),
        (f"TỔNG HỢP {SPENDING}", "(Tháng 9 năm 2023)"),
        (f"TỔNG HỢP {SPENDING}", "Kỳ báo cáo: tháng 9/2023, lũy kế từ đầu năm đến tháng 9"),
    ],
)
def test_the_heading_of_a_table_says_its_period_where_the_subject_does_not(heading: tuple[str, ...]) -> None:
    assert booked(at_the_board("Gửi biểu giải ngân", sheet(*heading))) == OWED


@pytest.mark.parametrize(
    ("why", "heading"),
    [
        ("two months", (f"{SPENDING} THÁNG 9/2023", "Số liệu tháng 8/2023")),
        ("no period", (f"TỔNG HỢP {SPENDING}",)),
        ("below the first row", (f"TỔNG HỢP {SPENDING}", "STT\tDự án", "Tháng 9/2023")),
        ("no type", ("BIỂU TỔNG HỢP THÁNG 9/2023",)),
        ("another matter", (f"{SPENDING} NGUỒN VỐN VAY NƯỚC NGOÀI THÁNG 9/2023",)),
        ("two reports", (f"{SPENDING} THÁNG 9/2023", "CÔNG TÁC THI ĐUA, KHEN THƯỞNG THÁNG 9/2023")),
    ],
)
def test_a_heading_that_leaves_the_period_open_is_for_a_person(why: str, heading: tuple[str, ...]) -> None:
    assert booked(at_the_board("Gửi biểu giải ngân", sheet(*heading))) == [], why


def test_the_initials_of_its_own_name_are_nothing_strange_in_a_file_name() -> None:
    table = sheet(f"{SPENDING} THÁNG 9/2023", name="Bieu giai ngan thang 9 - Ban DDCN.xlsx")
    assert booked(at_the_board("Báo cáo giải ngân vốn đầu tư công tháng 9", table)) == OWED


@pytest.mark.parametrize("more", ["ODA", "CTGT", "ddcn"])
def test_other_capitals_in_a_file_name_may_be_another_matter(more: str) -> None:
    table = sheet(f"{SPENDING} THÁNG 9/2023", name=f"Bieu giai ngan thang 9 - {more}.xlsx")
    assert booked(at_the_board("Báo cáo giải ngân vốn đầu tư công tháng 9", table)) == []


MONTHS = [("BQL", "GN-T", "2023-08"), ("BQL", "GN-T", "2023-09")]
BOTH = "Gửi bù giải ngân tháng 8 và giải ngân tháng 9/2023"


def test_two_tables_are_two_reports_where_the_subject_names_both() -> None:
    tables = [sheet(f"{SPENDING} THÁNG {month}/2023", name=f"GN T{month}.xlsx") for month in (8, 9)]
    found = at_the_board(BOTH, *tables)
    assert booked(found) == MONTHS
    assert [one.documents for one in found.bookings] == [(0,), (1,)]


@pytest.mark.parametrize(
    ("why", "subject", "headings", "names"),
    [
        ("one month twice", BOTH, (9, 9), ("a.xlsx", "b.xlsx")),
        ("a month that the subject does not name", BOTH, (7, 9), ("a.xlsx", "b.xlsx")),
        ("a file too many", BOTH, (8, 9, 9), ("a.xlsx", "b.xlsx", "c.xlsx")),
        ("the file names the other way round", BOTH, (8, 9), ("GN T9.xlsx", "GN T8.xlsx")),
        ("more in the subject", f"{BOTH} nguồn vốn vay nước ngoài", (8, 9), ("a.xlsx", "b.xlsx")),
        ("not owed", "Giải ngân tháng 8 và PCCCR tháng 9/2023", (8, 9), ("a.xlsx", "b.xlsx")),
    ],
)
def test_tables_that_are_not_just_what_the_subject_names_are_for_a_person(
    why: str, subject: str, headings: tuple[int, ...], names: tuple[str, ...]
) -> None:
    tables = [sheet(f"{SPENDING} THÁNG {month}/2023", name=name) for month, name in zip(headings, names, strict=True)]
    assert booked(at_the_board(subject, *tables)) == [], why


@pytest.mark.parametrize(("year", "expected"), [(2023, OWED), (2021, [])])
def test_a_table_headed_with_a_year_that_cannot_be_is_not_what_its_file_name_says(year: int, expected) -> None:
    table = sheet(f"{SPENDING} THÁNG 9 NĂM {year}", name="BC giai ngan T9.xlsx")
    assert booked(at_the_board("BC giải ngân T9", table)) == expected


def test_two_tables_of_a_month_too_early_are_not_booked() -> None:
    tables = [sheet(f"{SPENDING} THÁNG {month}/2023") for month in (9, 10)]
    assert booked(at_the_board("Giải ngân tháng 9 và giải ngân tháng 10/2023", *tables)) == []


WRITTEN = document(
    paper(
        "Công tác phòng cháy, chữa cháy quý III năm 2023",
        "UBND TỈNH BÌNH HÀ\nBAN QLDA DD&CN",
        dated="ngày 04 tháng 10 năm 2023",
    ),
    "88 PCCC.docx",
)
SHEET = sheet(OFFICE, "BAN QLDA DD&CN", f"BÁO CÁO {SPENDING} THÁNG 9 NĂM 2023", name="T9.xlsx")
PAPER = ("BQL", "PCCC-Q", "2023-Q3")


def test_a_table_with_its_own_head_is_a_report_beside_a_written_one_where_the_subject_says_so() -> None:
    found = at_the_board("BC PCCC quý III + giải ngân tháng 9/2023", WRITTEN, SHEET)
    assert booked(found) == [PAPER, *OWED]
    assert [one.documents for one in found.bookings] == [(0,), (1,)]


@pytest.mark.parametrize(
    "subject",
    ["BC PCCC quý III/2023", "BC PCCC quý III/2023 kèm biểu giải ngân tháng 9/2023", "BC PCCC quý III và giải ngân"],
)
def test_a_table_that_goes_with_a_report_is_never_a_report_of_its_own(subject: str) -> None:
    assert not {"GN-T"} & {code for _, code, _ in booked(at_the_board(subject, WRITTEN, SHEET))}


def test_a_table_is_no_report_of_a_type_that_asks_for_a_paper() -> None:
    table = sheet(OFFICE, "BAN QLDA DD&CN", "BÁO CÁO CÔNG TÁC THI ĐUA, KHEN THƯỞNG THÁNG 9 NĂM 2023")
    found = at_the_board("BC PCCC quý III + TĐKT tháng 9/2023", WRITTEN, table)
    assert not {"TDKT-T"} & {code for _, code, _ in booked(found)}
