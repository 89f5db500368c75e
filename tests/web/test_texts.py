"""The console's words: both languages have the same ones, and every one that is asked for is there."""

import re
from pathlib import Path

import pytest

from intake.web.rendering import HERE
from intake.web.texts import say, texts_in

PLACES = re.compile(r"\{(\w+)")
ASKED = re.compile(r"""\bt\("([a-z_]+\.[a-z_0-9]+)"[,)]""")
PAGES = sorted((HERE / "pages").rglob("*.html"))


def test_both_languages_have_the_same_texts_with_the_same_places():
    vietnamese, english = texts_in("vi"), texts_in("en")
    assert set(vietnamese) == set(english)
    for key, text in vietnamese.items():
        assert sorted(set(PLACES.findall(text))) == sorted(set(PLACES.findall(english[key]))), key


@pytest.mark.parametrize(("count", "said"), [(0, "0 mails"), (1, "1 mail"), (2, "2 mails")])
def test_a_word_follows_its_count(count, said):
    assert say("en", "mail.count", count=count) == said


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_asks_for_no_text_that_there_is_not(page: Path):
    assert set(ASKED.findall(page.read_text())) <= set(texts_in("vi"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_has_no_script_and_no_style_within(page: Path):
    source = page.read_text()
    assert not re.search(r"<style|<script(?![^>]* src=)|\sstyle=|\son[a-z]+=|\|\s*safe\b", source)
