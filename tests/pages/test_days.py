"""The front page, the calendar, a day, a digest."""

import pytest

from papers.models import Paper
from tests.pages.conftest import IN_THREE_DIGESTS

pytestmark = pytest.mark.usefixtures("sample")


def test_the_front_page_is_the_newest_day_with_papers(read):
    page = read("/")
    assert page.all("h1") == ["Wednesday, 29 January 2025"]
    assert "2025年1月29日 星期三" in page.text
    assert "15 papers" in page.text
    assert page.all('.day-neighbours a[rel="prev"]') == ["← 28 Jan 2025"]


def test_the_front_page_shows_a_paper_once_and_featured_ones_first(read):
    Paper.objects.filter(arxiv_id=IN_THREE_DIGESTS).update(featured=True)
    page = read("/")
    links = page.attributes(".card-title a", "href")
    assert links[0] == f"/papers/{IN_THREE_DIGESTS}/"
    assert len(links) == len(set(links))
    assert page.all(".section-head")[0] == "Featured"


def test_a_site_without_digests_says_what_to_do(read, db):
    from papers.digests.removal import remove_source
    from papers.models import Source

    remove_source(Source.objects.get())
    page = read("/")
    assert page.status == 200
    assert "import_digests" in page.text
    assert read("/days/").status == read("/topics/").status == read("/papers/").status == 200


def test_a_day_lists_all_its_titles_once_by_topic(read):
    page = read("/days/2025-01-29/")
    assert len(page.all(".titles li")) == 15
    assert page.all(".section-head") == [
        "Large Language Models 6",
        "Multimodal 7",
        "Artificial Intelligence 9",
    ]


def test_a_quiet_topic_is_named_on_its_day_and_has_a_page(read):
    assert "Quiet today: Retrieval-Augmented Generation" in read("/days/2025-01-29/").text
    assert "A quiet day" in read("/days/2025-01-29/rag/").text


def test_a_digest_lists_its_papers_in_their_order(read):
    page = read("/days/2025-01-29/multimodal/")
    ids = [link.split("/")[2][-2:] for link in page.attributes(".card-title a", "href")]
    assert ids == ["28", "21", "18", "24", "30", "27", "29"]
    assert "digest of duizhao-sample" in page.text


def test_two_publishers_of_one_topic_and_day_have_a_page_each(read, tmp_path):
    from papers.digests.importer import Options, run_import
    from tests.support import record_text

    folder = tmp_path / "other" / "29-Jan-2025" / "topic"
    folder.mkdir(parents=True)
    (folder / "Multimodal_related_papers.md").write_text(
        record_text(arxiv_id="2501.99900"), "utf-8"
    )
    run_import([str(tmp_path)], Options())
    first = read("/days/2025-01-29/multimodal/")
    assert "The digest of other on the same topic" in first.text
    other = read("/days/2025-01-29/multimodal/", source="other")
    assert other.attributes(".card-title a", "href") == ["/papers/2501.99900/"]
    assert read("/days/2025-01-29/multimodal/", source="nobody").status == 404


def test_the_calendar_links_the_days_that_have_digests(read):
    page = read("/days/")
    assert page.attributes(".month a", "href") == [
        "/days/2025-01-27/",
        "/days/2025-01-28/",
        "/days/2025-01-29/",
    ]
    assert page.attributes(".month a", "title")[0] == "6 new papers"


@pytest.mark.parametrize(
    "path",
    ["/days/2025-01-30/", "/days/2025-02-30/", "/days/2025-01-29/cs-ro/", "/days/0000-00-00/"],
)
def test_a_day_or_digest_that_is_not_there_is_not_found(read, path):
    assert read(path).status == 404
