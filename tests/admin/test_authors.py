"""Merging and splitting authors by key, so that later digests follow."""

from urllib.parse import parse_qs, urlsplit

import pytest
from lxml import html

from papers import curation
from papers.curation.duplicate_authors import alike, find_alike_authors, same_letters
from papers.importing.run import Options, run_import
from papers.lists.authors import by_author
from papers.models import AlikeAuthors, Author, Paper
from tests.admin.conftest import paper_of
from tests.cast import EXPLAINED, KITE, LAMP
from tests.support import record_text

pytestmark = pytest.mark.usefixtures("small_site")
ALIKE = "/admin/papers/author/alike/"


def author(name: str) -> Author:
    return Author.objects.get(name=name)


def issue(folder, *records: str) -> None:
    file = folder / "lantern-daily/30-Jan-2025/AI/README.md"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("".join(records), "utf-8")
    run_import([str(folder)], Options())


def test_merged_authors_are_one_and_the_old_address_leads_there(client):
    ada, bo = author("Ada Example"), author("Bo Muster")
    curation.merge_authors(bo, ada)
    assert not Author.objects.filter(key=bo.key).exists()
    answer = client.get(f"/authors/{bo.key}/?zh=ok")
    assert (answer.status_code, answer.url) == (301, f"/authors/{ada.key}/?zh=ok")
    assert client.get(f"/authors/{bo.key}/feed.atom").status_code == 200
    ada.refresh_from_db()
    assert (ada.name, ada.paper_count) == ("Ada Example", 5)
    assert [ada.key, ada.key] == [key for _, key in paper_of(LAMP).card["authors"]]


def test_the_next_import_follows(small_site):
    ada, bo = author("Ada Example"), author("Bo Muster")
    curation.merge_authors(bo, ada)
    issue(small_site, record_text(arxiv_id="2501.97500", authors=["BO MUSTER"]))
    assert paper_of("2501.97500").authorships.get().author == ada
    assert not Author.objects.filter(key=bo.key).exists()


def test_merged_twice_leads_to_the_last_and_can_be_taken_apart(client):
    ada, bo, eva = (author(name) for name in ("Ada Example", "Bo Muster", "Eva Invented"))
    before = list(Author.objects.order_by("key").values("key", "name", "paper_count"))
    curation.merge_authors(bo, ada)
    curation.merge_authors(ada, eva)
    assert client.get(f"/authors/{bo.key}/").url == f"/authors/{eva.key}/"
    curation.unmerge_author(ada.key)
    assert client.get(f"/authors/{bo.key}/").url == f"/authors/{ada.key}/"
    curation.unmerge_author(bo.key)
    assert list(Author.objects.order_by("key").values("key", "name", "paper_count")) == before


def test_an_author_cannot_be_merged_into_itself_or_in_a_circle():
    ada = author("Ada Example")
    with pytest.raises(curation.CannotMerge):
        curation.merge_authors(ada, ada)
    gone = author("Bo Muster")
    curation.merge_authors(gone, ada)
    with pytest.raises(curation.CannotMerge):
        curation.merge_authors(ada, gone)


def test_a_split_author_has_an_address_of_its_own_that_imports_keep(client, small_site):
    bo = author("Bo Muster")
    key = curation.split_author(bo, [paper_of(KITE)])
    assert key == f"{bo.key}-2"
    issue(small_site, record_text(arxiv_id=KITE, title="Kites", authors=["Bo Muster", "New Name"]))
    other = Author.objects.get(key=key)
    assert list(by_author(Paper.objects.all(), key)) == [paper_of(KITE)]
    assert other.paper_count == 1
    assert client.get(f"/authors/{key}/").status_code == 200
    curation.rejoin_author(other)
    bo.refresh_from_db()
    assert bo.paper_count == 3
    assert client.get(f"/authors/{key}/").url == f"/authors/{bo.key}/"


def test_a_number_is_never_given_twice():
    bo = author("Bo Muster")
    first = curation.split_author(bo, [paper_of(KITE)])
    curation.rejoin_author(Author.objects.get(key=first))
    assert curation.split_author(bo, [paper_of(LAMP)]) == f"{bo.key}-3"


def test_a_decision_stays_when_the_papers_go_and_come_back(small_site):
    from papers.importing.removal import remove_digests
    from papers.models import Digest

    ada, bo = author("Ada Example"), author("Bo Muster")
    curation.merge_authors(bo, ada)
    remove_digests(Digest.objects.all())
    assert not Author.objects.exists()
    run_import([str(small_site)], Options())
    assert {key for _, key in paper_of(LAMP).card["authors"]} == {ada.key}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Yi Ma", "Ma Yi", True),
        ("Yí Ma", "MA, Yi", True),
        ("Y. Ma", "Yi Ma", True),
        ("Ma Y.", "Yi Ma", True),
        ("Yi-Ling Ma", "Ma Yi Ling", True),
        ("Yi Ma", "Yu Ma", False),
        ("Y. Ma", "Yi Ling Ma", False),
        ("Ma", "Y. Ma", False),
        ("Yi-Ling Ma", "Yiling Ma", True),
    ],
)
def test_names_that_may_be_one_persons(one, other, same):
    assert list(alike([("a", one), ("b", other)])) == ([("a", "b")] if same else [])


def test_an_initial_that_fits_many_names_says_nothing():
    full = [(str(number), f"Y{letter} Wang") for number, letter in enumerate("aeiou")]
    assert list(alike([*full, ("short", "Y. Wang")])) == []


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("José García", "Jose Garcia", True),
        ("A.B. Smith", "A. B. Smith", True),
        ("Yi-Ling Ma", "Yiling Ma", True),
        ("Yi Ma", "Ma Yi", False),
        ("Y. Ma", "Yi Ma", False),
    ],
)
def test_names_that_differ_in_accents_or_punctuation_alone(one, other, same):
    assert same_letters(one, other) is same


@pytest.fixture
def alike_site(small_site) -> None:
    """Three pairs: Bo Muster and Muster Bo; A. Example and Ada Example; Éva and Eva Invented."""
    issue(
        small_site,
        record_text(arxiv_id="2501.97501", authors=["Muster Bo", "Ada Example"]),
        record_text(arxiv_id="2501.97502", authors=["A. Example"]),
        record_text(arxiv_id="2501.97503", title="Rafts", authors=["Éva Invented"]),
    )
    find_alike_authors()


def queue(client, query: str = ""):
    return html.fromstring(client.get(f"{ALIKE}{query}").content.decode())


def pairs_of(page) -> list[set[str]]:
    """Return the names in each pair of the queue, in its order."""
    heads = (one.cssselect(".pair-name a") for one in page.cssselect("[data-pair]"))
    return [{name.text_content() for name in names} for names in heads]


def decide(client, one: str, other: str, act: str, **place):
    """Decide about a pair by names; ``act`` is ``different`` or the name that is kept."""
    keys = {"key": author(one).key, "other_key": author(other).key}
    act = act if act == "different" else author(act).key
    return client.post(f"{ALIKE}decide/", {**keys, "act": act, **place})


@pytest.mark.usefixtures("alike_site")
class TestQueue:
    def test_pairs_of_most_papers_come_first(self, curator):
        papers = [
            sum(author(name).paper_count for name in names) for names in pairs_of(queue(curator))
        ]
        assert len(papers) == 3
        assert papers == sorted(papers, reverse=True)

    def test_it_asks_about_each_pair_once(self, curator):
        decide(curator, "Bo Muster", "Muster Bo", "different")
        decide(curator, "A. Example", "Ada Example", "Ada Example")
        assert not Author.objects.filter(name="A. Example").exists()
        curator.post(f"{ALIKE}look/")
        assert pairs_of(queue(curator)) == [{"Éva Invented", "Eva Invented"}]

    def test_a_pair_shows_titles_and_the_co_authors_of_both(self, curator):
        page = queue(curator)
        place = pairs_of(page).index({"Bo Muster", "Muster Bo"})
        pair = page.cssselect("[data-pair]")[place]
        assert [one.text_content() for one in pair.cssselect("strong")] == ["Ada Example"] * 2
        assert "1 co-author is the same" in pair.text_content()
        assert paper_of("2501.97501").title_en in pair.text_content()

    def test_two_names_on_one_paper_speak_for_two_people(self, curator, small_site):
        issue(small_site, record_text(arxiv_id="2501.97504", authors=["Bo Muster", "Muster Bo"]))
        find_alike_authors()
        assert "on 1 paper: probably two people" in " ".join(queue(curator).text_content().split())

    def test_the_focus_goes_to_the_next_pair_and_the_decision_can_be_undone(self, curator):
        answer = decide(curator, "Bo Muster", "Muster Bo", "different", at="1", page="1")
        page = html.fromstring(curator.get(answer.url).content.decode())
        buttons = page.cssselect("[data-pair]")[1].cssselect("button")
        assert [one.get("autofocus") is not None for one in buttons] == [True, False, False]
        (undo,) = page.cssselect("input[name=undo]")
        curator.post(f"{ALIKE}undo/", {"undo": undo.get("value")})
        assert {"Bo Muster", "Muster Bo"} in pairs_of(queue(curator))

    def test_a_merge_that_is_undone_comes_back(self, curator):
        answer = decide(curator, "Bo Muster", "Muster Bo", "Bo Muster")
        assert {"Bo Muster", "Muster Bo"} not in pairs_of(queue(curator))
        undo = parse_qs(urlsplit(answer.url).query)["undo"]
        curator.post(f"{ALIKE}undo/", {"undo": undo})
        assert {"Bo Muster", "Muster Bo"} in pairs_of(queue(curator))
        assert author("Muster Bo").paper_count == 1

    def test_those_that_differ_in_accents_alone_are_merged_in_one_act_with_one_undo(self, curator):
        before = list(Author.objects.order_by("key").values("key", "name", "paper_count"))
        page = html.fromstring(curator.get(f"{ALIKE}letters/").content.decode())
        (box,) = page.cssselect("input[name=pair]")
        assert box.get("checked") is not None
        answer = curator.post(f"{ALIKE}letters/", {"pair": [box.get("value")]})
        assert author("Eva Invented").paper_count == 3
        assert not Author.objects.filter(name="Éva Invented").exists()
        undo = parse_qs(urlsplit(answer.url).query)["undo"]
        curator.post(f"{ALIKE}undo/", {"undo": undo})
        assert list(Author.objects.order_by("key").values("key", "name", "paper_count")) == before

    @pytest.mark.parametrize("undo", ["", "batch:", "batch:x", "merge:x", "different:a:b", "x:y"])
    def test_what_was_never_decided_cannot_be_undone(self, curator, undo):
        answer = curator.post(f"{ALIKE}undo/", {"undo": undo}, follow=True)
        assert "Nothing to undo." in answer.content.decode()


def test_three_spellings_become_the_one_with_most_papers(small_site):
    issue(
        small_site,
        record_text(arxiv_id="2501.97501", authors=["Zoë Zed", "Zoe Zed"]),
        record_text(arxiv_id="2501.97502", authors=["Zoe Zed", "Zoé Zed"]),
    )
    find_alike_authors()
    pairs = AlikeAuthors.objects.filter(same_letters=True)
    assert curation.merge_groups(pairs, "one") == 2
    assert (author("Zoe Zed").paper_count, author("Zoe Zed").authorships.count()) == (2, 4)


def test_an_authors_page_merges_by_name_and_splits(curator):
    ada, bo = author("Ada Example"), author("Bo Muster")
    address = f"/admin/papers/author/{ada.pk}/change/"
    found = html.fromstring(curator.get(address, {"other": "muster b"}).content.decode())
    (button,) = found.cssselect("button[value^='merge:']")
    assert button.text_content() == "Merge Bo Muster into Ada Example"
    curator.post(address, {"act": button.get("value")})
    page = curator.get(address).content.decode()
    assert bo.key in page
    answer = curator.post(address, {"act": "split", "paper": [paper_of(EXPLAINED).pk]})
    assert "Teapots" in curator.get(answer.url).content.decode()
    assert "Curator" in page.split("Recent decisions")[1]
    curator.post(address, {"act": f"unmerge:{bo.key}"})
    assert author("Bo Muster").paper_count == 3


def test_two_people_are_asked_about_again_from_an_authors_page(curator, alike_site):
    bo, other = author("Bo Muster"), author("Muster Bo")
    decide(curator, "Bo Muster", "Muster Bo", "different")
    address = f"/admin/papers/author/{bo.pk}/change/"
    assert f"ask:{other.key}" in curator.get(address).content.decode()
    curator.post(address, {"act": f"ask:{other.key}"})
    assert {"Bo Muster", "Muster Bo"} in pairs_of(queue(curator))
