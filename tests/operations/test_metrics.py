"""``/metrics``: what Prometheus reads, and who may."""

import re

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext

from digest_site import VERSION
from papers.operations import metrics

TOKEN = "a token of some length"
LINE = re.compile(r'duizhao_(\w+)\{((?:\w+="(?:[^"\\\n]|\\.)*",?)*)\} (\S+)')


def figures(client) -> dict[tuple[str, str], float]:
    answer = client.get("/metrics", headers={"Host": "127.0.0.1:8000"})
    assert answer.status_code == 200
    lines = [line for line in answer.content.decode().splitlines() if not line.startswith("# ")]
    read = [LINE.fullmatch(line) for line in lines]
    assert None not in read
    return {(found[1], found[2]): float(found[3]) for found in read if found}


@pytest.mark.usefixtures("sample")
def test_requests_are_counted_by_kind_status_and_what_the_cache_had(client):
    before = figures(client)
    for path in ("/topics/", "/topics/", "/nothing/", "/papers/feed.atom"):
        etag = client.get(path).headers.get("ETag")
    client.get("/papers/feed.atom", headers={"If-None-Match": etag})
    after = figures(client)

    def more(name: str, labels: str) -> float:
        return after[name, labels] - before.get((name, labels), 0)

    assert more("requests_total", 'kind="page",status="2xx"') == 2
    assert more("requests_total", 'kind="page",status="4xx"') == 1
    assert more("requests_total", 'kind="feed",status="2xx"') == 1
    assert more("requests_total", 'kind="feed",status="3xx"') == 1
    assert more("page_cache_total", 'result="hit"') == 1
    assert more("page_cache_total", 'result="not_modified"') == 1
    assert more("request_seconds_count", 'kind="page"') == 3
    assert more("request_seconds_bucket", 'kind="page",le="+Inf"') == 3
    assert more("request_seconds_sum", 'kind="page"') > 0


@pytest.mark.usefixtures("sample")
def test_it_says_how_old_each_source_is_and_that_the_database_answers(client):
    found = figures(client)
    assert found["database_up", ""] == 1
    assert found["database_bytes", ""] > 100_000
    assert found["newest_digest_age_seconds", 'source="duizhao-sample"'] > 300 * 86_400
    assert found["last_import_timestamp_seconds", ""] > 1_700_000_000
    assert found["worker_resident_bytes", 'worker="1"'] > 10_000_000


@pytest.mark.usefixtures("sample")
def test_the_database_is_asked_only_where_the_wait_for_it_is_limited(client, monkeypatch):
    def limited(alias, ask):
        with CaptureQueriesContext(connection) as asked:
            answer = ask()
        within.append(len(asked))
        return answer

    within: list[int] = []
    monkeypatch.setattr(metrics, "call", limited)
    with CaptureQueriesContext(connection) as asked:
        metrics.text()
    assert within == [len(asked)]


@pytest.mark.django_db
def test_the_rest_is_told_while_the_database_is_away(client, monkeypatch):
    def away(alias, ask):
        raise OperationalError

    monkeypatch.setattr(metrics, "call", away)
    found = figures(client)
    assert found["database_up", ""] == 0
    assert ("build_info", f'version="{VERSION}"') in found
    assert not any(name == "newest_digest_age_seconds" for name, _ in found)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "papers.example.org"},
        {"Host": "127.0.0.1", "X-Forwarded-For": "127.0.0.1"},
        {"Host": "localhost", "Forwarded": "for=127.0.0.1"},
        {"Host": "127.0.0.1", "Via": "1.1 proxy"},
        {"Host": "127.0.0.1.evil.example"},
    ],
)
def test_a_stranger_whom_a_proxy_passes_on_is_refused(client, headers):
    answer = client.get("/metrics", headers=headers)
    assert answer.status_code == 403
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.django_db
def test_whoever_has_the_token_may_ask_from_anywhere(client, settings):
    from_afar = {"REMOTE_ADDR": "203.0.113.7"}
    said = {"Authorization": f"Bearer {TOKEN}", "Host": "papers.example.org"}
    assert client.get("/metrics", headers=said, **from_afar).status_code == 403
    settings.METRICS_TOKEN = TOKEN
    assert client.get("/metrics", headers=said, **from_afar).status_code == 200
    for wrong in (f"Bearer {TOKEN}x", "Bearer ", f"Basic {TOKEN}", "Bearer tökén"):
        answer = client.get("/metrics", headers=said | {"Authorization": wrong}, **from_afar)
        assert answer.status_code == 403
