"""The rules' English sentences in Vietnamese, for those who read evidence."""

import re
import tomllib

import pytest

from intake.rendering.evidence import CATALOGUE, in_vietnamese

PAIRS = tomllib.loads(CATALOGUE.read_text(encoding="utf-8"))
VARIABLE = re.compile(r"\{([a-z]+)\}")
VALUES = {"day": "2026-11-16", "id": "7", "address": "a@so.example", "where": "the subject", "why": "automatic mail"}


@pytest.mark.parametrize(("english", "vietnamese"), PAIRS.items(), ids=PAIRS.keys())
def test_every_sentence_says_the_same_things_in_both_languages(english, vietnamese):
    assert set(VARIABLE.findall(vietnamese)) <= set(VARIABLE.findall(english))
    sentence = VARIABLE.sub(lambda found: VALUES.get(found[1], "KTXH-T"), english)
    assert in_vietnamese(sentence) != sentence
    assert "{" not in in_vietnamese(sentence)


@pytest.mark.parametrize(
    ("english", "vietnamese"),
    [
        ("sender a@so.example is registered for STC", "địa chỉ gửi a@so.example đã đăng ký cho STC"),
        (
            'the title of document "BC "sửa".docx" "Tình hình tháng 11" names KTXH-T',
            'tên văn bản trong tệp “BC "sửa".docx” “Tình hình tháng 11” nêu KTXH-T',
        ),
        (
            'a@so.example belongs to STC, but the mail speaks for "Sở Y tế" (SYT)',
            "địa chỉ a@so.example thuộc STC, nhưng thư nêu tên “Sở Y tế” (SYT)",
        ),
        (
            'document "BC.pdf" is dated 2026-11-05, which does not fit KTXH-T for 2026-10',
            "tệp “BC.pdf” ghi ngày 05/11/2026, không khớp với KTXH-T kỳ 2026-10",
        ),
        ("not answered: automatic mail is never answered", "không trả lời: thư tự động không bao giờ được trả lời"),
        (
            "STC does not owe GIAOBAN for 2026-W47; SYT does not owe GIAOBAN for 2026-W47",
            "STC không phải gửi GIAOBAN kỳ 2026-W47; SYT không phải gửi GIAOBAN kỳ 2026-W47",
        ),
        ("a sentence of a later version", "a sentence of a later version"),
        ("x" * 5_000, "x" * 5_000),
    ],
)
def test_a_sentence_of_the_rules_is_said_in_vietnamese(english, vietnamese):
    assert in_vietnamese(english) == vietnamese


def test_a_hostile_sentence_costs_no_time():
    hostile = 'the title "' * 300 + '" of document "' * 50
    assert in_vietnamese(hostile)
