"""The names that letterheads shorten, of a province that is named after no river."""

from datetime import date

import pytest

from intake.model import OFFICE, Agency
from intake.rules.names.agency_names import AgencyNames

ON = date(2026, 3, 16)
REGISTERED = {
    OFFICE: "Văn phòng UBND tỉnh Bình Hà",
    "SYT": "Sở Y tế",
    "SNN": "Sở Nông nghiệp và Môi trường",
    "TTT": "Thanh tra tỉnh Bình Hà",
    "BVSN": "Bệnh viện Sản Nhi Bình Hà",
    "BVDK": "Bệnh viện Đa khoa tỉnh",
    "BVYHCT": "Bệnh viện Y học cổ truyền",
    "KSBT": "Trung tâm Kiểm soát bệnh tật tỉnh Bình Hà",
    "PVHCC": "Trung tâm Phục vụ hành chính công tỉnh Bình Hà",
    "VPDK": "Văn phòng Đăng ký đất đai tỉnh",
    "CKL": "Chi cục Kiểm lâm tỉnh Bình Hà",
    "THADS": "Thi hành án dân sự tỉnh Bình Hà",
    "NHNN": "Ngân hàng Nhà nước chi nhánh Khu vực 6",
    "CTTL": "Công ty TNHH một thành viên Khai thác công trình thủy lợi Sông Cái",
    "CTNS": "Công ty Cổ phần Nước sạch Bình Hà",
    "CTNSC": "Công ty Cổ phần Nước sạch Sông Cái",
    "XTANHOA": "UBND xã Tân Hòa",
}
NAMES = AgencyNames(Agency(code=code, name=name) for code, name in REGISTERED.items())


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["SỞ Y TẾ BÌNH HÀ", "BỆNH VIỆN SẢN NHI"], "BVSN"),
        (["SỞ Y TẾ", "BỆNH VIỆN SẢN NHI"], "BVSN"),
        (["SỞ Y TẾ TỈNH BÌNH HÀ", "BỆNH VIỆN ĐA KHOA"], "BVDK"),
        (["SỞ Y TẾ", "BỆNH VIỆN Y HỌC CỔ TRUYỀN BÌNH HÀ"], "BVYHCT"),
        (["SỞ Y TẾ", "TRUNG TÂM KIỂM SOÁT BỆNH", "TẬT"], "KSBT"),
        (["UBND TỈNH BÌNH HÀ", "TRUNG TÂM PHỤC VỤ", "HÀNH CHÍNH CÔNG"], "PVHCC"),
        (["SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG", "CHI CỤC KIỂM LÂM"], "CKL"),
        (["CỤC QUẢN LÝ THI HÀNH ÁN DÂN SỰ", "THI HÀNH ÁN DÂN SỰ TỈNH BÌNH HÀ"], "THADS"),
        (["NGÂN HÀNG NHÀ NƯỚC VIỆT NAM", "CHI NHÁNH KHU VỰC 6"], "NHNN"),
        (["UBND TỈNH BÌNH HÀ", "CÔNG TY TNHH MTV KHAI THÁC CTTL SÔNG CÁI"], "CTTL"),
        (["CÔNG TY TRÁCH NHIỆM HỮU HẠN MTV", "KHAI THÁC CÔNG TRÌNH THỦY LỢI SÔNG CÁI"], "CTTL"),
        (["CÔNG TY CP NƯỚC SẠCH BÌNH HÀ"], "CTNS"),
        (["CÔNG TY CP NƯỚC SẠCH BH"], "CTNS"),
        (["SỞ Y TẾ", "TRUNG TÂM", "KSBT"], "KSBT"),
        (["SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG", "VĂN PHÒNG ĐĂNG KÝ ĐẤT ĐAI"], "VPDK"),
    ],
)
def test_a_body_is_known_without_its_province_and_with_words_drawn_together(lines, expected) -> None:
    found = NAMES.issuer(lines, ON)
    assert found is not None
    assert found.codes == {expected}


@pytest.mark.parametrize(
    "lines",
    [
        ["SỞ Y TẾ QUẢNG LA", "BỆNH VIỆN SẢN NHI"],
        ["UBND TỈNH QUẢNG LA", "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG"],
        ["UBND XÃ TÂN HÒA", "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG"],
        ["BỆNH VIỆN SẢN NHI QUẢNG LA"],
        ["SỞ Y TẾ", "BỆNH VIỆN SẢN NHI CƠ SỞ 2"],
        ["SỞ Y TẾ", "THANH TRA"],
        ["CHI CỤC KIỂM LÂM", "HẠT KIỂM LÂM TÂN HÒA"],
    ],
)
def test_what_may_be_another_body_is_nobody_of_the_registry(lines) -> None:
    found = NAMES.issuer(lines, ON)
    assert found is not None
    assert found.codes == frozenset()


def test_a_province_that_no_name_tells_is_that_of_the_line_above() -> None:
    names = AgencyNames([Agency(code="SYT", name="Sở Y tế"), Agency(code="BV", name="Bệnh viện Sản Nhi Bình Hà")])
    issuers = [names.issuer([f"SỞ Y TẾ {place}", "BỆNH VIỆN SẢN NHI"], ON) for place in ("BÌNH HÀ", "QUẢNG LA")]
    assert [one.codes for one in issuers if one] == [{"BV"}, frozenset()]


CITY = AgencyNames(
    [
        Agency(code=OFFICE, name="Văn phòng UBND thành phố Sông Cái"),
        Agency(code="PV", name="Trung tâm Phục vụ hành chính công thành phố Sông Cái"),
        Agency(code="CA", name="Công an thành phố"),
        Agency(code="TTR", name="Thanh tra thành phố"),
        Agency(code="DD", name="Ban Quản lý dự án đầu tư xây dựng các công trình dân dụng và công nghiệp thành phố"),
        Agency(code="BV", name="Bệnh viện Nhi"),
    ]
)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["ỦY BAN NHÂN DÂN THÀNH PHỐ SÔNG CÁI", "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG"], "PV"),
        (["BỘ CÔNG AN", "CÔNG AN THÀNH PHỐ SÔNG CÁI"], "CA"),
        (["UBND THÀNH PHỐ SÔNG CÁI", "THANH TRA"], "TTR"),
        (["UBND THÀNH PHỐ SÔNG CÁI", "BAN QLDA ĐTXD CÁC CT DD VÀ CN"], "DD"),
        (["SỞ Y TẾ", "BỆNH VIỆN NHI SÔNG CÁI"], "BV"),
    ],
)
def test_a_city_that_is_a_province_is_left_out_like_one(lines, expected) -> None:
    found = CITY.issuer(lines, ON)
    assert found is not None
    assert found.codes == {expected}


@pytest.mark.parametrize(
    ("code", "way"), [("BVSN", "san nhi"), ("BVSN", "san nhi binh ha"), ("KSBT", "kiem soat benh tat")]
)
def test_a_body_is_called_beyond_its_kind_and_its_province_too(code, way) -> None:
    assert tuple(way.split()) in NAMES.phrases_for(code)


WHOLE = AgencyNames(
    Agency(code=code, name=f"{name} tỉnh Bình Hà")
    for code, name in {
        OFFICE: "Văn phòng UBND", "SNV": "Sở Nội vụ", "SYT": "Sở Y tế", "TTR": "Thanh tra", "YD": "Bệnh viện Y Dược",
        "MTTQ": "Ủy ban Mặt trận Tổ quốc Việt Nam", "QUY": "Quỹ Bảo vệ và Phát triển rừng",
    }.items()
)  # fmt: skip


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["UBND TỈNH BÌNH HÀ", "SỞ NỘI VỤ"], {"SNV"}),
        (["UBND TỈNH BÌNH HÀ", "THANH TRA"], {"TTR"}),
        (["SỞ Y TẾ", "BỆNH VIỆN Y DƯỢC"], {"YD"}),
        (["SỞ Y TẾ", "QUỸ BẢO VỆ VÀ PHÁT TRIỂN RỪNG"], {"QUY"}),
        (["SỞ Y TẾ", "THANH TRA"], set()),
        (["UBND TỈNH QUẢNG LA", "SỞ NỘI VỤ"], set()),
        (["SỞ NỘI VỤ"], set()),
    ],
)
def test_every_name_may_be_registered_with_its_province(lines, expected) -> None:
    found = WHOLE.issuer(lines, ON)
    assert found is not None
    assert found.codes == expected


def test_an_agency_registered_with_its_province_is_called_without_it_too() -> None:
    assert ("so", "noi", "vu") in WHOLE.phrases_for("SNV")


def test_the_front_of_a_commune_is_not_its_committee() -> None:
    names = AgencyNames(
        [
            Agency(code="MTTQ", name="Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh"),
            Agency(code="X", name="UBND xã Tân Hòa", aliases=["xã Tân Hòa"]),
        ]
    )
    found = names.issuer(["ỦY BAN MẶT TRẬN TỔ QUỐC VIỆT NAM", "XÃ TÂN HÒA"], ON)
    assert found is not None
    assert found.codes == frozenset()
