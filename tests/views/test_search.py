"""The result page, the help page and the suggestions."""

import json

import pytest
from django.test import Client
from django.utils import timezone

from papers import curation
from papers.db.data_version import mark_data_changed
from papers.models import Author, Paper, Term, Topic
from tests.support import sign_in, with_limits
from tests.views.conftest import EXPLAINED, WITHOUT_CHINESE, Answer
from tests.views.test_paper_list import shown_ids

pytestmark = pytest.mark.usefixtures("sample")


def words_of(arxiv_id: str) -> tuple[str, str]:
    paper = Paper.objects.get(arxiv_id=arxiv_id)
    return paper.title_en, paper.title_zh


def test_it_counts_and_marks_what_was_found(read):
    english, chinese = words_of(EXPLAINED)
    page = read("/papers/", q=english, lang="en")
    assert shown_ids(page)[0] == EXPLAINED
    assert page.all(".results-count")[0].endswith(("paper", "papers"))
    assert page.all(".card-title mark")


def test_a_chinese_query_shows_why_beside_an_english_title(read):
    _, chinese = words_of(EXPLAINED)
    page = read("/papers/", q=chinese[:6], lang="en")
    assert EXPLAINED in shown_ids(page)
    assert "zh-Hans" in page.attributes(".snippet", "lang")
    assert page.all(".snippet mark")


def test_what_is_marked_is_escaped_first(read):
    page = read("/papers/", q='"<think>" <script>alert(1)</script>')
    assert "<script>alert" not in page.source
    found = read("/papers/", q="think")
    assert "&lt;<mark>think</mark>&gt;" in found.source


def test_the_order_can_be_time(read):
    link = read("/papers/", q="model").attributes(".results-order a", "href")
    assert any("sort=newest" in one for one in link)
    by_time = shown_ids(read("/papers/", q="model", sort="newest", per=100))
    newest_first = Paper.objects.newest_first().filter(arxiv_id__in=by_time)
    assert by_time == list(newest_first.values_list("arxiv_id", flat=True))
    assert set(by_time) == set(shown_ids(read("/papers/", q="model", per=100)))


def test_a_feed_of_a_search_holds_the_papers_of_the_page(read, client):
    for query in ({"q": "model"}, {"q": "模型 topic:rag"}, {"q": "zh:missing"}, {"q": "-model"}):
        by_time = shown_ids(read("/papers/", **query, sort="newest", per=100))
        feed = client.get("/papers/feed.atom", query).content.decode()
        assert [one for one in by_time if f"/papers/{one}/" not in feed] == []
        assert feed.count("<entry>") == len(by_time) > 0
        places = [feed.index(f"/papers/{one}/") for one in by_time]
        assert places == sorted(places)


def test_a_feed_is_newest_first_whatever_the_order_of_the_page(client):
    newest = client.get("/papers/feed.json", {"q": "model"}).json()
    ranked = client.get("/papers/feed.json", {"q": "model", "sort": "relevance"}).json()
    assert [one["id"] for one in ranked["items"]] == [one["id"] for one in newest["items"]]


def test_facets_are_links_with_counts_that_come_true(read):
    page = read("/papers/", q="model")
    links = page.attributes(".rail .choices a", "href")
    topics = [link for link in links if "topic=" in link]
    assert topics
    counts = dict(zip(links, page.all(".rail .choices li"), strict=True))
    for link in topics:
        narrowed = read(f"/papers/{link}")
        assert narrowed.all(".results-count")[0].split()[0] == counts[link].split()[-1]


def test_an_arxiv_id_or_link_alone_goes_to_the_paper(client):
    for typed in (EXPLAINED, f"https://arxiv.org/abs/{EXPLAINED}v2", f"arXiv:{EXPLAINED}"):
        assert client.get("/papers/", {"q": typed}).headers["Location"] == f"/papers/{EXPLAINED}/"
    unknown = client.get("/papers/", {"q": "2501.00001"})
    assert unknown.status_code == 200
    assert "This paper is not on this site" in unknown.content.decode()
    assert client.get("/papers/feed.atom", {"q": EXPLAINED}).status_code == 200


def test_several_ids_are_a_list_that_says_which_it_does_not_have(read):
    page = read("/papers/", q=f"arXiv: {EXPLAINED}, 2501.00001; {WITHOUT_CHINESE}")
    assert shown_ids(page) == [EXPLAINED, WITHOUT_CHINESE]
    assert page.all(".results-note a") == ["arXiv 2501.00001"]


def test_a_pasted_citation_finds_its_paper_and_the_page_says_how(read):
    title, _ = words_of(EXPLAINED)
    page = read("/papers/", q=f'Zzyzx, A., et al. "{title}s." Journal of Lamps, 4(2), 2031.')
    assert shown_ids(page)[0] == EXPLAINED
    assert "most of its rare words" in page.text


def test_a_hidden_paper_is_no_answer(client):
    Paper.objects.filter(arxiv_id=EXPLAINED).update(hidden=True)
    assert client.get("/papers/", {"q": EXPLAINED}).status_code == 200


def test_nothing_found_offers_what_may_be_meant(read):
    title, _ = words_of(WITHOUT_CHINESE)
    word = max(title.split(), key=len)
    page = read("/papers/", q=f"{word[:3]}{word[4:]}")
    assert page.all(".results-meant a") == [word.lower()]


def test_what_is_not_understood_is_said(read):
    page = read("/papers/", q="date:yesterday model")
    assert page.status == 200
    assert "date:yesterday" in page.all(".results-note code")


def test_the_interface_speaks_chinese_too(read):
    in_chinese = {"accept-language": "zh-CN"}
    assert "最相关" in read("/papers/", headers=in_chinese, q="model").text
    assert "按普通词搜索" in read("/papers/", headers=in_chinese, q="zh:perhaps").text


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_the_help_explains_and_its_examples_work(read, language):
    page = read("/search-help/", headers={"accept-language": language})
    for link in page.attributes(".help-table a", "href"):
        assert read(link).status in (200, 302)
    assert len(page.all("h1")) == 1


def test_the_help_says_what_a_chinese_query_reaches(read):
    said = " ".join(read("/search-help/").all("#chinese"))
    assert "31 of 32 papers" in said
    assert "A Chinese term of the glossary also finds its English" in said


def test_suggestions_are_json_that_depends_on_the_address_alone(client):
    title, _ = words_of(EXPLAINED)
    response = client.get("/suggest", {"q": title[:12]})
    found = json.loads(response.content)["suggestions"]
    assert {"kind": "title", "text": title, "url": f"/papers/{EXPLAINED}/"} in found
    assert "Cookie" not in response.headers.get("Vary", "")
    for odd in ("", "a\x00b", "x" * 5000, '"', "%"):
        assert client.get("/suggest", {"q": odd}).status_code == 200
    assert client.post("/suggest").status_code == 405


@pytest.mark.parametrize("query", ["model", "模型"])
def test_a_page_costs_the_same_for_few_hits_and_many(client, django_assert_max_num_queries, query):
    for per in (25, 50, 100):
        with django_assert_max_num_queries(with_limits(15)):
            client.get("/papers/", {"q": query, "per": per})


@pytest.mark.parametrize("lang", ["en", "zh", "both"])
@pytest.mark.parametrize("query", ["model", "模型", "think"])
def test_a_kept_card_is_marked_like_one_made_for_somebody_known(django_user_model, query, lang):
    """Readers' cards are kept and marked by the part, those of somebody signed in made whole."""
    known, reader = Client(), Client()
    sign_in(known, django_user_model.objects.create_user("reader", is_staff=True))
    pages = [Answer(one.get("/papers/", {"q": query, "lang": lang})) for one in (reader, known)]
    kept, made = (page.html(".card") for page in pages)
    assert kept == made
    assert kept


def test_a_kept_card_keeps_no_marks(read):
    assert read("/papers/", q="model").all(".card mark")
    assert not read("/papers/").all(".card mark")


def test_a_paper_without_an_abstract_is_found_by_its_title(read):
    Paper.objects.filter(arxiv_id=WITHOUT_CHINESE).update(abstract_en="", modified=timezone.now())
    title, _ = words_of(WITHOUT_CHINESE)
    page = read("/papers/", q=title)
    assert page.all(".card-title mark")
    assert shown_ids(page)[0] == WITHOUT_CHINESE
    assert "card-abstract" not in page.html(".card")[0]


def test_the_choice_in_force_is_marked_in_the_facets(read):
    page = read("/papers/", q="model", topic="rag", **{"from": "2025-01-01", "to": "2025-01-31"})
    current = page.all(".rail .choices a[aria-current]")
    assert current == ["Most relevant", "Retrieval-Augmented Generation", "January 2025"]


def test_the_heading_is_the_query(read):
    page = read("/papers/", q="<i>lamp</i> 灯")
    assert page.all("h1") == ["<i>lamp</i> 灯"]
    assert page.attributes("h1 span", "lang") == ["zh-Hans"]
    assert page.all("title")[0].startswith("<i>lamp</i> 灯")
    assert read("/papers/", q="model").attributes("h1 span", "lang") == ["en"]


@pytest.mark.parametrize(
    "typed", ["rag", "Retrieval-augmented generation", "检索增强生成", '"檢索" 增强生成', "ＲＡＧ"]
)
def test_a_query_that_is_a_topics_name_shows_its_card(read, typed):
    page = read("/papers/", q=typed)
    shown = page.attributes(".named a", "href")
    assert shown == (["/topics/rag/"] if "檢" not in typed else [])


def test_a_query_that_is_an_authors_name_shows_the_card_of_the_author(read):
    author = Author.objects.get(name="Minghe Tan")
    for typed in ("Minghe Tan", "minghe  TAN", '"Minghe Tan"', 'author:"Minghe Tan"'):
        assert read("/papers/", q=typed).attributes(".named a", "href") == [
            author.get_absolute_url()
        ]
    for typed in ("Minghe", "Minghe Tan model", "Minghe Tan -model", "title:Minghe Tan"):
        assert read("/papers/", q=typed).all(".named") == []


def test_a_card_stands_on_the_first_page_of_a_search_among_all_papers(read):
    assert read("/papers/", q="rag", page=1).all(".named")
    assert not read("/papers/", q="rag", page=2, per=25).all(".named")
    assert not read("/topics/rag/", q="rag").all(".named")


def test_a_merged_author_and_a_merged_topic_are_shown_as_what_they_became(read):
    curation.merge_topic(Topic.objects.get(slug="rag"), Topic.objects.get(slug="llm"))
    page = read("/papers/", q="retrieval-augmented generation")
    assert page.attributes(".named a", "href") == ["/topics/llm/"]


def test_a_search_from_a_list_stays_within_it(read):
    author = Author.objects.get(name="Minghe Tan").get_absolute_url()
    for path in ("/topics/rag/", author):
        assert read(path).attributes("form.search", "action") == [path]
    assert read("/topics/rag/").attributes("#search", "placeholder") == [
        "Search in Retrieval-Augmented Generation"
    ]
    page = read("/papers/", topic=["rag", "llm"], zh="ok", sort="oldest", page=2, per=50)
    assert page.attributes("form.search", "action") == ["/papers/"]
    names = page.attributes("form.search input[type=hidden]", "name")
    values = page.attributes("form.search input[type=hidden]", "value")
    assert list(zip(names, values, strict=True)) == [
        ("per", "50"),
        ("topic", "llm"),
        ("topic", "rag"),
        ("zh", "ok"),
    ]
    for path in ("/", "/papers/", "/days/", "/topics/"):
        assert read(path).attributes("form.search", "action") == ["/papers/"]
        assert read(path).attributes("form.search input[type=hidden]", "name") == []


def test_a_search_within_a_topic_says_so_and_leads_out(read):
    page = read("/topics/rag/", q="model", lang="en")
    assert set(shown_ids(page)) <= set(shown_ids(read("/topics/rag/", per=100)))
    assert page.attributes(".head-kicker a", "href") == [
        "/topics/rag/",
        "/papers/?lang=en&q=model",
    ]
    in_chinese = read("/topics/rag/", headers={"accept-language": "zh-CN"}, q="model")
    assert in_chinese.all(".head-kicker")[0].startswith("在 检索增强生成 中搜索")


def test_nothing_found_in_a_filtered_list_offers_the_search_without_filters(read):
    number = len(shown_ids(read("/papers/", q="model", per=100)))
    page = read("/papers/", q="model", to="2001-01-01")
    assert page.all(".ways a")[0] == f"{number} papers without the filters"
    assert page.attributes(".ways a", "href")[0] == "/papers/?q=model"
    page = read("/topics/rag/", q="model", to="2001-01-01")
    assert page.attributes(".ways a", "href")[0] == "/papers/?q=model"


def test_nothing_found_offers_authors_of_that_name(read):
    author = Author.objects.get(name="Minghe Tan")
    page = read("/papers/", q="title:minghe title:tan")
    assert author.get_absolute_url() in page.attributes(".ways a", "href")
    assert read("/papers/", q="qwxzv zzzqx").all(".ways a") == ["How to search"]


def test_a_chinese_query_shows_the_chinese_passage_to_those_who_read_it(read):
    first = read("/papers/", {"accept-language": "zh-CN"}, q="检索增强生成")
    assert first.attributes(".snippet", "lang")[0] == "zh-Hans"
    assert "retrieval-augmented generation" in first.all(".also")[0]


def test_an_english_reader_sees_the_english_passage_if_it_says_as_much(read):
    assert read("/papers/", q="think", lang="en").attributes(".snippet", "lang")[0] == "en"
    assert read("/papers/", q="think", lang="both").attributes(".snippet", "lang")[0] == "zh-Hans"


def test_nothing_found_offers_the_query_in_the_other_language(read):
    Term.objects.create(english="writing agent", chinese="执笔智能体")
    mark_data_changed()
    page = read("/papers/", q="执笔智能体", bridge="off")
    assert page.all(".results-other a") == ['"writing agent"']
    assert shown_ids(read(page.attributes(".results-other a", "href")[0]))
    assert read("/papers/", q="zzzzzz").all(".results-other") == []
