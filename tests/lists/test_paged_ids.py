"""Pages of a list equal slices of all papers, at a cost that does not grow with the page."""

import itertools
import random

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from papers import curation
from papers.db.version_cache import clear
from papers.importing.removal import remove_digests
from papers.importing.run import Options, run_import
from papers.lists import counts
from papers.lists.filters import PaperFilter
from papers.lists.paged_ids import ByDay, OfAuthor, listing
from papers.models import Author, Authorship, DailyCount, Digest, Paper, PaperTopic, Topic
from papers.text.author_names import author_key
from tests import cast

pytestmark = pytest.mark.django_db

TOPICS = ["", "topic=rag", "topic=ro", "topic=ro&topic=cs-ro", "topic=cs-ai&topic=rag&topic=ro"]
STATES = ["", "zh=ok", "zh=missing", "zh=suspect"]
DAYS = ["", "from=2025-01-28", "to=2025-01-28", "from=2025-01-28&to=2025-01-28"]
SORTS = ["", "sort=oldest"]


def facts() -> list[dict]:
    """What is known of each published paper, found one paper at a time, oldest first."""
    papers = Paper.objects.filter(hidden=False).order_by("first_seen", "arxiv_id")
    return [
        {
            "id": paper.arxiv_id,
            "day": paper.first_seen.isoformat(),
            "zh": paper.zh_state,
            "topics": set(paper.topic_links.values_list("topic__slug", flat=True)),
            "authors": set(paper.authorships.values_list("author__key", flat=True)),
        }
        for paper in papers
    ]


def by_going_through(query: QueryDict, papers: list[dict]) -> list[str]:
    """The arXiv ids of the list that the query asks for."""
    topics = set(query.getlist("topic"))
    found = [
        paper["id"]
        for paper in papers
        if (not topics or topics & paper["topics"])
        and query.get("author", "") in ("", *paper["authors"])
        and query.get("zh", "") in ("", paper["zh"])
        and query.get("from", "") <= paper["day"] <= query.get("to", "9")
    ]
    return found if query.get("sort") == "oldest" else found[::-1]


def as_listed(query: QueryDict, size: int) -> list[str]:
    """The same from the pages of the list, of ``size`` papers."""
    ids = listing(PaperFilter(query, queryset=Paper.objects.published().newest_first()))
    pages = [ids[start : start + size] for start in range(0, len(ids) + 1, size)]
    arxiv_ids = dict(Paper.objects.values_list("pk", "arxiv_id"))
    return [arxiv_ids[pk] for page in pages for pk in page]


def everything_agrees() -> None:
    clear()
    assert counts.differences() == []
    papers = facts()
    for parts in itertools.product(TOPICS, STATES, DAYS, SORTS):
        query = QueryDict("&".join(part for part in parts if part))
        assert as_listed(query, 3) == by_going_through(query, papers), query.urlencode()
    for author in Author.objects.all()[:4]:
        for rest in (
            "",
            "&sort=oldest",
            "&zh=ok",
            "&topic=rag",
            "&topic=ro&topic=cs-ro&sort=oldest",
        ):
            query = QueryDict(f"author={author.key}{rest}")
            assert as_listed(query, 3) == by_going_through(query, papers), query.urlencode()


def test_every_page_of_every_list_is_right(small_site):
    everything_agrees()


def test_hidden_papers_leave_all_lists_and_come_back(small_site):
    lamp = Paper.objects.get(arxiv_id=cast.LAMP)
    curation.hide([lamp], "", AnonymousUser())
    everything_agrees()
    assert DailyCount.objects.filter(topic=None).count() > 0
    curation.unhide([lamp], AnonymousUser())
    everything_agrees()


def test_a_paper_that_turns_out_to_be_older_moves_in_all_lists(small_site, tmp_path):
    folder = tmp_path / "earlier" / cast.LANTERN / "20-Jan-2025" / "NLP"
    folder.mkdir(parents=True)
    (folder / "README.md").write_text(cast.RECORDS[cast.ANCHOR], "utf-8")
    run_import([str(tmp_path / "earlier")], Options())
    assert str(Paper.objects.get(arxiv_id=cast.ANCHOR).first_seen) == "2025-01-20"
    everything_agrees()


def test_a_topic_that_a_curator_added_and_took_away_again_is_not_counted(small_site):
    buoy, rag = Paper.objects.get(arxiv_id=cast.BUOY), Topic.objects.get(slug="rag")
    for change in (curation.add_topic, curation.remove_topic, curation.forget_topic):
        change([buoy], rag, AnonymousUser())
        assert counts.differences() == []


def test_a_topic_that_a_curator_added_is_counted_where_it_is_merged_into(small_site):
    buoy, rag = Paper.objects.get(arxiv_id=cast.BUOY), Topic.objects.get(slug="rag")
    curation.add_topic([buoy], rag, AnonymousUser())
    curation.merge_topic(rag, Topic.objects.get(slug="cs-ai"))
    assert counts.differences() == []


def test_a_paper_of_no_topic_that_turns_out_to_be_older_leaves_its_day(small_site):
    remove_digests(Digest.objects.filter(topic__slug="cs-ro"))
    buoy = Paper.objects.get(arxiv_id=cast.BUOY)
    curation.remove_topic([buoy], Topic.objects.get(slug="ro"), AnonymousUser())
    run_import([str(small_site)], Options())
    assert counts.differences() == []


def test_removed_digests_leave_all_lists(small_site):
    remove_digests(Digest.objects.filter(date="2025-01-28"))
    everything_agrees()


def test_an_author_who_is_printed_twice_is_listed_once(db, tmp_path):
    folder = tmp_path / "daily" / "2025-01-29" / "AI"
    folder.mkdir(parents=True)
    (folder / "README.md").write_text(cast.record_text(authors=["Yi Ma", "Bo", "YI MA"]), "utf-8")
    run_import([str(tmp_path)], Options())
    (key,) = Author.objects.filter(name="Yi Ma").values_list("key", flat=True)
    assert len(as_listed(QueryDict(f"author={key}"), 25)) == 1


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.randoms(use_true_random=False))
def test_after_whatever_happens_the_tallies_are_what_a_count_gives(small_site, chance):
    def imports() -> None:
        run_import([str(small_site)], Options())

    def removes() -> None:
        remove_digests(Digest.objects.filter(pk__in=some(Digest)))

    def hides() -> None:
        for paper in Paper.objects.filter(pk__in=some(Paper)):
            if paper.hidden:
                curation.unhide([paper], AnonymousUser())
            else:
                curation.hide([paper], "", AnonymousUser())

    def edits() -> None:
        for paper in Paper.objects.filter(pk__in=some(Paper)):
            curation.edit(paper, "title_zh", chance.choice(["", "另一个标题"]), AnonymousUser())

    def moves() -> None:
        topics = list(Topic.objects.filter(slug__in=["rag", "ro"])) or [Topic.objects.first()]
        for paper in Paper.objects.filter(pk__in=some(Paper)):
            change = chance.choice([curation.add_topic, curation.remove_topic])
            change([paper], chance.choice(topics), AnonymousUser())

    def merges() -> None:
        topics = {topic.slug: topic for topic in Topic.objects.filter(slug__in=["rag", "ro"])}
        if len(topics) < 2:
            return
        if topics["ro"].merged_into_id:
            curation.unmerge_topic(topics["ro"])
        else:
            curation.merge_topic(topics["ro"], topics["rag"])

    def some(model) -> list[int]:
        ids = list(model.objects.values_list("pk", flat=True))
        return chance.sample(ids, min(len(ids), 2))

    with transaction.atomic():
        for _ in range(5):
            chance.choice([imports, removes, hides, edits, moves, merges])()
            assert counts.differences() == []
        transaction.set_rollback(True)


# ---- what it costs


def plan_of(query: str) -> str:
    """How the database finds a page of this list, said by itself."""
    from django.test.utils import CaptureQueriesContext

    ids = listing(PaperFilter(QueryDict(query), queryset=Paper.objects.published().newest_first()))
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert ids[0:25]
    (statement,) = [one["sql"] for one in asked.captured_queries if "LIMIT" in one["sql"]]
    return explained(statement)


def explained(statement: str) -> str:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")  # ten papers need no index
            cursor.execute(f"EXPLAIN {statement}")
            return "\n".join(row[0] for row in cursor.fetchall())
        cursor.execute(f"EXPLAIN QUERY PLAN {statement}")
        return "\n".join(row[3] for row in cursor.fetchall())


@pytest.mark.parametrize(
    ("query", "index"),
    [
        ("", "newest"),  # paper_newest or paper_all_newest: they differ in hidden papers
        ("sort=oldest", "newest"),
        ("from=2025-01-28", "newest"),
        ("zh=ok", "newest"),
        (
            "topic=cs-ai",
            "papertopic_",
        ),  # by topic and day, or by day and topic: a few rows either way
        ("topic=cs-ai&sort=oldest", "papertopic_"),
        ("topic=cs-ai&zh=ok", "papertopic_"),
        ("topic=cs-ai&topic=rag", "papertopic_"),
    ],
)
def test_a_page_is_a_range_of_one_index(db, query, index):
    many_papers(days=40, a_day=60)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    plan = plan_of(query)
    assert index in plan
    assert "SCAN papers" not in plan
    assert "Seq Scan" not in plan
    if connection.vendor == "sqlite" and "zh" not in query and "&topic" not in query:
        assert "TEMP B-TREE" not in plan


def test_an_authors_page_is_a_range_of_one_index(db):
    many_papers(days=40, a_day=60)
    wrote_every_paper("Li Wei", "Sun Yan")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    for rest in ("", "&topic=cs-ai"):
        plan = plan_of(f"author={author_key('Li Wei')}{rest}")
        assert "authorship_newest" in plan
        assert "Sort" not in plan
        assert "TEMP B-TREE" not in plan


def test_a_far_page_skips_less_than_a_day(db):
    """Whatever page is asked for, fewer rows than one day has are passed over."""
    many_papers(days=40, a_day=60)
    from django.test.utils import CaptureQueriesContext

    for query in ("", "topic=cs-ai", "zh=missing", "sort=oldest"):
        ids = listing(PaperFilter(QueryDict(query), queryset=Paper.objects.published()))
        assert isinstance(ids, ByDay)
        for start in (0, len(ids) // 2, len(ids) - 25):
            with CaptureQueriesContext(connection) as asked:
                assert len(ids[start : start + 25]) == 25
            (statement,) = [one["sql"] for one in asked.captured_queries]
            assert int(statement.partition("OFFSET ")[2] or 0) < 60


def many_papers(days: int, a_day: int) -> None:
    """Papers made without an import, and their places and tallies as the importer writes them."""
    import datetime

    from model_bakery import baker

    topic = baker.make(Topic, slug="cs-ai", kind="category")
    first = datetime.date(2025, 1, 1)
    chance = random.Random(1)
    papers = Paper.objects.bulk_create(
        Paper(
            arxiv_id=f"2501.{number:05d}",
            title_en="Many lamps",
            first_seen=first + datetime.timedelta(days=number // a_day),
            zh_state=chance.choice(["ok", "missing"]),
        )
        for number in range(days * a_day)
    )
    PaperTopic.objects.bulk_create(
        PaperTopic(
            paper=paper,
            topic=topic,
            first_seen=paper.first_seen,
            arxiv_id=paper.arxiv_id,
            zh_state=paper.zh_state,
        )
        for paper in papers
    )
    counts.recount({paper.first_seen for paper in papers})


def wrote_every_paper(*names: str) -> None:
    count = Paper.objects.count()
    authors = [
        Author.objects.create(key=author_key(name), name=name, paper_count=count) for name in names
    ]
    Authorship.objects.bulk_create(
        Authorship(
            author=author,
            paper_id=pk,
            position=position,
            name=author.name,
            first_seen=first_seen,
            arxiv_id=arxiv_id,
        )
        for pk, first_seen, arxiv_id in Paper.objects.values_list("pk", "first_seen", "arxiv_id")
        for position, author in enumerate(authors, start=1)
    )


def test_of_very_many_papers_on_any_of_several_topics_the_first_are_listed(db, monkeypatch):
    monkeypatch.setattr(counts, "EXACT_UNION_LIMIT", 100)
    many_papers(days=20, a_day=20)
    from model_bakery import baker

    baker.make(Topic, slug="rag", kind="theme")
    clear()
    for sort in ("newest", "oldest"):
        query = QueryDict(f"topic=cs-ai&topic=rag&sort={sort}")
        ids = listing(PaperFilter(query, queryset=Paper.objects.published().newest_first()))
        assert ids.is_more
        assert 100 <= len(ids) <= 120
        arxiv_ids = dict(Paper.objects.values_list("pk", "arxiv_id"))
        listed = [arxiv_ids[pk] for pk in ids]
        assert listed == by_going_through(query, facts())[: len(ids)]


def test_an_authors_list_is_not_counted(small_site):
    """Its length is kept with the author: no row that makes it up is read for it."""
    key = Author.objects.order_by("-paper_count").values_list("key", flat=True)[0]
    papers = Paper.objects.published()
    with CaptureQueriesContext(connection) as asked:
        ids = listing(PaperFilter(QueryDict(f"author={key}"), queryset=papers))
        length = len(ids)
    assert isinstance(ids, OfAuthor)
    assert not [one["sql"] for one in asked if Authorship._meta.db_table in one["sql"]]
    assert length == Authorship.objects.filter(author__key=key).count()


def test_a_number_that_somebody_spoilt_is_found_and_put_right(small_site, capsys):
    from django.core.management import CommandError, call_command

    call_command("check_counts")
    assert "Counts correct for all 10 papers" in capsys.readouterr().out
    DailyCount.objects.filter(topic=None).update(papers=99)
    with pytest.raises(CommandError, match="--apply"):
        call_command("check_counts")
    call_command("check_counts", "--apply")
    assert counts.differences() == []
