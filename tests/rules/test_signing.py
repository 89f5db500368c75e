import pytest

from intake.rules.papers.signing import Signer, addressees, signer


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("BÁO CÁO\nKính gửi: Ủy ban nhân dân tỉnh.\nThực hiện", ("Ủy ban nhân dân tỉnh",)),
        ("Kính gửi: Sở Tài chính; Sở Nội vụ;", ("Sở Tài chính", "Sở Nội vụ")),
        ("Kính gửi:\n- Ủy ban nhân dân tỉnh;\n- Sở Tài chính.\nNội dung", ("Ủy ban nhân dân tỉnh", "Sở Tài chính")),
        ("Kính gửi:\t- Ủy ban nhân dân tỉnh;\n+ Sở Tài chính.", ("Ủy ban nhân dân tỉnh", "Sở Tài chính")),
        ("KÍNH GỬI UBND HUYỆN ĐẠI AN", ("UBND HUYỆN ĐẠI AN",)),
        ("Kính gửi:", ()),
        ("Xin kính gửi lời chào", ()),
        ("Nội dung\n" * 70 + "Kính gửi: Sở Tài chính", ()),
    ],
)
def test_the_addressees_are_named_one_by_one(text: str, expected: tuple[str, ...]) -> None:
    assert addressees(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Nơi nhận:\n- Như trên;\n- Lưu: VT.\nTM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\n"
            "PHÓ CHỦ TỊCH\n(Đã ký)\nLê Thị Bình An",
            Signer("Lê Thị Bình An", "PHÓ CHỦ TỊCH", ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH")),
        ),
        ("GIÁM ĐỐC\tNơi nhận:\n- Như trên;\nTrần Văn Đức", Signer("Trần Văn Đức", "GIÁM ĐỐC")),
        ("Nơi nhận:          CHỦ TỊCH\n- Như trên;\nĐại tá Trần Văn Đức", Signer("Trần Văn Đức", "CHỦ TỊCH")),
        ("Nội dung.\nHIỆU TRƯỞNG\nThS. Y Blin Êban", Signer("Y Blin Êban", "HIỆU TRƯỞNG")),
        ("TM. ỦY BAN NHÂN DÂN\n\nLê Văn Tám", Signer("Lê Văn Tám", "", ("TM. ỦY BAN NHÂN DÂN",))),
        (
            "Nơi nhận:\nCHÁNH VĂN PHÒNG\nLê Văn Tám\nPhụ lục\nNGƯỜI LẬP BIỂU\nTRƯỞNG PHÒNG\nTrần Thị Chín",
            Signer("Lê Văn Tám", "CHÁNH VĂN PHÒNG"),
        ),
    ],
)
def test_the_signer_stands_under_a_title(text: str, expected: Signer) -> None:
    assert signer(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Ông Trần Văn Đức, giám đốc",
        "GIÁM ĐỐC\n(Đã ký)",
        "Nơi nhận:\n- Như trên;",
        "GIÁM ĐỐC\n" + "nội dung dài\n" * 20 + "Trần Văn Đức",
        "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH YÊU CẦU CÁC SỞ, BAN, NGÀNH VÀ ĐỊA PHƯƠNG KHẨN TRƯƠNG\nLê Tám",
    ],
)
def test_where_no_name_stands_under_a_title_nobody_is_named(text: str) -> None:
    assert signer(text) is None
