"""The pages that list topics and authors."""

import datetime

import pytest

from papers.lists.authors import most_active
from papers.models import Authorship, Topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def read_in(read):
    """Return a function that reads a page in an interface language."""
    return lambda path, language, **query: read(path, {"accept-language": language}, **query)


def test_topics_stand_in_the_order_of_their_names(sample, read_in):
    english = read_in("/topics/", "en").all("[aria-labelledby=themes] tbody th")
    assert english == sorted(english, key=str.lower)
    chinese = read_in("/topics/", "zh-CN").all("[aria-labelledby=themes] tbody th")
    assert chinese.index("多模态") < chinese.index("检索增强生成")  # duo before jian


def test_a_topic_has_its_papers_of_the_newest_day_and_of_all_days(sample, read_in):
    page = read_in("/topics/", "en")
    assert page.all("[aria-labelledby=themes] thead time")[0] == "29 Jan"
    rag = Topic.objects.get(slug="rag")
    place = page.attributes("tbody th a", "href").index("/topics/rag/")
    assert page.all("tbody .overview-all")[place] == str(rag.paper_count)
    new = rag.paper_links.filter(first_seen="2025-01-29").count()
    assert page.all("tbody .overview-new")[place] == str(new)


def test_each_topic_can_be_followed_by_its_name(sample, read_in):
    page = read_in("/topics/", "zh-CN")
    followed = dict(
        zip(
            page.attributes("[data-follow]", "data-follow"),
            page.attributes("[data-follow]", "data-name"),
            strict=True,
        )
    )
    assert followed["/topics/rag/"] == "检索增强生成"
    assert "/topics/rag/feed/" in page.attributes(".scripts-off", "href")


def test_authors_are_those_with_most_papers_of_the_newest_week(sample, read_in):
    page = read_in("/authors/", "en")
    numbers = [int(one) for one in page.all("tbody .overview-new")]
    assert numbers == sorted(numbers, reverse=True)
    assert len(numbers) <= 60
    assert "Most papers in the week to 29 Jan" in page.all("main h2")


def test_older_papers_do_not_count_for_the_week(sample):
    first_day = datetime.date(2025, 1, 27)
    week_later = first_day + datetime.timedelta(days=7)
    names = {author.name for author, _ in most_active(week_later)}
    of_first_day = Authorship.objects.filter(paper__first_seen=first_day)
    others = Authorship.objects.filter(paper__first_seen__gt=first_day)
    only_then = {*of_first_day.values_list("author__name", flat=True)}
    only_then -= {*others.values_list("author__name", flat=True)}
    assert only_then
    assert names
    assert not names & only_then


def test_a_search_for_authors_lists_all_with_the_name(sample, read_in):
    page = read_in("/authors/", "en", q="minghe")
    assert page.all("tbody th a") == ["Minghe Tan"]
    assert not page.all("tbody .overview-new")


def test_an_empty_site_has_no_topics_and_no_authors_yet(read_in):
    for path in ("/topics/", "/authors/"):
        assert "No digest has been imported yet." in read_in(path, "en").text
