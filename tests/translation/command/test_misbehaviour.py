"""What an endpoint does on the wire is borne; what a model writes amiss is refused by name."""

import pytest

from papers.models import Paper, Translation, TranslationAttempt
from tests.translation.bilingual import invented_papers
from tests.translation.command.conftest import chinese_of
from tests.translation.endpoint import Endpoint, first, some
from tests.translation.misbehaviour import TOLERABLE, Text, Wire

pytestmark = pytest.mark.alike

PAPERS = list(invented_papers(4))  # the first has two formulas and an address

# What the checks must say, at least one of these.
NAMED = {
    Text.GARBAGE: {"not-json"},
    Text.REFUSAL: {"not-json"},
    Text.CHAT: {"chat-around"},
    Text.TRUNCATED: {"truncated"},
    Text.EMPTY: {"not-json"},
    Text.NULL: {"abstract: missing"},
    Text.WRONG_TYPES: {"abstract: missing"},
    Text.DEEP: {"not-json", "truncated"},
    Text.MARKS_LOST: {"abstract: marks"},
    Text.MARKS_DOUBLED: {"abstract: marks"},
    Text.MARKS_MOVED: {"abstract: marks"},
    Text.MARKS_INVENTED: {"abstract: marks"},
    Text.ENGLISH: {"abstract: not-chinese"},
    Text.ANOTHER_PAPER: {"abstract: strayed"},
    Text.ONE_LINE: {"abstract: too-short"},
    Text.SENTENCE_LOST: {"abstract: incomplete"},
    Text.REPEATED: {"abstract: garbled", "abstract: repetition"},
    Text.INVENTED_ADDRESS: {"abstract: invented-address"},
    Text.OBEYED: {"abstract: strayed", "abstract: too-short"},
    Text.TRADITIONAL: {"abstract: traditional"},
    Text.HALF: {"abstract: half-translated", "abstract: not-chinese"},
    Text.EXPLAINED: {"abstract: explained"},
    Text.THIRD_SCRIPT: {"abstract: foreign-script"},
    Text.WRONG_N: {"wrong-number"},
    Text.TWICE: {"two-answers"},
    Text.PAPER_LOST: {"abstract: missing"},
}


def test_every_misbehaviour_of_a_model_has_a_check_or_does_no_harm():
    assert set(Text) == NAMED.keys() | TOLERABLE


@pytest.mark.parametrize("kind", NAMED)
def test_what_a_model_does_is_refused_by_name_asked_once_more_and_left(kind, published, translate):
    paper, *others = published(PAPERS)
    with Endpoint(PAPERS, first(*[kind] * 2)) as endpoint:
        ended = translate(endpoint, "--ids", paper.arxiv_id)
    assert (ended.status, ended.report["papers"], ended.report["left"]) == (0, 0, 1)
    assert [request.kind for request in endpoint.requests] == [kind, kind]
    assert endpoint.problems() == []
    attempt = TranslationAttempt.objects.get()
    assert attempt.state == "refused"
    assert NAMED[kind] & set(attempt.reasons), attempt.reasons
    assert chinese_of(paper) == ("", "")
    assert not Translation.objects.exists()


@pytest.mark.parametrize("kind", [kind for kind in NAMED if kind not in {Text.MARKS_MOVED}])
def test_the_second_answer_may_be_the_good_one(kind, published, translate):
    paper = published(PAPERS)[0]
    with Endpoint(PAPERS, first(kind)) as endpoint:
        ended = translate(endpoint, "--ids", paper.arxiv_id)
    assert (ended.report["papers"], ended.report["refused"], ended.report["left"]) == (1, 0, 0)
    assert len(endpoint.requests) == 2
    assert chinese_of(paper) == endpoint.truth[paper.arxiv_id]
    said = endpoint.requests[1].body["messages"][0]["content"]
    assert said != endpoint.requests[0].body["messages"][0]["content"]  # what was wrong


@pytest.mark.parametrize("kind", sorted(TOLERABLE))
def test_what_does_no_harm_is_accepted(kind, published, translate):
    paper = published(PAPERS)[0]
    with Endpoint(PAPERS, first(kind)) as endpoint:
        translate(endpoint, "--ids", paper.arxiv_id)
    assert len(endpoint.requests) == 1
    assert chinese_of(paper) == endpoint.truth[paper.arxiv_id]


@pytest.mark.parametrize("kind", sorted(set(Wire) - {Wire.REDIRECT}))
def test_what_the_wire_does_is_borne(kind, published, translate):
    paper = published(PAPERS)[0]
    with Endpoint(PAPERS, first(kind, kind), hang=3) as endpoint:
        ended = translate(endpoint, "--ids", paper.arxiv_id, TIMEOUT=1)
    assert (ended.status, ended.report["papers"], ended.report["refused"]) == (0, 1, 0)
    assert [request.kind for request in endpoint.requests] == [kind, kind, None]
    assert chinese_of(paper) == endpoint.truth[paper.arxiv_id]


def test_a_redirect_is_never_followed(published, translate):
    published(PAPERS)
    with Endpoint(PAPERS, some(1.0, [Wire.REDIRECT])) as endpoint:
        ended = translate(endpoint)
    assert "redirect" in ended.err
    assert {request.path for request in endpoint.requests} == {"/v1/chat/completions"}
    assert ended.report["left"] == len(PAPERS)
    assert not Paper.objects.exclude(title_zh="").exists()
