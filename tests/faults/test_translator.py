"""The translator under kills and signals: what was answered is kept and is not paid for twice."""

import json
import os
import random
import signal
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing

import psycopg
import pytest

from tests.faults.databases import ON_POSTGRES, Database
from tests.faults.importing import Ended, finish, import_well, run_well, start
from tests.translation.bilingual import Bilingual, invented_papers, write_digest
from tests.translation.endpoint import Endpoint, some
from tests.translation.misbehaviour import Text, Wire

PROGRAM = ("-m", "tests.translation.command.run_translator")
CONCURRENCY = 4
PAPERS = list(invented_papers(60, seed=11))
KILLS, BATCHES = 10, 10
BORNE = [*Text, *(set(Wire) - {Wire.HANG, Wire.REDIRECT, Wire.HUGE})]


@pytest.fixture(scope="module")
def without_chinese(empty: Database, tmp_path_factory) -> Iterator[Database]:
    database = empty.copy()
    import_well(database, write_digest(tmp_path_factory.mktemp("english") / "digests", PAPERS))
    yield database.as_left()
    database.drop()


@pytest.fixture
def site(without_chinese: Database) -> Iterator[Database]:
    """Return a database with papers that have no Chinese."""
    database = without_chinese.copy()
    yield database
    database.drop()


def environment(endpoint: Endpoint) -> dict[str, str]:
    return {
        "TRANSLATOR_URL": endpoint.url,
        "TRANSLATOR_MODEL": "test-model",
        "TRANSLATOR_CONCURRENCY": str(CONCURRENCY),
        "TRANSLATOR_TIMEOUT": "120",
    }


def begin(site: Database, endpoint: Endpoint, *arguments: object, **how):
    return start(
        site,
        "translate_papers",
        "--yes",
        *arguments,
        program=PROGRAM,
        environment=environment(endpoint),
        **how,
    )


def wait_for_requests(endpoint: Endpoint, number: int, process) -> None:
    while len(endpoint.requests) < number and process.poll() is None:
        time.sleep(0.002)


def rows(site: Database, statement: str) -> list[tuple]:
    if ON_POSTGRES:
        with closing(psycopg.connect(site.url)) as database:
            return database.execute(statement).fetchall()
    with closing(sqlite3.connect(site.file)) as database:
        return database.execute(statement).fetchall()


def chinese(site: Database) -> dict[str, tuple[str, str]]:
    found = rows(site, "SELECT arxiv_id, title_zh, abstract_zh FROM papers_paper")
    return {arxiv_id: (title, abstract) for arxiv_id, title, abstract in found}


def assert_all_is_sound(site: Database, endpoint: Endpoint) -> int:
    """Return how many papers have their Chinese; the others have none at all."""
    texts = chinese(site)
    there = {arxiv_id: text for arxiv_id, text in texts.items() if text != ("", "")}
    wrong = {arxiv_id for arxiv_id, text in there.items() if text != endpoint.truth[arxiv_id]}
    assert not [one.kind for one in endpoint.requests if wrong & set(one.papers)]
    assert len(texts) == len(PAPERS)
    assert site.damage() == []
    return len(there)


@pytest.mark.parametrize(
    ("seed", "kills"),
    [(0, 2), *(pytest.param(n, KILLS, marks=pytest.mark.faults) for n in range(1, BATCHES + 1))],
)
def test_a_killed_run_loses_no_paper_and_pays_for_none_twice_but_those_in_flight(seed, kills, site):
    dice, went_on = random.Random(seed), 0
    with Endpoint(PAPERS, some(0.2, BORNE), seed=seed, latency=0.03) as endpoint:
        for _ in range(kills):
            before, asked = assert_all_is_sound(site, endpoint), len(endpoint.requests)
            process = begin(site, endpoint)
            wait_for_requests(endpoint, asked + dice.randrange(1, 14), process)
            time.sleep(dice.uniform(0, 0.1))
            process.kill()
            process.communicate()
            went_on += assert_all_is_sound(site, endpoint) > before
        assert endpoint.paid_twice() <= kills * CONCURRENCY
        assert went_on >= kills // 2
        while json.loads(report_of(site, endpoint))["left"]:
            pass
        assert endpoint.paid_twice() <= kills * CONCURRENCY
        assert assert_all_is_sound(site, endpoint) == len(PAPERS)
    assert endpoint.problems() == []
    runs = rows(site, "SELECT state FROM papers_translationrun ORDER BY id")
    assert ("running",) not in runs


def report_of(site: Database, endpoint: Endpoint) -> str:
    ended = finish(begin(site, endpoint, "--report", "/dev/fd/1"))
    assert ended.status == 0, ended.err
    return ended.out[ended.out.index("{") : ended.out.rindex("}") + 1]


@pytest.mark.parametrize(
    "ending", [signal.SIGTERM, pytest.param(signal.SIGINT, marks=pytest.mark.faults)]
)
def test_a_run_that_is_stopped_keeps_what_was_answered_and_says_so(ending, site):
    with Endpoint(PAPERS, latency=0.05) as endpoint:
        process = begin(site, endpoint)
        wait_for_requests(endpoint, 20, process)
        process.send_signal(ending)
        ended = finish(process)
        assert ended.status == 128 + ending
        assert one_line(ended)
        kept = assert_all_is_sound(site, endpoint)
        assert kept >= 20 - 2 * CONCURRENCY
        finish(begin(site, endpoint))
        assert assert_all_is_sound(site, endpoint) == len(PAPERS)
        assert endpoint.paid_twice() <= CONCURRENCY


def one_line(ended: Ended) -> bool:
    return len(ended.err.splitlines()) == 1


def test_a_run_that_is_stopped_does_not_wait_for_an_endpoint_that_hangs(site):
    with Endpoint(PAPERS, some(1.0, [Wire.HANG]), hang=120) as endpoint:
        process = begin(site, endpoint)
        wait_for_requests(endpoint, 1, process)
        began = time.monotonic()
        process.send_signal(signal.SIGINT)
        assert finish(process).status == 128 + signal.SIGINT
        assert time.monotonic() - began < 60


def test_one_run_at_a_time(site):
    with Endpoint(PAPERS, latency=60) as endpoint:
        first = begin(site, endpoint)
        wait_for_requests(endpoint, 1, first)
        second = finish(begin(site, endpoint))
        endpoint.hurry()
        assert second.status == 1
        assert one_line(second)
        assert finish(first).status == 0
        assert endpoint.paid_twice() == 0


@pytest.mark.faults
def test_readers_and_imports_are_not_held_up(site, tmp_path):
    """An import goes on, and is quick, while the endpoint takes its time."""
    more = [
        Bilingual(f"2412.{number:05}", *texts)
        for number, texts in enumerate(
            (one.title, one.title_zh, one.abstract, one.abstract_zh)
            for one in invented_papers(40, seed=12)
        )
    ]
    folder = write_digest(tmp_path / "more", more, with_chinese=True)
    with Endpoint(PAPERS, latency=0.5) as endpoint:
        process = begin(site, endpoint, "--max-papers", 60)
        wait_for_requests(endpoint, 8, process)
        ended = run_well(site, "import_digests", folder, "--source", "south")
        assert process.poll() is None, "the run is over: nothing was tried"
        assert ended.status == 0
        assert finish(process).status == 0
    assert sum(text != ("", "") for text in chinese(site).values()) == 100


@pytest.mark.faults
def test_the_processor_time_of_a_paper_is_small(site):
    with Endpoint(PAPERS) as endpoint:
        before = os.times()
        assert finish(begin(site, endpoint)).status == 0
        after = os.times()
    used = sum(after[2:4]) - sum(before[2:4])
    print(f"{1000 * used / len(PAPERS):.0f} ms of processor time a paper, the start included")
    assert used / len(PAPERS) < 0.5
