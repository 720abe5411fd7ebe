"""``translate_papers`` as an operator runs it: limits, refusals, pauses, and what is stored."""

import json
import time

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from papers.models import Paper, Source, Translation, TranslationAttempt, TranslationRun, ZhState
from tests.translation.bilingual import invented_papers
from tests.translation.command.conftest import chinese_of
from tests.translation.endpoint import RETRY_AFTER, Endpoint, behave, some
from tests.translation.misbehaviour import Text, Wire

PAPERS = list(invented_papers(30))
KEY = "sk-very-secret-0123456789"
PRICES = (2_000.0, 8_000.0)  # so that one paper costs a few
AWAY = {Wire.HANG, Wire.HUGE, Wire.REDIRECT}  # slow, or ends the run


def translated() -> int:
    return Paper.objects.filter(zh_state=ZhState.OK).count()


# --- The requests


def test_requests_are_well_formed_and_each_paper_is_asked_for_once(published, translate):
    published(PAPERS)
    with Endpoint(PAPERS, key=KEY, latency=0.02) as endpoint:
        ended = translate(endpoint, KEY=KEY, CONCURRENCY=3)
    assert endpoint.problems() == []
    assert (ended.report["papers"], ended.report["left"]) == (30, 0)
    assert len(endpoint.requests) == 30
    assert endpoint.paid_twice() == 0
    assert 2 <= endpoint.most_at_once <= 3
    for request in endpoint.requests:
        said = json.loads(request.body["messages"][1]["content"])
        assert len(said["terms"]) <= 12
        text = json.dumps(said["papers"], ensure_ascii=False).casefold()
        assert all(term.split()[0] in text for term in said["terms"])
        assert "this https URL" not in text
        assert "$" not in text
    assert all(chinese_of(paper) == endpoint.truth[paper.arxiv_id] for paper in PAPERS)
    assert translate(endpoint).report["papers"] == 0  # nothing is left to ask for


def test_titles_alone_come_twenty_in_a_request(published, translate):
    published(PAPERS)
    with Endpoint(PAPERS) as endpoint:
        ended = translate(endpoint, "--fields", "titles")
    assert sorted(len(request.asked) for request in endpoint.requests) == [10, 20]
    assert all(set(one) == {"n", "title"} for request in endpoint.requests for one in request.asked)
    assert (ended.report["titles"], ended.report["abstracts"]) == (30, 0)
    assert all(chinese_of(paper) == (paper.title_zh, "") for paper in PAPERS)


@pytest.mark.parametrize("how", [{"accepts_response_format": False}, {"reports_usage": False}])
def test_endpoints_that_know_less_will_do(how, published, translate):
    published(PAPERS)
    with Endpoint(PAPERS, **how) as endpoint:
        ended = translate(endpoint, PRICES=PRICES)
    assert (ended.status, translated()) == (0, 30)
    assert ended.report["tokens_out"] > 30 * 100
    assert len(endpoint.requests) <= 32


# --- Limits


@pytest.mark.parametrize("choose", [behave, some(0.5, [*Text, *(set(Wire) - AWAY)])])
@pytest.mark.parametrize("usage", [True, False])
@pytest.mark.parametrize("limit", [80.0, 110.0])
def test_the_cost_is_never_overshot(choose, usage, limit, published, translate):
    published(PAPERS)
    with Endpoint(PAPERS, choose, latency=0.02, reports_usage=usage) as endpoint:
        ended = translate(endpoint, "--max-cost", limit, PRICES=PRICES, CONCURRENCY=6)
    assert ended.status == 0
    assert endpoint.bill(*PRICES) <= limit
    assert ended.report["left"] == 30 - ended.report["papers"]
    if choose is behave:
        assert 0 < ended.report["papers"] < 30
        assert endpoint.bill(*PRICES) > limit / 5


@pytest.mark.parametrize("choose", [behave, some(0.5, [*Text, *(set(Wire) - AWAY)])])
def test_the_number_of_papers_is_never_overshot(choose, published, translate):
    published(PAPERS)
    with Endpoint(PAPERS, choose, latency=0.02) as endpoint:
        translate(endpoint, "--max-papers", 7, CONCURRENCY=6)
    assert len(endpoint.papers_asked()) <= 7


def test_a_cost_is_asked_for_before_anything_is_sent(published, translate):
    published(PAPERS)
    with Endpoint(PAPERS) as endpoint:
        assert translate(endpoint, yes=False, PRICES=PRICES).status != 0  # there is nobody to ask
        assert endpoint.requests == []
        assert translate(endpoint, yes=False, PRICES=(0.0, 0.0)).status == 0
    assert translated() == 30


def test_a_dry_run_says_what_it_will_take_and_asks_nothing(published, translate):
    published(PAPERS)
    with Endpoint(PAPERS) as endpoint:
        before = translate(endpoint, "--dry-run", yes=False, PRICES=PRICES).report
        assert endpoint.requests == []
        real = translate(endpoint, "--max-papers", 15, PRICES=PRICES).report
        corrected = translate(endpoint, "--dry-run", PRICES=PRICES).report
    assert before["left"] == 30
    assert before["cost"] / 2 == pytest.approx(real["cost"], rel=0.5)
    assert corrected["cost"] == pytest.approx(real["cost"], rel=0.15)  # by what answers took
    assert not TranslationRun.objects.exclude(papers=15).exists()


def test_the_report_is_what_the_endpoint_counted(published, translate):
    published(PAPERS)
    with Endpoint(PAPERS, some(0.3, Text)) as endpoint:
        report = translate(endpoint, PRICES=PRICES).report
    assert set(report) == {
        *("papers", "titles", "abstracts", "refused", "left", "tokens_in", "tokens_out"),
        *("cost", "seconds", "problems"),
    }
    assert report["tokens_in"] == endpoint.tokens_in
    assert report["tokens_out"] == endpoint.tokens_out
    assert report["cost"] == pytest.approx(endpoint.bill(*PRICES))
    assert report["papers"] + report["left"] == 30
    assert report["refused"] == TranslationAttempt.objects.filter(state="refused").count()
    run = TranslationRun.objects.get()
    assert (run.papers, run.cost) == (report["papers"], pytest.approx(report["cost"]))


# --- Failure


@pytest.mark.parametrize("status", [400, 401, 403, 404])
def test_a_refusal_stops_at_once_with_a_sentence(status, published, translate):
    published(PAPERS)
    with Endpoint(PAPERS, refuse=status, latency=0.05) as endpoint:
        ended = translate(endpoint, KEY=KEY, CONCURRENCY=4)
    assert ended.status == 1
    assert str(status) in ended.err
    assert len(endpoint.requests) <= 4
    assert KEY not in ended.out + ended.err + json.dumps(ended.report)
    assert TranslationRun.objects.get().state != "running"


def test_without_an_endpoint_it_says_what_to_set(published, translate):
    published(PAPERS[:1])
    ended = translate(None)
    assert ended.status == 2
    assert "TRANSLATOR_URL" in ended.err


def test_the_key_is_nowhere(published, translate, caplog):
    published(PAPERS)
    choose = some(0.5, [*Text, *(set(Wire) - AWAY)])
    with Endpoint(PAPERS, choose, key=KEY) as endpoint:
        ended = translate(endpoint, KEY=KEY)
        wrong = translate(endpoint, "--ids", PAPERS[0].arxiv_id, KEY=KEY[::-1])
    rows = [*TranslationRun.objects.values(), *TranslationAttempt.objects.values()]
    said = (ended.out, ended.err, ended.report, wrong.out, wrong.err, rows, caplog.text)
    assert KEY not in str(said)
    assert KEY[::-1] not in str(said)


def test_retry_after_holds_for_all_threads(published, translate):
    papers = published(PAPERS)

    def choose(number, asked, dice):
        return Wire.TOO_MANY_FOR_A_WHILE if number == 6 else None

    with Endpoint(papers, choose, latency=0.05) as endpoint:
        translate(endpoint, CONCURRENCY=5)
    refused = endpoint.requests[6]
    waited = [one.at for one in endpoint.requests if one.at > refused.ended + 0.05]
    assert min(waited) >= refused.ended + RETRY_AFTER - 0.1
    assert translated() == 30


def test_an_endpoint_that_is_away_is_given_up(published, translate):
    published(PAPERS)
    with Endpoint(PAPERS, some(1.0, [Wire.SERVER_ERROR])) as endpoint:
        ended = translate(endpoint, CONCURRENCY=4)
    assert ended.status == 0  # a run that left papers is no failure
    assert ended.report["left"] == 30
    assert 20 <= len(endpoint.requests) <= 24
    assert "500" in ended.err + json.dumps(ended.report)


def test_an_endpoint_that_nobody_answers_at_is_given_up(published, translate):
    published(PAPERS)
    with Endpoint(PAPERS) as endpoint:
        pass
    ended = translate(endpoint)
    assert ended.report["left"] == 30
    assert ended.report["problems"]


# --- Half of all answers are bad


def test_of_half_bad_answers_nothing_bad_is_stored(published, translate):
    papers = published(invented_papers(40, seed=5))
    with Endpoint(papers, some(0.5, [*Text, *(set(Wire) - AWAY)]), seed=3) as endpoint:
        ended = translate(endpoint, CONCURRENCY=6)
    for paper in papers:
        kinds = [one.kind for one in endpoint.requests if paper.arxiv_id in one.papers]
        assert chinese_of(paper) in {endpoint.truth.get(paper.arxiv_id), ("", "")}, kinds
    texts = set(Translation.objects.values_list("text", flat=True))
    assert texts <= {text for truth in endpoint.truth.values() for text in truth}
    assert ended.report["papers"] == translated()


# --- What was stored


def test_removing_the_source_takes_all_of_it_back(published, translate):
    published(PAPERS[:5])
    with Endpoint(PAPERS) as endpoint:
        translate(endpoint)
        source = Source.objects.get(model=TranslationRun.objects.get().model)
        call_command("remove_source", source.name, verbosity=0)
        assert not Translation.objects.exists()
        assert Paper.objects.filter(zh_state=ZhState.MISSING).count() == 5
        assert translate(endpoint).report["papers"] == 5


def test_a_paper_that_got_its_chinese_is_updated_in_feeds_and_not_new(published, translate, client):
    (paper,) = published(PAPERS[:1])

    def entry() -> dict:
        (item,) = client.get("/papers/feed.json").json()["items"]
        return item

    before = entry()
    time.sleep(1.1)  # feeds say seconds
    with Endpoint(PAPERS) as endpoint:
        translate(endpoint)
    after = entry()
    assert paper.title_zh in json.dumps(after, ensure_ascii=False)
    assert (after["id"], after["date_published"]) == (before["id"], before["date_published"])
    assert after["date_modified"] > before["date_modified"]


def test_readers_see_whose_translation_it_is(published, translate, client):
    (paper,) = published(PAPERS[:1])
    with Endpoint(PAPERS) as endpoint:
        translate(endpoint)
    page = client.get(f"/papers/{paper.arxiv_id}/?lang=both", headers={"Accept-Language": "zh-CN"})
    day = timezone.localdate(TranslationAttempt.objects.get().at)
    source = page.content.decode()
    provenance = source[source.index("paper-evidence") :]
    assert provenance.count(f"机器翻译：test-model，{day}") == 2, provenance


def test_usage_errors_are_of_status_2(published):
    published(PAPERS[:1])
    with pytest.raises(CommandError) as error:
        call_command("translate_papers", "--max-papers", "none")
    assert error.value.returncode in {1, 2}
