"""Curators of terms: what they decide shows at once, is kept, and wins over what was mined."""

import datetime
from io import StringIO

import pytest
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml import html

from papers.curation import queues
from papers.db.data_version import mark_data_changed
from papers.glossary import TermPair, current_glossary
from papers.glossary.storing import replace_mined_terms
from papers.models import Paper, RisingTerm, Term
from papers.search import index_papers
from tests.admin.conftest import paper_of
from tests.cast import KITE

pytestmark = pytest.mark.usefixtures("small_site")

LIST = "/admin/papers/term/"
ADD = f"{LIST}add/"
RAG = {"english": "retrieval-augmented generation", "chinese": "检索增强生成"}


@pytest.fixture
def lantern(small_site) -> Term:
    return mined("paper lantern", "纸灯笼", english_count=7)


def mined(english: str, chinese: str, **said) -> Term:
    term = Term.objects.create(english=english, chinese=chinese, origin="mined", **said)
    mark_data_changed()
    return term


def change_page(term: Term) -> str:
    return reverse("admin:papers_term_change", args=[term.pk])


def filled_in(**said) -> dict:
    """What the form sends."""
    usual = {"kind": "core", "direction": "both", "score": "1", "note_en": "", "note_zh": ""}
    return usual | said


def act(client, action: str, *terms: Term, **said):
    chosen = {"action": action, "_selected_action": [one.pk for one in terms]}
    return client.post(LIST, chosen | said, follow=True)


def listed(client, **query) -> list[str]:
    return [one.english for one in client.get(LIST, query).context["cl"].result_list]


def values(page: str) -> dict:
    """The first values of the fields of a form."""
    form = html.fromstring(page).get_element_by_id("term_form")
    return dict(form.form_values())


# ---- the list


def test_terms_are_listed_by_use_and_found_in_either_language(curator, lantern):
    mined("wind kite", "风筝", english_count=70)
    assert listed(curator) == ["wind kite", "paper lantern"]
    assert listed(curator, q="灯笼") == listed(curator, q="LANTERN") == ["paper lantern"]


def test_doubtful_terms_are_mined_shown_and_of_a_low_score(curator, lantern):
    mined("dim lamp", "暗灯", score=0.42)
    mined("dark lamp", "黑灯", score=0.42, hidden=True)
    Term.objects.create(english="old lamp", chinese="旧灯", score=0.42)
    assert listed(curator, doubtful="1") == ["dim lamp"]
    assert listed(curator, hidden__exact="1") == ["dark lamp"]
    assert listed(curator, origin__exact="curator") == ["old lamp"]
    front = html.fromstring(curator.get("/admin/").content.decode())
    assert "Doubtful terms 1" in " ".join(front.text_content().split())


def test_a_list_of_forty_terms_costs_as_many_queries_as_one(curator, lantern):
    def queries() -> int:
        curator.get(LIST)
        with CaptureQueriesContext(connection) as captured:
            curator.get(LIST)
        return len(captured)

    few = queries()
    for number in range(40):
        mined(f"lamp {number}", f"灯{number}号")
    assert queries() == few


# ---- adding and editing


def test_an_added_term_is_on_its_page_and_in_searches_at_once(curator, client):
    paper = paper_of(KITE)
    paper.title_en = "Slow Paper Zeppelins"
    paper.save()
    index_papers([paper.pk])
    mark_data_changed()
    found = f"/papers/{KITE}/"
    assert client.get("/glossary/paper-zeppelin/").status_code == 404
    assert found not in client.get("/papers/?q=纸飞艇").content.decode()
    said = filled_in(english="paper zeppelin", chinese="纸飞艇", note_zh="一种玩具。")
    assert curator.post(ADD, said).status_code == 302
    assert "一种玩具。" in client.get("/glossary/paper-zeppelin/").content.decode()
    assert found in client.get("/papers/?q=纸飞艇").content.decode()
    (version,) = Term.objects.get().history.all()
    assert version.history_user.username == "Curator"


def test_a_saved_term_is_the_curators_and_mining_leaves_it(curator, lantern):
    said = filled_in(kind="variant", score="0.3", english="another", chinese="别的")
    assert curator.post(change_page(lantern), said).status_code == 302
    lantern.refresh_from_db()
    assert (lantern.origin, lantern.kind, lantern.score) == ("curator", "variant", 0.3)
    assert (lantern.english, lantern.chinese) == ("paper lantern", "纸灯笼")
    replace_mined_terms([TermPair("纸灯笼", "paper lantern", origin="mined")])
    assert Term.objects.get() == lantern


def test_the_history_says_who_changed_what_and_goes_back(curator, lantern):
    curator.post(change_page(lantern), filled_in(hidden="on"))
    new, old = lantern.history.all()
    assert (new.hidden, new.history_user.username) == (True, "Curator")
    assert (old.hidden, old.origin) == (False, "mined")
    page = f"{LIST}{lantern.pk}/history/{old.pk}/"
    assert curator.get(page).status_code == 200
    assert curator.post(f"{page}go-back/").status_code == 302
    lantern.refresh_from_db()
    assert (lantern.hidden, lantern.origin) == (False, "mined")
    assert current_glossary().entry("paper-lantern")


@pytest.mark.parametrize(
    "said",
    [
        {"english": "灯", "chinese": "灯"},
        {"english": "??", "chinese": "灯"},
        {"english": "lamp", "chinese": " "},
        {"english": "Paper Lanterns", "chinese": "纸灯笼"},
        {"english": "lamp", "chinese": "灯", "score": "1.5"},
        {"english": "lamp", "chinese": "灯", "score": "nan"},
    ],
)
def test_what_is_no_new_pair_is_refused_in_words(curator, lantern, said):
    answer = curator.post(ADD, filled_in(**said))
    assert answer.status_code == 200
    assert "errorlist" in answer.content.decode()
    assert Term.objects.get() == lantern


# ---- pairs that ship with the site


def test_a_shipped_pair_is_edited_from_its_page_and_can_be_hidden(curator, client):
    page = "/glossary/retrieval-augmented-generation/"
    shown = html.fromstring(curator.get(page).content.decode())
    (href,) = (one.get("href") for one in shown.iter("a") if one.text == "Edit this term")
    form = values(curator.get(href).content.decode())
    shipped = current_glossary().pair(**RAG)
    assert {name: form[name] for name in RAG} == RAG
    assert float(form["score"]) == shipped.score
    assert not Term.objects.exists()
    assert curator.post(ADD, filled_in(**RAG, hidden="on")).status_code == 302
    assert current_glossary().pair(**RAG) is None
    assert curator.get(href).url == change_page(Term.objects.get())


def test_every_name_on_the_page_of_a_term_can_be_edited_by_curators_alone(
    curator, signed_in, client
):
    page = "/glossary/retrieval-augmented-generation/"
    assert "english=RAG&amp;chinese=" in curator.get(page).content.decode()
    for reader in (client, signed_in("Reader of the admin")):
        assert ADD not in reader.get(page).content.decode()


# ---- hide, show and merge


def test_terms_are_hidden_and_shown_together(curator, client, lantern):
    kite = mined("wind kite", "风筝")
    act(curator, "hide", lantern, kite)
    assert client.get("/glossary/paper-lantern/").status_code == 404
    assert client.get("/glossary/wind-kite/").status_code == 404
    assert lantern.history.latest().history_change_reason == "hide"
    act(curator, "show", lantern)
    assert client.get("/glossary/paper-lantern/").status_code == 200
    assert client.get("/glossary/wind-kite/").status_code == 404


def test_merging_keeps_one_pair_and_hides_the_others(curator, lantern):
    other = mined("paper lantern", "纸提灯", together=9)
    asked = act(curator, "merge", lantern, other).content.decode()
    (usual,) = html.fromstring(asked).cssselect("input[name=keep][checked]")
    assert usual.get("value") == str(other.pk)
    assert current_glossary().pair("paper lantern", "纸提灯")
    act(curator, "merge", lantern, other, confirmed="1", keep=lantern.pk)
    assert current_glossary().pair("paper lantern", "纸提灯") is None
    assert current_glossary().shown_chinese_of("paper lantern") == "纸灯笼"


def test_pairs_without_a_term_in_common_are_not_merged(curator, lantern):
    kite = mined("wind kite", "风筝")
    for terms in ([lantern, kite], [lantern]):
        said = act(curator, "merge", *terms, confirmed="1", keep=lantern.pk).content.decode()
        assert "with the same English or the same Chinese" in said
    assert not Term.objects.filter(hidden=True).exists()


def test_a_pair_that_was_not_selected_cannot_be_kept(curator, lantern):
    other = mined("paper lantern", "纸提灯")
    kite = mined("wind kite", "风筝")
    act(curator, "merge", lantern, other, confirmed="1", keep=kite.pk)
    assert not Term.objects.filter(hidden=True).exists()


def test_a_reader_of_the_admin_decides_nothing(signed_in, lantern):
    reader = signed_in("Reader of the admin")
    assert reader.get(change_page(lantern)).status_code == 200
    for address in (ADD, change_page(lantern)):
        assert reader.post(address, filled_in(**RAG, hidden="on")).status_code == 403
    act(reader, "hide", lantern)
    assert not Term.objects.get().hidden


# ---- terms without Chinese


@pytest.fixture
def rising(small_site) -> None:
    """Titles of the last weeks share a phrase that no term covers; another one is no news."""
    monday, before = datetime.date(2025, 1, 27), datetime.date(2024, 11, 4)
    titles = [(monday, "Zeppelin Harness")] * 16 + [
        (monday, "Dark Night"),
        (before, "Dark Night"),
    ] * 30
    Paper.objects.bulk_create(
        Paper(arxiv_id=f"2501.95{number:03}", title_en=title, first_seen=day)
        for number, (day, title) in enumerate(titles)
    )
    call_command("count_terms", stdout=StringIO())


def phrases(client) -> dict[str, str | None]:
    page = html.fromstring(client.get("/admin/").content.decode())
    (section,) = page.cssselect("section[aria-labelledby=terms]")
    return {one.text: one.get("href") for one in section.cssselect("li [lang=en]")}


def test_rising_terms_without_chinese_wait_for_a_translation(curator, signed_in, rising):
    href = phrases(curator)["zeppelin harness"]
    form = values(curator.get(href).content.decode())
    assert (form["english"], form.get("chinese")) == ("zeppelin harness", None)
    assert phrases(signed_in("Reader of the admin")) == {"zeppelin harness": None}
    curator.post(ADD, filled_in(english="zeppelin harness", chinese="飞艇挽具"))
    assert "zeppelin harness" not in phrases(curator)


def test_no_titles_are_read_for_them(rising):
    with CaptureQueriesContext(connection) as captured:
        assert queues.terms_without_chinese()
    assert not [one for one in captured if "papers_paper" in one["sql"]]


def decide(client, action: str, phrase: str) -> int:
    said = {"action": action, ACTION_CHECKBOX_NAME: [RisingTerm.objects.get(term=phrase).pk]}
    return client.post(reverse("admin:papers_risingterm_changelist"), said).status_code


def test_a_phrase_that_is_no_term_leaves_the_lists_for_good(curator, client, rising):
    decide(curator, "reject", "zeppelin harness")
    call_command("count_terms", stdout=StringIO())
    assert phrases(curator) == {}
    assert "zeppelin harness" not in client.get("/glossary/?show=missing").text
    decide(curator, "take_back", "zeppelin harness")
    assert "zeppelin harness" in phrases(curator)


def test_the_decision_about_a_phrase_has_a_history(curator, rising, signed_in):
    decide(curator, "reject", "zeppelin harness")
    phrase = RisingTerm.objects.get(term="zeppelin harness")
    assert [one.rejected for one in phrase.history.all()] == [True, False]
    assert phrase.history.first().history_user.username == "Curator"
    decide(signed_in("Reader of the admin"), "take_back", "zeppelin harness")
    phrase.refresh_from_db()
    assert phrase.rejected
    first = phrase.history.last().pk
    curator.post(reverse("admin:papers_risingterm_go_back", args=[phrase.pk, first]))
    phrase.refresh_from_db()
    assert not phrase.rejected
