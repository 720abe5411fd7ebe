"""Secrets in the project folder are excluded from the image and from git."""

import re
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
SECRETS = [
    ".env",
    "deploy/.env",
    "deploy/.env.production",
    "papers/.env",
    "data/secret-key",
    "data/duizhao.sqlite3",
    "duizhao.sqlite3",
    "deploy/backup-20260101.sqlite3",
]
NEEDED = ["manage.py", "requirements.lock", "requirements-build.txt", "papers/search/sqlite.py"]


def kept_out_of_the_image(path: str) -> bool:
    """Whether ``.dockerignore`` leaves the file out: the last pattern that matches it decides.

    https://docs.docker.com/build/concepts/context/#dockerignore-files
    """
    out = False
    for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines():
        if line and not line.startswith("#") and _pattern(line.lstrip("!")).fullmatch(path):
            out = not line.startswith("!")
    return out


def _pattern(line: str) -> re.Pattern:
    """The pattern of one line; it takes along what lies below a folder that it names."""
    words = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    parts = re.split(r"(\*\*/|\*\*|\*|\?)", line.strip("/"))
    return re.compile("".join(words.get(part) or re.escape(part) for part in parts) + "(?:/.*)?")


@pytest.mark.parametrize("path", SECRETS)
def test_a_secret_stays_out_of_the_image(path):
    assert kept_out_of_the_image(path)


@pytest.mark.parametrize("path", NEEDED)
def test_what_the_site_runs_with_gets_into_the_image(path):
    assert not kept_out_of_the_image(path)


@pytest.mark.parametrize("path", SECRETS)
def test_a_secret_stays_out_of_git(path):
    ignored = subprocess.run(["git", "check-ignore", "--no-index", "-q", path], cwd=ROOT)
    assert ignored.returncode == 0


def test_no_file_of_the_repository_is_ignored():
    """Else ``git add`` would pass over it: ``.env.example`` lies beside ``.env``."""
    files = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True).stdout
    ignored = subprocess.run(
        ["git", "check-ignore", "--no-index", "--stdin"],
        cwd=ROOT,
        input=files,
        capture_output=True,
        text=True,
    )
    assert ignored.stdout == ""
