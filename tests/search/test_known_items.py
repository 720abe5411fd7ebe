"""On real digests, queries made of a paper's words find the paper."""

import pytest

from papers.importing.run import Options, run_import
from tests.search.conftest import results
from tests.search.known_items import known_items, success

pytestmark = [pytest.mark.corpus, pytest.mark.django_db]
DAYS = ("29-Jan-2025", "3-Feb-2025")
WANTED = {
    "English title": 0.95,
    "Chinese title": 0.95,
    "English abstract": 0.9,
    "Chinese abstract": 0.9,
    "window": 0.9,
}


def test_papers_are_among_the_first_ten_for_their_own_words(corpus):
    run_import([str(corpus / "corpus/daily" / day) for day in DAYS], Options())
    items = list(known_items(60))
    rates = success(items, lambda query: results(query).paper_ids)
    assert rates.keys() == WANTED.keys()
    assert {kind: rate for kind, rate in rates.items() if rate < WANTED[kind]} == {}


def test_a_term_and_its_beginning_find_the_same_in_kind(corpus):
    run_import([str(corpus / "corpus/daily" / DAYS[0])], Options())
    whole, part = (set(results(query).paper_ids) for query in ("检索增强生成", "检索增强"))
    assert len(whole) > 5
    assert whole <= part
    assert len(whole) >= 0.5 * len(part)
