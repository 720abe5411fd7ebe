"""HTML is rendered once, when a text is stored, and again when the renderer changes."""

from io import StringIO

import pytest
from django.core.management import call_command

from papers.models import Paper
from tests.cast import ANGLE_BRACKETS, BUOY, KITE

pytestmark = [pytest.mark.usefixtures("small_site"), pytest.mark.alike]

FORMULA = '<math alttext="n^2"><msup><mi>n</mi><mn>2</mn></msup></math>'


def paper(arxiv_id: str) -> Paper:
    return Paper.objects.get(arxiv_id=arxiv_id)


def rebuild(*arguments: str) -> str:
    output = StringIO()
    call_command("rebuild_cards", *arguments, stdout=output)
    return output.getvalue().strip()


def checked() -> str:
    errors = StringIO()
    call_command("check", databases=["default"], stderr=errors, stdout=StringIO())
    return errors.getvalue()


def made_by_an_older_renderer(arxiv_id: str) -> None:
    one = paper(arxiv_id)
    one.card["html"] = {"version": 0, "en": {"paragraphs": ["<p>old</p>"], "title": "old"}}
    one.save()


def test_what_has_markup_is_stored_as_html_and_shown():
    kept = paper(KITE).card["html"]
    assert FORMULA in kept["en"]["paragraphs"][0]
    assert FORMULA in kept["zh"]["paragraphs"][0]
    english, chinese = paper(KITE).abstract.shown("both")
    assert FORMULA in english.paragraphs[0]
    assert FORMULA in chinese.paragraphs[0]
    assert "n²" in chinese.lead
    assert english.plain == "A kite needs n² metres of string.\n\nWe prove it twice."


def test_what_has_none_is_not_stored_twice():
    assert set(paper(BUOY).card["html"]) == {"version"}
    assert set(paper(ANGLE_BRACKETS).card["html"]) == {"version"}
    (title,) = paper(ANGLE_BRACKETS).title.shown("en")
    assert title.html.startswith("Before &lt;think&gt; and After &lt;script&gt;")


def test_the_stored_html_is_what_is_shown():
    one = paper(KITE)
    one.card["html"]["en"]["paragraphs"] = ["kept"]
    assert one.abstract.shown("en")[0].paragraphs == ["kept"]


def test_html_of_an_older_renderer_is_not_shown():
    made_by_an_older_renderer(KITE)
    (english,) = paper(KITE).abstract.shown("en")
    assert FORMULA in english.paragraphs[0]
    (title,) = paper(KITE).title.shown("en")
    assert title.html == "Kites over Shallow Networks"


def test_only_outdated_cards_are_rebuilt():
    before = paper(KITE)
    made_by_an_older_renderer(KITE)
    Paper.objects.filter(arxiv_id=BUOY).update(card=dict(paper(BUOY).card, html={}))
    assert rebuild() == "Papers rebuilt: 2."
    assert paper(KITE).card == before.card
    assert rebuild() == "Papers rebuilt: 0."
    assert rebuild("--all") == "Papers rebuilt: 10."


def test_a_card_without_any_html_is_outdated():
    card = paper(BUOY).card
    del card["html"]
    Paper.objects.filter(arxiv_id=BUOY).update(card=card)
    assert rebuild() == "Papers rebuilt: 1."


def test_the_check_of_the_database_says_when_it_is_needed():
    assert "rebuild_cards" not in checked()
    made_by_an_older_renderer(KITE)
    assert "manage.py rebuild_cards" in checked()


def test_pairs_of_an_older_aligner_are_rebuilt():
    before = paper(KITE)
    old = {"version": "0.0", "rows": [[1, 1]]}
    Paper.objects.filter(arxiv_id=KITE).update(card=before.card | {"pairs": old})
    assert paper(KITE).sentence_pairs == before.sentence_pairs  # made on the fly
    assert "manage.py rebuild_cards" in checked()
    assert rebuild() == "Papers rebuilt: 1."
    assert paper(KITE).card == before.card


def test_a_card_without_pairs_is_outdated():
    card = paper(BUOY).card
    del card["pairs"]
    Paper.objects.filter(arxiv_id=BUOY).update(card=card)
    assert rebuild() == "Papers rebuilt: 1."
