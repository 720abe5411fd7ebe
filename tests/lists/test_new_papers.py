"""Counts of the papers that followed lists have since a day."""

import datetime
import re

import pytest
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from papers import curation
from papers.importing.run import Options, run_import
from papers.lists import new_papers as module
from papers.lists.new_papers import NewPapers, UnknownList, new_papers
from papers.models import Author, Paper, Topic
from tests.support import record_text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_site")]

LISTS = [
    "/papers/",
    "/papers/?zh=ok",
    "/papers/?topic=rag",
    "/papers/?topic=rag&topic=cs-ro",
    "/papers/?topic=ro&zh=missing",
    "/papers/?q=knots",
    "/papers/?q=机器人",
    "/papers/?q=topic:rag",
    "/papers/?q=-knots",
    "/papers/?q=knots&topic=cs-ai&from=2025-01-28",
    "/papers/?to=2025-01-28",
    "/papers/?from=2025-01-28&sort=oldest",
    "/papers/?id=2501.97001&id=cs/0112999",
    "/topics/ro/",
    "/topics/cs-ai/?zh=ok",
    "/topics/ro/?topic=cs-ro",
]
DAYS = [datetime.date(2025, 1, day) for day in range(26, 31)]


def one(asked: str) -> NewPapers:
    (found,) = new_papers([asked])
    assert isinstance(found, NewPapers)
    return found


def by_its_page(client, address: str) -> list[Paper]:
    """The papers that all pages of a list show, newest first."""
    query = f"{address}{'&' if '?' in address else '?'}per=100&lang=en"
    page = client.get(query).content.decode()
    shown = set(re.findall(r'<article [^>]*data-paper="([^"]+)"', page))
    return [paper for paper in _papers() if paper.arxiv_id in shown]


def _papers() -> list[Paper]:
    return list(Paper.objects.order_by("-first_seen", "-arxiv_id"))


def test_each_list_is_counted_as_its_page_shows_it(client):
    authors = [author.get_absolute_url() for author in Author.objects.all()]
    by_key = [f"/papers/?author={author.key}" for author in Author.objects.all()]
    for address in [*LISTS, *authors, *by_key]:
        papers = by_its_page(client, address)
        for day in DAYS:
            newer = [paper for paper in papers if paper.first_seen >= day]
            found = one(f"{day}{address}")
            assert (found.number, found.is_more) == (len(newer), False), (address, day)
        found = one(address)
        if not papers:
            assert found == NewPapers()
            continue
        on_newest = [paper for paper in papers if paper.first_seen == papers[0].first_seen]
        assert found.newest == papers[0].first_seen
        assert found.number == found.on_newest == len(on_newest), address
        assert found.paper in [paper.pk for paper in on_newest]


def test_papers_that_come_later_on_a_day_already_seen_are_counted(tmp_path):
    before = one("/topics/cs-ro/")
    path = tmp_path / "another-daily/28-Jan-2025/RO/README.md"
    path.parent.mkdir(parents=True)
    path.write_text(record_text(arxiv_id="2501.97099", title="Sails in the Afternoon"))
    run_import([str(tmp_path)], Options())
    after = one(f"{before.newest}/topics/cs-ro/")
    assert after.number == before.on_newest + 1
    assert after.newest == before.newest


def test_an_import_of_older_days_is_not_new(tmp_path):
    seen = one("/papers/")
    path = tmp_path / "another-daily/02-Jan-2025/RO/README.md"
    path.parent.mkdir(parents=True)
    path.write_text(record_text(arxiv_id="2501.00099", title="Old Sails"))
    run_import([str(tmp_path)], Options())
    assert one(f"{seen.newest}/papers/").number == seen.on_newest


def test_hidden_papers_are_not_counted(admin_user):
    seen = one("/papers/")
    curation.hide(Paper.objects.filter(pk=seen.paper), "a double", by=admin_user)
    assert one(f"{seen.newest}/papers/").number == seen.on_newest - 1


def test_a_list_without_stored_counts_is_counted_up_to_a_limit(monkeypatch):
    many, single = "2025-01-01/papers/?q=-zebra", "2025-01-01/papers/?id=2501.97001"
    assert one(many).number > 3
    monkeypatch.setattr(module, "COUNT_LIMIT", 3)
    cut, short = one(many), one(single)
    assert (cut.number, cut.is_more) == (3, True)
    assert (short.number, short.is_more) == (1, False)


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        ("/topics/nothing/", "no such topic"),
        ("/authors/nothing-000000/", "no such author"),
        ("/papers/?topic=nothing", "topic=nothing: no such topic: nothing"),
        ("/papers/?zh=odd", "zh=odd: possible values: ok, missing, suspect"),
        ("2025-02-30/papers/", "not a day"),
        ("0000-00-00/papers/", "not a day"),
        ("/days/", "no such list"),
        ("/admin/", "no such list"),
        ("/nothing/", "no such list"),
        ("//evil.example/papers/", "no such list"),
        ("https://evil.example/papers/", "not the address of a list"),
        ("/papers/#x", "not the address of a list"),
        ("", "not the address of a list"),
        (f"/papers/?q={'x' * 2000}", "not the address of a list"),
        ("/papers/\x00/", "no such list"),
        ("/papers/?q=a\x00b", "q=a\x00b: contains a character that no text has"),
    ],
)
def test_what_is_no_list_is_reported_and_does_not_disturb_the_others(asked, reason):
    with translation.override("zh-hans"):  # which must not be in an answer that caches share
        odd, sound = new_papers([asked, "2025-01-27/papers/"])
    assert isinstance(odd, UnknownList)
    assert str(odd).startswith(reason)
    assert isinstance(sound, NewPapers)
    assert sound.number == Paper.objects.published().count()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.one_of(st.text(max_size=40), st.text(max_size=30).map(lambda text: f"/papers/?{text}")))
def test_no_text_is_an_error_of_the_server(asked):
    (found,) = new_papers([asked])
    assert isinstance(found, (NewPapers, UnknownList))


def test_merged_topics_and_authors_are_those_that_they_were_merged_into():
    curation.merge_topic(Topic.objects.get(slug="ro"), Topic.objects.get(slug="cs-ro"))
    assert one("2025-01-01/topics/ro/") == one("2025-01-01/topics/cs-ro/")
    merged, into = Author.objects.all()[:2]
    curation.merge_authors(merged, into)
    assert one(f"/authors/{merged.key}/") == one(f"/authors/{into.key}/")
