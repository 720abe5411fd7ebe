"""What signed-in curators see on public pages, and other readers never see."""

import pytest
from django.http import HttpResponse
from django.test import Client

from papers.models import Source, Topic
from tests.admin.conftest import paper_of, press
from tests.cast import ANCHOR, KITE
from tests.views.conftest import Answer

pytestmark = [pytest.mark.usefixtures("small_site"), pytest.mark.alike]

PUBLIC = ["/", "/papers/", f"/papers/{KITE}/", "/topics/rag/", "/days/2025-01-27/"]
RAG = "Retrieval-Augmented Generation"


def test_a_curator_has_an_edit_link_at_each_paper(curator):
    edit = f"/admin/papers/paper/{paper_of(KITE).pk}/change/"
    for address in ("/papers/", f"/papers/{KITE}/", "/topics/rag/"):
        assert edit in curator.get(address).content.decode()


def test_hidden_papers_are_marked_for_a_curator_and_not_there_for_readers(curator, client):
    press(curator, paper_of(ANCHOR), "hide", reason="a twin")
    for address in ("/papers/", f"/papers/{ANCHOR}/"):
        assert "Hidden from readers: a twin" in curator.get(address).content.decode()
    assert client.get(f"/papers/{ANCHOR}/").status_code == 404


@pytest.mark.parametrize("address", PUBLIC)
def test_no_cache_is_filled_with_what_a_curator_sees(curator, client, address):
    seen = curator.get(address)
    assert "private" in seen.headers["Cache-Control"]
    read = client.get(address)
    assert "/admin/papers/paper/" not in read.content.decode()
    assert "private" not in read.headers.get("Cache-Control", "")


def test_a_reader_of_the_admin_is_a_reader_of_the_site(signed_in):
    page = signed_in("Reader of the admin").get(f"/papers/{KITE}/").content.decode()
    assert "/admin/papers/paper/" not in page


def rename_rag(client: Client, name: str) -> HttpResponse:
    topic = Topic.objects.get(slug="rag")
    said = {"name_en": name, "name_zh": "灯", "order": "1"}
    return client.post(f"/admin/papers/topic/{topic.pk}/change/", said)


@pytest.mark.parametrize(
    ("address", "said", "write"),
    [
        (
            "/topics/rag/",
            "Retrieval of Lamps",
            lambda admin: rename_rag(admin, "Retrieval of Lamps"),
        ),
        (
            "/about/",
            "Free as a kite",
            lambda admin: admin.post(
                f"/admin/papers/source/{Source.objects.first().pk}/change/",
                {
                    "url": "https://example.org/",
                    "licence": "Free as a kite",
                    "rank": "100",
                    "fetch_kind": "git",
                    "weekdays": ["1"],
                },
            ),
        ),
        (
            "/papers/",
            "A Kite for Readers",
            lambda admin: press(admin, paper_of(KITE), "save", title_en="A Kite for Readers"),
        ),
    ],
)
def test_what_is_decided_in_the_admin_shows_at_the_next_request(
    signed_in, client, address, said, write
):
    admin = signed_in("Administrator")
    assert said not in client.get(address).content.decode()
    assert write(admin).status_code == 302
    assert said in client.get(address).content.decode()


@pytest.mark.parametrize("address", ["/papers/", "/topics/cs-ai/"])
def test_a_renamed_topic_shows_on_cached_cards_at_the_next_request(signed_in, client, address):
    before = Answer(client.get(address)).all(".card .topic")  # the cards are cached now
    rename_rag(signed_in("Administrator"), "Retrieval of Lamps")
    after = Answer(client.get(address)).all(".card .topic")
    assert RAG in before
    assert after == ["Retrieval of Lamps" if name == RAG else name for name in before]


def test_a_renamed_topic_shows_in_cached_feed_entries_at_the_next_request(signed_in, client):
    before = client.get("/papers/feed.atom").content.decode()
    rename_rag(signed_in("Administrator"), "Retrieval of Lamps")
    after = client.get("/papers/feed.atom").content.decode()
    assert f'label="{RAG}' in before
    assert f'label="{RAG}' not in after
    assert 'label="Retrieval of Lamps' in after


def test_a_forged_session_is_nobody(client):
    client.cookies["sessionid"] = "x" * 32
    assert "/admin/papers/paper/" not in client.get("/papers/").content.decode()
