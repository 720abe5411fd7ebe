"""The front page of the admin: each queue with its length and a link."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import html

from papers.curation.missing_digests import missing_digests
from papers.curation.queues import count_up_to
from papers.importing.run import Options, run_import
from papers.models import MailedList, Paper, Topic
from tests.admin.conftest import paper_of
from tests.cast import EXPLAINED
from tests.support import record_text

pytestmark = pytest.mark.usefixtures("small_site")


def front(client):
    return html.fromstring(client.get("/admin/").content.decode())


def follow(client, page, words: str) -> str:
    (href,) = {one.get("href") for one in page.iter("a") if one.text_content() == words}
    return client.get(href).content.decode()


def test_each_fault_is_a_queue_by_source(curator):
    page = front(curator)
    (row,) = (one for one in page.cssselect(".queue tbody tr") if "title" in one.text_content())
    assert [cell.text_content() for cell in row] == [
        "title",
        "added remarks",
        "1",
        "",  # none was judged yet
        "lantern-daily 1",
    ]
    (queue,) = {one.get("href") for one in row.iter("a") if one.text_content() == "lantern-daily"}
    listed = curator.get(queue).content.decode()
    assert "1 paper" in listed
    assert EXPLAINED in listed


def test_a_hidden_paper_does_not_wait(curator):
    Paper.objects.filter(arxiv_id=EXPLAINED).update(hidden=True)
    assert "added remarks" not in front(curator).text_content()


def test_papers_without_chinese_are_counted_for_featured_topics(curator):
    Topic.objects.filter(slug="multimodal").update(featured=True)
    page = front(curator)
    assert "Multimodal 1" in " ".join(page.text_content().split())
    assert "Counting Clouds by Ear" in follow(curator, page, "Multimodal")


def test_problems_wait_until_somebody_has_read_them(curator, small_site):
    (small_site / "lantern-daily/29-Jan-2025/AI/README.md").write_text("# No paper\n\nnothing\n")
    run_import([str(small_site)], Options())
    words = "Unread problems"
    assert "no-records" in follow(curator, front(curator), words)
    curator.post("/admin/problems-read/")
    assert "0 import problems" in follow(curator, front(curator), words)


def test_a_topic_that_came_on_most_days_and_not_on_one_is_missing():
    days = [datetime.date(2025, 1, day) for day in (27, 28, 29, 30)]
    there = [("daily", topic, day) for day in days for topic in ("AI", "RO")]
    there.remove(("daily", "RO", days[2]))
    there.append(("daily", "Once", days[0]))
    (one,) = missing_digests(there)
    assert (one.date, one.topic) == (days[2], "RO")


def test_a_weekday_without_any_digest_is_missing_and_a_weekend_is_not():
    there = [("daily", "AI", datetime.date(2025, 1, day)) for day in (23, 27, 28)]
    (one,) = missing_digests(there)
    assert (one.date, one.topic) == (datetime.date(2025, 1, 24), None)


def test_a_long_queue_is_counted_so_far_and_no_further():
    assert str(count_up_to(Paper.objects.all(), most=4)) == "4+"
    assert str(count_up_to(Paper.objects.all(), most=10)) == "10"


ADDRESSES = [
    "/admin/",
    "/admin/today/",
    "/admin/papers/paper/remedies/?remedy=marks",
    "/admin/papers/paper/?today=1",
    "/admin/papers/judgement/",
    "/admin/papers/paper/",
    "/admin/papers/paper/?field=title&fault=explained",
    "/admin/papers/paper/?zh_state__exact=suspect&topic=multimodal",
    "/admin/papers/author/",
    "/admin/papers/author/alike/",
    "/admin/papers/author/alike/letters/",
    "/admin/log/",
    "/admin/papers/translation/",
    "/admin/papers/doubt/",
    "/admin/papers/appearance/",
    "/admin/papers/authorship/",
    "/admin/papers/papertopic/",
    "/admin/papers/digest/",
    "/admin/papers/importrun/",
    "/admin/papers/importproblem/",
    "/admin/papers/topic/",
    "/admin/missing-digests/",
    "/admin/translating/",
    "/admin/papers/translationrun/",
    "/admin/papers/translationattempt/",
    "/admin/papers/term/",
    "/admin/papers/termweek/",
]


def queries(client, address: str) -> int:
    client.get(address)  # reads topics and sources, which are kept until the data changes
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@pytest.mark.parametrize("address", ADDRESSES)
def test_forty_rows_cost_as_many_queries_as_ten(curator, small_site, address):
    few = queries(curator, address)
    records = [
        record_text(
            arxiv_id=f"2501.96{number:03}",
            title=f"Ladders {number}",
            title_zh=f"梯子 {number}\n\n解释：梯子就是梯子。",
            authors=[f"Author {number}", f"Number A. {number}"],
        )
        for number in range(30)
    ]
    file = small_site / "lantern-daily/30-Jan-2025/topic/Multimodal_related_papers.md"
    file.parent.mkdir(parents=True)
    file.write_text("".join(records), "utf-8")
    run_import([str(small_site)], Options())
    assert queries(curator, address) == few


def test_a_paper_with_many_translations_costs_what_one_with_one_costs(curator, small_site):
    address = f"/admin/papers/paper/{paper_of(EXPLAINED).pk}/change/"
    few = queries(curator, address)
    for day in range(10, 20):
        file = small_site / f"lantern-daily/{day}-Jan-2025/AI/README.md"
        file.parent.mkdir(parents=True)
        file.write_text(record_text(arxiv_id=EXPLAINED, title_zh=f"茶壶第{day}版"), "utf-8")
    run_import([str(small_site)], Options())
    assert queries(curator, address) == few


def test_a_superuser_sees_how_many_lists_go_out_by_mail_and_no_address(admin_client, curator):
    address = "ada@example.org"
    for path in ("/papers/", "/topics/rag/"):
        MailedList.objects.create(
            address=address, path=path, language="en", confirmed="2025-01-29T00:00Z"
        )
    MailedList.objects.create(address="bea@example.org", path="/papers/", language="en")
    page = admin_client.get("/admin/").content.decode()
    assert "Lists: 2. Addresses: 1." in page
    assert "@example.org" not in page
    assert "Lists by mail" not in curator.get("/admin/").content.decode()
