"""The search index of a new site, and of one that was just migrated, before anything fills it."""

from importlib import import_module

import pytest
from django.db import connection

from papers import search
from papers.models import SearchIndex
from papers.search.backend import backend
from tests.search.conftest import GRAPHS, found

pytestmark = pytest.mark.django_db

FIRST = import_module("papers.migrations.0001_initial")
SPELLINGS = import_module("papers.migrations.0010_search_spellings")


def assert_can_be_searched(client) -> None:
    for query in ("title:graphs", "abstract:图神经网络", "author:sleepy", "graphs"):
        assert client.get("/papers/", {"q": query}).status_code == 200


def test_a_new_site_can_be_searched_in_a_field(client):
    assert not search.stored_version()
    assert_can_be_searched(client)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite's table is replaced")
class TestAnOlderTable:
    @pytest.fixture(autouse=True)
    def migrated(self):
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TABLE {backend().TABLE}")
            for statement in FIRST.SQLITE[:2]:
                cursor.execute(statement.format(**FIRST.FTS_NAMES))
        SearchIndex.objects.create(pk=1, version="fts5-1 rules-1")
        SPELLINGS.replace_older_table(None, connection.schema_editor())

    def test_can_be_searched_in_a_field_after_migrating(self, client):
        assert_can_be_searched(client)

    def test_is_still_reported_as_out_of_date(self):
        assert search.is_stale()

    def test_is_filled_by_the_next_import(self, request):
        request.getfixturevalue("library")
        assert not search.is_stale()
        assert found("title:graphs") == [GRAPHS]
