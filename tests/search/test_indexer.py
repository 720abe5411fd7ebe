"""Rebuilding the index while readers search and curators edit."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import OperationalError, connection

from papers import curation, search
from papers.models import Paper
from papers.search import postgres
from tests.search.conftest import LIBRARY, RETRIEVAL, found


def queries() -> list[str]:
    """The titles of the library."""
    return [record.split("\n")[0].strip("# ") for held in LIBRARY.values() for record in held]


def test_a_rebuilt_index_finds_the_same(library):
    before = [found(query) for query in queries()]
    assert search.rebuild() == 6
    assert [found(query) for query in queries()] == before


def test_a_rebuild_that_breaks_off_leaves_the_old_index(library):
    def broken(chunks):
        yield from chunks
        raise KeyboardInterrupt

    before = [found(query) for query in queries()]
    with pytest.raises(KeyboardInterrupt):
        search.rebuild(broken)
    assert [found(query) for query in queries()] == before


@pytest.mark.django_db(transaction=True)
def test_meanwhile_readers_search_and_an_edit_waits_and_is_found_afterwards(library):
    with ThreadPoolExecutor() as threads:
        edits = []

        def meanwhile(chunks):
            edits.append(threads.submit(elsewhere, edit, "A Title of a Curator"))
            yield from chunks
            # All are written now, and the old index serves.
            assert threads.submit(elsewhere, found, "sleepy librarians").result(10) == [RETRIEVAL]
            assert not edits[0].done()

        assert search.rebuild(meanwhile) == 6
        edits[0].result(10)
    assert found("sleepy librarians") == []
    assert found("title of a curator") == [RETRIEVAL]


@pytest.mark.skipif(
    connection.vendor != "postgresql", reason="how long SQLite waits is the database's own option"
)
@pytest.mark.django_db(transaction=True)
def test_an_edit_does_not_wait_for_ever(library, monkeypatch):
    monkeypatch.setattr(postgres, "LONGEST_WAIT", "50ms")
    with ThreadPoolExecutor() as threads:

        def meanwhile(chunks):
            with pytest.raises(OperationalError):
                threads.submit(elsewhere, edit, "Too Late").result(10)
            yield from chunks

        assert search.rebuild(meanwhile) == 6
    assert found("sleepy librarians") == [RETRIEVAL]


def elsewhere(what, *args):
    """In a connection of its own, as another process has."""
    with closing(connection):
        return what(*args)


def edit(title: str) -> None:
    curation.edit(Paper.objects.get(arxiv_id=RETRIEVAL), "title_en", title, AnonymousUser())
