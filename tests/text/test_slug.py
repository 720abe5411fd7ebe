"""Slugs equal Django's: the addresses of topics, sources and authors contain them."""

import pytest
from django.utils.text import slugify as django_slugify
from hypothesis import given
from hypothesis import strategies as st

from papers.text.slug import slugify


@pytest.mark.parametrize(
    ("text", "slug", "ascii_slug"),
    [
        ("Tool Use", "tool-use", "tool-use"),
        ("  cs--CL_ ", "cs-cl", "cs-cl"),
        ("Jürgen Größe", "jürgen-größe", "jurgen-groe"),
        ("多模态 Ｘ", "多模态-x", "x"),
        ("C++", "c", "c"),
        ("", "", ""),
    ],
)
def test_words_are_joined_by_hyphens(text, slug, ascii_slug):
    assert slugify(text) == slug
    assert slugify(text, ascii_only=True) == ascii_slug


@given(st.text())
def test_any_text_has_the_slug_that_django_gives_it(text):
    assert slugify(text) == django_slugify(text, allow_unicode=True)
    assert slugify(text, ascii_only=True) == django_slugify(text)
