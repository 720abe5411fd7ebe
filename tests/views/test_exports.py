"""Exporting lists and papers as files."""

import json
import tracemalloc

import pytest

from papers.citations import export
from papers.models import Author, Paper
from tests.hostile import hostile_papers
from tests.views.conftest import EXPLAINED, TOO_SHORT

FORMS = {
    "bib": "application/x-bibtex; charset=utf-8",
    "ris": "application/x-research-info-systems; charset=utf-8",
    "csl.json": "application/vnd.citationstyles.csl+json",
    "csv": "text/csv; charset=utf-8",
    "jsonl": "application/jsonl; charset=utf-8",
}


@pytest.fixture
def taken(client):
    """The arXiv ids of a list taken away as JSON Lines."""

    def taken(path: str, **query) -> list[str]:
        answer = client.get(path, query)
        assert answer.status_code == 200
        return [json.loads(line)["arxiv_id"] for line in answer.getvalue().decode().splitlines()]

    return taken


@pytest.mark.usefixtures("sample")
@pytest.mark.parametrize("form", FORMS)
def test_a_list_is_a_file_with_its_name_and_kind(client, form):
    answer = client.get(f"/topics/rag/papers.{form}")
    assert answer.streaming
    assert answer.headers["Content-Type"] == FORMS[form]
    name = f'attachment; filename="topics-rag.{form}"'
    assert answer.headers["Content-Disposition"] == name
    assert EXPLAINED in answer.getvalue().decode()


@pytest.mark.usefixtures("sample")
def test_a_file_holds_the_papers_of_the_list(taken):
    everything = list(Paper.objects.newest_first().values_list("arxiv_id", flat=True))
    assert taken("/papers.jsonl") == everything
    assert taken("/papers.jsonl", sort="oldest") == everything
    assert set(taken("/papers.jsonl", id=[EXPLAINED, TOO_SHORT])) == {EXPLAINED, TOO_SHORT}
    assert taken("/papers.jsonl", topic="rag") == taken("/topics/rag/papers.jsonl")
    author = Author.objects.order_by("-paper_count").first()
    assert len(taken(f"/authors/{author.key}/papers.jsonl")) == 2
    assert len(taken("/days/2025-01-29/papers.jsonl")) == 15
    assert taken("/days/2025-01-29/rag/papers.jsonl") == []


@pytest.mark.usefixtures("sample")
@pytest.mark.parametrize("query", [{"topic": "no-such"}, {"zh": "?"}, {"lang": "xx"}, {"to": "x"}])
def test_a_wrong_value_is_refused_with_a_sentence(client, query):
    answer = client.get("/papers.bib", query)
    assert answer.status_code == 400
    assert "not valid" in answer.content.decode()


@pytest.mark.usefixtures("sample")
def test_one_paper_has_citations_and_its_page_links_to_them(client, read):
    page = read(f"/papers/{EXPLAINED}/")
    links = page.attributes(".paper-cite a", "href")
    assert links == [f"/papers/{EXPLAINED}.{form}" for form in ("bib", "ris", "csl.json")]
    for link in links:
        assert "aubergeon2025two_2501.99010" in client.get(link).content.decode()
    shown = page.all("#bibtex")[0]
    assert shown == " ".join(client.get(links[0]).content.decode().split())
    assert set(page.attributes("[data-copy]", "data-copy")) == {"#bibtex"}


@pytest.mark.usefixtures("sample")
def test_an_old_id_and_a_hidden_paper(client):
    Paper.objects.filter(arxiv_id=TOO_SHORT).update(arxiv_id="cs/0112017")
    answer = client.get("/papers/cs/0112017.bib")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="cs-0112017.bib"'
    assert "year = {2001}" in answer.content.decode()
    Paper.objects.filter(arxiv_id=EXPLAINED).update(hidden=True)
    assert client.get(f"/papers/{EXPLAINED}.bib").status_code == 404
    assert EXPLAINED not in client.get("/papers.csv").getvalue().decode()


@pytest.mark.usefixtures("sample")
def test_the_pages_offer_their_files(read, client):
    query = {"zh": "ok", "page": "1"}
    for page, address in (
        ("/papers/", "/papers.bib?zh=ok"),
        ("/topics/rag/", "/topics/rag/papers.bib?zh=ok"),
    ):
        assert address in read(page, **query).attributes(".feeds a", "href")
        assert client.get(address).status_code == 200
    for page in ("/days/2025-01-29/", "/days/2025-01-29/multimodal/"):
        assert f"{page}papers.ris" in read(page).attributes(".feeds a", "href")


@pytest.mark.django_db
def test_the_memory_of_an_export_does_not_grow_with_the_list(
    client, django_assert_max_num_queries, monkeypatch
):
    """Four times the papers, hardly more memory. Queries: batches, a version, topics."""

    def peak() -> tuple[int, int]:
        tracemalloc.start()
        answer = client.get("/papers.bib")
        size = sum(map(len, answer.streaming_content))
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return size, most

    monkeypatch.setattr(export, "BATCH", 100)
    papers = hostile_papers(4 * 2 * export.BATCH)
    for paper in papers:
        paper.abstract_en = "lamps " * 400
    Paper.objects.bulk_create(papers[: 2 * export.BATCH])
    peak()  # what is loaded once
    small_size, small_peak = peak()
    Paper.objects.bulk_create(papers[2 * export.BATCH :])
    with django_assert_max_num_queries(13):
        large_size, large_peak = peak()
    assert large_size > 3.5 * small_size
    assert large_peak < 1.3 * small_peak
