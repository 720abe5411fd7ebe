"""A repository is foreign: nothing of it is executed, and it takes no more than its allowance."""

import os
import stat
from pathlib import Path

import pytest

from papers.models import Paper
from papers.publishers import git as git_module
from papers.publishers.follow import copy_of
from papers.publishers.git import git

pytestmark = pytest.mark.alike


def put_program_before_git(folder: Path, monkeypatch, script: str) -> None:
    program = folder / "bin" / "git"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:{os.environ['PATH']}")


def test_a_link_is_a_small_file_and_leads_nowhere(followed, host, fetch, checkouts, tmp_path):
    secret = tmp_path / "secret.md"
    secret.write_text((host.folder / "29-Jan-2025/topic/Lamps_related_papers.md").read_text())
    day = host.folder / "30-Jan-2025/topic"
    day.mkdir(parents=True)
    (day / "Secrets_related_papers.md").symlink_to(secret)
    host.commit()
    fetch()
    made = checkouts / "lanterns/30-Jan-2025/topic/Secrets_related_papers.md"
    assert stat.S_ISREG(made.lstat().st_mode)
    assert made.read_text() == str(secret)
    assert Paper.objects.count() == 1


def test_no_hook_and_no_filter_is_run(followed, host, fetch, checkouts, tmp_path):
    ran = tmp_path / "ran"
    hooks = checkouts / "lanterns/.git/hooks"
    hooks.mkdir(exist_ok=True)
    for name in ("post-checkout", "reference-transaction", "post-merge"):
        (hooks / name).write_text(f"#!/bin/sh\ntouch {ran}\n")
        (hooks / name).chmod(0o755)
    host.publish(".gitattributes", "*.md filter=evil diff=evil\n")
    host.publish_day("30-Jan-2025", "2501.98002")
    assert fetch()[0] == 0
    assert not ran.exists()


def test_submodules_are_left_alone(followed, host, fetch, checkouts):
    host.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", host.url, "more")
    host.commit()
    assert fetch()[0] == 0
    assert list((checkouts / "lanterns/more").iterdir()) == []


def test_git_hears_no_settings_and_asks_nobody(tmp_path, monkeypatch):
    put_program_before_git(tmp_path, monkeypatch, "env")
    monkeypatch.setenv("GIT_DIR", "/elsewhere")
    monkeypatch.setenv("SECRET_KEY", "a secret")
    monkeypatch.setenv("https_proxy", "http://127.0.0.1:3128")
    said = dict(line.split("=", 1) for line in git("version").decode().splitlines())
    assert said["GIT_TERMINAL_PROMPT"] == "0"
    assert said["GIT_CONFIG_NOSYSTEM"] == "1"
    assert said["GIT_ALLOW_PROTOCOL"] == "file:https"
    assert said["https_proxy"] == "http://127.0.0.1:3128"
    assert not {"GIT_DIR", "SECRET_KEY"} & said.keys()


def test_a_repository_that_is_too_large_is_given_up_and_the_copy_kept(
    followed, host, fetch, monkeypatch
):
    before = copy_of(followed).revision()
    host.publish("30-Jan-2025/AI/README.md", os.urandom(60_000).hex())
    monkeypatch.setattr(git_module, "MAX_BYTES", 100_000)
    status, _, errors = fetch()
    assert (status, "larger than" in errors) == (1, True)
    assert copy_of(followed).revision() == before
    monkeypatch.undo()


def test_a_repository_that_never_ends_is_given_up(followed, fetch, tmp_path, monkeypatch):
    monkeypatch.setattr(git_module, "MAX_SECONDS", 0.0)
    monkeypatch.setattr(git_module, "_BETWEEN_LOOKS", 0.05)
    put_program_before_git(tmp_path, monkeypatch, "exec sleep 60")
    status, _, errors = fetch()
    assert (status, "given up" in errors) == (1, True)


def test_too_many_files_are_refused(followed, host, fetch, monkeypatch):
    host.publish_day("30-Jan-2025", "2501.98002")
    monkeypatch.setattr("papers.publishers.repository.MAX_FILES", 2)
    assert "more than 2 files" in fetch()[2]
    assert Paper.objects.count() == 1


def test_a_fetch_goes_on_where_a_killed_one_stopped(followed, host, fetch, checkouts):
    left = checkouts / "lanterns/.git"
    for name in ("index.lock", "shallow.lock", "objects/pack/tmp_pack_x"):
        (left / name).parent.mkdir(exist_ok=True)
        (left / name).write_text("")
    (checkouts / "lanterns.part").mkdir()
    host.publish_day("30-Jan-2025", "2501.98002")
    assert fetch()[0] == 0
    assert Paper.objects.count() == 2
    assert not (left / "objects/pack/tmp_pack_x").exists()


def test_old_files_are_not_fetched(host, followed):
    """Shallow and blobless: of a file that was replaced before, the old content never comes."""
    for number in range(3):
        host.publish("huge.txt", str(number))
    copy = copy_of(followed)
    copy.update()
    old = host.git("rev-parse", "HEAD~1:huge.txt")
    known = copy._git("cat-file", "--batch-all-objects", "--batch-check=%(objectname)")
    assert old not in known.decode()
    assert host.git("rev-parse", "HEAD:huge.txt") in known.decode()


@pytest.mark.parametrize("gone", [True, False])
def test_no_repository_above_the_checkout_is_touched(followed, fetch, checkouts, gone):
    """The checkouts are in the folders of this project, which is a repository itself."""
    (checkouts / "lanterns/.git").rename(checkouts / "git-away")
    if gone:
        (checkouts / "lanterns/.git").mkdir()
    status, _, errors = fetch()
    assert (status, errors.count("\n")) == (1, 1)
