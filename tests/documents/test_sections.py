import pytest

from intake.documents.sections import Paragraph, filled_sections

HEADING = "Kiến nghị, đề xuất"
BEFORE = (
    Paragraph("BÁO CÁO"),
    Paragraph("I. TÌNH HÌNH"),
    Paragraph("Đã kiến nghị, đề xuất nhiều lần."),
    Paragraph("II. KẾT QUẢ"),
)
SIGNING = (Paragraph("Nơi nhận:"), Paragraph("- Như trên;"), Paragraph("TM. ỦY BAN NHÂN DÂN"))


def answer(*lines: str | Paragraph) -> bool | None:
    under = [line if isinstance(line, Paragraph) else Paragraph(line) for line in lines]
    return filled_sections([*BEFORE, *under, *SIGNING], [HEADING]).get(HEADING)


@pytest.mark.parametrize(
    "heading",
    [
        "Kiến nghị, đề xuất",
        "III. Kiến nghị, đề xuất",
        "III. KIẾN NGHỊ, ĐỀ XUẤT",
        "3. Kiến nghị, đề xuất:",
        "III/ Kiến nghị, đề xuất.",
        "C. Kiến nghị và đề xuất",
        "IV- KIẾN NGHỊ - ĐỀ XUẤT",
        "Phần thứ ba: Kiến nghị, đề xuất",
        "PHẦN III. KIẾN NGHỊ, ĐỀ XUẤT",
        "2.1. Kiến nghị, đề xuất",
        "b) Kiến nghị, đề xuất",
        "III. KIẾN NGHỊ, ĐỀ XUẤT VỚI ỦY BAN NHÂN DÂN TỈNH",
    ],
)
def test_a_heading_is_found_with_or_without_its_number(heading: str) -> None:
    assert answer(heading, "Đề nghị tỉnh hỗ trợ kinh phí.") is True
    assert answer(heading) is False


@pytest.mark.parametrize(
    "line",
    [
        "Đã kiến nghị, đề xuất với tỉnh.",
        "Các kiến nghị, đề xuất",
        "Kiến nghị, đề xuất đã được tỉnh xem xét.",
        "3. Kiến nghị, đề xuất đã được giải quyết.",
        "III. Kiến nghị, đề xuất.........7",
        "III. Kiến nghị, đề xuất\t7",
        "Đề xuất, kiến nghị",
    ],
)
def test_running_text_and_tables_of_contents_are_no_heading(line: str) -> None:
    assert answer(line, "Nội dung.") is None


def test_a_line_in_the_style_of_a_table_of_contents_is_no_heading() -> None:
    assert answer(Paragraph("III. Kiến nghị, đề xuất", style="TOC1"), "Nội dung.") is None


@pytest.mark.parametrize(
    "text",
    [
        "Đề nghị tỉnh hỗ trợ.",
        "- Đề nghị tỉnh hỗ trợ.",
        "1. Đề nghị tỉnh hỗ trợ.",
        "Không.",
        "Không có kiến nghị.",
        "0",
        "Kính đề nghị Ủy ban nhân dân tỉnh xem xét, chỉ đạo.",
        "Kính báo cáo tỉnh; đề nghị hỗ trợ 5 tỷ đồng.",
    ],
)
def test_text_under_the_heading_fills_it(text: str) -> None:
    assert answer("III. Kiến nghị, đề xuất", text) is True


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "-",
        "- ",
        "…",
        "....",
        "…………",
        "- …",
        "___",
        "+",
        "(Nêu rõ kiến nghị, đề xuất)",
        "[Ghi cụ thể nội dung]",
        "1. Đối với Chính phủ:",
        "a) Với tỉnh: ",
        "Trên đây là báo cáo của huyện, kính gửi tỉnh.",
        "Trân trọng báo cáo./.",
        "Trên đây là báo cáo của huyện, kính đề nghị tỉnh xem xét, chỉ đạo./.",
        "Ủy ban nhân dân huyện trân trọng báo cáo.",
    ],
)
def test_placeholders_labels_and_closing_words_do_not_fill_it(text: str) -> None:
    assert answer("III. Kiến nghị, đề xuất", text) is False


def test_text_after_a_colon_on_the_heading_s_own_line_fills_it() -> None:
    assert answer("III. Kiến nghị, đề xuất: Không có.") is True
    assert answer("III. Kiến nghị, đề xuất: ....") is False


@pytest.mark.parametrize(
    ("heading", "following"),
    [
        ("III. Kiến nghị, đề xuất", "IV. PHƯƠNG HƯỚNG"),
        ("III. Kiến nghị, đề xuất", "B. PHƯƠNG HƯỚNG"),
        ("3. Kiến nghị, đề xuất", "4. Phương hướng"),
        ("3. Kiến nghị, đề xuất", "IV. PHƯƠNG HƯỚNG"),
        ("Kiến nghị, đề xuất", "IV. PHƯƠNG HƯỚNG"),
        ("Kiến nghị, đề xuất", "2. PHƯƠNG HƯỚNG"),
    ],
)
def test_the_next_heading_of_its_level_or_above_ends_the_section(heading: str, following: str) -> None:
    assert answer(heading, following, "Tiếp tục thực hiện.") is False


def test_deeper_headings_belong_to_the_section() -> None:
    assert answer("III. Kiến nghị, đề xuất", "1. Đối với tỉnh:", "a) Về kinh phí:", "Bố trí thêm 5 tỷ đồng.") is True


def test_styled_headings_end_the_section_by_their_level() -> None:
    heading = Paragraph("Kiến nghị, đề xuất", style="Heading1")
    assert answer(heading, Paragraph("Phương hướng", style="Heading1"), "Nội dung.") is False
    assert answer(heading, Paragraph("Với tỉnh:", style="Heading2"), "Nội dung.") is True


def test_headings_that_a_list_numbers_end_the_section_by_their_level() -> None:
    heading = Paragraph("Kiến nghị, đề xuất", list_level=("7", 0))
    assert answer(heading, Paragraph("Phương hướng", list_level=("7", 0)), "Nội dung.") is False
    assert answer(heading, Paragraph("Đề nghị hỗ trợ.", list_level=("7", 1))) is True
    assert answer(heading, Paragraph("Đề nghị hỗ trợ.", list_level=("9", 0))) is True


@pytest.mark.parametrize(
    "line", ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "GIÁM ĐỐC", "Q. GIÁM ĐỐC", "TL. CHỦ TỊCH", "NGƯỜI LẬP BIỂU"]
)
def test_the_signing_ends_the_section(line: str) -> None:
    assert answer("III. Kiến nghị, đề xuất", line, "Nguyễn Văn A") is False


def test_a_table_of_proposals_fills_the_section() -> None:
    assert answer("III. Kiến nghị, đề xuất", Paragraph("1\tHỗ trợ giống\t5 tỷ", in_table=True)) is True


def test_one_filled_section_is_enough_where_the_heading_stands_twice() -> None:
    assert answer("III. Kiến nghị, đề xuất", "IV. Kiến nghị, đề xuất", "Đề nghị hỗ trợ.") is True
