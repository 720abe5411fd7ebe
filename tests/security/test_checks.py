"""Insecure configurations are refused or reported with a message that says what to do."""

import os
import tempfile
from pathlib import Path

import pytest
from django.conf import settings
from django.core.checks.registry import registry

from papers.operations.checks import data_can_be_written
from papers.operations.file_rights import close_to_others
from tests.security.serving import PRODUCTION, manage


def test_a_site_set_up_as_the_guide_says_passes_the_checks_of_a_deployment():
    close_to_others()  # as `migrate` leaves the folder, which may be older
    checked = manage("check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)
    assert checked.returncode == 0, checked.stderr


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"SECRET_KEY": ""}, "Set SECRET_KEY to a long random text"),
        ({"DEBUG": "on"}, "Set DEBUG=off"),
        ({"SITE_URL": "http://papers.example.org"}, "are sent unencrypted"),
        ({"TRUSTED_PROXIES": "0"}, "Set TRUSTED_PROXIES"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY has less than 50 characters"),
    ],
)
def test_what_is_wrong_is_said(wrong, sentence):
    checked = manage("check", "--deploy", "--fail-level", "WARNING", **PRODUCTION | wrong)
    assert checked.returncode != 0
    assert sentence in checked.stderr


HSTS = "from django.conf import settings as s; print(s.SECURE_HSTS_SECONDS, s.SECURE_HSTS_PRELOAD)"


@pytest.mark.parametrize(
    ("said", "seconds_and_preload"),
    [
        ({}, "31536000 False"),
        ({"HSTS_SECONDS": "off"}, "0 False"),
        ({"HSTS_SECONDS": "86400"}, "86400 False"),
        ({"HSTS_PRELOAD": "on"}, "31536000 True"),
    ],
)
def test_how_long_browsers_insist_on_tls_is_the_operators_choice(said, seconds_and_preload):
    shown = manage("shell", "--no-imports", "-c", HSTS, **PRODUCTION | said)
    assert shown.stdout.strip() == seconds_and_preload


def check() -> str:
    """What the check of the database refuses, or nothing.

    The function itself and not the command: another user may be unable to read the code.
    """
    return "\n".join(f"{error.id}: {error.msg}" for error in data_can_be_written(None))


@pytest.fixture
def database_file(monkeypatch):
    """In a folder of its own, which everybody may enter, wherever the clone and TMPDIR lie."""
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:
        os.chmod(folder, 0o755)
        file = Path(folder, "duizhao.sqlite3")
        file.touch()
        config = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(file)}
        monkeypatch.setitem(settings.DATABASES, "default", config)
        yield file


@pytest.fixture
def as_an_ordinary_user():
    """Root may write everywhere, so root's tests are somebody else for a while."""
    if os.geteuid() == 0:
        os.seteuid(65534)
    yield
    os.seteuid(os.getuid())


def test_every_command_asks_whether_the_database_can_be_written():
    assert data_can_be_written in registry.get_checks()


def test_a_database_that_can_be_written_is_accepted(database_file):
    assert check() == ""


def test_a_database_that_cannot_be_written_is_refused(database_file, request):
    database_file.chmod(0o444)
    database_file.parent.chmod(0o555)
    request.getfixturevalue("as_an_ordinary_user")
    refused = check()
    assert f"papers.E001: {database_file} is not writable by this user" in refused
    assert f"papers.E001: {database_file.parent} is not writable by this user" in refused
