"""Where a source is fetched from: set and started in the admin."""

import pytest
from django.urls import reverse
from django.utils import timezone

from papers.importing import background
from papers.models import Checkout, Source

pytestmark = pytest.mark.django_db
ADDRESS = "https://example.org/lantern.git"


@pytest.fixture
def source(small_site) -> Source:
    return Source.objects.get(name="lantern-daily")


@pytest.fixture
def started(monkeypatch) -> list[tuple[str, ...]]:
    """Return the commands that would have been started."""
    started: list[tuple[str, ...]] = []
    monkeypatch.setattr(background, "start", lambda *arguments: started.append(arguments))
    return started


def save(client, source: Source, **changed):
    form = {
        "url": "",
        "licence": "CC BY 4.0",
        "rank": "100",
        "branch": "main",
        "fetch_kind": "git",
        "fetch_url": ADDRESS,
        "weekdays": ["1", "3", "7"],
    }
    return client.post(
        reverse("admin:papers_source_change", args=[source.pk]), form | changed, follow=True
    )


def fetch_now(client, source: Source):
    return client.post(reverse("admin:papers_source_fetch", args=[source.pk]), follow=True)


def test_an_administrator_sets_address_branch_weekdays_and_licence(signed_in, source):
    save(signed_in("Administrator"), source)
    source.refresh_from_db()
    assert (source.fetch_url, source.branch, source.weekdays) == (ADDRESS, "main", "137")
    assert source.history.first().fetch_url == ADDRESS


@pytest.mark.parametrize(
    "changed",
    [
        {"fetch_url": "file:///etc"},
        {"fetch_url": "ext::sh -c date"},
        {"fetch_url": "https://user:secret@example.org/a"},
        {"branch": "--upload-pack=touch"},
        {"weekdays": ["8"]},
        {"weekdays": []},
    ],
)
def test_what_may_not_be_fetched_is_refused(signed_in, source, changed):
    answer = save(signed_in("Administrator"), source, **changed)
    assert "errorlist" in answer.content.decode()
    source.refresh_from_db()
    assert source.fetch_url == ""


def test_an_address_from_the_server_stays_when_something_else_changes(signed_in, source):
    Source.objects.filter(pk=source.pk).update(fetch_url="file:///srv/lantern.git")
    save(signed_in("Administrator"), source, fetch_url="file:///srv/lantern.git")
    source.refresh_from_db()
    assert (source.fetch_url, source.licence) == ("file:///srv/lantern.git", "CC BY 4.0")


def test_a_curator_starts_a_fetch_and_sees_what_came_of_it(
    curator, source, started, django_capture_on_commit_callbacks
):
    Source.objects.filter(pk=source.pk).update(fetch_url=ADDRESS)
    with django_capture_on_commit_callbacks(execute=True):
        answer = fetch_now(curator, source)
    assert started == [("fetch_digests", "--wait=600", "--", "lantern-daily")]
    assert "Fetch now" in answer.content.decode()
    Checkout.objects.create(source=source, looked=timezone.now(), error="its history was rewritten")
    address = reverse("admin:papers_source_change", args=[source.pk])
    assert "its history was rewritten" in curator.get(address).content.decode()


def test_nothing_is_fetched_without_an_address_or_the_right(
    curator, signed_in, source, started, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        assert "Fetch now" not in fetch_now(curator, source).content.decode()
        Source.objects.filter(pk=source.pk).update(fetch_url=ADDRESS)
        assert fetch_now(signed_in("Reader of the admin"), source).status_code == 403
    assert started == []
