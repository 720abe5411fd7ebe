"""``fetch_digests``: what changed is imported, and nothing that was imported is lost."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

from papers.db.import_lock import ImportRunning, fetch_lock
from papers.models import Checkout, Digest, ImportRun, Paper, Source
from papers.publishers import follow
from tests.publishers.hosts import GitHost


def arxiv_ids() -> list[str]:
    return sorted(Paper.objects.values_list("arxiv_id", flat=True))


def test_a_publisher_is_followed_from_its_first_day_on(followed, host, checkouts):
    assert (followed.name, followed.fetch_url) == ("lanterns", host.url)
    assert arxiv_ids() == ["2501.98001"]
    assert Digest.objects.get().source == followed
    assert oct((checkouts / "lanterns").stat().st_mode & 0o777) == "0o700"


def test_only_the_days_that_changed_are_imported(followed, host, fetch, checkouts):
    host.publish_day("30-Jan-2025", "2501.98002", "2501.98003")
    host.publish("README.md", "# More digests\n")
    status, out, _ = fetch()
    assert (status, "2 new" in out) == (0, True)
    assert ImportRun.objects.first().paths == [str(checkouts / "lanterns/30-Jan-2025")]
    assert len(arxiv_ids()) == 3


def test_fetching_twice_changes_nothing(followed, fetch):
    assert fetch() == (0, "lanterns: nothing new.\n", "")
    assert ImportRun.objects.count() == 1


def test_a_day_is_found_within_other_folders(followed, host, fetch):
    host.publish_day("archive/2025/2025-01-31", "2501.98004")
    fetch()
    assert "2501.98004" in arxiv_ids()


def test_a_day_that_a_publisher_deletes_is_kept(followed, host, fetch):
    host.git("rm", "--quiet", "-r", "29-Jan-2025")
    host.commit()
    assert fetch()[0] == 0
    assert arxiv_ids() == ["2501.98001"]


def test_a_rewritten_history_is_refused_in_one_line_until_somebody_accepts_it(
    followed, host, fetch, checkouts
):
    before = follow.copy_of(followed).revision()
    host.publish_day("29-Jan-2025", "2501.98009")
    host.git("reset", "--quiet", "--soft", "HEAD~2")
    host.commit()
    status, _, errors = fetch()
    assert (status, errors.count("\n")) == (1, 1)
    assert "history was rewritten" in errors
    assert (arxiv_ids(), follow.copy_of(followed).revision()) == (["2501.98001"], before)
    assert "history was rewritten" in Checkout.objects.get().error
    assert fetch("lanterns", anew=True)[0] == 0
    assert "2501.98009" in arxiv_ids()
    assert Checkout.objects.get().error == ""


def test_a_host_that_is_gone_does_not_stop_the_others(followed, host, fetch, tmp_path):
    other = GitHost.create(tmp_path / "other")
    other.publish_day("30-Jan-2025", "2501.98005")
    fetch(add="beacons", git=other.url)
    other.publish_day("31-Jan-2025", "2501.98006")
    host.folder.rename(tmp_path / "moved")
    status, out, errors = fetch()
    assert (status, "beacons: 1 digest" in out) == (1, True)
    assert errors.startswith("lanterns: git fetch failed: ")
    assert errors.count("\n") == 1
    assert arxiv_ids() == ["2501.98001", "2501.98005", "2501.98006"]


def test_what_could_not_be_imported_is_imported_by_the_next_run(followed, host, fetch, monkeypatch):
    host.publish_day("30-Jan-2025", "2501.98002")

    def no_disk(*args, **kwargs):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(follow, "run_import", no_disk)
        with pytest.raises(CommandError, match="No space left"):
            call_command("fetch_digests")
    fetch()
    assert "2501.98002" in arxiv_ids()


def test_a_refused_file_is_named_and_the_rest_imported(followed, host, fetch, checkouts):
    host.publish_day("30-Jan-2025", "2501.98002")
    (host.folder / "30-Jan-2025/AI").mkdir()
    (host.folder / "30-Jan-2025/AI/README.md").write_bytes(b"\xff\xfe\x00\x01" * 50)
    host.commit()
    status, _, errors = fetch()
    assert (status, "30-Jan-2025/AI/README.md" in errors) == (1, True)
    assert "2501.98002" in arxiv_ids()
    assert fetch()[0] == 0


def test_a_branch_is_followed(db, host, fetch):
    host.git("checkout", "--quiet", "-b", "beta")
    host.publish_day("30-Jan-2025", "2501.98002")
    host.git("checkout", "--quiet", "main")
    fetch(add="lanterns", git=host.url, branch="beta")
    assert arxiv_ids() == ["2501.98001", "2501.98002"]


def test_an_address_changes_and_its_history_goes_on(followed, host, fetch, tmp_path):
    host.folder.rename(tmp_path / "moved")
    moved = GitHost(tmp_path / "moved")
    moved.publish_day("30-Jan-2025", "2501.98002")
    assert fetch(add="lanterns", git=moved.url)[0] == 0
    assert arxiv_ids() == ["2501.98001", "2501.98002"]
    assert Source.objects.count() == 1


def test_a_second_fetch_says_that_one_is_running(followed):
    def in_another_process():
        try:
            with fetch_lock():
                pass
        finally:
            connection.close()

    with fetch_lock(), ThreadPoolExecutor() as others:
        other = others.submit(in_another_process)
        assert isinstance(other.exception(), ImportRunning)
        assert str(other.exception()).startswith("Another fetch is running")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"add": "lanterns"}, "together with"),
        ({"git": "https://example.org/a"}, "together with"),
        ({"anew": True}, "names of the sources"),
        ({"names": ["nobody"]}, "'nobody' is not followed"),
        ({"add": "x", "git": "ext::sh -c date"}, "begins with https://"),
        ({"add": "x", "git": "https://example.org/a", "branch": "--all"}, "a branch"),
        ({"add": "\x00", "git": "https://example.org/a"}, "a name"),
        ({"add": "x" * 101, "git": "https://example.org/a"}, "a name"),
    ],
)
def test_wrong_usage_is_one_sentence_and_changes_nothing(db, arguments, said):
    names = arguments.pop("names", [])
    with pytest.raises(CommandError, match=said) as refused:
        call_command("fetch_digests", *names, **arguments)
    assert refused.value.returncode == 2
    assert not Source.objects.exists()
