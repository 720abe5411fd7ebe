"""Restoring a topic or source is a decision, never a saved form."""

import pytest
from django.urls import reverse

from papers import curation
from papers.db import data_version
from papers.models import PaperTopic, Source, Topic

pytestmark = pytest.mark.usefixtures("small_site")


def edit(client, noun: str, row, **fields) -> None:
    address = reverse(f"admin:papers_{noun}_change", args=[row.pk])
    form = client.get(address).context["adminform"].form.initial
    as_sent = {name: value for name, value in form.items() if value not in (None, False)}
    assert client.post(address, as_sent | fields).status_code == 302


def first_version(row):
    return row.history.order_by("history_id").first()


def page_of(noun: str, record) -> str:
    return reverse(f"admin:papers_{noun}_simple_history", args=[record.id, record.pk])


def go_back(client, noun: str, record):
    return client.post(
        reverse(f"admin:papers_{noun}_go_back", args=[record.id, record.pk]), {"name_en": "Posted"}
    )


@pytest.fixture
def rag(curator) -> Topic:
    topic = Topic.objects.get(slug="rag")
    edit(curator, "topic", topic, name_en="Retrieval", name_zh="检索", order="3")
    return topic


def test_a_topic_goes_back_and_leaves_a_version(curator, rag):
    before = data_version.current()
    answer = go_back(curator, "topic", first_version(rag))
    assert answer.url == reverse("admin:papers_topic_change", args=[rag.pk])
    rag.refresh_from_db()
    as_imported = ("Retrieval-Augmented Generation", "检索增强生成", 100)
    assert (rag.name_en, rag.name_zh, rag.order) == as_imported
    newest = rag.history.first()
    assert (newest.history_user.username, newest.history_change_reason) == ("Curator", "revert")
    assert data_version.current() != before


def test_the_page_of_a_version_shows_it_and_saves_nothing(curator, rag):
    address = page_of("topic", first_version(rag))
    page = curator.get(address).content.decode()
    assert 'name="name_en"' not in page
    assert "/go-back/" in page
    assert 'name="_save"' in page
    assert curator.post(address, {"name_en": "Posted", "order": "1"}).status_code == 405
    rag.refresh_from_db()
    assert rag.name_en == "Retrieval"


@pytest.mark.parametrize("send", ["get", "post"])
def test_who_may_only_look_is_refused(signed_in, rag, send):
    reader = signed_in("Reader of the admin")
    record = first_version(rag)
    assert getattr(reader, send)(page_of("topic", record), {"name_en": "Posted"}).status_code == 403
    assert go_back(reader, "topic", record).status_code == 403
    rag.refresh_from_db()
    assert rag.name_en == "Retrieval"


def test_going_back_before_a_merge_gives_the_papers_back(signed_in, rag):
    into = Topic.objects.get(slug="multimodal")
    curation.merge_topic(rag, into)
    assert not PaperTopic.objects.filter(topic=rag).exists()
    go_back(signed_in("Administrator"), "topic", first_version(rag))
    rag.refresh_from_db()
    assert rag.merged_into is None
    assert PaperTopic.objects.filter(topic=rag).count() == rag.paper_count == 1
    into.refresh_from_db()
    assert PaperTopic.objects.filter(topic=into).count() == into.paper_count == 3


def test_only_who_may_merge_goes_back_over_a_merge(curator, rag):
    curation.merge_topic(rag, Topic.objects.get(slug="multimodal"))
    record = first_version(rag)
    assert go_back(curator, "topic", record).status_code == 403
    assert 'name="_save"' not in curator.get(page_of("topic", record)).content.decode()
    rag.refresh_from_db()
    assert rag.merged_into is not None


def test_going_back_to_a_merge_merges_and_says_so_where_it_cannot(signed_in, rag):
    into = Topic.objects.get(slug="multimodal")
    curation.merge_topic(rag, into)
    merged = rag.history.first()
    curation.unmerge_topic(rag)
    administrator = signed_in("Administrator")
    go_back(administrator, "topic", merged)
    rag.refresh_from_db()
    assert rag.merged_into == into
    curation.unmerge_topic(rag)
    curation.merge_topic(into, Topic.objects.get(slug="cs-ai"))
    answer = go_back(administrator, "topic", merged)
    assert "cannot be restored" in administrator.get(answer.url).content.decode()
    rag.refresh_from_db()
    assert rag.merged_into is None


def test_a_source_goes_back(signed_in):
    administrator = signed_in("Administrator")
    source = Source.objects.first()
    edit(administrator, "source", source, url="https://example.org/", licence="CC0")
    before = data_version.current()
    go_back(administrator, "source", first_version(source))
    source.refresh_from_db()
    assert (source.url, source.licence) == ("", "")
    assert data_version.current() != before


def test_a_version_that_there_is_not_is_not_found(curator, rag):
    record = first_version(rag)
    assert curator.get(f"/admin/papers/topic/{rag.pk}/history/x/").status_code == 404
    assert curator.get(f"/admin/papers/topic/{rag.pk + 1}/history/{record.pk}/").status_code == 404
