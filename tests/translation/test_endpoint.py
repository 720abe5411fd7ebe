"""The endpoint of these tests: its good answers are good, and what it counts is right."""

import json
import urllib.error
import urllib.request
from dataclasses import replace
from http.client import HTTPException

import pytest

from papers.text.triage import triage_abstract, triage_title
from tests.translation.bilingual import invented_papers
from tests.translation.endpoint import Endpoint, first, some
from tests.translation.good_answers import Translator
from tests.translation.misbehaviour import Text, Wire

PAPERS = list(invented_papers(40))
PAPER = PAPERS[0]  # with a formula and an address
FORMULAS = {"⟦1⟧": "$O(n^2 \\log n)$", "⟦2⟧": "$\\alpha k + 2$", "⟦3⟧": "this https URL"}


def test_invented_papers_have_no_fault_and_titles_of_their_own():
    for paper in PAPERS:
        assert triage_abstract(paper.abstract_zh, paper.abstract).faults == ()
        assert triage_title(paper.title_zh, paper.title, paper.abstract).faults == ()
    assert len({paper.title for paper in PAPERS}) == len(PAPERS)


def test_a_good_answer_is_the_true_chinese_with_each_mark_once():
    answer = Translator(PAPERS).answer(entry())
    assert [answer["abstract"].count(mark) for mark in FORMULAS] == [1, 1, 1]
    for mark, hidden in FORMULAS.items():
        hidden = hidden.replace("this https URL", "此 https 链接")
        answer["abstract"] = answer["abstract"].replace(mark, hidden)
    assert answer == {"n": 1, "title": PAPER.title_zh, "abstract": PAPER.abstract_zh}


def test_a_mark_whose_words_the_chinese_lacks_is_put_at_the_same_share():
    lost = replace(PAPER, abstract_zh=PAPER.abstract_zh.replace("$\\alpha k + 2$", "两"))
    abstract = Translator([lost]).answer(entry())["abstract"]
    assert [abstract.count(mark) for mark in FORMULAS] == [1, 1, 1]


def test_it_counts_tokens_papers_and_who_was_paid_twice():
    with Endpoint(PAPERS, first(Text.REFUSAL)) as endpoint:
        contents = [ask(endpoint) for _ in range(3)]
    assert [request.well for request in endpoint.requests] == [False, True, True]
    assert contents[1] == contents[2] != contents[0]
    assert endpoint.papers_asked() == {PAPER.arxiv_id}
    assert endpoint.paid_twice() == 1
    assert endpoint.bill(1_000_000, 0) == endpoint.tokens_in > 0 < endpoint.tokens_out


def test_what_it_does_depends_on_the_paper_and_not_on_the_order():
    def kinds(papers):
        with Endpoint(PAPERS, some(0.5, Text), seed=3) as endpoint:
            for paper in papers:
                ask(endpoint, paper)
        return {request.papers[0]: request.kind for request in endpoint.requests}

    forwards = kinds(PAPERS)
    assert forwards == kinds(PAPERS[::-1])
    assert 10 < sum(kind is not None for kind in forwards.values()) < 30


def test_it_stops_at_the_most_tokens_and_says_so():
    with Endpoint(PAPERS) as endpoint:
        ask(endpoint, max_tokens=20)
    assert endpoint.tokens_out <= 21


@pytest.mark.parametrize("status", [401, 404])
def test_it_refuses_those_without_the_key_and_other_addresses(status):
    with Endpoint(PAPERS, key="secret") as endpoint:
        path = "/chat/completions" if status == 401 else "/completions"
        with pytest.raises(urllib.error.HTTPError) as error:
            ask(endpoint, key="" if status == 401 else "secret", path=path)
    assert error.value.code == status


def test_it_says_what_is_wrong_with_a_request():
    with Endpoint(PAPERS) as endpoint, pytest.raises(urllib.error.HTTPError):
        ask(endpoint, replace(PAPER, title="A Paper That No Test Knows"))
    assert "A Paper That No Test Knows" in endpoint.problems()[0]


NO_ANSWER = (OSError, HTTPException, ValueError, LookupError, TypeError)


@pytest.mark.parametrize("kind", [*Wire, *Text])
def test_each_misbehaviour_differs_from_the_good_answer(kind):
    with Endpoint(PAPERS) as endpoint:
        good = ask(endpoint)
    with Endpoint(PAPERS, first(kind), hang=0.1) as endpoint:
        if isinstance(kind, Wire):
            with pytest.raises(NO_ANSWER):
                ask(endpoint)
        else:
            assert ask(endpoint) != good
    assert endpoint.requests[0].kind is kind
    assert not endpoint.requests[0].well


def entry(paper=PAPER):
    abstract = paper.abstract
    for mark, hidden in FORMULAS.items():
        abstract = abstract.replace(hidden, mark)
    return {"n": 1, "title": paper.title, "abstract": abstract}


def ask(endpoint, paper=PAPER, *, key="", path="/chat/completions", **more):
    content = json.dumps({"papers": [entry(paper)], "terms": {}})
    messages = [{"role": "system", "content": "-"}, {"role": "user", "content": content}]
    request = urllib.request.Request(
        endpoint.url + path,
        json.dumps({"model": "-", "messages": messages, **more}).encode(),
        {"Authorization": f"Bearer {key}"} if key else {},
    )
    with urllib.request.urlopen(request, timeout=5) as answer:
        return json.loads(answer.read())["choices"][0]["message"]["content"]
