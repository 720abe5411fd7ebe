"""The database is down, or a query takes too long: an error page, and nothing worse."""

import logging

import pytest
from django.db import DEFAULT_DB_ALIAS, OperationalError, connection

from papers.db import data_version
from papers.http.outages import time_limited
from papers.views.days import Calendar

SLOW = {
    "sqlite": "WITH RECURSIVE n(i) AS (SELECT 1 UNION SELECT i + 1 FROM n) SELECT max(i) FROM n",
    "postgresql": "SELECT pg_sleep(60)",
}


def ask_slowly(*args, **kwargs):
    with connection.cursor() as cursor:
        cursor.execute(SLOW[connection.vendor])


@pytest.mark.django_db(transaction=True)
def test_a_question_that_takes_too_long_is_ended():
    with pytest.raises(OperationalError), time_limited(DEFAULT_DB_ALIAS, seconds=0.2):
        ask_slowly()
    with connection.cursor() as cursor:  # and the next one is answered
        assert cursor.execute("SELECT 1") is None or cursor.fetchone() == (1,)


@pytest.mark.django_db(transaction=True)
def test_a_page_that_asks_for_too_long_says_so(client, monkeypatch, caplog):
    monkeypatch.setattr(Calendar, "get_context_data", ask_slowly)
    monkeypatch.setattr(
        "papers.http.page_cache.time_limited", lambda alias: time_limited(alias, 0.2)
    )
    with caplog.at_level(logging.ERROR, "papers.http.outages"):
        answer = client.get("/days/")
    says_so(answer)
    assert [one.getMessage() for one in caplog.records if one.name == "papers.http.outages"]


@pytest.mark.parametrize("address", ["/", "/papers/", "/papers/feed.atom"])
def test_a_database_that_is_away_is_said_to_be_so(address, client, monkeypatch):
    def away(*args, **kwargs):
        raise OperationalError("connection refused")

    monkeypatch.setattr(data_version, "current", away)
    says_so(client.get(address))


def says_so(answer):
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "10"
    assert "no-store" in answer.headers["Cache-Control"]
    assert "请几秒钟后再试" in answer.content.decode()
    assert "refused" not in answer.content.decode()
