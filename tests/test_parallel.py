"""Work divided among processes: what comes of it is what one process would have made."""

import os
import signal
from functools import partial

import pytest
from django.db import connection

from papers import parallel, search
from papers.db.bulk import chunks
from papers.models import Paper
from papers.parallel import worked_out
from papers.search import indexer
from papers.search.analyzer import index_tokens
from papers.search.backend import ENTRIES, WORDS
from tests.support import second_processes

TEXTS = [f"Lamps of kind {number}: 会讲故事的灯" for number in range(40)]


@pytest.fixture
def cores(monkeypatch):
    return lambda number: monkeypatch.setattr(parallel, "cores", lambda: number)


def test_answers_come_in_the_order_of_the_questions(cores):
    cores(2)
    assert list(worked_out(index_tokens, iter(TEXTS))) == [index_tokens(text) for text in TEXTS]
    assert not second_processes(os.getpid())


def test_arguments_are_taken_only_a_few_ahead(cores):
    cores(2)
    taken = []
    answers = worked_out(index_tokens, (taken.append(text) or text for text in TEXTS))
    next(answers)
    assert len(taken) == 2 * parallel.AHEAD + 1
    answers.close()
    assert not second_processes(os.getpid()), "whoever wants no more answers leaves no process"


@pytest.mark.parametrize(("number", "texts"), [(1, TEXTS), (2, TEXTS[:1]), (2, [])])
def test_one_core_or_one_question_needs_no_other_process(cores, monkeypatch, number, texts):
    cores(number)
    monkeypatch.setattr("subprocess.Popen", None)
    assert list(worked_out(index_tokens, texts)) == [index_tokens(text) for text in texts]


def test_where_no_process_can_be_had_all_is_done_here(cores, monkeypatch, caplog):
    cores(2)

    def refused(*args, **kwargs):
        raise OSError("no memory")

    monkeypatch.setattr("subprocess.Popen", refused)
    assert list(worked_out(index_tokens, TEXTS)) == [index_tokens(text) for text in TEXTS]
    assert caplog.text.count("no memory") == 1


def test_the_work_of_a_process_that_dies_is_done_here(cores, caplog):
    cores(2)
    answers = worked_out(index_tokens, TEXTS)
    found = [next(answers)]
    os.kill(min(second_processes(os.getpid())), signal.SIGKILL)
    found += answers
    assert found == [index_tokens(text) for text in TEXTS]
    assert caplog.text.count("its work is done here") == 1


def test_when_all_of_them_die_all_is_done_here_in_order(cores, caplog):
    cores(2)
    answers = worked_out(index_tokens, TEXTS)
    found = [next(answers)]
    for process in second_processes(os.getpid()):
        os.kill(process, signal.SIGKILL)
    found += answers
    assert found == [index_tokens(text) for text in TEXTS]
    assert caplog.text.count("its work is done here") == 2


def test_an_error_there_is_the_same_error_here(cores):
    cores(2)
    with pytest.raises(ValueError, match="'lamp'"):
        list(worked_out(int, ["1", "lamp", "3"]))
    assert not second_processes(os.getpid())


@pytest.mark.django_db
def test_an_index_made_by_several_processes_is_the_index_that_one_makes(
    small_site, cores, monkeypatch
):
    monkeypatch.setattr(indexer, "chunks", partial(chunks, size=2))

    def made_on(number):
        cores(number)
        search.rebuild()
        with connection.cursor() as cursor:
            tables = []
            for table in (ENTRIES, WORDS):
                cursor.execute(f"SELECT * FROM {table} ORDER BY 1")
                tables.append(cursor.fetchall())
        hits = [_hits(text) for text in ("lamps", "风筝")]
        return tables, hits

    alone, together = made_on(1), made_on(3)
    assert alone == together
    assert all(together[1])


def _hits(text):
    papers = Paper.objects.published()
    return list(search.search(search.parse_query(text), papers).paper_ids)
