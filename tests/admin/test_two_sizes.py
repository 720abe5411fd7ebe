"""Lists and forms of the admin cost as many queries with 1,200 papers as with 120."""

from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from papers import curation
from papers.curation.duplicate_authors import find_alike_authors
from papers.importing.run import Options, run_import
from papers.models import Author, Paper, Source, Topic
from tests.support import record_text

pytestmark = pytest.mark.alike

FEW, MANY = 120, 1_200  # both fill a page of a list, which has 100 rows
ENGLISH = "We light lamps and count shadows. " * 12
CHINESE = (
    "我们点灯，数影子，并在暗处的语料中寻找光亮。" * 5,
    "面向船只与缆绳的通用打结方法和一种新的绳索",
    "我们点灯，数影子，代码见[请填写链接]。" * 4,
    "",
)
LISTS = (
    *("paper", "author", "topic", "source", "upload", "term", "translation", "doubt"),
    *("fieldlock", "digest", "appearance", "authorship", "authoralias", "authorchoice"),
    *("alikeauthors", "papertopic", "topicremoval", "importrun", "importproblem", "judgement"),
    *("translationrun", "translationattempt", "termweek", "risingterm"),
)
PAGES = (
    *("", "today/", "log/", "missing-digests/", "translating/"),
    *("papers/author/alike/", "papers/author/alike/letters/", "papers/upload/add/"),
    *("papers/paper/?field=abstract&fault=too-short", "papers/paper/?zh_state__exact=missing"),
    *(f"papers/paper/remedies/?remedy={one}" for one in ("fill", "drop", "marks", "unfit")),
    "papers/paper/remedies/?remedy=translate",
)


def record(number: int) -> str:
    chinese = CHINESE[number % len(CHINESE)]
    remark = "\n\n解释：灯笼就是灯笼。" if number % 3 == 0 else ""
    return record_text(
        arxiv_id=f"2501.{number:05}",
        title=f"Lanterns of the {number}th Kind",
        title_zh=f"第{number}类灯笼{remark}" if chinese else "",
        authors=[f"Ada Example{number % 40}", f"Áda Example{number % 40}", "Bo Muster"],
        abstract=f"{ENGLISH}The code is at this https URL.",
        abstract_zh=chinese,
    )


def grow(folder: Path, first: int, end: int) -> None:
    """Import papers in digests of sixty, each with decisions of a curator about it."""
    for start in range(first, end, 60):
        day = start // 60 + 1
        file = folder / f"lantern-daily/{day:02}-Jan-2025/topic/RAG_related_papers.md"
        file.parent.mkdir(parents=True)
        file.write_text("".join(record(number) for number in range(start, start + 60)), "utf-8")
    run_import([str(folder)], Options())
    find_alike_authors()


def forms() -> list[str]:
    """Return the forms of the first row of each kind, which is the same in both sizes."""
    paper = Paper.objects.order_by("arxiv_id").first()
    author, topic = Author.objects.get(name="Bo Muster"), Topic.objects.get()
    return [
        f"papers/paper/{paper.pk}/change/?_changelist_filters=zh_state__exact%3Dsuspect",
        f"papers/paper/{paper.pk}/history/",
        f"papers/author/{author.pk}/change/",
        f"papers/topic/{topic.pk}/change/",
        f"papers/source/{Source.objects.get().pk}/change/",
    ]


def queries(client, address: str) -> int:
    client.get(address)  # reads topics and sources, which are kept until the data changes
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200, address
    return len(captured)


def decide(by, papers: int) -> None:
    """Judge, reject, hide and ask for as many papers as a curator would do in a day."""
    some = list(Paper.objects.order_by("-arxiv_id")[:papers])
    curation.hide(some[:5], "not ours", by, curation.batch_name())
    curation.reject_text(some, "abstract", by, curation.batch_name())
    curation.translate_again(some[5:15], by)


@pytest.mark.django_db
def test_no_page_asks_more_of_ten_times_as_many_papers(admin_user, client, tmp_path, settings):
    settings.TRANSLATOR_URL = "http://127.0.0.1:9/v1"
    client.force_login(admin_user)
    grow(tmp_path, 0, FEW)
    decide(admin_user, 30)
    pages = [*PAGES, *(f"papers/{one}/" for one in LISTS), *forms()]
    few = {page: queries(client, f"/admin/{page}") for page in pages}
    grow(tmp_path, FEW, MANY)
    decide(admin_user, 30)
    many = {page: queries(client, f"/admin/{page}") for page in pages}
    assert len(pages) >= 36
    assert {page: (few[page], many[page]) for page in pages if many[page] > few[page]} == {}
