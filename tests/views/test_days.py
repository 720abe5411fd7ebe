"""The front page, the calendar, a day, a digest."""

import datetime
from pathlib import Path

import pytest
import time_machine

from papers.db import data_version
from papers.importing.run import Options, run_import
from papers.models import ImportRun, Paper
from tests.support import record_text
from tests.views.conftest import IN_THREE_DIGESTS

pytestmark = pytest.mark.usefixtures("sample")


def test_the_front_page_is_the_newest_day_with_papers(read):
    page = read("/")
    assert page.all("h1") == ["Wednesday, 29 January 2025"]
    assert page.all(".bar-day") == ["29 Jan 2025 Wed"]
    assert "15 papers" in page.text
    assert page.all('.day-neighbours a[rel="prev"]') == ["‹ 28 Jan"]
    assert page.attributes('.day-neighbours a[rel="prev"]', "title") == ["28 Jan 2025"]


def test_the_front_page_shows_a_paper_once_and_featured_ones_first(read):
    Paper.objects.filter(arxiv_id=IN_THREE_DIGESTS).update(featured=True)
    page = read("/")
    links = page.attributes(".row-title", "href")
    assert links[0] == f"/papers/{IN_THREE_DIGESTS}/"
    assert len(links) == len(set(links)) == 15
    assert page.all(".topic-head h2")[0] == "Featured"


def test_a_site_without_digests_says_what_to_do(read, db):
    from papers.importing.removal import remove_source
    from papers.models import Source

    remove_source(Source.objects.get())
    page = read("/")
    assert page.status == 200
    assert "import_digests" in page.text
    assert read("/days/").status == read("/topics/").status == read("/papers/").status == 200


@pytest.mark.parametrize("path", ["/", "/days/2025-01-29/"])
def test_a_day_lists_all_its_titles_once_by_topic(read, path):
    page = read(path)
    assert len(page.all(".row")) == 15
    assert page.all(".topic-head h2") == [
        "Large Language Models 6",
        "Multimodal 6",
        "Artificial Intelligence 3",
    ]
    assert page.attributes(".topic-head h2 a", "href")[1] == "/days/2025-01-29/multimodal/"
    assert page.all(".topic-next") == ["Multimodal ›", "Artificial Intelligence ›"]
    assert "A paper on several topics is listed once" in page.text


def test_a_title_in_the_first_language_links_to_the_paper_and_the_other_follows(client, read):
    def languages() -> list[str]:
        page = read("/days/2025-01-29/", lang="both")
        row = f'[data-paper="{IN_THREE_DIGESTS}"]'
        return page.attributes(f"{row} a.row-title, {row} .row-other > [lang]", "lang")

    assert languages() == ["en", "zh-Hans"]
    client.get("/language", {"first": "zh"})
    assert languages() == ["zh-Hans", "en"]


def test_a_day_without_any_chinese_says_so_once(read, tmp_path):
    alone = record_text(arxiv_id="2502.98001", title_zh="", abstract_zh="")
    digest(tmp_path, "04-Feb-2025", "RAG", alone)
    page = read("/days/2025-02-04/", lang="both")
    assert page.text.count("no Chinese yet") == 1
    assert page.all(".day-lacks") == ["no Chinese yet"]
    assert not read("/days/2025-02-04/", lang="en").all(".day-lacks")
    assert not read("/days/2025-01-29/", lang="both").all(".day-lacks")


def test_a_quiet_topic_is_named_on_its_day_and_has_a_page(read):
    assert "No new papers: Retrieval-Augmented Generation" in read("/days/2025-01-29/").text
    assert "No new papers on this day" in read("/days/2025-01-29/rag/").text


def test_a_digest_lists_its_papers_in_their_order(read):
    page = read("/days/2025-01-29/multimodal/")
    ids = [link.split("/")[2][-2:] for link in page.attributes(".card-title a", "href")]
    assert ids == ["28", "21", "18", "24", "30", "27", "29"]
    assert "digest of duizhao-sample" in page.text


def test_two_publishers_of_one_topic_and_day_have_a_page_each(read, tmp_path):
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
    assert page.attributes(".month a", "title")[0] == "27 Jan 2025: 6 new papers, 5 with Chinese"


def test_the_calendar_says_the_same_in_a_table(read):
    page = read("/days/")
    assert page.all(".month-table tbody tr")[0] == "27 Jan 2025 65"
    assert len(page.all(".month-table tbody tr")) == 3


def digest(folder: Path, day: str, topic: str, records: str = "") -> None:
    """Imports a digest of the publisher "other"; without records an empty one."""
    place = folder / "other" / day / "topic"
    place.mkdir(parents=True, exist_ok=True)
    (place / f"{topic}_related_papers.md").write_text(records, "utf-8")
    run_import([str(folder)], Options())


def test_a_day_whose_digests_are_all_empty_looks_failed_everywhere(read, tmp_path):
    digest(tmp_path, "30-Jan-2025", "RAG")
    digest(tmp_path, "30-Jan-2025", "Multimodal")
    assert "All digests of this day are empty" in read("/days/2025-01-30/").text
    assert read("/").all(".day-failed") == [
        "30 Jan 2025: all digests are empty. This is the newest day with papers."
    ]
    assert read("/").all("h1") == ["Wednesday, 29 January 2025"]
    assert read("/days/").all(".cell-failed") == ["", "30"]  # the legend's and the day


def test_a_weekday_without_a_digest_looks_missing_and_a_weekend_does_not(read, tmp_path):
    digest(tmp_path, "04-Feb-2025", "RAG", record_text(arxiv_id="2502.98001"))
    calendar = read("/days/")
    assert calendar.all("a.cell-missing") == ["3", "30", "31"]
    assert calendar.attributes("a.cell-missing", "title")[0] == "3 Feb 2025: no digest"
    missing = read("/days/2025-01-31/")
    assert missing.status == 200
    assert "arXiv announces new papers on this weekday" in missing.text
    assert missing.attributes('a[rel="prev"], a[rel="next"]', "href") == [
        "/days/2025-01-29/",
        "/days/2025-02-04/",
    ]
    assert "no papers at weekends" in read("/days/2025-02-01/").text


def test_a_front_page_after_a_broken_import_says_so(read):
    assert not read("/").all(".day-failed")
    ImportRun.objects.create(state=ImportRun.State.FAILED)
    data_version.mark_data_changed()  # as the import does
    assert "The last import did not finish" in read("/").text


def test_a_front_page_that_has_grown_old_says_so(read):
    with time_machine.travel(datetime.datetime(2025, 1, 30, 12, tzinfo=datetime.UTC)):
        assert not read("/").all(".stale")
    with time_machine.travel(datetime.datetime(2025, 2, 3, 12, tzinfo=datetime.UTC)):
        assert read("/").all(".stale") == ["This is the latest"]


def test_the_front_page_names_the_days_before_for_those_who_were_away(read):
    page = read("/")
    assert page.attributes(".since [data-day]", "data-day") == ["2025-01-28", "2025-01-27"]
    assert page.attributes(".since[hidden]", "data-newest") == ["2025-01-29"]


def test_the_calendar_shows_one_year_when_asked_and_names_one_it_has_not(read, tmp_path):
    digest(tmp_path, "30-Dec-2022", "RAG", record_text(arxiv_id="2212.98001"))
    assert read("/days/").all(".month caption") == ["January 2025 32"]
    assert read("/days/", year="2022").all(".month caption") == ["December 2022 1"]
    wrong = read("/days/", year="1850")
    assert "year=1850" in wrong.text
    assert wrong.all(".month caption") == ["January 2025 32"]


def test_months_without_a_digest_are_named_between_the_others(read, tmp_path):
    digest(tmp_path, "01-May-2025", "RAG", record_text(arxiv_id="2505.98001"))
    assert read("/days/").all(".gap") == ["February 2025 to April 2025: no digests"]


@pytest.mark.parametrize(
    "path",
    ["/days/2025-01-30/", "/days/2025-02-30/", "/days/2025-01-29/cs-ro/", "/days/0000-00-00/"],
)
def test_a_day_or_digest_that_is_not_there_is_not_found(read, path):
    assert read(path).status == 404


def test_a_day_can_show_abstracts_for_printing(read):
    page = read("/days/2025-01-29/")
    assert "/days/2025-01-29/?abstracts=shown" in page.attributes("main a", "href")
    with_abstracts = read("/days/2025-01-29/", abstracts="shown")
    assert len(with_abstracts.all(".card .card-abstract")) == len(page.all(".row"))
    assert not with_abstracts.all(".row")
    wrong = read("/days/2025-01-29/", abstracts="some")
    assert "abstracts=some" in wrong.text
    assert wrong.all(".row")
