"""Formulas and links in texts, on pages and in feeds."""

import pytest

from tests.cast import KITE

pytestmark = [pytest.mark.usefixtures("small_site"), pytest.mark.alike]


def test_a_paper_shows_its_formulas_in_both_languages(read):
    page = read(f"/papers/{KITE}/", lang="both")
    assert page.attributes(".sentences math", "alttext") == ["n^2", "n^2"]
    assert page.attributes(".sentences .formula", "translate") == ["no", "no"]
    assert "$" not in "".join(page.all(".sentences"))


def test_a_card_shows_them_in_its_first_words_too(read):
    page = read("/papers/", id=KITE, lang="en")
    assert "n²" in page.attributes(".card-lead", "data-lead")[0]


def test_descriptions_and_feeds_have_readable_text(read, client):
    page = read(f"/papers/{KITE}/", lang="en")
    (description,) = page.attributes("meta[name=description]", "content")
    assert description.startswith("A kite needs n² metres of string.")
    feed = client.get("/papers/feed.atom?lang=en").content.decode()
    assert "A kite needs n² metres of string." in feed
    assert "&lt;math" not in feed
