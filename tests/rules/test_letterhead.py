from datetime import date

import pytest
from matching_mails import paper

from intake.rules.papers.document_numbers import cited_number
from intake.rules.papers.letterhead import Letterhead, read_letterhead

TWO_COLUMNS = (
    "UBND TỈNH BÌNH HÀ\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
    "SỞ TÀI CHÍNH    Độc lập - Tự do - Hạnh phúc\n"
    "Số : 214 /BC-STC\tBình Hà, ngày 05 tháng 02 năm 2026\n"
    "HỎA TỐC\n\nBÁO CÁO\nTình hình kinh tế - xã hội tháng 01 năm 2026\n\nKính gửi: Ủy ban nhân dân tỉnh.\n"
    "Căn cứ Công văn số 99/UBND-TH ngày 02/01/2026, Sở báo cáo như sau:\nI. KẾT QUẢ\n"
    "KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\nTrần Văn Tám"
)


def test_two_columns_side_by_side_are_read_as_one_head() -> None:
    assert read_letterhead(TWO_COLUMNS) == Letterhead(
        issuers=("UBND TỈNH BÌNH HÀ", "SỞ TÀI CHÍNH"),
        number="214/BC-STC",
        symbol="BC-STC",
        place="Bình Hà",
        issued_on=date(2026, 2, 5),
        issued_year=2026,
        kind="bao cao",
        title="Tình hình kinh tế - xã hội tháng 01 năm 2026",
        addressee="Ủy ban nhân dân tỉnh",
        urgency="HỎA TỐC",
        signer=("KT. GIÁM ĐỐC",),
    )


@pytest.mark.parametrize(
    ("line", "number", "symbol", "blank"),
    [
        ("Số: 05/BC-UBND", "05/BC-UBND", "BC-UBND", False),
        ("Số : 2917 /SGDĐT-VP", "2917/SGDĐT-VP", "SGDĐT-VP", False),
        ("Số: 1961/QĐUBND", "1961/QĐUBND", "QĐUBND", False),
        ("Số: 2231/SNV-CCHC&PC", "2231/SNV-CCHC&PC", "SNV-CCHC&PC", False),
        ("Số: 18/BCTĐ-STP", "18/BCTĐ-STP", "BCTĐ-STP", False),
        ("Số 86-KH/TU", "86-KH/TU", "KH/TU", False),
        ("Số: 86-KH/TU", "86-KH/TU", "KH/TU", False),
        ("590/BC-UBND", "590/BC-UBND", "BC-UBND", False),
        ("Số:        /BC-UBND", None, "BC-UBND", True),
        ("Số: ....../BC-UBND", None, "BC-UBND", True),
        ("Số:", None, "", True),
        ("", None, "", False),
    ],
)
def test_the_number_is_read_with_its_symbol_or_known_to_be_blank(line, number, symbol, blank) -> None:
    head = read_letterhead(f"ỦY BAN NHÂN DÂN\nHUYỆN TÂN HÒA\n{line}\nBÁO CÁO\nKết quả tháng 10 năm 2023\n")
    assert (head.number, head.symbol, head.is_blank) == (number, symbol, blank)
    assert head.issuers == ("ỦY BAN NHÂN DÂN", "HUYỆN TÂN HÒA")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Kết quả công tác\nquý III năm 2023\nKính gửi: UBND tỉnh", "Kết quả công tác quý III năm 2023"),
        ("KẾT QUẢ CÔNG TÁC\nQUÝ III NĂM 2023\nKính gửi: UBND tỉnh", "KẾT QUẢ CÔNG TÁC QUÝ III NĂM 2023"),
        ("Kết quả công tác quý III\n(Kèm biểu số 1)\nI. KẾT QUẢ", "Kết quả công tác quý III (Kèm biểu số 1)"),
        ("Kết quả công tác quý III\n----------\nI. KẾT QUẢ", "Kết quả công tác quý III"),
        ("Kết quả công tác quý III năm 2023\nTrong tháng 9, huyện", "Kết quả công tác quý III năm 2023"),
        ("Kết quả công tác quý III năm 2023\nHuyện đã", "Kết quả công tác quý III năm 2023"),
        ("Kết quả công tác quý III.\nnăm nay", "Kết quả công tác quý III."),
        ("Kết quả công tác năm\n2023 của huyện\n1. Kết quả", "Kết quả công tác năm 2023 của huyện"),
        (
            "Kết quả thực hiện công tác phòng, chống thiên tai huyện\nTân Hòa năm 2023\nI. KẾT QUẢ",
            "Kết quả thực hiện công tác phòng, chống thiên tai huyện Tân Hòa năm 2023",
        ),
        (
            "Kết quả thực hiện công tác phòng, chống thiên tai huyện\nThực hiện Công văn số 12",
            "Kết quả thực hiện công tác phòng, chống thiên tai huyện",
        ),
        ("QUÝ III/2023\nVề công tác thi đua\nI. KẾT QUẢ", "QUÝ III/2023 Về công tác thi đua"),
        ("Kết quả quý III.\nVề công tác thi đua", "Kết quả quý III."),
        ("một\nhai\nba\nbốn\nnăm\nsáu\nbảy", "một hai ba bốn năm sáu"),
    ],
)
def test_the_title_goes_on_until_the_addressee_or_the_body(text, title) -> None:
    assert read_letterhead(f"UBND HUYỆN TÂN HÒA\nBÁO CÁO\n{text}\n").title == title


@pytest.mark.parametrize(
    ("text", "kind", "title", "is_report"),
    [
        ("BÁO CÁO: Kết quả", "bao cao", "Kết quả", True),
        ("BÁO CÁO PHỤC VỤ GIAO BAN TUẦN 44", "bao cao", "PHỤC VỤ GIAO BAN TUẦN 44", True),
        ("KẾ HOẠCH\nCông tác tháng 11", "ke hoach", "Công tác tháng 11", False),
        ("V/v báo cáo nhanh thiệt hại", "cong van", "báo cáo nhanh thiệt hại", True),
        ("V/v gửi báo cáo tháng 10", "cong van", "gửi báo cáo tháng 10", True),
        ("V/v xin gia hạn", "cong van", "xin gia hạn", False),
        ("Phụ lục kèm theo", "", "", False),
        ("KE HOACH: Cong tac", "ke hoach", "Cong tac", False),
        ("PHƯỜNG AN BÌNH", "", "", False),
        ("Báo cáo\nKết quả tháng 10", "bao cao", "Kết quả tháng 10", True),
        ("B Á O  C Á O\nKết quả tháng 10", "bao cao", "Kết quả tháng 10", True),
        ("Báo cáo tháng 10", "", "", False),
    ],
)
def test_the_kind_of_document_is_told(text, kind, title, is_report) -> None:
    head = read_letterhead(f"UBND HUYỆN TÂN HÒA\nSố: 3/UBND-TH\n{text}\n")
    assert (head.kind, head.title, head.is_report) == (kind, title, is_report)


@pytest.mark.parametrize(
    ("dated", "issued_on"),
    [
        ("ngày 15 tháng 10 năm 2023", date(2023, 10, 15)),
        ("ngày 05 tháng10 năm 2023", date(2023, 10, 5)),
        ("ngày 15/10/2023", date(2023, 10, 15)),
        ("ngày      tháng 10 năm 2023", None),
        ("ngày 31 tháng 9 năm 2023", None),
    ],
)
def test_the_date_is_read_where_there_is_one(dated, issued_on) -> None:
    head = read_letterhead(paper("Kết quả", dated=dated))
    assert (head.issued_on, head.place) == (issued_on, "Bình Hà")


def test_a_number_and_a_date_on_one_line_are_told_apart() -> None:
    head = read_letterhead("UBND HUYỆN TÂN HÒA\nSố: 12/BC-UBND Tân Hòa, ngày 05 tháng 10 năm 2023\nBÁO CÁO\nKết quả")
    assert (head.number, head.place) == ("12/BC-UBND", "Tân Hòa")


@pytest.mark.parametrize(
    "motto",
    [
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA", "VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"),
        ("CỘNG HÒA XÃ HỘI CHỦ", "NGHĨA VIỆT NAM", "Độc lập - Tự do -", "Hạnh phúc"),
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT", "NAM", "Độc lập - Tự do - Hạnh", "phúc"),
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "ĐỘC LẬP - TỰ DO", "- HẠNH PHÚC"),
    ],
)
def test_a_motto_broken_by_a_narrow_column_is_no_issuer(motto) -> None:
    head = read_letterhead("\n".join(["UBND HUYỆN TÂN HÒA", *motto, "Số: 12/BC-UBND", "BÁO CÁO", "Kết quả"]))
    assert head.issuers == ("UBND HUYỆN TÂN HÒA",)


def test_a_stamp_is_no_issuer() -> None:
    head = read_letterhead("UBND HUYỆN TÂN HÒA\nSố: 12/BC-UBND\nLƯU HÀNH NỘI BỘ\nBÁO CÁO\nKết quả")
    assert head.issuers == ("UBND HUYỆN TÂN HÒA",)


def test_days_in_a_title_are_not_the_date_of_the_document() -> None:
    head = read_letterhead("UBND HUYỆN TÂN HÒA\nBÁO CÁO\nKết quả tuần 41 (từ ngày 09/10/2023 đến ngày 15/10/2023)")
    assert head.issued_on is None


def test_numbers_and_dates_that_the_text_cites_are_not_the_documents_own() -> None:
    text = "BÁO CÁO\nKết quả tháng 10\nKính gửi: UBND tỉnh\nThực hiện Công văn số: 88/UBND-TH\nngày 2 tháng 1 năm 2023"
    head = read_letterhead(text)
    assert (head.number, head.symbol) == (None, "")


def test_a_text_without_a_head_says_nothing() -> None:
    assert read_letterhead("Kính gửi Văn phòng,\nHuyện gửi báo cáo tháng 10.") == Letterhead(addressee="Văn phòng,")
    assert read_letterhead("") == Letterhead()


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Sở gửi Báo cáo số 214/BC-SKHĐT ngày 16/9", "214/BC-SKHĐT"),
        ("Gửi BC số 455/BC-UBND và biểu", "455/BC-UBND"),
        ("gửi Báo cáo số 241/BC-STC thay thế Báo cáo số 239/BC-STC", "241/BC-STC"),
        ("gửi báo cáo 1/BC-A; gửi báo cáo 2/BC-A", None),
        ("thay thế thư gửi Báo cáo số 239/BC-STC", None),
        ("thực hiện Công văn số 2449/UBND-NC", None),
        ("Gửi báo cáo", None),
    ],
)
def test_the_mail_names_a_number_only_for_the_report_that_it_brings(text, number) -> None:
    assert cited_number(text) == number


@pytest.mark.parametrize(
    ("lines", "issuer"),
    [
        ("UBND TỈNH HÒA SƠN\nSỞ KẾ HOẠCH VÀ ĐẦU TƯ", "SỞ KẾ HOẠCH VÀ ĐẦU TƯ"),
        ("ỦY BAN NHÂN DÂN\nHUYỆN ĐẠI AN", "ỦY BAN NHÂN DÂN HUYỆN ĐẠI AN"),
        ("UBND TỈNH HÒA SƠN\nSỞ NÔNG NGHIỆP VÀ\nPHÁT TRIỂN NÔNG THÔN", "SỞ NÔNG NGHIỆP VÀ PHÁT TRIỂN NÔNG THÔN"),
        ("", ""),
    ],
)
def test_the_issuer_is_named_over_the_lines_it_was_wrapped_to(lines: str, issuer: str) -> None:
    assert read_letterhead(f"{lines}\nSố: 05/BC-X\nBÁO CÁO\nTình hình").issuer == issuer


def test_a_motto_that_was_wrapped_is_no_issuer() -> None:
    text = "SỞ Y TẾ\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT\n\tNAM\nSố: 05/BC-SYT\nBÁO CÁO\nTình hình"
    assert read_letterhead(text).issuers == ("SỞ Y TẾ",)


SMALL = (
    "ủy ban nhân dân\nxã an thành\nSố: 233/BC-UBND\ncộng hòa xã hội chủ nghĩa việt nam\n"
    "Độc lập - Tự do - Hạnh phúc\nAn Thành, ngày 14 tháng 9 năm 2026\nbáo cáo\n"
    "Công tác phòng, chống tham nhũng\n9 tháng đầu năm 2026\nKính gửi: Ủy ban nhân dân tỉnh."
)


def test_a_head_whose_font_of_capitals_was_lost_is_read_as_it_was_shown() -> None:
    head = read_letterhead(SMALL)
    assert (head.issuer, head.kind) == ("ỦY BAN NHÂN DÂN XÃ AN THÀNH", "bao cao")
    assert head.title == "Công tác phòng, chống tham nhũng 9 tháng đầu năm 2026"


def test_small_letters_are_no_head_where_the_motto_does_not_stand_in_them() -> None:
    head = read_letterhead(SMALL.replace("cộng hòa xã hội chủ nghĩa việt nam", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"))
    assert (head.issuers, head.kind) == ((), "")


def test_a_column_for_the_plan_is_no_plan() -> None:
    assert read_letterhead("GIẢI NGÂN THÁNG 9/2023\nSTT\tKế hoạch\tThực hiện").kind == ""
    assert read_letterhead("UBND XÃ AN THÀNH\tKế hoạch\nGiải ngân năm 2023").kind == "ke hoach"
