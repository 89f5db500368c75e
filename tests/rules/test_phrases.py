import unicodedata

import pytest

from intake.rules.language.phrases import clauses, phrase, phrases


def says(text: str, wanted: str) -> bool:
    return any(clause.says(phrases(wanted)) for clause in clauses(text))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Bão số 5 đổ bộ", "bão số"),
        ("BÃO SỐ 5", "bão số"),
        (unicodedata.normalize("NFD", "cơn bão số 5"), "bão số"),
        ("Hoả tốc", "hỏa tốc"),
        ("Đak Đoa cháy, nổ", "cháy nổ"),
        ("gây rối\ntrật tự công cộng", "gây rối trật tự"),
        ("Bao cao nhanh vu gay roi", "vụ gây rối"),
        ("Bao cao nhanh vu chay rung\n--\nNguyễn Văn A", "cháy rừng"),
    ],
)
def test_a_phrase_is_found_however_it_is_spelled(text, wanted):
    assert says(text, wanted)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Báo số liệu", "bão số"),
        ("Bảo số", "bão số"),
        ("Chạy thử hệ thống mới", "cháy"),
        ("no đói", "nổ"),
        ("Nguyễn Văn No", "nổ"),
        ("tính mật khẩu", "mất"),
        ("cháynổ", "cháy"),
        ("gây rối. Trật tự ổn định", "gây rối trật tự"),
        ("gây rối\nTrật tự ổn định", "gây rối trật tự"),
    ],
)
def test_words_that_only_fold_alike_or_stand_apart_are_not_the_phrase(text, wanted):
    assert not says(text, wanted)


def test_a_short_unmarked_clause_in_a_marked_text_is_taken_as_marked():
    assert not says("Xin chào. No. Xin hết.", "nổ")


def test_a_full_stop_within_a_number_ends_no_clause():
    assert len(clauses("lúc 08.30 có 1.200 người")) == 1


def test_text_without_words_has_no_clauses():
    assert not clauses(" \n-- ...\n")


def test_a_phrase_is_placed_by_its_first_word():
    (clause,) = clauses("không có vụ cháy, không có vụ nổ")
    assert clause.positions(phrase("vụ")) == [2, 6]
    assert len(clause) == 8


def test_the_first_of_several_phrases_is_said_wherever_it_stands():
    [clause] = clauses("cháy rừng tại xã, đã báo cáo nhanh")
    found = clause.says(phrases("báo cáo", "cháy nổ", "cháy rừng"))
    assert found and found.text == "báo cáo"


def test_a_phrase_is_found_behind_more_words_than_are_kept():
    many = " ".join(f"từ{number}" for number in range(20_000))
    assert says(f"{many}. Bão số 5.", "bão số")


@pytest.mark.parametrize(("above", "below"), [("Xin chào", "No."), ("No.", "Xin chào"), ("No", "so. Xin chào")])
def test_two_texts_as_one_are_read_by_the_marks_of_either(above, below):
    together = clauses(above).above(clauses(below))
    assert together == clauses(f"{above}\n\n{below}")
    assert not together.says(phrases("nổ"))
