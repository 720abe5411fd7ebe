"""While the primary database is down, cached pages are served for a limited time."""

import pytest
from django.core.cache import cache
from django.db import DatabaseError, OperationalError

from papers.db import availability, data_version
from papers.db.data_version import Version


@pytest.fixture
def outage(monkeypatch):
    """``outage()`` takes the primary away; ``outage(False)`` gives it back."""
    read = data_version.current

    def outage(begins: bool = True) -> None:
        def fails(using: str = "default") -> Version:
            if using == "default":
                raise OperationalError("connection refused")
            return read(using)

        monkeypatch.setattr(data_version, "current", fails if begins else read)

    cache.clear()
    return outage


def test_a_kept_page_is_served_and_another_says_when_to_come_again(small_site, client, outage):
    kept = client.get("/papers/")
    outage()
    again = client.get("/papers/")
    assert (again.status_code, again.content) == (200, kept.content)
    fresh = {"If-None-Match": kept.headers["ETag"]}
    assert client.get("/papers/", headers=fresh).status_code == 304


def test_after_some_minutes_the_site_says_that_it_is_not_available(
    small_site, client, outage, monkeypatch
):
    client.get("/papers/")
    outage()
    monkeypatch.setattr(availability, "LAST_KNOWN_TTL", -1.0)
    answer = client.get("/papers/")
    assert answer.status_code == 503
    assert "Retry-After" in answer.headers


def test_a_process_that_never_knew_a_version_says_so_at_once(db, outage):
    outage()
    with pytest.raises(DatabaseError):
        availability.last_known_version()


def test_a_replica_that_knows_more_is_believed(db, outage, settings, monkeypatch):
    data_version.mark_data_changed()
    old = availability.last_known_version()
    data_version.mark_data_changed()
    newer = data_version.current()
    outage()
    assert availability.last_known_version() == old
    settings.REPLICAS = ["replica-1"]
    monkeypatch.setattr(availability, "version_if_answering", lambda alias: newer)
    assert availability.last_known_version() == newer
