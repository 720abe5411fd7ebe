"""The translator in the admin: runs, refusals, the share of Chinese, and asking for papers."""

import pytest
from lxml import html

from papers import curation
from papers.models import Paper, TranslationAttempt, TranslationRun
from tests.admin.conftest import paper_of, press, workbench
from tests.cast import ANCHOR, BUOY, KITE, WINCH, WITHOUT_CHINESE
from tests.cast import TOO_SHORT as DOUBTFUL

pytestmark = pytest.mark.usefixtures("small_site")

PAGE, ATTEMPTS, PAPERS = (
    "/admin/translating/",
    "/admin/papers/translationattempt/",
    "/admin/papers/paper/",
)
REMEDY = f"{PAPERS}remedies/?remedy=translate"
State = TranslationAttempt.State


@pytest.fixture(autouse=True)
def translator(settings):
    settings.TRANSLATOR_URL = "http://127.0.0.1:9/v1"
    settings.TRANSLATOR_DESK_BUDGET = 3


def run(**said) -> TranslationRun:
    return TranslationRun.objects.create(
        **{"model": "lamp-7b", "host": "127.0.0.1:9", "prompt": 1, "state": "done", **said}
    )


def attempt(arxiv_id: str, *reasons: str, state=State.REFUSED) -> TranslationAttempt:
    return TranslationAttempt.objects.create(
        paper=paper_of(arxiv_id), run=run(), state=state, reasons=reasons, answer="<b>很抱歉</b>"
    )


def waiting() -> set[str]:
    rows = TranslationAttempt.objects.filter(state=State.WAITING)
    return set(rows.values_list("paper__arxiv_id", flat=True))


def in_bulk(client, *arxiv_ids: str, confirmed=True):
    chosen = [paper_of(one).pk for one in arxiv_ids]
    data = {"action": "translate_again", "_selected_action": chosen}
    return client.post(PAPERS, data | ({"confirmed": "1"} if confirmed else {}), follow=True)


def rows(client, address: str, selector: str) -> list[str]:
    page = html.fromstring(client.get(address).content.decode())
    return [" ".join(" ".join(one.itertext()).split()) for one in page.cssselect(selector)]


# --- What happened


def test_the_page_shows_runs_with_their_outcome_and_cost(curator):
    run(papers=120, refused=3, left=7, cost=1.5)
    (row,) = rows(curator, PAGE, "section:nth-of-type(3) tbody tr")
    assert row.split()[2:] == ["lamp-7b", "done", "120", "3", "7", "1.50"]


def test_the_page_shows_the_share_of_chinese_by_month_and_whose_it_is(curator):
    assert rows(curator, PAGE, "section:nth-of-type(1) tbody tr") == ["2025-01 10 7 2 70"]
    sources = rows(curator, PAGE, "section:nth-of-type(2) tbody tr")
    shown = Paper.objects.exclude(abstract_zh="").count()
    assert sum(int(row.split()[-1]) for row in sources) == shown
    assert [row.split()[0] for row in sources] == ["lantern-daily", "harbour-robots"]


def test_what_was_refused_is_a_queue_by_reason(curator):
    attempt(WITHOUT_CHINESE, "abstract: strayed", "title: chat")
    attempt(DOUBTFUL, "abstract: strayed")
    queue = rows(curator, PAGE, "section:nth-of-type(4) li")
    assert queue == [
        "abstract: of another text 2",
        "title: talk of the translation model 1",
    ]
    assert "2" in rows(curator, "/admin/", 'a[href*="queue=refused"] + .number')
    listed = rows(
        curator, f"{ATTEMPTS}?queue=refused&reason=title%3A+chat", "#result_list tbody tr"
    )
    assert len(listed) == 1
    assert WITHOUT_CHINESE in listed[0]


def test_a_paper_that_was_translated_after_all_or_is_hidden_does_not_wait(curator):
    attempt(WITHOUT_CHINESE, "abstract: strayed")
    attempt(WITHOUT_CHINESE, state=State.ACCEPTED)
    attempt(KITE, "abstract: strayed")  # it has sound Chinese from its publisher
    attempt(DOUBTFUL, "abstract: strayed")
    Paper.objects.filter(arxiv_id=DOUBTFUL).update(hidden=True)
    assert rows(curator, PAGE, "section:nth-of-type(4) li") == []


def test_what_was_refused_is_foreign_text(curator):
    pk = attempt(WITHOUT_CHINESE, "title: chat").pk
    for address in (ATTEMPTS, f"{ATTEMPTS}{pk}/change/", PAGE):
        assert "<b>很抱歉" not in curator.get(address).content.decode()


def test_the_workbench_says_what_came_of_the_last_try(curator):
    attempt(WITHOUT_CHINESE, "abstract: strayed")
    page = curator.get(workbench(paper_of(WITHOUT_CHINESE))).content.decode()
    assert "abstract: of another text" in page


def test_without_a_translator_nothing_is_offered(curator, settings):
    settings.TRANSLATOR_URL = ""
    assert "TRANSLATOR_URL" in curator.get(PAGE).content.decode()
    assert "translate_again" not in curator.get(workbench(paper_of(KITE))).content.decode()
    assert "translate_again" not in curator.get(PAPERS).content.decode()


# --- Asking


def test_a_curator_has_one_paper_translated_again(curator):
    press(curator, paper_of(KITE), "translate_again")
    assert waiting() == {KITE}
    page = curator.get(workbench(paper_of(KITE))).content.decode()
    assert "The next run of the translator takes it first." in page


def test_a_curator_has_many_papers_translated_and_none_twice(curator):
    assert "papers will change" in in_bulk(curator, KITE, BUOY, confirmed=False).content.decode()
    assert waiting() == set()
    in_bulk(curator, KITE, BUOY)
    in_bulk(curator, KITE, BUOY)
    assert waiting() == {KITE, BUOY}
    assert TranslationAttempt.objects.count() == 2
    assert not Paper.history.exists()


def test_what_is_over_the_budget_of_the_day_is_not_asked_for(curator):
    answer = in_bulk(curator, KITE, BUOY, ANCHOR, WINCH)
    assert "3 more papers translated today" in answer.content.decode()
    assert waiting() == set()
    in_bulk(curator, KITE, BUOY, ANCHOR)
    press(curator, paper_of(WINCH), "translate_again")
    assert waiting() == {KITE, BUOY, ANCHOR}
    assert "0 more" in " ".join(curator.get(PAGE).content.decode().split())


def test_the_budget_is_one_of_each_day(curator):
    in_bulk(curator, KITE, BUOY, ANCHOR)
    TranslationAttempt.objects.update(at="2025-01-29T12:00:00Z")
    press(curator, paper_of(WINCH), "translate_again")
    assert WINCH in waiting()


def test_a_reader_of_the_admin_asks_for_nothing(signed_in):
    reader = signed_in("Reader of the admin")
    assert press(reader, paper_of(KITE), "translate_again").status_code == 403
    in_bulk(reader, KITE)
    assert waiting() == set()
    assert reader.get(PAGE).status_code == 200
    assert signed_in("").get(PAGE).status_code == 403


# --- Asking for what lacks Chinese


def to_ask_for(client) -> list[str]:
    page = html.fromstring(client.get(REMEDY).content)
    return [one.get("aria-label") for one in page.cssselect("[name=chosen][checked]")]


def ask_for(client, *arxiv_ids: str):
    return client.post(REMEDY, {"chosen": [paper_of(one).pk for one in arxiv_ids]}, follow=True)


def take_back(client):
    (last,) = html.fromstring(client.get(REMEDY).content).cssselect(".last-act")
    return client.post(last.get("action"), follow=True)


def test_a_remedy_asks_for_what_lacks_chinese_or_had_it_rejected(curator, admin_user):
    assert to_ask_for(curator) == [WITHOUT_CHINESE]
    curation.reject_text([paper_of(KITE)], "title", admin_user)
    assert to_ask_for(curator) == [WITHOUT_CHINESE, KITE]
    assert rows(curator, REMEDY, ".bulk-papers .quiet") == [
        "Without Chinese: title, abstract",
        "Without Chinese: title",
    ]
    ask_for(curator, KITE)
    assert waiting() == {KITE}
    assert to_ask_for(curator) == [WITHOUT_CHINESE]


def test_it_says_why_the_translators_last_answer_was_refused(curator):
    attempt(WITHOUT_CHINESE, "abstract: strayed")
    attempt(WITHOUT_CHINESE, "title: chat")
    (said,) = rows(curator, REMEDY, ".bulk-papers .quiet")
    assert said.endswith("refused last: title: talk of the translation model")


def test_what_was_asked_for_in_one_action_is_taken_back_in_one(curator, admin_user):
    press(curator, paper_of(BUOY), "translate_again")
    curation.reject_text([paper_of(KITE)], "title", admin_user)
    ask_for(curator, WITHOUT_CHINESE, KITE)
    said = take_back(curator).content.decode()
    assert "2 requests taken back." in said
    assert waiting() == {BUOY}
    take_back(curator)
    assert waiting() == set()
    assert paper_of(KITE).title_zh == ""


def test_nobody_takes_back_what_another_curator_asked_for(curator, admin_user):
    curation.translate_again([paper_of(KITE)], admin_user)
    asked = TranslationAttempt.objects.get()
    curator.post(f"{PAPERS}take-back/{asked.pk}/")
    assert waiting() == {KITE}


def test_no_more_are_offered_than_the_day_has_left(curator):
    in_bulk(curator, KITE, BUOY, ANCHOR)
    assert to_ask_for(curator) == []
    ask_for(curator, WITHOUT_CHINESE)
    assert WITHOUT_CHINESE not in waiting()


def test_a_remedy_asks_for_nothing_that_was_not_offered(curator, settings):
    ask_for(curator, KITE)
    curator.post(REMEDY, {"chosen": ["x", "9" * 30]})
    settings.TRANSLATOR_URL = ""
    ask_for(curator, WITHOUT_CHINESE)
    assert "remedy=translate" not in curator.get(REMEDY).content.decode()
    assert waiting() == set()


def test_a_field_that_a_curator_emptied_is_not_asked_for(curator, admin_user):
    paper = paper_of(WITHOUT_CHINESE)
    curation.edit(paper, "title_zh", "听声数云", admin_user)
    curation.edit(paper, "abstract_zh", "", admin_user)
    assert to_ask_for(curator) == []
