"""Today: the papers to do first, one row each, decided in place."""

import pytest
from django.urls import reverse
from lxml import html

from papers import curation
from papers.curation.today import todays_papers
from papers.importing.run import Options, run_import
from papers.models import Paper, Topic, TranslationAttempt, TranslationRun
from tests.admin.conftest import paper_of, press, workbench
from tests.cast import EXPLAINED, KITE, LANTERN, TOO_SHORT, WITHOUT_CHINESE
from tests.support import record_text

pytestmark = pytest.mark.usefixtures("small_site")

TODAY = "/admin/today/"


def order() -> list[str]:
    return [one.paper.arxiv_id for one in todays_papers()]


def act(client, paper: Paper, name: str, **said):
    return client.post(TODAY, {"paper": paper.pk, "act": name, **said}, follow=True)


def test_missing_chinese_comes_first_then_what_readers_see_then_what_is_repaired():
    assert order() == [WITHOUT_CHINESE, TOO_SHORT, EXPLAINED]


def test_what_the_translator_refused_comes_first_and_what_waits_for_it_is_left_out(admin_user):
    run = TranslationRun.objects.create(model="m", host="h", prompt=1)
    refused = TranslationAttempt.objects.create(
        paper=paper_of(EXPLAINED), run=run, state="refused", reasons=["title: chat"]
    )
    assert order()[:2] == [WITHOUT_CHINESE, EXPLAINED]
    assert [one.is_refused for one in todays_papers()] == [False, True, False]
    refused.delete()
    curation.translate_again([paper_of(WITHOUT_CHINESE)], admin_user)
    assert order() == [TOO_SHORT, EXPLAINED]


def test_featured_papers_come_before_others(admin_user):
    curation.feature([paper_of(EXPLAINED)], admin_user)
    assert order() == [WITHOUT_CHINESE, EXPLAINED, TOO_SHORT]


def test_topics_that_are_featured_come_first_among_equals(small_site):
    file = small_site / LANTERN / "29-Jan-2025/AI/README.md"
    for number in (1, 2):
        with file.open("a", encoding="utf-8") as out:
            out.write(record_text(f"2501.9710{number}", title_zh="", abstract_zh=""))
    run_import([str(small_site)], Options())
    assert order()[:2] == ["2501.97102", "2501.97101"]
    topic = Topic.objects.get(slug="multimodal")
    topic.featured = True
    topic.save()
    assert order()[0] == WITHOUT_CHINESE


def test_twenty_papers_with_at_most_ten_without_chinese(small_site):
    records = [record_text(f"2501.96{n:03}", title_zh="", abstract_zh="") for n in range(30)]
    records += [
        record_text(f"2501.95{n:03}", title_zh=f"梯子 {n}\n\n解释：梯子。") for n in range(30)
    ]
    file = small_site / LANTERN / "29-Jan-2025/CV/README.md"
    file.parent.mkdir(parents=True)
    file.write_text("".join(records), "utf-8")
    run_import([str(small_site)], Options())
    papers = todays_papers()
    assert len(papers) == 20
    assert sum(one.is_missing for one in papers) == 10


def test_the_admin_opens_with_it_and_with_the_share_of_chinese_by_day(curator):
    page = html.fromstring(curator.get("/admin/").content)
    assert [row.cssselect("[data-open]")[0].text for row in page.cssselect("[data-row]")] == order()
    days = [one.text_content().split() for one in page.cssselect(".day-strip li")]
    assert days[0] == ["2025-01-29", "50", "%"]


def test_a_row_is_decided_in_place_and_leaves_the_list(curator):
    page = act(curator, paper_of(TOO_SHORT), "judge_fine").content.decode()
    assert "1 paper done today" in page
    assert order() == [WITHOUT_CHINESE, EXPLAINED]
    title = paper_of(EXPLAINED).translations.get(field="title")
    act(curator, paper_of(EXPLAINED), f"pick:{title.pk}")
    assert paper_of(EXPLAINED).title_zh == "作为世界模型的茶壶"
    act(curator, paper_of(WITHOUT_CHINESE), "hide", reason="not ours")
    assert order() == []
    assert "Nothing to do today." in curator.get(TODAY).content.decode()


def test_a_hidden_paper_needs_a_reason(curator):
    page = act(curator, paper_of(TOO_SHORT), "hide", reason="").content.decode()
    assert "The form is not valid" in page
    assert not paper_of(TOO_SHORT).hidden


def test_a_skipped_paper_comes_again_tomorrow(curator, signed_in):
    page = act(curator, paper_of(TOO_SHORT), "skip")
    assert TOO_SHORT not in {row.paper.arxiv_id for row in page.context["today"]}
    assert TOO_SHORT in order()  # others still see it
    session = curator.session
    session["skipped"] = ["2020-01-01", session["skipped"][1]]
    session.save()
    assert TOO_SHORT in curator.get(TODAY).content.decode()


def test_several_are_judged_at_once_and_undone_at_once(curator):
    chosen = [paper_of(TOO_SHORT).pk, paper_of(EXPLAINED).pk]
    curator.post(TODAY, {"act": "selected:judge_fine", "selected": chosen})
    assert order() == [WITHOUT_CHINESE]
    page = html.fromstring(curator.get(TODAY).content)
    curator.post(page.cssselect(".last-act")[0].get("action"))
    assert order() == [WITHOUT_CHINESE, TOO_SHORT, EXPLAINED]


def test_the_workbench_goes_through_it_in_its_order(curator):
    queue = "today=1"
    answer = press(curator, paper_of(WITHOUT_CHINESE), "skip", queue)
    assert answer.url == workbench(paper_of(TOO_SHORT), queue)
    answer = press(curator, paper_of(TOO_SHORT), "judge_fine", queue, then="next")
    assert answer.url == workbench(paper_of(EXPLAINED), queue)
    answer = press(curator, paper_of(EXPLAINED), "save-next", queue, title_zh="茶壶的世界模型")
    assert answer.url == TODAY


def test_a_reader_of_the_admin_sees_it_and_decides_nothing(signed_in):
    reader = signed_in("Reader of the admin")
    assert "data-row" in reader.get(TODAY).content.decode()
    assert "judge_fine" not in reader.get(TODAY).content.decode()
    assert act(reader, paper_of(TOO_SHORT), "judge_fine").status_code == 403
    assert signed_in("").get(TODAY).status_code == 403


def test_a_button_that_there_is_not_decides_nothing(curator):
    assert act(curator, paper_of(KITE), "nothing").status_code == 200
    assert curator.post(TODAY, {"act": "skip", "paper": "x"}).status_code == 404
    assert not Paper.history.exists()
    assert reverse("admin:today") == TODAY
