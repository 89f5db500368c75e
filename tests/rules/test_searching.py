import pytest

from intake.rules.language.searching import LONGEST_WORD, MOST_LETTERS, MOST_WORDS, asked_words, words_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Báo cáo  KT-XH", "bao cao kt xh"),
        ("ĐAK ĐOA, Đắk Lắk", "dak doa dak lak"),
        ("12/BC-STC", "12 bc stc"),
        ("so_tc@tinh.example", "so tc tinh example"),
        ("hoà hòa", "hoa hoa"),
        ("x" * 200, "x" * LONGEST_WORD),
        ("…!?", ""),
        ("Đức_日本, 5%", "duc 日本 5"),
    ],
)
def test_words_stand_without_marks_and_without_what_is_between_them(text, words):
    assert words_of(text) == words


def test_of_a_very_long_text_the_beginning_is_kept():
    assert len(words_of("a " * MOST_LETTERS)) <= MOST_LETTERS


def test_a_question_has_a_bounded_number_of_words():
    assert len(asked_words("a b c d e f g h i j k l m n o p")) == MOST_WORDS
