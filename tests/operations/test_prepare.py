"""``prepare``: one node at a time, a database that comes late, an account by environment."""

import subprocess
import uuid
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command

from papers.models import Paper
from tests.faults.databases import ON_POSTGRES, SERVER, Postgres, new
from tests.faults.dump import connect
from tests.faults.importing import finish, start

PASSWORD = "a-passphrase-of-the-tests"


@pytest.fixture
def own_database() -> None:
    """Say that a test makes databases of the kind that DATABASE_URL names."""


@pytest.mark.usefixtures("own_database")
def test_nodes_that_start_together_migrate_once(tmp_path: Path):
    database = new(tmp_path / "database")
    account = {"ADMIN_USER": "ada", "ADMIN_PASSWORD": PASSWORD}
    nodes = [
        start(database, "prepare", "--node", program=["manage.py"], environment=account)
        for _ in range(2)
    ]
    ended = [finish(node) for node in nodes]
    assert [(one.status, one.err) for one in ended] == [(0, "")] * 2
    assert sorted(one.out for one in ended) == ["", "Made the account ada, an administrator.\n"]
    with connect(database.url) as opened:
        applied = opened.execute("SELECT app, name FROM django_migrations").fetchall()
    assert len(applied) == len(set(applied)) > 30
    database.drop()


@pytest.mark.skipif(not ON_POSTGRES, reason="an SQLite file needs no server")
@pytest.mark.usefixtures("own_database")
def test_a_node_waits_for_a_database_that_comes_later():
    late = Postgres(SERVER, f"duizhao_late_{uuid.uuid4().hex[:12]}")
    node = start(late, "prepare", "--node", program=["manage.py"])
    with pytest.raises(subprocess.TimeoutExpired):
        node.wait(timeout=3)
    with connect(SERVER) as server:
        server.execute(f"CREATE DATABASE {late.name}")
    assert finish(node).status == 0
    late.drop()


@pytest.mark.django_db
def test_a_node_imports_no_sample():
    call_command("prepare", "--node")
    assert not Paper.objects.exists()


@pytest.mark.django_db
def test_an_account_that_exists_keeps_its_password(settings):
    for password in (PASSWORD, "another-passphrase-of-the-tests"):
        settings.ADMIN = ("ada", password)
        call_command("prepare", "--node")
    account = User.objects.get(username="ada")
    assert account.is_superuser
    assert account.check_password(PASSWORD)


@pytest.mark.django_db
def test_a_weak_password_makes_no_account(settings):
    settings.ADMIN = ("ada", "1234")
    with pytest.raises(ImproperlyConfigured, match=r"^ADMIN_PASSWORD: This password is too short"):
        call_command("prepare", "--node")
