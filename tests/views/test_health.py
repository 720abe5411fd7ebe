"""What ``/readyz`` reports to a monitor."""

import pytest
import time_machine
from django.core.cache import cache
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder


def lines(answer) -> dict[str, str]:
    first, *rest = answer.content.decode().splitlines()
    return {"verdict": first} | dict(line.split(": ", 1) for line in rest)


@pytest.mark.usefixtures("sample")
def test_a_site_that_can_serve_is_ready(client):
    with time_machine.travel("2025-01-30"):
        answer = client.get("/readyz")
    assert answer.status_code == 200
    assert lines(answer) == {
        "verdict": "ready",
        "database": "ok",
        "migrations": "ok",
        "cache": "ok",
        "newest digest": "2025-01-29",
    }


@pytest.mark.usefixtures("sample")
def test_a_daily_import_that_has_stopped_is_said_and_does_not_stop_the_site(client):
    with time_machine.travel("2025-02-28"):
        answer = client.get("/readyz")
    assert answer.status_code == 200
    assert "30 days old" in lines(answer)["newest digest"]


@pytest.mark.django_db
def test_a_migration_that_waits_makes_it_not_ready(client):
    MigrationRecorder.Migration.objects.filter(app="papers").delete()
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert lines(answer)["verdict"] == "not ready"
    assert "run manage.py migrate" in lines(answer)["migrations"]


@pytest.mark.django_db
def test_a_database_that_stopped_between_the_first_migrations_is_not_ready(client):
    ours = MigrationRecorder.Migration.objects.filter(app="papers")
    ours.filter(name__gt="0005_curators_desk").delete()
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert "only some of the migrations 0001 to 0010" in lines(answer)["migrations"]


@pytest.mark.django_db
def test_a_database_that_is_away_makes_it_not_ready(client, monkeypatch):
    def away(*args, **kwargs):
        raise OperationalError("secret host refused")

    monkeypatch.setattr(connection, "cursor", away)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert lines(answer) == {
        "verdict": "not ready",
        "database": "failed: OperationalError",
        "cache": "ok",
    }


@pytest.mark.django_db
def test_a_dead_cache_is_said_and_does_not_stop_the_site(client, monkeypatch):
    monkeypatch.setattr(type(cache._connections[cache._alias]), "get", lambda *args: None)
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert "does not answer" in lines(answer)["cache"]
