"""The rules' English sentences in Vietnamese, for those who read evidence."""

import ast
import re
import tomllib
from pathlib import Path

import pytest

from intake import registry, rules
from intake.rendering.evidence import CATALOGUE, in_vietnamese

PAIRS = tomllib.loads(CATALOGUE.read_text(encoding="utf-8"))
VARIABLE = re.compile(r"\{([a-z]+)\}")
# The others say nothing to a person.
SPEAKING = ("rules", "dealings", "matching", "urgent", "deadlines")
MODULES = [one for one in sorted(Path(rules.__file__).parent.rglob("*.py")) if one.parent.name in SPEAKING]
SENTENCE = re.compile(r"[A-Za-z\"'][\x20-\x7e]*(?: [\x20-\x7e]+){3}")
# What is only ever said within another sentence, or never to a person.
PIECES = {
    "in the text of the mail", "in a file name", "a secrecy mark KTXH-T",
    'the mail speaks for "KTXH-T"KTXH-T', "KTXH-T belongs to KTXH-T", "our mail server vouches for KTXH-T",
    "more than one from ", "KTXH-T, which is in no registry", "KTXH-T (KTXH-T of KTXH-T)",
    "KTXH-T: `intake sending resume`", "KTXH-T is none for the frequency KTXH-T: KTXH-T",
    "KTXH-T, with the hour", "KTXH-T, which has just happened", "KTXH-T, which is going on",
    "KTXH-T, in the title and in the text",
}  # fmt: skip
ENGLISH = r"\b(the|is|are|and|no|none|one|of|or|such|titled|sheet)\b"
VALUES = {"day": "2026-11-16", "id": "7", "address": "a@so.example", "where": "the subject", "why": "automatic mail"}


@pytest.mark.parametrize(("english", "vietnamese"), PAIRS.items(), ids=PAIRS.keys())
def test_every_sentence_says_the_same_things_in_both_languages(english, vietnamese):
    assert set(VARIABLE.findall(vietnamese)) <= set(VARIABLE.findall(english))
    sentence = VARIABLE.sub(lambda found: VALUES.get(found[1], "KTXH-T"), english)
    assert in_vietnamese(sentence) != sentence
    assert "{" not in in_vietnamese(sentence)


@pytest.mark.parametrize(("english", "vietnamese"), [
    ('agency A (Sở A): active_to (empty) becomes "2025-02-28"',
     'cơ quan A (Sở A): cột Hiệu lực đến từ (trống) thành "2025-02-28"'),
    ('contact a@so.example (head of A): name "Ông An" becomes (empty)',
     'đầu mối a@so.example (head of A): cột Họ và tên từ "Ông An" thành (trống)'),
    ('report type B (Báo cáo): due "day 20" becomes "day 25"',
     'loại báo cáo B (Báo cáo): cột Thời hạn từ "day 20" thành "day 25"'),
])  # fmt: skip
def test_a_changed_registry_is_told_by_the_titles_of_its_template(english, vietnamese):
    assert in_vietnamese(english) == vietnamese


def test_categories_of_urgent_matters_are_named_in_the_language_of_the_office():
    sentence = "it speaks of an urgent matter, and its category may be natural_disaster or fire_explosion"
    assert in_vietnamese(sentence).endswith("lĩnh vực có thể là thiên tai, bão lũ hoặc cháy, nổ")


def sentences_of(module):
    """What a module of the rules may say: texts of several words in plain letters, with a value for each variable."""
    tree = ast.parse(module.read_text(encoding="utf-8"))
    parts = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in ast.walk(node)} - {
        id(node) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)
    }
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef)
    notes = {ast.get_docstring(node, clean=False) for node in ast.walk(tree) if isinstance(node, documented)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in parts:
            said = node.value
        elif isinstance(node, ast.JoinedStr):
            said = "".join(one.value if isinstance(one, ast.Constant) else _value(one) for one in node.values)
        else:
            continue
        if said not in notes and SENTENCE.fullmatch(said) and "(?" not in said:
            yield said


def _value(variable):
    return "2026-11-16" if ast.unparse(variable).strip("{}'f").split(".")[-1] in ("on", "issued_on") else "KTXH-T"


@pytest.mark.parametrize("module", MODULES, ids=lambda one: one.stem)
def test_no_sentence_of_the_rules_is_left_in_english(module):
    assert [said for said in sentences_of(module) if in_vietnamese(said) == said and said not in PIECES] == []


# Commands whose refusals no page of the console shows.
COMMANDS_ONLY = {
    "backup", "checks", "engine", "importing", "presence", "server_checks", "serving", "simulating",
    "statistics_workbook",
}  # fmt: skip
REFUSING = sorted(
    path
    for room in ("office", "records", "store", "web")
    for path in (Path(rules.__file__).parents[1] / room).glob("*.py")
    if path.stem not in COMMANDS_ONLY and "ConfigError(" in path.read_text(encoding="utf-8")
)


def refusals_of(path, call="ConfigError"):
    """The sentences with which a module refuses what it is asked for, with a value for each variable."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(call):
            words = node.args[-1]
            for said in ast.walk(words):
                if isinstance(said, ast.JoinedStr):
                    yield "".join(one.value if isinstance(one, ast.Constant) else _placed(one) for one in said.values)
            if isinstance(words, ast.Constant):
                yield words.value


@pytest.mark.parametrize("module", ["checks", "entries", "tables"])
def test_no_mistake_in_a_registry_is_left_in_english(module):
    said = [*refusals_of(Path(registry.__file__).with_name(f"{module}.py"), ".wrong")]
    assert said
    assert [
        one for one in said if re.search(ENGLISH, in_vietnamese(f"sheet A (agencies), row 2, column B: {one}"))
    ] == []


TRIED = [
    Path(registry.__file__).parents[1] / path
    for path in (
        "office/checks.py", "office/server_checks.py", "mail/connecting.py", "mail/imap_session.py", "mail/maildir.py",
        "mail/smtp_refusals.py", "mail/transport.py",
    )
]  # fmt: skip


@pytest.mark.parametrize("path", TRIED, ids=lambda one: one.stem)
def test_nothing_that_is_tried_for_real_is_told_in_english(path):
    left = [said for said in sentences_of(path) if in_vietnamese(said) == said]
    assert [said for said in left if said not in PIECES] == []


def _placed(variable):
    source = ast.unparse(variable)
    if re.search(r"isoformat|\bday\b", source):
        return "2026-11-16"
    return "7" if re.search(r"(\bid|_id|number|page)\b", source) else "KTXH-T"


@pytest.mark.parametrize("path", REFUSING, ids=lambda one: f"{one.parent.name}-{one.stem}")
def test_no_refusal_that_the_console_shows_is_left_in_english(path):
    assert [said for said in refusals_of(path) if " " in said and in_vietnamese(said) == said] == []


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
