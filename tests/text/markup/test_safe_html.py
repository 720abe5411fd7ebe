"""Rendered HTML is printed unescaped, in templates and by Django's own functions."""

from django.template import engines
from django.utils.html import escape as django_escape
from django.utils.html import format_html
from hypothesis import given
from hypothesis import strategies as st

from papers.text.markup import title_html
from papers.text.markup.safe_html import escape


def printed(value):
    return engines["django"].from_string("{{ value }}").render({"value": value})


def test_a_template_prints_it_without_escaping_it_again():
    assert printed(title_html("Lamps & $x^2$")).startswith("Lamps &amp; <span")
    assert printed("Lamps & kites") == "Lamps &amp; kites"


def test_it_stays_html_within_other_html():
    assert format_html("<i>{}</i>", escape("a < b")) == "<i>a &lt; b</i>"


@given(st.text())
def test_text_is_escaped_as_django_escapes_it(text):
    assert escape(text) == django_escape(text)
