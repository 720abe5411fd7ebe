"""Rebuilding the index while readers search and curators edit.

These tests commit, and Django then empties all tables, those of the roles too: a file of its own
comes after all tests that do not.
"""

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import OperationalError, connection

from papers import curation, search
from papers.models import Paper
from papers.search import postgres
from tests.search.conftest import RETRIEVAL, found

pytestmark = pytest.mark.django_db(transaction=True)


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
