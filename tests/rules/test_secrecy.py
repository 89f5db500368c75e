import unicodedata

import pytest

from intake.rules.dealings.secrecy import mark_in_name, mark_in_subject, mark_on_page

HEAD = "BỘ CÔNG AN\nCÔNG AN TỈNH\nSố: 77/BC-CAT\n"
REST = "\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nBÁO CÁO\nVề một số nội dung"


@pytest.mark.parametrize(
    "line",
    [
        "MẬT",
        "TỐI MẬT",
        "TUYỆT MẬT",
        "Mật",
        "Tối mật",
        "Tuyệt Mật",
        "(MẬT)",
        "[TỐI MẬT]",
        "“MẬT”",
        "Độ mật: MẬT",
        "ĐỘ MẬT: TỐI MẬT",
        "Độ mật: Mật",
        "Dấu: MẬT",
        "M Ậ T",
        "T Ố I  M Ậ T",
        "TỐI  MẬT.",
        "MẬT - HỎA TỐC",
        "TUYỆT MẬT KHẨN",
        "TOI MAT",
        "TUYET MAT",
        "  MẬT  ",
        "> TỐI MẬT",
        "MẬT\tGia Lai, ngày 05 tháng 02 năm 2026",
        "\u00a0MẬT\u00a0",
        "M\u200bẬT\ufeff",
        "T Ố I M Ậ T",
        "* MẬT *",
        "Số: 15/BC-CAT (MẬT)",
        "Số: 07/BC-BCHQS - TỐI MẬT",
        "CÔNG AN TỈNH      Số: 15/BC-CAT (MẬT)",
        "- TỐI MẬT -",
        "Độ mật : MẬT",
        "MẬT      CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    ],
)
def test_a_line_that_is_a_grade_and_nothing_else_is_a_mark(line: str) -> None:
    assert mark_on_page(HEAD + line + REST)


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC"])
def test_a_mark_is_seen_in_every_normal_form(form: str) -> None:
    assert mark_on_page(unicodedata.normalize(form, HEAD + "TỐI MẬT" + REST))


@pytest.mark.parametrize(
    "line",
    [
        "Công tác bảo vệ bí mật nhà nước năm 2019",
        "Ủy ban Mặt trận Tổ quốc",
        "Số tài liệu có độ Mật, Tối mật, Tuyệt mật",
        "công tác bảo mật",
        "mật khẩu",
        "MẶT",
        "MẤT",
        "MAT",
        "Mat",
        "mật",
        "tối mật",
        "BÍ MẬT",
        "BẢO MẬT",
        "Mật độ dân số",
        "Độ mật: Thường",
        "Độ mật: Không",
        "MẬT ONG",
        "Số: 15/BC-CAT (Mật khẩu gửi sau)",
        "- Báo cáo số 15/BC-CAT (mật) đã gửi qua văn thư",
        "TỐI MẬT VÀ TUYỆT MẬT",
        "toi mat",
        "Mật:",
        "Tài liệu mật",
        "STT\tMật\tTối mật\tTuyệt mật",
        "1\tMật\t12",
        "",
    ],
)
def test_talk_of_secrets_and_words_that_look_alike_are_no_mark(line: str) -> None:
    assert not mark_on_page(HEAD + line + REST)


def test_a_title_that_wraps_before_its_last_word_is_no_mark() -> None:
    assert not mark_on_page(HEAD + "BÁO CÁO\nCÔNG TÁC BẢO VỆ BÍ\nMẬT\nnhà nước năm 2019")


def test_grades_that_head_the_columns_of_a_table_are_no_mark() -> None:
    assert not mark_on_page(HEAD + "Số lượng tài liệu\nTuyệt mật\nTối mật\nMật\n12\n3")


def test_a_mark_in_the_page_header_and_again_in_the_text_is_a_mark() -> None:
    assert mark_on_page("MẬT\nMẬT\nBÁO CÁO")


def test_honey_in_a_table_is_no_mark() -> None:
    assert not mark_on_page(HEAD + "\n".join(f"Dòng {number}" for number in range(12)) + "\nSản phẩm\nMật\n12 tấn")


def test_only_the_first_page_can_bear_a_mark() -> None:
    assert not mark_on_page("BÁO CÁO\nNội dung\fMẬT\nDanh mục")


def test_without_page_breaks_only_the_first_sixty_lines_can_bear_a_mark() -> None:
    filler = "\n\n".join(f"Dòng {number}" for number in range(59))
    assert mark_on_page(f"{filler}\nMẬT")
    assert not mark_on_page(f"{filler}\nDòng nữa\nMẬT")


def test_an_empty_page_before_the_first_words_does_not_hide_the_mark() -> None:
    assert mark_on_page("\f\n\fMẬT\nBÁO CÁO")


@pytest.mark.parametrize(
    "subject",
    [
        "[TỐI MẬT] Báo cáo công tác",
        "(MẬT) Báo cáo",
        "[Mật] báo cáo",
        "[mật] báo cáo",
        "MẬT: Báo cáo quý",
        "Mật - báo cáo",
        "TUYỆT MẬT - Báo cáo",
        "Báo cáo công tác - MẬT",
        "Báo cáo công tác (Tối mật)",
        "Re: Fwd: [MẬT] Báo cáo",
        "TỐI MẬT",
        "MẬT",
        "TỐI MẬT Báo cáo tình hình",
        "MẬT Báo cáo tình hình",
        "Báo cáo, độ mật: tối mật",
        "Báo cáo. Độ mật: Mật",
        "[TOI MAT] bao cao",
        "TOI MAT - bao cao",
        "TUYET MAT",
        "[MẬT - HỎA TỐC] Báo cáo",
        "[M Ậ T] Báo cáo",
    ],
)
def test_a_subject_bears_a_mark_in_brackets_or_at_its_edge(subject: str) -> None:
    assert mark_in_subject(subject)


@pytest.mark.parametrize(
    "subject",
    [
        "",
        "Báo cáo công tác bảo vệ bí mật nhà nước năm 2019",
        "Mật khẩu: đổi lại giúp",
        "Mật độ dân số",
        "Mặt trận Tổ quốc",
        "BÁO CÁO CÔNG TÁC BẢO VỆ BÍ MẬT NHÀ NƯỚC",
        "Rà soát tài liệu độ Mật, Tối mật",
        "Báo cáo công tác - bảo mật",
        "BC cong tac bao ve bi mat",
        "[MAT] bao cao",
        "MẬT ONG - BÁO CÁO",
        "Báo cáo độ mật: thường",
        "Báo cáo tài liệu (mật)",
        "Tập huấn quy định về tối mật, tuyệt mật",
        "BC thang 10 - mat",
        "mật ong rừng",
        "Bảo vệ bí - Mật ong",
    ],
)
def test_a_subject_about_secrets_bears_no_mark(subject: str) -> None:
    assert not mark_in_subject(subject)


@pytest.mark.parametrize(
    "name",
    [
        "MẬT.pdf",
        "[MẬT] 12-BC-CAT.pdf",
        "12-BC-CAT (Mật).signed.pdf",
        "TỐI MẬT_bao cao.docx",
        "Bao cao - TỐI MẬT.docx",
        "12.BC.CAT.MẬT.pdf",
        "TOI_MAT.pdf",
        "BC_TOI_MAT_12.docx",
        "KH_Tuyệt_mật_2019.pdf",
        "TOI MAT.zip",
        "MẬT_BC thang 10.signed.signed.pdf",
        "MẬT",
    ],
)
def test_a_file_name_bears_a_mark_in_brackets_or_at_its_edge(name: str) -> None:
    assert mark_in_name(name)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "BC bảo vệ bí mật nhà nước.pdf",
        "bao mat.docx",
        "Bảo_Mật.docx",
        "BC_xã_Mật_Sơn.pdf",
        "Bao_cao_toi_mat_dien.docx",
        "bí-mật.pdf",
        "BC_MAT.pdf",
        "Mật độ dân số.xlsx",
        "Mặt trận.pdf",
        "468 Báo cáo BMNN.docx",
        "phụ lục mật khẩu.txt",
        "BAO_CAO_BI_MAT.pdf",
        "BẢO.MẬT.pdf",
    ],
)
def test_a_file_name_about_secrets_bears_no_mark(name: str) -> None:
    assert not mark_in_name(name)
