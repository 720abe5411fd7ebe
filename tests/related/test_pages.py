"""What readers see of related papers: page, list, feed, API, and suggestions for their stars."""

import pytest

from papers.db import data_version, version_cache
from papers.models import Paper
from papers.presentation.card_cache import kept_related
from papers.related.build import relate_all_papers
from papers.related.update import relate_new_papers
from papers.text.bilingual import DEFAULT
from tests.related.conftest import PAPERS, family, import_day, near, text_of
from tests.support import record_text
from tests.views.conftest import read  # noqa: F401, a fixture

KITE, TEAPOT, NEW = "2501.98000", "2501.98100", "2501.98050"
pytestmark = pytest.mark.usefixtures("families")


@pytest.fixture(autouse=True)
def compared(families) -> None:
    relate_all_papers()


@pytest.fixture
def new_paper(tmp_path) -> str:
    """A new paper on kites, of a day long after the others."""
    text = record_text(arxiv_id=NEW, title_zh="新风筝", **text_of("kite", 6))
    import_day(tmp_path / "new", "2025-03-01", text)
    relate_new_papers()
    return NEW


def hide(arxiv_id: str) -> None:
    Paper.objects.filter(arxiv_id=arxiv_id).update(hidden=True)
    version_cache.clear()


def links(page) -> list[str]:
    return page.attributes(".related-papers a", "href")


def test_a_paper_shows_its_five_nearest_in_both_languages(read):  # noqa: F811
    page = read(f"/papers/{KITE}/", lang="both")
    assert links(page) == [f"/papers/{one}/" for one in near(KITE)[:5]]
    assert page.attributes(".related-papers a .text", "lang") == ["en", "zh-Hans"] * 5
    page = read(f"/papers/{KITE}/", lang="zh")
    assert page.attributes(".related-papers a .text", "lang") == ["zh-Hans"] * 5
    assert page.attributes(".related > p a", "href") == [f"/papers/{KITE}/related/"]


def test_a_hidden_paper_is_never_shown(read, client):  # noqa: F811
    first, second = near(KITE)[:2]
    hide(first)
    assert links(read(f"/papers/{KITE}/"))[0] == f"/papers/{second}/"
    assert first not in read(f"/papers/{KITE}/related/").source
    assert first not in client.get(f"/papers/{KITE}/related/feed.atom").content.decode()
    assert first not in client.get(f"/api/v1/papers/{KITE}").content.decode()
    assert read(f"/papers/{first}/related/").status == 404
    assert client.get(f"/papers/{first}/related/feed.atom").status_code == 404


def test_a_paper_that_was_not_compared_shows_no_empty_section(read, tmp_path):  # noqa: F811
    import_day(tmp_path / "new", "2025-03-01", record_text(arxiv_id=NEW))
    page = read(f"/papers/{NEW}/")
    assert page.all(".related") == []
    assert "No related papers yet." in read(f"/papers/{NEW}/related/").text


def test_related_papers_cost_one_query(django_assert_num_queries):
    paper = Paper.objects.get(arxiv_id=KITE)
    with data_version.using_version(data_version.current()):  # as in a request
        kept_related(paper, DEFAULT)  # which reads their titles, and keeps them
        with django_assert_num_queries(1):
            assert len(kept_related(paper, DEFAULT)) == 5


def test_the_list_has_neighbours_and_those_that_have_it_as_theirs(read, new_paper):  # noqa: F811
    page = read(f"/papers/{KITE}/related/")
    shown = page.attributes(".card[data-paper]", "data-paper")
    assert set(shown[:2]) == {NEW, "2501.98006"}  # which have the same words
    assert {family(one) for one in shown if one != NEW} == {"kite"}
    assert set(shown) >= set(near(KITE)) | {one for one in PAPERS if KITE in near(one)}


def test_the_feed_brings_new_papers_first(client, new_paper):
    feed = client.get(f"/papers/{KITE}/related/feed.json").json()
    assert feed["items"][0]["url"].endswith(f"/papers/{NEW}/")
    assert feed["title"].endswith(f"Papers like {KITE} / 与 {KITE} 相近的论文")
    assert NEW in client.get(f"/papers/{KITE}/related/papers.csv").getvalue().decode()


def test_the_api_names_the_nearest_with_their_scores(client):
    related = client.get(f"/api/v1/papers/{KITE}").json()["related"]
    assert [one["id"] for one in related] == near(KITE)[:5]
    assert set(related[0]) == {"id", "page", "title", "score"}
    assert 0 < related[-1]["score"] <= related[0]["score"] <= 1


def suggested(page) -> list[str]:
    return page.attributes(".rows [data-paper]", "data-paper")


def test_new_papers_near_stars_are_suggested_with_the_reason(read, new_paper):  # noqa: F811
    page = read("/desk/near/", id=[TEAPOT, KITE], lang="en")
    assert suggested(page) == [NEW]  # all others are older than two weeks
    assert page.all(".row-near") == [f"near {KITE} The kite and its string 0"]
    assert page.attributes(".row-near a", "href") == [f"/papers/{KITE}/"]
    assert suggested(read("/desk/near/", id=TEAPOT)) == []


def test_a_starred_paper_and_a_hidden_one_are_not_suggested(read, new_paper):  # noqa: F811
    assert suggested(read("/desk/near/", id=[KITE, NEW])) == []
    hide(NEW)
    assert NEW not in suggested(read("/desk/near/", id=KITE))


def test_what_is_no_paper_is_named_and_the_page_is_nobodys_but_the_readers(read):  # noqa: F811
    page = read("/desk/near/", id=["<b>x</b>", "2501.00001", *sorted(PAPERS)[:30]])
    assert page.status == 200
    assert page.all(".notice-wrong li") == [
        "id=<b>x</b> not an arXiv id",
        "id=2501.00001 not on this site",
    ]
    assert len(suggested(page)) == 6
    headers = page.response.headers
    assert headers["X-Robots-Tag"] == "noindex, nofollow"
    assert "private" in headers["Cache-Control"]
    assert read("/desk/near/").status == 200
