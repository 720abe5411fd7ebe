"""Papers that a query names come before those that its words find."""

import pytest

from papers import search
from papers.lists.search_filter import filter_by_query, search_papers
from papers.models import Paper
from papers.search import parse_query
from tests.search.conftest import GRAPHS, LANTERN, RETRIEVAL, TALES, library, library_kept

pytestmark = pytest.mark.usefixtures(library_kept.__name__, library.__name__)

ABSENT = "2501.00001"


def asked(query: str, order: str = search.RELEVANCE) -> search.Results:
    return search_papers(parse_query(query), Paper.objects.published(), order)


def found(query: str, order: str = search.RELEVANCE) -> list[str]:
    return [paper.arxiv_id for paper in asked(query, order)[:100]]


@pytest.mark.parametrize("order", [search.RELEVANCE, search.NEWEST, search.OLDEST])
def test_several_ids_are_these_papers_as_typed(order):
    assert found(f"{RETRIEVAL}, arXiv:{GRAPHS}v2 {TALES}", order) == [RETRIEVAL, GRAPHS, TALES]


def test_an_id_beside_words_comes_first():
    first, *others = found(f"librarians {LANTERN}")
    assert (first, {*others}) == (LANTERN, {TALES, RETRIEVAL})
    assert found(f"zzzz {LANTERN}") == [LANTERN]
    assert not asked(f"zzzz {LANTERN}").is_best_match


def test_a_named_paper_that_the_words_find_is_shown_once():
    assert sorted(found(f"librarians {RETRIEVAL}")) == [RETRIEVAL, TALES]
    assert found(f"librarians {RETRIEVAL}")[0] == RETRIEVAL


def test_an_id_that_the_site_does_not_have_is_told():
    answer = asked(f"librarians {ABSENT}")
    assert answer.absent_ids == (ABSENT,)
    assert len(answer) == 2
    both = asked(f"{ABSENT} {RETRIEVAL}")
    assert (both.absent_ids, len(both)) == ((ABSENT,), 1)


def test_constraints_hold_for_named_papers_too():
    answer = asked(f"{RETRIEVAL} {GRAPHS} date:2025-02")
    assert [one.arxiv_id for one in answer[:9]] == [GRAPHS]
    assert answer.absent_ids == ()


def test_a_list_holds_the_named_papers():
    def listed(query: str, **more: int) -> set[str]:
        kept = filter_by_query(Paper.objects.published(), parse_query(query), **more)
        return {paper.arxiv_id for paper in kept}

    assert listed(f"{RETRIEVAL} {GRAPHS}") == {RETRIEVAL, GRAPHS}
    assert listed(f"librarians {GRAPHS}", newest=5) == {RETRIEVAL, TALES, GRAPHS}
    assert listed(RETRIEVAL) == {RETRIEVAL}
    assert listed(f"{ABSENT} {ABSENT}v2") == set()


def test_a_list_of_many_hits_holds_the_named_papers(monkeypatch):
    monkeypatch.setattr("papers.search.MAX_HITS", 1)
    kept = filter_by_query(Paper.objects.published(), parse_query(f"librarians {GRAPHS}"))
    assert {one.arxiv_id for one in kept} == {RETRIEVAL, TALES, GRAPHS}


def test_a_pasted_entry_is_its_paper():
    query = parse_query(f"@misc{{a, title = {{Something Else}}, eprint = {{{TALES}}}}}")
    assert query.arxiv_id == TALES
    assert found("TY  - JOUR TI  - Finetuning Folk Tales ER  - ") == [TALES]
    two = "@misc{a, title={Finetuning Folk Tales}} @misc{b, title={Lanterns Need Fine Tuning}}"
    assert sorted(found(two)) == [TALES, LANTERN]
