"""What the admin remembers: decisions by kind and person, queues by day, actions to undo, a feed,
and who is at a paper.
"""

import datetime
from urllib.parse import urlsplit

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from lxml import etree, html

from papers import curation
from papers.curation import presence, queue_counts
from papers.curation.duplicate_authors import find_alike_authors
from papers.http.redis_cache import ForgivingRedisCache
from papers.models import AlikeAuthors, Author, Doubt, Paper, QueueCount
from tests.admin.conftest import paper_of, press, workbench
from tests.admin.test_authors import issue
from tests.cast import ANCHOR, KITE, LAMP
from tests.support import record_text

pytestmark = pytest.mark.usefixtures("small_site")

LOG = "/admin/log/"
REDIS = {"BACKEND": "papers.http.redis_cache.ForgivingRedisCache"}
ATOM = {"atom": "http://www.w3.org/2005/Atom"}


def table(client, section: str) -> dict[str, list[str]]:
    """Return the cells of a table of the log, by the first of each row."""
    page = html.fromstring(client.get(LOG).content.decode())
    rows = page.cssselect(f"section[aria-labelledby={section}] tbody tr")
    return {row[0].text_content(): [cell.text_content() for cell in row[1:]] for row in rows}


class TestDecisions:
    def test_they_are_counted_by_kind_for_me_and_for_all(self, signed_in):
        one, other = signed_in("Curator"), signed_in("Administrator")
        press(one, paper_of(KITE), "hide", reason="a twin")
        press(one, paper_of(LAMP), "hide", reason="a twin")
        press(other, paper_of(ANCHOR), "hide", reason="a twin")
        curation.merge_authors(*Author.objects.order_by("pk")[:2])  # by nobody
        assert table(one, "kinds") == {"hid it": ["2", "2", "3", "3"]}
        assert table(other, "kinds") == {"hid it": ["1", "1", "3", "3"]}

    def test_those_of_earlier_days_count_for_the_week(self, curator):
        press(curator, paper_of(KITE), "hide", reason="a twin")
        Paper.history.update(history_date=timezone.now() - datetime.timedelta(days=3))
        assert table(curator, "kinds") == {"hid it": ["0", "1", "0", "1"]}
        Paper.history.update(history_date=timezone.now() - datetime.timedelta(days=9))
        assert table(curator, "kinds") == {}

    def test_the_latest_are_everybodys_or_mine(self, signed_in):
        one, other = signed_in("Curator"), signed_in("Administrator")
        press(one, paper_of(KITE), "hide", reason="a twin")
        assert KITE in other.get(LOG).content.decode()
        assert KITE not in other.get(LOG, {"who": "me"}).content.decode()
        assert KITE in one.get(LOG, {"who": "me"}).content.decode()

    def test_merges_and_uploads_are_counted(self, curator):
        ada, bo = (Author.objects.get(name=name) for name in ("Ada Example", "Bo Muster"))
        curator.post(f"/admin/papers/author/{ada.pk}/change/", {"act": f"merge:{bo.key}"})
        assert table(curator, "kinds") == {"merged an author": ["1"] * 4}


class TestBatches:
    def test_each_has_its_undo_while_it_stands(self, curator):
        papers = [paper_of(KITE), paper_of(LAMP)]
        hide = {"action": "hide", "_selected_action": [one.pk for one in papers]}
        curator.post("/admin/papers/paper/", {**hide, "confirmed": "1", "reason": "twins"})
        page = html.fromstring(curator.get(LOG).content.decode())
        (undo,) = page.cssselect("section[aria-labelledby=batches] a")
        assert "2 papers" in undo.getparent().text_content()
        curator.post(undo.get("href"))
        assert not paper_of(KITE).hidden
        assert "undone, or changed again since" in curator.get(LOG).content.decode()

    def test_merged_authors_are_taken_apart_again(self, curator, small_site):
        issue(small_site, record_text(arxiv_id="2501.97503", authors=["Éva Invented"]))
        find_alike_authors()
        (pair,) = AlikeAuthors.objects.filter(same_letters=True)
        curator.post("/admin/papers/author/alike/letters/", {"pair": [pair.pk]})
        page = html.fromstring(curator.get(LOG).content.decode())
        (undo,) = page.cssselect("button[name=undo]")
        curator.post("/admin/papers/author/alike/undo/", {"undo": undo.get("value")})
        assert Author.objects.filter(name="Éva Invented").exists()
        assert "undone, or changed again since" in curator.get(LOG).content.decode()


class TestQueues:
    def test_they_are_shown_then_and_now(self, curator):
        today = timezone.localdate()
        for days, number in ((1, 40), (7, 70), (8, 80)):
            day = today - datetime.timedelta(days=days)
            QueueCount.objects.create(day=day, queue="missing", number=number, at=timezone.now())
        waiting = Paper.objects.filter(zh_state="missing").count()
        assert table(curator, "queues")["Papers without Chinese"] == ["70", "40", str(waiting)]

    def test_they_are_counted_again_after_ten_minutes(self, curator):
        before = table(curator, "queues")["Papers with a text in doubt"]
        Doubt.objects.all().delete()
        assert table(curator, "queues")["Papers with a text in doubt"] == before
        QueueCount.objects.update(at=timezone.now() - datetime.timedelta(minutes=11))
        assert table(curator, "queues")["Papers with a text in doubt"] == ["–", "–", "0"]

    def test_a_user_sees_the_queues_that_he_may_see(self, curator):
        curator.get(LOG)
        assert queue_counts.courses(User.objects.create_user("nobody", is_staff=True)) == []


def feed_address(client) -> str:
    """Return the path of the user's feed; empty without one."""
    page = html.fromstring(client.get(LOG).content.decode())
    (address,) = page.cssselect("#feed-address") or (None,)
    if address is None:
        return ""
    return urlsplit(address.get("value"))._replace(scheme="", netloc="").geturl()


class TestFeed:
    def test_it_is_read_without_signing_in_one_entry_a_day(self, curator, client):
        assert feed_address(curator) == ""
        curator.post("/admin/feed-key/", {"act": "make"})
        yesterday = timezone.localdate() - datetime.timedelta(days=1)
        QueueCount.objects.create(day=yesterday, queue="missing", number=3, at=timezone.now())
        waiting = Paper.objects.filter(zh_state="missing").count()
        answer = client.get(feed_address(curator))
        assert "private" in answer.headers["Cache-Control"]
        today, before = etree.fromstring(answer.content).findall("atom:entry", ATOM)
        said = today.findtext("atom:summary", namespaces=ATOM)
        assert f"Papers without Chinese {waiting} ({waiting - 3:+})" in said
        assert str(yesterday) in before.findtext("atom:title", namespaces=ATOM)

    def test_it_speaks_the_language_in_its_address(self, curator, client):
        curator.post("/admin/feed-key/", {"act": "make"})
        address = feed_address(curator).replace("lang=en", "lang=zh-hans")
        client.cookies["ui"] = "en"
        assert "无中文的论文" in client.get(address).content.decode()

    def test_a_new_address_and_a_revoked_one_end_the_old(self, curator, client):
        curator.post("/admin/feed-key/", {"act": "make"})
        old = feed_address(curator)
        curator.post("/admin/feed-key/", {"act": "make"})
        new = feed_address(curator)
        assert (client.get(old).status_code, client.get(new).status_code) == (404, 200)
        curator.post("/admin/feed-key/", {"act": "revoke"})
        assert client.get(new).status_code == 404

    @pytest.mark.parametrize("lost", ["is_active", "is_staff"])
    def test_it_ends_with_the_account(self, curator, client, lost):
        curator.post("/admin/feed-key/", {"act": "make"})
        address = feed_address(curator)
        User.objects.update(**{lost: False})
        assert client.get(address).status_code == 404

    def test_a_made_up_address_is_not_found_and_nothing_can_be_sent(self, curator, client):
        curator.post("/admin/feed-key/", {"act": "make"})
        address = feed_address(curator)
        assert client.get(address.replace("/waiting/", "/waiting/x")).status_code == 404
        assert client.post(address).status_code == 405


class TestPresence:
    def test_a_curator_sees_who_else_is_at_the_paper(self, signed_in):
        one, other = signed_in("Curator"), signed_in("Administrator")
        address = workbench(paper_of(KITE))
        assert "right now" not in one.get(address).content.decode()
        assert "Here right now, too: Curator" in other.get(address).content.decode()
        assert "right now" not in other.get(workbench(paper_of(LAMP))).content.decode()

    def test_it_is_forgotten_soon(self, signed_in, monkeypatch):
        one, other = signed_in("Curator"), signed_in("Administrator")
        one.get(workbench(paper_of(KITE)))
        monkeypatch.setattr(presence, "LIFE", 0)
        assert "right now" not in other.get(workbench(paper_of(KITE))).content.decode()

    def test_without_the_cache_the_workbench_opens_all_the_same(
        self, signed_in, settings, monkeypatch
    ):
        monkeypatch.setattr(ForgivingRedisCache, "dead_until", 0.0)
        settings.CACHES = {"default": {**REDIS, "LOCATION": "redis://127.0.0.1:1/0"}}
        one, other = signed_in("Curator"), signed_in("Administrator")
        for client in (one, other):
            answer = client.get(workbench(paper_of(KITE)))
            assert answer.status_code == 200
            assert "right now" not in answer.content.decode()
