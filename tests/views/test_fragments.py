"""Fragments shared by all pages are cached by language and by the named values only."""

import pytest
from django.template import Context, Engine
from django.utils import translation
from django.utils.safestring import mark_safe

from papers.models import Topic

PART = """{% load fragments i18n %}{% once here=here %}{{ here }} {{ q }} {% translate "Search" %}\
{% endonce %}"""


def rendered(template, **values):
    return " ".join(template.render(Context(values)).split())


def test_a_part_is_made_for_each_value_named_and_each_language():
    template = Engine.get_default().from_string(PART)
    assert rendered(template, here="papers") == "papers Search"
    assert rendered(template, here="days") == "days Search"
    with translation.override("zh-hans"):
        assert rendered(template, here="papers") == "papers 搜索"
    assert rendered(template, here="papers") == "papers Search"


def test_what_is_not_named_is_not_seen_so_no_reader_sees_anothers_words():
    template = Engine.get_default().from_string(PART)
    assert "secret" not in rendered(template, here="papers", q="secret")


def test_a_value_is_escaped_as_elsewhere():
    template = Engine.get_default().from_string(PART)
    assert rendered(template, here="<b>").startswith("&lt;b&gt;")


def test_the_same_text_is_escaped_or_not_whichever_came_first():
    template = Engine.get_default().from_string(PART)
    assert rendered(template, here=mark_safe("<b>x</b>")).startswith("<b>x</b>")
    assert rendered(template, here="<b>x</b>").startswith("&lt;b&gt;")


def test_a_row_that_may_change_is_refused():
    template = Engine.get_default().from_string(PART)
    with pytest.raises(TypeError, match="here"):
        rendered(template, here=Topic(pk=1, slug="cs-cl"))
