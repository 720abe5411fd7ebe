"""The pages of the glossary, its files, its feeds and its part of the API."""

import csv
import datetime
import io
import json

import pytest

from papers.db.data_version import mark_data_changed
from papers.glossary.rising import store_rising
from papers.models import Paper, Term, TermWeek, Topic, ZhState
from papers.presentation.glossary_files import COLUMNS
from papers.search import index_papers
from papers.text.pinyin import initial
from tests.views.conftest import EXPLAINED, WITHOUT_CHINESE

pytestmark = pytest.mark.usefixtures("sample", "terms")

RAG = "/glossary/retrieval-augmented-generation/"
MONDAY = datetime.date(2025, 1, 27)


@pytest.fixture
def terms(db):
    """A term that papers of the sample use, with counts by week and a note."""
    Term.objects.create(
        english="paper lantern", chinese="纸灯笼", note_en="Not a <b>lamp</b>.", note_zh="不是灯。"
    )
    # One version of the glossary for all these tests: making it takes a second.
    Term.objects.update(modified=datetime.datetime(2025, 1, 31, 12, tzinfo=datetime.UTC))
    for week, number in ((MONDAY - datetime.timedelta(weeks=1), 3), (MONDAY, 12)):
        TermWeek.objects.create(term="paper lantern", week=week, papers=number, titles=1)
    mark_data_changed()


def write_abstract(english: str, chinese: str) -> Paper:
    """Give a paper these abstracts; the index is brought up to date."""
    paper = Paper.objects.get(arxiv_id=EXPLAINED)
    paper.abstract_en, paper.abstract_zh, paper.card["pairs"] = english, chinese, {}
    paper.zh_state = ZhState.OK
    paper.save()
    index_papers([paper.pk])
    mark_data_changed()
    return paper


def test_a_term_has_both_names_its_weeks_and_its_notes(read):
    page = read("/glossary/paper-lantern/", lang="en")
    assert page.all("h1 span") == ["paper lantern", "纸灯笼"]
    assert page.attributes("h1 span", "lang") == ["en", "zh-Hans"]
    assert page.all(".head-count") == ["15 papers · 12 in the newest week"]
    assert page.all(".list > .chart svg")
    assert page.all(".term-note p") == ["Not a <b>lamp</b>."]
    chinese = read("/glossary/paper-lantern/", {"accept-language": "zh-CN"})
    assert chinese.all(".term-note p") == ["不是灯。"]


@pytest.mark.parametrize("lang", ["zh", "both", "zh-en"])
def test_readers_of_chinese_see_its_chinese_first(read, lang):
    assert read(RAG, lang=lang).attributes("h1 span, .term-names ul", "lang") == [
        "zh-Hans",
        "en",
        "zh-Hans",
        "en",
    ]


def test_a_plural_an_abbreviation_and_capitals_lead_to_the_term(client):
    for key in ("Paper-Lantern", "paper-lanterns"):
        answer = client.get(f"/glossary/{key}/?lang=en")
        assert answer.status_code == 302
        assert answer.headers["Location"] == "/glossary/paper-lantern/?lang=en"
    assert client.get("/glossary/RAG/").headers["Location"] == RAG


@pytest.mark.parametrize("key", ["no-such-term", "-", "纸灯笼", "x" * 100])
def test_there_is_no_page_of_an_unknown_term(client, key):
    for address in ("", "feed.atom", "feed/", "papers.bib"):
        assert client.get(f"/glossary/{key}/{address}").status_code == 404
    assert client.get(f"/api/v1/glossary/{key}").status_code == 404


def test_a_hidden_term_is_gone_from_every_page(client):
    Term.objects.create(
        english="retrieval-augmented generation", chinese="检索增强生成", hidden=True
    )
    mark_data_changed()
    assert client.get(RAG).status_code == 404
    rows = client.get("/glossary.csv").content.decode().splitlines()
    assert not any(row.startswith("retrieval-augmented generation,检索增强生成,") for row in rows)


def test_it_lists_the_newest_papers_and_their_feed(read, client):
    write_abstract("We fold one paper lantern. It glows.", "我们折一盏纸灯笼。它发光。")
    page = read("/glossary/paper-lantern/", lang="en")
    assert page.attributes(".row", "data-paper") == [EXPLAINED]
    feed = client.get("/glossary/paper-lantern/feed.atom").content.decode()
    assert feed.count("<entry>") == 1
    assert f"/papers/{EXPLAINED}/" in feed
    assert read("/glossary/paper-lantern/feed/").status == 200
    assert EXPLAINED in client.get("/glossary/paper-lantern/papers.bib").getvalue().decode()
    link = page.attributes(".section-more a", "href")[0]
    assert read(link).attributes(".card", "data-paper") == [EXPLAINED]


def test_an_example_is_a_sentence_beside_its_translation_with_the_term_marked(read):
    english = "We fold one small paper lantern <of thin paper> every evening. Then it glows for us."
    write_abstract(english, "我们每天晚上用薄纸折一盏小小的纸灯笼。然后它为我们发光。")
    page = read("/glossary/paper-lantern/")
    assert page.all(".term-example mark") == ["paper lantern", "纸灯笼"]
    assert "&lt;of thin paper&gt;" in page.source
    assert not read("/glossary/attention-sink/").all(".term-example")


def test_lists_have_an_order_and_a_size(read):
    page = read("/glossary/")
    assert len(page.all(".terms tbody tr")) == 25
    assert len(read("/glossary/", per=100).all(".terms tbody tr")) <= 100
    letters = read("/glossary/", show="en", letter="p")
    assert "paper lantern" in letters.all(".terms td a")
    assert all(name[0].lower() == "p" for name in letters.all(".terms td a"))
    chinese = read("/glossary/", show="zh", letter="z", per=100).all(".terms th a")
    assert {initial(name) for name in chinese} == {"z"}
    assert letters.attributes(".letters a[aria-current]", "href") == ["?letter=p&show=en"]


def test_a_term_is_found_by_either_name(read):
    for typed in ("paper lantern", "Paper Lanterns", "纸灯笼", "灯笼"):
        assert "paper lantern" in read("/glossary/", q=typed).all(".terms td a")
    nothing = read("/glossary/", q="<i>zzzz</i>")
    assert "No terms match" in nothing.text
    assert "<i>zzzz" not in nothing.source


def test_a_row_has_the_papers_of_its_last_weeks(read):
    page = read("/glossary/", q="paper lantern")
    assert page.all(".terms .terms-count")[1] == "15"
    assert page.attributes(".terms .spark-newest", "d")[0]


def test_rising_terms_and_terms_without_chinese_are_listed(read):
    now, before = MONDAY, MONDAY - datetime.timedelta(weeks=10)
    for week, titles in ((before, 1), (now, 60)):
        TermWeek.objects.update_or_create(
            term="retrieval augmented generation",
            week=week,
            defaults={"papers": titles, "titles": titles},
        )
    TermWeek.objects.create(term="paper lantern", week=before, papers=90, titles=90)
    store_rising()
    page = read("/glossary/", show="rising")
    assert page.all(".terms tbody td") == ["retrieval-augmented generation", "1", "60"]
    assert read("/glossary/", show="missing").status == 200


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("show", "everything"),
        ("letter", "ä"),
        ("page", "0"),
        ("page", "9" * 30),
        ("per", "1000"),
        ("q", "\x00"),
        ("q", "x" * 5000),
        ("q", '"'),
    ],
)
def test_odd_values_are_no_error(read, name, value):
    page = read("/glossary/", **{name: value})
    assert page.status == 200
    assert name == "q" or page.all(".notice-wrong code")


@pytest.mark.parametrize("path", ["/glossary/", "/glossary/?show=zh&per=100", RAG])
def test_a_page_costs_few_queries(client, django_assert_max_num_queries, path):
    client.get(path)
    mark_data_changed()
    with django_assert_max_num_queries(20):
        client.get(path)


def test_a_topic_and_a_search_lead_to_the_term(read):
    assert read("/topics/rag/").attributes(".term-link", "href") == [RAG]
    for typed in ("检索增强生成", "RAG", "retrieval augmented generation"):
        assert read("/papers/", q=typed).attributes(".term-link", "href") == [RAG]
    for typed in ("retrieval of zzzz", "RAG -model", "topic:rag"):
        assert read("/papers/", q=typed).attributes(".term-link", "href") == []
    assert read(RAG).attributes(".rail a", "href")[0] == "/topics/rag/"
    assert Topic.objects.filter(slug="rag").exists()


def test_the_files_hold_every_pair(client):
    answer = client.get("/glossary.csv")
    assert answer.headers["Content-Type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert list(rows[0]) == list(COLUMNS)
    ours = next(row for row in rows if row["english"] == "paper lantern")
    assert ours["chinese"] == "纸灯笼"
    assert ours["origin"] == "curator"
    lines = client.get("/glossary.jsonl").content.decode().splitlines()
    assert len(lines) == len(rows)
    assert json.loads(lines[0]).keys() == set(COLUMNS)


def test_a_cell_that_a_spreadsheet_would_run_is_guarded(client):
    Term.objects.create(english="=cmd|calc", chinese="＝算")
    mark_data_changed()
    assert "'=cmd|calc" in client.get("/glossary.csv").content.decode()


def test_the_api_lists_terms_page_by_page(client):
    seen, address = [], "/api/v1/glossary?limit=100"
    while address:
        answer = client.get(address).json()
        seen += [one["key"] for one in answer["terms"]]
        address = answer["next"]
    assert len(seen) == len(set(seen))
    assert "paper-lantern" in seen
    found = client.get("/api/v1/glossary", {"q": "纸灯笼"}).json()
    assert [one["name"] for one in found["terms"]] == [{"en": "paper lantern", "zh": "纸灯笼"}]
    one = client.get("/api/v1/glossary/paper-lantern").json()
    assert one["weeks"][-1] == {"week": "2025-01-27", "papers": 12, "titles": 1}


@pytest.mark.parametrize(
    "query", [{"cursor": "no-such-term"}, {"limit": "0"}, {"limit": "101"}, {"show": "zh"}]
)
def test_the_api_refuses_what_it_does_not_know(client, query):
    assert client.get("/api/v1/glossary", query).status_code == 400


def test_the_sitemap_has_the_terms(client):
    written = client.get("/sitemap-pages.xml").getvalue().decode()
    assert "/glossary/</loc>" in written
    assert f"{RAG}</loc>" in written


def without_chinese(english: str) -> None:
    paper = Paper.objects.get(arxiv_id=WITHOUT_CHINESE)
    paper.title_en, paper.title_zh = "Folding a Paper Lantern", ""
    paper.abstract_en, paper.abstract_zh = english, ""
    paper.card["html"] = {}
    paper.save()
    index_papers([paper.pk])
    mark_data_changed()


def test_an_abstract_without_chinese_has_its_terms_in_chinese(read):
    without_chinese("We fold a paper lantern. It glows.")
    for lang in ("zh", "both"):
        page = read(f"/papers/{WITHOUT_CHINESE}/", lang=lang)
        assert page.all(".paper-head .gloss-line") == ["纸灯笼"]
        assert page.all(".glosses a") == ["纸灯笼"]
        assert page.attributes(".glosses a", "href") == ["/glossary/paper-lantern/"]
        assert page.all(".glossed .term") == ["paper lantern"]
    english = read(f"/papers/{WITHOUT_CHINESE}/", lang="en")
    assert not english.all(".gloss-line, .glosses, .term")
    pair = read(f"/papers/{WITHOUT_CHINESE}/", lang="en-zh")
    assert not pair.all(".gloss-line")
    assert pair.all(".glosses a")


def test_a_list_has_a_line_of_terms_below_a_title_without_chinese(read):
    without_chinese("We fold.")
    for path in ("/papers/?id=" + WITHOUT_CHINESE, "/papers/?q=folding paper lantern"):
        assert "纸灯笼" in read(f"{path}&lang=both").all(".card .gloss-line")
        assert not read(f"{path}&lang=en").all(".gloss-line")
    assert "纸灯笼" in read("/glossary/paper-lantern/", lang="zh").all(".row .gloss-line")


def test_a_change_of_a_term_shows_at_once_in_lists(read):
    without_chinese("We fold.")
    assert read("/papers/", lang="zh", per=50).all(".card .gloss-line") == ["纸灯笼"]
    term = Term.objects.get(english="paper lantern")
    term.chinese = "纸质灯笼"
    term.save()
    mark_data_changed()
    assert read("/papers/", lang="zh", per=50).all(".card .gloss-line") == ["纸质灯笼"]
