"""A run of the translator: what readers get, what it costs, and how it ends."""

import threading
import time

import pytest
from django.contrib.auth.models import User
from django.db import OperationalError

from papers.db.import_lock import ImportRunning
from papers.models import Paper, TranslationAttempt, TranslationRun, ZhState
from papers.translation import translate as running
from papers.translation.queue import Selection, ask_again
from papers.translation.translate import Limits, Status, plan, translate
from tests.translation.bilingual import invented_papers
from tests.translation.conftest import translator_of
from tests.translation.endpoint import Endpoint, first, some
from tests.translation.misbehaviour import Text, Wire

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick")]

EVERYTHING, TITLES = Selection(), Selection(titles_only=True)
PRICES = (1.0, 2.0)


def states() -> list[str]:
    return sorted(Paper.objects.values_list("zh_state", flat=True))


def test_papers_get_their_chinese(imported):
    papers = imported(list(invented_papers(12)))
    with Endpoint(papers) as endpoint:
        report = translate(EVERYTHING, translator_of(endpoint))
    assert (report.papers, report.titles, report.abstracts) == (12, 12, 12)
    assert (report.refused, report.left, report.problems) == (0, 0, [])
    assert (report.tokens_in, report.tokens_out) == (endpoint.tokens_in, endpoint.tokens_out)
    assert states() == [ZhState.OK] * 12
    assert endpoint.problems() == []
    shown = {paper.arxiv_id: paper.title_zh for paper in Paper.objects.all()}
    assert shown == {paper.arxiv_id: paper.title_zh for paper in papers}


def test_the_run_is_kept(imported):
    papers = imported(list(invented_papers(3)))
    with Endpoint(papers) as endpoint:
        report = translate(EVERYTHING, translator_of(endpoint, prices=PRICES), Limits(papers=2))
    run = TranslationRun.objects.get()
    assert (run.state, run.papers, run.left) == (TranslationRun.State.DONE, 2, 1)
    assert (run.tokens_in, run.tokens_out) == (endpoint.tokens_in, endpoint.tokens_out)
    assert run.cost == pytest.approx(report.cost) == pytest.approx(endpoint.bill(*PRICES))
    assert run.host == endpoint.url.removeprefix("http://").removesuffix("/v1")
    assert (run.options, run.prompt, bool(run.finished)) == ({"max_papers": 2}, 1, True)


def test_titles_go_twenty_in_a_request(imported):
    papers = imported(list(invented_papers(45)))
    with Endpoint(papers) as endpoint:
        report = translate(TITLES, translator_of(endpoint, concurrency=1))
    assert (report.titles, report.abstracts, report.left) == (45, 0, 0)
    assert [len(request.papers) for request in endpoint.requests] == [20, 20, 5]
    assert states() == [ZhState.SUSPECT] * 45  # an abstract is missing


def test_abstracts_are_asked_for_later_and_titles_not_again(imported):
    papers = imported(list(invented_papers(3)))
    with Endpoint(papers) as endpoint:
        translate(TITLES, translator_of(endpoint))
        report = translate(EVERYTHING, translator_of(endpoint))
    assert (report.titles, report.abstracts) == (0, 3)
    assert states() == [ZhState.OK] * 3


def test_the_next_run_has_nothing_to_do(imported):
    papers = imported(list(invented_papers(3)))
    with Endpoint(papers) as endpoint:
        translate(EVERYTHING, translator_of(endpoint))
        report = translate(EVERYTHING, translator_of(endpoint))
    assert (report.papers, report.left, len(endpoint.requests)) == (0, 0, 3)


def test_what_a_curator_asks_for_is_translated_again(imported):
    papers = imported(list(invented_papers(3)))
    with Endpoint(papers) as endpoint:
        translate(EVERYTHING, translator_of(endpoint))
        curator = User.objects.create_user("cleo")
        ask_again([Paper.objects.get(arxiv_id=papers[1].arxiv_id).pk], curator)
        report = translate(Selection(only_waiting=True), translator_of(endpoint))
    assert report.papers == 1
    assert endpoint.requests[-1].papers == [papers[1].arxiv_id]
    assert not TranslationAttempt.objects.filter(state="waiting").exists()


# --- Bad answers


def test_of_many_bad_answers_none_is_shown(imported):
    papers = imported(list(invented_papers(60)))
    runs = 0
    with Endpoint(papers, some(0.5, [*Text, *Wire]), seed=2, hang=3) as endpoint:
        translator = translator_of(endpoint, concurrency=8, timeout=1.0)
        while translate(EVERYTHING, translator).left and runs < 3:
            runs += 1
    true = {paper.arxiv_id: (paper.title_zh, paper.abstract_zh) for paper in papers}
    for paper in Paper.objects.exclude(abstract_zh=""):
        title, abstract = true[paper.arxiv_id]
        assert paper.title_zh == title
        assert paper.abstract_zh.replace("this https URL", "此 https 链接") == abstract
    assert Paper.objects.filter(zh_state=ZhState.OK).count() >= 58


def test_what_is_refused_is_asked_once_more_with_what_was_wrong(imported):
    papers = imported(list(invented_papers(1)))
    with Endpoint(papers, first(Text.ENGLISH)) as endpoint:
        report = translate(EVERYTHING, translator_of(endpoint))
    before, after = (request.body["messages"][0]["content"] for request in endpoint.requests)
    assert "was refused" not in before
    assert "Your answer before was refused" in after
    assert "Abstract: It was not in Chinese." in after
    assert report.papers == 1
    assert TranslationAttempt.objects.get().tries == 2


def test_what_is_refused_twice_is_left(imported):
    papers = imported(list(invented_papers(1)))
    with Endpoint(papers, lambda *_: Text.REFUSAL) as endpoint:
        report = translate(EVERYTHING, translator_of(endpoint))
    assert (report.papers, report.refused, report.left) == (0, 1, 1)
    assert report.problems == [
        {"arxiv_id": papers[0].arxiv_id, "code": "refused", "message": "not-json"}
    ]
    assert len(endpoint.requests) == 2
    assert states() == [ZhState.MISSING]


def test_a_bad_title_among_many_does_not_spoil_the_others(imported):
    papers = imported(list(invented_papers(20)))
    with Endpoint(papers, first(Text.WRONG_N, Text.ENGLISH)) as endpoint:
        report = translate(TITLES, translator_of(endpoint, concurrency=1))
    assert [len(request.papers) for request in endpoint.requests] == [20, 5, 5, 5, 5]
    assert (report.titles, report.refused, report.left) == (15, 5, 5)


# --- Failures


def test_a_paper_that_is_not_answered_is_left_and_no_refusal(imported):
    papers = imported(list(invented_papers(1)))
    with Endpoint(papers, lambda *_: Wire.SERVER_ERROR) as endpoint:
        report = translate(EVERYTHING, translator_of(endpoint))
    assert (report.papers, report.refused, report.left) == (0, 0, 1)
    said = "Papers without an answer: 1. Last: status 500."
    assert report.problems == [{"arxiv_id": None, "code": "unanswered", "message": said}]
    assert not TranslationAttempt.objects.exists()


def test_an_endpoint_that_is_away_ends_the_run(imported):
    papers = imported(list(invented_papers(30)))
    with Endpoint(papers, lambda *_: Wire.SERVER_ERROR) as endpoint:
        report = translate(EVERYTHING, translator_of(endpoint))
    assert len(endpoint.requests) == 20
    assert (report.left, report.is_rejected) == (30, False)
    assert "status 500, and 20 requests in a row failed" in str(report.problems[0]["message"])
    assert TranslationRun.objects.get().state == TranslationRun.State.STOPPED


@pytest.mark.parametrize("status", [401, 403, 404])
def test_an_endpoint_that_refuses_ends_the_run_at_once(imported, status):
    papers = imported(list(invented_papers(9)))
    with Endpoint(papers, refuse=status) as endpoint:
        report = translate(EVERYTHING, translator_of(endpoint))
    assert len(endpoint.requests) == 1
    assert (report.left, report.is_rejected) == (9, True)
    assert f"({status})" in str(report.problems[0]["message"])


def test_an_endpoint_that_only_redirects_is_probably_another_one(imported):
    papers = imported(list(invented_papers(9)))
    with Endpoint(papers, lambda *_: Wire.REDIRECT) as endpoint:
        report = translate(EVERYTHING, translator_of(endpoint))
    assert report.is_rejected
    assert str(report.problems[0]["message"]).endswith("Check TRANSLATOR_URL.")


def test_a_run_that_is_told_to_stop_cuts_what_is_under_way(imported):
    papers = imported(list(invented_papers(9)))
    stop = threading.Event()
    with Endpoint(papers, lambda number, *_: Wire.HANG if number else None, hang=120) as endpoint:

        def stop_when_one_hangs() -> None:
            while len(endpoint.requests) < 2:
                time.sleep(0.01)
            stop.set()

        threading.Thread(target=stop_when_one_hangs, daemon=True).start()
        started = time.monotonic()
        report = translate(EVERYTHING, translator_of(endpoint, timeout=120.0), stop=stop)
    assert time.monotonic() - started < 60
    assert (report.papers, report.left, report.is_stopped) == (1, 8, True)
    assert TranslationRun.objects.get().state == TranslationRun.State.STOPPED


def test_a_run_that_died_is_marked_so_and_the_next_goes_on(imported):
    papers = imported(list(invented_papers(3)))
    dead = TranslationRun.objects.create(model="m", host="h", prompt=1)
    with Endpoint(papers) as endpoint:
        report = translate(EVERYTHING, translator_of(endpoint))
    dead.refresh_from_db()
    assert (dead.state, report.papers) == (TranslationRun.State.FAILED, 3)


def test_a_busy_database_is_tried_again(imported, monkeypatch):
    papers = imported(list(invented_papers(2)))
    tried = []

    def store(*given):
        tried.append(given)
        if len(tried) == 1:
            raise OperationalError("database is locked")
        return kept(*given)

    kept = running.store
    monkeypatch.setattr(running, "store", store)
    monkeypatch.setattr(running, "_PAUSE", 0.01)
    with Endpoint(papers) as endpoint:
        report = translate(EVERYTHING, translator_of(endpoint))
    assert (report.papers, len(endpoint.requests)) == (2, 2)


def test_a_run_that_cannot_store_fails(imported, monkeypatch):
    papers = imported(list(invented_papers(2)))

    def store(*_):
        raise OperationalError("disk I/O error")

    monkeypatch.setattr(running, "store", store)
    monkeypatch.setattr(running, "_PAUSE", 0.01)
    with Endpoint(papers) as endpoint, pytest.raises(OperationalError):
        translate(EVERYTHING, translator_of(endpoint))
    assert TranslationRun.objects.get().state == TranslationRun.State.FAILED


def test_only_one_runs_at_a_time(imported, monkeypatch):
    def busy():
        raise ImportRunning("Another translation run is running.")

    monkeypatch.setattr(running, "translation_lock", busy)
    with pytest.raises(ImportRunning), Endpoint([]) as endpoint:
        translate(EVERYTHING, translator_of(endpoint))
    assert not TranslationRun.objects.exists()


# --- Limits


def test_no_more_papers_are_asked_for_than_the_limit(imported):
    papers = imported(list(invented_papers(9)))
    with Endpoint(papers) as endpoint:
        report = translate(EVERYTHING, translator_of(endpoint), Limits(papers=4))
    assert (report.papers, report.left, len(endpoint.papers_asked())) == (4, 5, 4)


@pytest.mark.parametrize("misbehaviour", [0.0, 0.5])
@pytest.mark.parametrize("limit", [0.0, 0.01, 0.03])
def test_no_more_is_spent_than_the_limit(imported, limit, misbehaviour):
    papers = imported(list(invented_papers(30)))
    choose = some(misbehaviour, [*Text, Wire.CUT, Wire.RESET, Wire.SERVER_ERROR])
    with Endpoint(papers, choose, seed=1) as endpoint:
        translator = translator_of(endpoint, prices=PRICES, concurrency=8)
        report = translate(EVERYTHING, translator, Limits(cost=limit))
    assert endpoint.bill(*PRICES) <= limit
    assert report.cost <= limit
    assert report.papers > 0 or limit < 0.02
    assert report.problems[-1]["code"] == "budget"


def test_an_endpoint_that_reports_no_usage_is_estimated(imported):
    papers = imported(list(invented_papers(5)))
    with Endpoint(papers, reports_usage=False) as endpoint:
        report = translate(EVERYTHING, translator_of(endpoint))
        assert report.tokens_in == pytest.approx(endpoint.tokens_in, rel=0.3)
    assert report.tokens_out > 0


def test_a_plan_says_what_a_run_takes(imported):
    papers = imported(list(invented_papers(20)))
    with Endpoint(papers) as endpoint:
        translator = translator_of(endpoint, prices=PRICES)
        assert plan(EVERYTHING, translator, Limits(papers=3)).papers == 3
        translate(EVERYTHING, translator, Limits(papers=5))
        expected = plan(EVERYTHING, translator)
        assert not TranslationRun.objects.filter(state="running").exists()
        report = translate(EVERYTHING, translator)
    assert (expected.papers, expected.titles, expected.abstracts) == (15, 15, 15)
    assert report.cost == pytest.approx(expected.cost, rel=0.1)


def test_it_says_how_far_it_has_come(imported):
    papers = imported(list(invented_papers(4)))
    said: list[Status] = []
    with Endpoint(papers) as endpoint:
        translate(EVERYTHING, translator_of(endpoint), progress=said.append)
    assert (said[0].done, said[0].total, said[0].seconds_left) == (0, 4, None)
    assert (said[-1].done, said[-1].seconds_left) == (4, 0)
    assert said[-1].tokens == endpoint.tokens_in + endpoint.tokens_out
