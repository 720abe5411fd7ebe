"""Errors in the English text are fixed if that is certain, and otherwise reported to curators."""

import pytest

from papers.text.english_side import Oddity, odd_names, oddities
from papers.text.markup import plain_text


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("the ``curse of lamps\" and ``more''", "the “curse of lamps” and “more”"),
        ("effective ``lamp light`` of", "effective “lamp light” of"),
        ("called ''lamps'', or", "called “lamps”, or"),
        ("We propose **LampNet**, a lamp", "We propose LampNet, a lamp"),
        ("2**3**4 and 5'' tubes, ``open", "2**3**4 and 5'' tubes, ``open"),
    ],
)
def test_quotes_and_bold_letters_are_shown_as_they_are_meant(given, shown):
    assert plain_text(given) == shown


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (r"We propose \method, a lamp.", [Oddity.MACRO]),
        (r"Our {\ourlamp} glows.", [Oddity.MACRO]),
        ("on LampFace$, enabling light", [Oddity.DOLLAR]),
        ("diminishedâ€“ish \ufffd lamps", [Oddity.MANGLED]),
        (r"$\alpha$ costs \$5 or $5,000 or 3$ in US$, and \textbf{glows}.", []),
        ("Plain “lamps” – naïve.", []),
    ],
)
def test_what_is_not_certain_is_named(text, named):
    assert list(oddities(text)) == named


@pytest.mark.parametrize(
    "odd",
    [
        "Lantern Team",
        "Harbour No. 1 Middle School",
        "Lamp-AI",
        "lamp contributors",
        "Ada 3xample",
        'Al"om Lamp',
        r"Ad\'a Example",
        "Lamps Collaboration",
    ],
)
def test_an_author_who_is_no_person_is_named(odd):
    assert list(odd_names(f"Bo Muster, {odd}")) == [Oddity.NAME]


@pytest.mark.parametrize(
    "person",
    ["Ada Example, Jr.", 'Bo "Jay" Muster', "Ai Grouper", "D’Arcy Labteamson", "Åsa Í. (Zoë) Ñ"],
)
def test_a_person_is_not(person):
    assert list(odd_names(f"{person}, Chi Ling-Ling")) == []
