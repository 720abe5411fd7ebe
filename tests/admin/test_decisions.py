"""Hiding, featuring, notes and topics: visible at once, and never undone by an import."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from papers import curation
from papers.importing.run import Options, run_import
from papers.lists.appearances import on_front
from papers.lists.topics import on_topics
from papers.models import Paper, Topic
from tests.admin.conftest import paper_of, press
from tests.cast import ANCHOR, EXPLAINED, KITE, OLD_STYLE

pytestmark = pytest.mark.usefixtures("small_site")

TODAY = datetime.date(2025, 1, 29)


def test_a_hidden_paper_leaves_lists_pages_and_feeds_at_once(curator, client):
    press(curator, paper_of(ANCHOR), "hide", reason="a twin")
    for address in ("/papers/", "/papers/feed.atom", "/days/2025-01-28/", "/topics/cs-ro/"):
        assert "Anchors for Drifting Robots" not in client.get(address).content.decode()
    assert client.get(f"/papers/{ANCHOR}/").status_code == 404
    press(curator, paper_of(ANCHOR), "unhide")
    assert client.get(f"/papers/{ANCHOR}/").status_code == 200


def test_a_featured_paper_stands_on_the_front_page_of_its_day_in_order(curator):
    press(curator, paper_of(EXPLAINED), "feature", order="20", until="")
    press(curator, paper_of(OLD_STYLE), "feature", order="10", until="")
    papers = Paper.objects.all()
    shown = on_front(papers, TODAY, TODAY)
    assert [paper.arxiv_id for paper in shown] == [OLD_STYLE, EXPLAINED]
    assert not on_front(papers, datetime.date(2025, 1, 27), TODAY)


def test_with_an_end_date_it_stands_on_every_front_page_up_to_that_day(admin_user):
    curation.feature([paper_of(KITE)], admin_user, until=datetime.date(2025, 2, 1))
    for day, stands in ((datetime.date(2025, 2, 1), True), (datetime.date(2025, 2, 2), False)):
        assert on_front(Paper.objects.all(), TODAY, day).exists() == stands


def test_a_day_that_has_passed_is_refused(curator):
    answer = press(curator, paper_of(KITE), "feature", order="1", until="2025-02-01")
    assert "This day has passed" in answer.content.decode()
    assert not paper_of(KITE).featured
    later = timezone.localdate() + datetime.timedelta(days=3)
    press(curator, paper_of(KITE), "feature", order="1", until=later.isoformat())
    assert paper_of(KITE).featured_until == later


def test_a_note_is_shown_to_readers_in_both_languages(curator, client):
    press(curator, paper_of(KITE), "annotate", note_en="Read it first.", note_zh="先读这篇。")
    page = client.get(f"/papers/{KITE}/", headers={"accept-language": "zh"}).content.decode()
    assert "先读这篇。" in page


def test_an_added_and_a_removed_topic_survive_the_next_import(curator, small_site):
    rag, robots = (Topic.objects.get(slug=slug) for slug in ("rag", "cs-ro"))
    before = rag.paper_count, robots.paper_count
    press(curator, paper_of(ANCHOR), "add_topic", topic=rag.pk)
    press(curator, paper_of(ANCHOR), f"remove_topic:{robots.pk}")
    file = next(small_site.glob("harbour-robots/28-Jan-2025/RO/README.md"))
    file.write_text(file.read_text("utf-8") + "\n", "utf-8")
    run_import([str(small_site)], Options())
    assert paper_of(ANCHOR).card["topics"] == ["rag", "ro"]
    rag.refresh_from_db()
    robots.refresh_from_db()
    assert (rag.paper_count, robots.paper_count) == (before[0] + 1, before[1] - 1)
    press(curator, paper_of(ANCHOR), f"forget_topic:{rag.pk}")
    press(curator, paper_of(ANCHOR), f"forget_topic:{robots.pk}")
    assert paper_of(ANCHOR).card["topics"] == ["cs-ro", "ro"]


def test_a_merged_topic_leads_to_the_one_that_stays_and_takes_its_papers_along(client, small_site):
    category, theme = Topic.objects.get(slug="cs-ro"), Topic.objects.get(slug="ro")
    curation.merge_topic(category, theme)
    assert client.get("/topics/cs-ro/?zh=ok").url == "/topics/ro/?zh=ok"
    assert paper_of(ANCHOR).card["topics"] == ["ro"]
    theme.refresh_from_db()
    assert theme.paper_count == on_topics(Paper.objects.all(), ["ro"]).count()
    listed = client.get("/papers/?topic=cs-ro").content.decode()
    assert "Anchors for Drifting Robots" in listed
    curation.unmerge_topic(Topic.objects.get(slug="cs-ro"))
    assert paper_of(ANCHOR).card["topics"] == ["cs-ro", "ro"]


def test_an_administrator_merges_topics_and_a_curator_does_not(signed_in):
    category, theme = Topic.objects.get(slug="cs-ro"), Topic.objects.get(slug="ro")
    address = f"/admin/papers/topic/{category.pk}/merge/"
    assert signed_in("Curator").post(address, {"into": theme.pk}).status_code == 403
    assert signed_in("Administrator").post(address, {"into": theme.pk}).status_code == 302
    category.refresh_from_db()
    assert category.merged_into == theme


def test_a_topic_keeps_its_versions(signed_in):
    topic = Topic.objects.get(slug="rag")
    signed_in("Curator").post(
        f"/admin/papers/topic/{topic.pk}/change/",
        {"name_en": "Retrieval", "name_zh": "检索", "order": 5, "featured": "on"},
    )
    topic.refresh_from_db()
    assert (topic.name_zh, topic.order, topic.featured) == ("检索", 5, True)
    new, old = topic.history.all()
    assert (new.name_en, new.history_user.username) == ("Retrieval", "Curator")
    assert old.name_en != "Retrieval"


def test_a_name_of_a_topic_stays_one_line(curator, client):
    topic = Topic.objects.get(slug="rag")
    name = "Retrieval\r\nER  - \r\n\r\nTY  - JOUR"
    fields = {"name_en": name, "name_zh": "检\u2028索", "order": 1}
    address = reverse("admin:papers_topic_change", args=[topic.pk])
    assert curator.post(address, fields).status_code == 302
    topic.refresh_from_db()
    assert (topic.name_en, topic.name_zh) == ("Retrieval ER - TY - JOUR", "检索")
    Topic.objects.filter(slug="rag").update(name_en=name)  # as an older version kept it
    exported = b"".join(client.get("/topics/rag/papers.ris").streaming_content)
    assert exported.count(b"\r\nER  - ") == on_topics(Paper.objects.published(), ["rag"]).count()
