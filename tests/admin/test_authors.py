"""Merging and splitting authors by key, so that later digests follow."""

import pytest

from papers import curation
from papers.curation.duplicate_authors import alike, find_alike_authors
from papers.importing.run import Options, run_import
from papers.lists.authors import by_author
from papers.models import AlikeAuthors, Author, Paper
from tests.admin.conftest import paper_of
from tests.cast import EXPLAINED, KITE, LAMP
from tests.support import record_text

pytestmark = pytest.mark.usefixtures("small_site")


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
    ],
)
def test_names_that_may_be_one_persons(one, other, same):
    assert list(alike([("a", one), ("b", other)])) == ([("a", "b")] if same else [])


def test_an_initial_that_fits_many_names_says_nothing():
    full = [(str(number), f"Y{letter} Wang") for number, letter in enumerate("aeiou")]
    assert list(alike([*full, ("short", "Y. Wang")])) == []


def test_the_queue_asks_about_each_pair_once(curator, small_site):
    issue(
        small_site,
        record_text(arxiv_id="2501.97501", authors=["Muster Bo"]),
        record_text(arxiv_id="2501.97502", authors=["A. Example"]),
    )
    assert find_alike_authors() == 2
    page = curator.get("/admin/papers/author/alike/").content.decode()
    assert "Muster Bo" in page
    assert "A. Example" in page
    different = {"key": author("Bo Muster").key, "other_key": author("Muster Bo").key}
    curator.post("/admin/papers/author/alike/decide/", {**different, "act": "different"})
    same = {"key": author("A. Example").key, "other_key": author("Ada Example").key}
    curator.post("/admin/papers/author/alike/decide/", {**same, "act": "second"})
    assert not Author.objects.filter(name="A. Example").exists()
    curator.post("/admin/papers/author/alike/look/")
    assert not AlikeAuthors.objects.filter(different=False).exists()


def test_an_authors_page_shows_the_names_as_printed_and_merges_and_splits(curator):
    ada, bo = author("Ada Example"), author("Bo Muster")
    address = f"/admin/papers/author/{ada.pk}/change/"
    curator.post(address, {"act": "merge", "other": bo.key})
    page = curator.get(address).content.decode()
    assert "Bo Muster" in page
    assert bo.key in page
    answer = curator.post(address, {"act": "split", "paper": [paper_of(EXPLAINED).pk]})
    assert "Teapots" in curator.get(answer.url).content.decode()
    assert "Curator" in page.split("Recent decisions")[1]
    curator.post(address, {"act": f"unmerge:{bo.key}"})
    assert author("Bo Muster").paper_count == 3
