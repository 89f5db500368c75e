from datetime import date

import pytest
from matching_mails import DIRECTORY

from intake.model import Agency
from intake.rules.names.agency_names import AgencyNames

ON = date(2023, 10, 16)
NAMES = DIRECTORY.agency_names


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["UBND TỈNH BÌNH HÀ", "SỞ TÀI CHÍNH"], {"STC"}),
        (["SỞ NÔNG NGHIỆP VÀ", "PHÁT TRIỂN NÔNG THÔN"], {"SNN"}),
        (["SỞ NN&PTNT"], {"SNN"}),
        (["ỦY BAN NHÂN DÂN", "HUYỆN TÂN HÒA"], {"HTANHOA"}),
        (["UỶ BAN NHÂN DÂN", "HUYỆN TÂN HOÀ", "TỈNH BÌNH HÀ"], {"HTANHOA"}),
        (["ỦY BAN NHÂN DÂN", "HUYỆN TÂN HÒA TỈNH BÌNH HÀ"], {"HTANHOA"}),
        (["ỦY BAN NHÂN DÂN", "HUYỆN TÂN HÒA ĐÔNG"], {"HTANHOADONG"}),
        (["ỦY BAN NHÂN DÂN", "XÃ TÂN HÒA"], {"XTANHOA"}),
        (["BỘ CÔNG AN", "CÔNG AN TỈNH BÌNH HÀ"], {"CAT"}),
        (["UBND TỈNH BÌNH HÀ", "CÔNG AN"], {"CAT"}),
        (["UBND HUYỆN LẠ", "CÔNG AN"], set()),
        (["UBND TỈNH BÌNH HÀ", "CÔNG AN HUYỆN LẠ"], set()),
        (["CÔNG AN"], set()),
        (["UBND HUYỆN TÂN HÒA", "PHÒNG TÀI CHÍNH - KẾ HOẠCH"], {"HTANHOA"}),
        (["VĂN PHÒNG HĐND VÀ UBND HUYỆN TÂN HÒA"], {"HTANHOA"}),
        (["SỞ Y TẾ", "TRUNG TÂM KIỂM SOÁT BỆNH TẬT"], set()),
        (["UBND XÃ TÂN HÒA", "TRƯỜNG TIỂU HỌC SỐ 1"], set()),
        (["ĐẢNG BỘ TỈNH BÌNH HÀ", "ĐẢNG ỦY XÃ TÂN HÒA"], set()),
        (["ĐẢNG ỦY", "XÃ TÂN HÒA"], set()),
        (["HUYỆN TÂN HÒA"], {"HTANHOA"}),
        (["UBND THÀNH PHỐ BÀU CŨ"], {"TPCU"}),
        (["UBND TỈNH BÌNH HÀ", "SỞ NGOẠI VỤ"], set()),
        (["ỦY BAN NHÂN DÂN", "HUYỆN LẠ"], set()),
        (["ỦY BAN NHÂN DÂN", "HUYỆN TÂN HÒA TÂY"], set()),
        (["ỦY BAN NHÂN DÂN", "PHƯỜNG TÂN HÒA"], set()),
        (["UBND HUYỆN TÂN HÒA", "UBND XÃ LẠ"], set()),
        (["ỦY BAN NHÂN DÂN TỈNH BÌNH HÀ"], set()),
        (["SỞ Y TẾ", "VÀ XÃ HỘI"], set()),
        (["PHÒNG TÀI CHÍNH - KẾ HOẠCH"], None),
        (["UBND TỈNH BÌNH HÀ", "VĂN PHÒNG"], set()),
        (["UBND TỈNH BÌNH HÀ", "BAN CHỈ ĐẠO CẢI CÁCH HÀNH CHÍNH"], set()),
        (["HỘI ĐỒNG THI ĐUA"], None),
        (["ĐẢNG BỘ TỈNH BÌNH HÀ", "HUYỆN ỦY TÂN LẬP"], set()),
        (["TỔNG CỤC THỐNG KÊ", "CỤC THỐNG KÊ TỈNH BÌNH HÀ"], set()),
        (["UBND TỈNH BÌNH HÀ", "TRUNG TÂM XÚC TIẾN ĐẦU TƯ"], set()),
        (["CÂU LẠC BỘ THƠ"], None),
        ([], None),
        (["---"], None),
    ],
)
def test_the_letterhead_names_its_lowest_agency_or_an_unknown_one_or_none(lines, expected) -> None:
    found = NAMES.issuer(lines, ON)
    assert (found.codes if found else None) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("UBND huyện Tân Hòa - BC KTXH", [{"HTANHOA"}]),
        ("UBND huyen Tan Hoa gui BC", [{"HTANHOA"}]),
        ("Báo cáo của Sở Tài chính", [{"STC"}]),
        ("Xã Tân Hòa (trước đây là huyện Tân Hòa) gửi báo cáo", [{"XTANHOA"}]),
        ("Báo cáo số 12/BC-STC KNTC quý III", [{"STC"}]),
        ("Sở Tài chính gửi Văn phòng UBND tỉnh", [{"STC"}]),
        ("BC KTXH Sông Cái", [{"TXSONGCAU"}]),
        ("Bàu Cũ - BC", [{"TPCU"}]),
        ("UBND huyện Tân Hòa Báo cáo tháng 10", [{"HTANHOA"}]),
        ("UBND HUYỆN TÂN HÒA BÁO CÁO THÁNG 10", [{"HTANHOA"}]),
        ("UBND huyện Lạ Lùng gửi báo cáo", [set()]),
        ("UBND huyện Tân Hòa Tây gửi báo cáo", [set()]),
        ("phường Sông Cái gửi báo cáo", [set()]),
        ("UBND huyện gửi báo cáo", []),
        ("Ổ dịch tại xã Tân Hòa", []),
        ("Ổ dịch ở thị xã Sông Cái", []),
        ("Kính gửi Sở Tài chính, Sở Y tế", []),
        ("Gửi UBND huyện Lạ Lùng", []),
        ("Theo đề nghị của Sở Tài chính", []),
        ("Thực hiện Công văn số 5 của Sở Y tế", []),
        ("Báo cáo tháng 10", []),
    ],
)
def test_a_subject_speaks_for_reporters_not_for_places_or_addressees(text, expected) -> None:
    assert [one.codes for one in NAMES.mentioned(text, ON)] == expected


def test_a_bare_name_may_be_a_place_and_a_later_name_does_not_lead() -> None:
    (bare,) = NAMES.mentioned("BC KTXH Sông Cái", ON)
    assert (bare.by_rank, bare.leads, bare.words) == (False, False, "Sông Cái")
    (leading,) = NAMES.mentioned("Sở Y tế báo cáo", ON)
    assert (leading.by_rank, leading.leads) == (True, True)


@pytest.mark.parametrize(
    ("symbol", "expected"),
    [("BC-STC", {"STC"}), ("BC-UBND", set()), ("BC-SYT", {"SYT"}), ("BC-SNNPTNT", {"SNN"}), ("BC", set()), ("", set())],
)
def test_a_symbol_hints_at_its_agency(symbol, expected) -> None:
    assert NAMES.of_symbol(symbol, ON) == expected


def test_an_exact_spelling_rules_out_a_like_one() -> None:
    names = AgencyNames([Agency(code="A", name="UBND xã Hòa Ân"), Agency(code="B", name="UBND xã Hòa An")])
    assert [one.codes for one in names.mentioned("UBND xã Hòa An gửi BC", ON)] == [{"B"}]
    assert [one.codes for one in names.mentioned("UBND xã Hòa Ân gửi BC", ON)] == [{"A"}]
    assert [one.codes for one in names.mentioned("UBND xa Hoa An gui BC", ON)] == [{"A", "B"}]


def test_an_agency_that_ended_is_still_recognised() -> None:
    names = AgencyNames([Agency(code="A", name="Sở Cũ", active_to=date(2020, 1, 1), aliases=[""])])
    assert [one.codes for one in names.mentioned("Sở Cũ gửi báo cáo", ON)] == [{"A"}]


def test_the_highland_names_written_in_several_ways_are_one() -> None:
    names = AgencyNames([Agency(code="A", name="UBND xã Đak Mơ")])
    issuers = [names.issuer(["ỦY BAN NHÂN DÂN", line], ON) for line in ("XÃ ĐĂK MƠ", "XÃ ĐẮK MƠ", "XÃ ĐAK MƠ")]
    assert [one.codes for one in issuers if one] == [{"A"}] * 3


def test_a_long_name_goes_without_its_province() -> None:
    names = AgencyNames(
        [Agency(code="A", name="Ban Quản lý Khu kinh tế tỉnh"), Agency(code="B", name="Thanh tra tỉnh")]
    )
    found = names.issuer(["UBND TỈNH BÌNH HÀ", "BAN QUẢN LÝ KHU KINH TẾ"], ON)
    assert found is not None
    assert found.codes == {"A"}


@pytest.mark.parametrize(
    ("code", "ways"),
    [
        ("XTANHOA", {"uy ban nhan dan xa tan hoa", "xa tan hoa", "tan hoa"}),
        ("SYT", {"so y te"}),
        ("HTANHOADONG", {"uy ban nhan dan huyen tan hoa dong", "huyen tan hoa dong", "tan hoa dong"}),
    ],
)
def test_a_committee_is_called_by_its_rank_or_by_its_place_too(code, ways) -> None:
    assert ways <= {" ".join(way) for way in NAMES.phrases_for(code)}


def test_a_board_is_called_by_what_it_manages_too() -> None:
    names = AgencyNames([Agency(code="KKT", name="Ban Quản lý Khu kinh tế")])
    assert names.phrases_for("KKT") == (("ban", "quan", "ly", "khu", "kinh", "te"), ("khu", "kinh", "te"))
