"""A query in the other language."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.glossary import Glossary, TermPair
from papers.lists import other_language
from papers.lists.other_language import in_other_language
from papers.search.query_parser import parse

TERMS = Glossary(
    (TermPair("纸灯笼", "paper lantern"), TermPair("风筝", "kite"), TermPair("幻觉", "illusion")),
    "test",
)


@pytest.fixture(autouse=True)
def terms(monkeypatch):
    monkeypatch.setattr(other_language, "current_glossary", lambda: TERMS)


@pytest.mark.parametrize(
    ("typed", "translated"),
    [
        ("纸灯笼", '"paper lantern"'),
        ("纸灯笼 风筝", '"paper lantern" "kite"'),
        ("红色纸灯笼的 LED", '"paper lantern" LED'),
        ("LED 纸灯笼", 'LED "paper lantern"'),
        ("paper lanterns glow", '"纸灯笼" glow'),
        ("title:纸灯笼", '"paper lantern"'),
        ("未知的词", ""),
        ("glow", ""),
        ("topic:rag", ""),
        ("", ""),
    ],
)
def test_terms_are_translated_and_unknown_chinese_is_left_out(typed, translated):
    assert in_other_language(parse(typed)) == translated


@given(st.text(alphabet='纸灯笼风筝 paperlantern":-（', max_size=40))
def test_the_translation_is_a_query_with_words(typed):
    translated = in_other_language(parse(typed))
    assert not translated or parse(translated).node() is not None
