"""Errors in the English text are fixed if that is certain, and otherwise reported to curators."""

import pytest

from papers.curation.queues import doubtful_texts
from papers.models import ZhState
from papers.text.english_side import Oddity, oddities
from papers.text.markup import plain_text
from tests.importing.conftest import importing, lamp
from tests.support import record_text


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


@pytest.mark.django_db
def test_it_is_counted_on_the_desk_and_makes_no_chinese_suspect(digest):
    importing(digest(record_text(abstract=r"We propose \method{} for lamps.")))
    (queue,) = doubtful_texts()
    assert (queue.field, queue.fault, queue.number) == ("abstract", "macro-left", 1)
    assert lamp().zh_state == ZhState.OK
    importing(digest(record_text(abstract="We propose lamps.")))
    assert doubtful_texts() == []


@pytest.mark.django_db
def test_mangled_letters_are_mended_when_a_digest_is_read(digest):
    importing(digest(record_text(title="A LampÂ’s â€œGlowâ€", authors=["JosÃ© Muster"])))
    assert lamp().title_en.endswith("“Glow”")
    assert lamp().authors_text == "José Muster"
