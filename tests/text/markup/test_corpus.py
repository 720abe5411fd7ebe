"""The real digests: nearly every formula is converted, and no foreign markup passes."""

import re

import pytest

from papers.digests.decoding import decode
from papers.digests.markdown import parse
from papers.text.markup import paragraphs_html, title_html
from tests.text.markup.checked import assert_safe

pytestmark = pytest.mark.corpus

LINK = "https://arxiv.org/abs/2501.97001"


@pytest.fixture(scope="module")
def texts(corpus) -> tuple[set[str], set[str]]:
    """All titles and all abstracts, in both languages."""
    titles: set[str] = set()
    abstracts: set[str] = set()
    for file in (corpus / "corpus").glob("**/*.md"):
        for record in parse(decode(file.read_bytes())).records:
            titles |= {record.title, record.title_zh}
            abstracts |= {record.abstract, record.abstract_zh}
    return titles, abstracts


def test_of_a_hundred_abstracts_with_formulas_one_at_most_has_one_left(texts):
    with_formulas = left = 0
    for abstract in texts[1]:
        if "$" not in abstract and "\\" not in abstract:
            continue
        shown = "".join(paragraphs_html(abstract, LINK))
        unconverted = 'class="tex"' in shown or _has_dollars_around_tex(shown)
        with_formulas += "<math" in shown or unconverted
        left += unconverted
    assert with_formulas > 1_000
    assert left / with_formulas < 0.01


def test_nothing_of_any_text_becomes_foreign_markup(texts):
    titles, abstracts = texts
    for title in titles:
        assert_safe(title_html(title))
    for abstract in abstracts:
        for paragraph in paragraphs_html(abstract, LINK):
            if "<" in paragraph:
                assert_safe(paragraph, LINK)


def _has_dollars_around_tex(shown: str) -> bool:
    """Whether what looks like a formula is still text."""
    text = re.sub(r"<math.*?</math>", "", shown)
    return bool(re.search(r"\$[^$]*[\\^_][^$]*\$", text))
