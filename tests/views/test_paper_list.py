"""The list of papers with its filters, and the lists of a topic and of an author."""

import pytest

from papers import curation
from papers.models import Author, Paper, Topic
from tests.views.conftest import EXPLAINED, TOO_SHORT, WITHOUT_CHINESE

pytestmark = pytest.mark.usefixtures("sample")


def shown_ids(page) -> list[str]:
    return [link.strip("/").split("/")[-1] for link in page.attributes(".card-title a", "href")]


def test_it_shows_the_newest_first(read):
    ids = shown_ids(read("/papers/"))
    newest_first = Paper.objects.newest_first().values_list("arxiv_id", flat=True)
    assert ids == list(newest_first[:25])
    assert "32 papers" in read("/papers/").text


def test_it_can_show_the_oldest_first(read):
    ids = shown_ids(read("/papers/", sort="oldest"))
    first_day = Paper.objects.filter(first_seen="2025-01-27")
    assert ids[0] == min(first_day.values_list("arxiv_id", flat=True))


def test_the_pages_hold_every_paper_once(read):
    pages = [shown_ids(read("/papers/", page=number)) for number in (1, 2)]
    assert sorted(pages[0] + pages[1]) == sorted(Paper.objects.values_list("arxiv_id", flat=True))
    assert len(shown_ids(read("/papers/", per=50))) == 32


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"zh": "missing"}, {WITHOUT_CHINESE}),
        ({"from": "2025-01-27", "to": "2025-01-27", "zh": "missing"}, {WITHOUT_CHINESE}),
        ({"id": [EXPLAINED, TOO_SHORT]}, {EXPLAINED, TOO_SHORT}),
    ],
)
def test_filters_narrow_the_list(read, query, expected):
    assert set(shown_ids(read("/papers/", **query))) == expected


def test_several_topics_mean_any_of_them(read):
    rag, llm = (set(shown_ids(read("/papers/", topic=one))) for one in ("rag", "llm"))
    both = set(shown_ids(read("/papers/", topic=["rag", "llm"])))
    assert rag
    assert llm
    assert both == rag | llm


def test_a_topics_page_and_an_authors_page_are_lists_with_the_same_filters(read):
    assert shown_ids(read("/topics/rag/")) == shown_ids(read("/papers/", topic="rag"))
    author = Author.objects.order_by("-paper_count").first()
    page = read(f"/authors/{author.key}/")
    assert page.all("h1") == [author.name]
    assert len(shown_ids(page)) == author.paper_count == 2
    assert "may be shared by several people" in page.text
    assert shown_ids(page) == shown_ids(read("/papers/", author=author.key))
    assert len(shown_ids(read(f"/authors/{author.key}/", to="2025-01-27"))) == 1


def test_words_are_found_in_both_languages(read):
    paper = Paper.objects.get(arxiv_id=EXPLAINED)
    assert EXPLAINED in shown_ids(read("/papers/", q=paper.title_zh[:5]))
    assert EXPLAINED in shown_ids(read("/papers/", q=paper.title_en.upper()))
    assert shown_ids(read("/papers/", q="zzzzzz")) == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("topic", "no-such-topic"),
        ("author", "nobody-000000"),
        ("from", "yesterday"),
        ("to", "2025-02-30"),
        ("zh", "perhaps"),
        ("id", "not-an-id"),
        ("sort", "title_en"),
        ("page", "0"),
        ("page", "99"),
        ("page", "10" * 20),
        ("page", "２"),
        ("page", "+1"),
        ("per", "1000000"),
        ("q", "a\x00b"),
        ("q", "x" * 801),
    ],
)
def test_a_value_that_is_not_understood_is_named_and_left_out(read, name, value):
    page = read("/papers/", **{name: value})
    assert page.status == 200
    assert any(wrong.startswith(f"{name}=") for wrong in page.all(".notice-wrong code"))
    assert shown_ids(page) == shown_ids(read("/papers/"))


@pytest.mark.parametrize(
    ("name", "value", "english", "chinese"),
    [
        (
            "zh",
            "perhaps",
            "possible values: ok, missing, suspect",
            "可用的值：ok, missing, suspect",
        ),
        ("from", "yesterday", "not a day; write it like 2025-01-29", "请写成 2025-01-29 的形式"),
        ("q", "x" * 801, "at most 800 characters", "最多 800 个字符"),
    ],
)
def test_a_notice_says_in_our_own_words_what_is_possible(read, name, value, english, chinese):
    for language, words in {"en": english, "zh-CN": chinese}.items():
        (said,) = read("/papers/", {"accept-language": language}, **{name: value}).all(
            ".notice-wrong li"
        )
        assert said.endswith(words)


def test_of_several_topics_only_the_unknown_one_is_left_out(read):
    page = read("/papers/", topic=["rag", "no-such-topic"])
    assert shown_ids(page) == shown_ids(read("/papers/", topic="rag"))
    assert "no such topic: no-such-topic" in page.text


def test_a_topic_that_was_merged_stands_for_the_one_that_stayed(read):
    rag, llm = Topic.objects.get(slug="rag"), Topic.objects.get(slug="llm")
    curation.merge_topic(rag, llm)
    page = read("/papers/", topic=["rag", "llm", "rag"])
    assert shown_ids(page) == shown_ids(read("/papers/", topic="llm"))
    assert page.attributes("link[type='application/atom+xml']", "href") == [
        "/papers/feed.atom?topic=llm"
    ]


def test_each_filter_in_force_is_a_chip_in_the_readers_language(read):
    author = Author.objects.get(name="Minghe Tan")
    query = {"topic": ["rag", "cs-ai"], "zh": "ok", "to": "2025-01-31", "id": EXPLAINED}
    page = read("/papers/", **query)
    assert [chip.split(": ")[1] for chip in page.all(".chip")] == [
        "Retrieval-Augmented Generation ×",
        "Artificial Intelligence ×",
        "Until 31 Jan 2025 ×",
        "with Chinese ×",
        f"arXiv {EXPLAINED} ×",
    ]
    in_chinese = {"accept-language": "zh-CN"}
    chinese = read("/papers/", in_chinese, author=author.key, **{"from": "2025-01-27"})
    assert chinese.all(".chip") == ["去掉筛选： Minghe Tan ×", "去掉筛选： 2025年1月27日起 ×"]
    assert read("/papers/", q="lamp").all(".chip") == []


def test_a_range_of_days_is_one_filter(read):
    january = {"from": "2025-01-01", "to": "2025-01-31"}
    assert read("/papers/", **january).all(".chip") == ["Remove the filter: January 2025 ×"]
    page = read("/papers/", **{**january, "to": "2025-01-28"})
    assert page.all(".chip") == ["Remove the filter: 1 Jan 2025 to 28 Jan 2025 ×"]
    assert page.attributes(".chip", "href") == ["?"]


def test_many_selected_papers_are_one_filter(read):
    ids = list(Paper.objects.values_list("arxiv_id", flat=True)[:6])
    page = read("/papers/", id=ids)
    assert page.all(".chip") == ["Remove the filter: 6 selected papers ×"]
    assert page.attributes(".chip", "href") == ["?"]


def test_a_chip_leads_to_the_list_without_that_filter(read):
    page = read("/papers/", q="model", topic=["rag", "cs-ai"], zh="ok", sort="newest")
    links = page.attributes(".chip", "href")
    assert links == [
        "?q=model&sort=newest&topic=cs-ai&zh=ok",
        "?q=model&sort=newest&topic=rag&zh=ok",
        "?q=model&sort=newest&topic=rag&topic=cs-ai",
    ]
    assert page.attributes(".chips-clear", "href") == ["?q=model&sort=newest"]


def test_a_filter_that_is_not_understood_has_no_chip(read):
    assert read("/papers/", topic="<b>", zh="perhaps").all(".chip") == []


def test_unknown_parameters_change_nothing(read):
    assert shown_ids(read("/papers/", utm_source="mail")) == shown_ids(read("/papers/"))


def test_filters_that_leave_nothing_say_so(read):
    assert "No papers match" in read("/papers/", zh="missing", topic="rag").text


def test_a_list_of_nothing_can_be_followed_and_not_taken_along(read):
    links = read("/papers/", zh="missing", topic="rag").attributes(".feeds a", "href")
    assert [one for one in links if "feed.atom" in one]
    assert not [one for one in links if ".epub" in one or ".bib" in one]


def test_links_keep_the_filters_in_force(read):
    links = read("/papers/", topic="cs-ai", zh="ok").attributes(".rail a", "href")
    assert any("topic=cs-ai" in link and "zh=suspect" in link for link in links)
    feeds = read("/papers/", topic="cs-ai", zh="ok").attributes(".feeds a", "href")
    assert any("feed.atom?topic=cs-ai&zh=ok" in link for link in feeds)


@pytest.mark.parametrize("query", [{"zh": "ok"}, {"topic": "rag"}, {"sort": "oldest"}])
def test_the_first_choice_of_a_filter_takes_it_away(read, query):
    links = read("/papers/", **query).attributes(".rail .choices a", "href")
    assert "?" in links
    assert "" not in links  # to a browser that is the address as it stands, filter and all


def test_a_card_says_where_the_paper_appeared_and_links_to_arxiv(read):
    page = read("/papers/", id=EXPLAINED)
    assert page.all(".card .card-day") == ["28 Jan 2025"]
    assert f"https://arxiv.org/abs/{EXPLAINED}" in page.attributes(".card a", "href")
    assert f"https://arxiv.org/pdf/{EXPLAINED}" in page.attributes(".card a", "href")


def test_hidden_papers_are_in_no_list(read):
    Paper.objects.filter(arxiv_id=EXPLAINED).update(hidden=True)
    for path in ("/papers/", "/topics/rag/", "/days/2025-01-28/rag/"):
        assert EXPLAINED not in read(path, per=100).source


def test_an_author_can_be_found_by_name(read):
    page = read("/authors/", q="minghe")
    assert page.all(".overview tbody th a") == ["Minghe Tan"]
    assert read("/authors/", q="\x00").status == 200


def test_an_opened_abstract_pairs_its_sentences_where_both_languages_are_read(read):
    page = read("/papers/", id=EXPLAINED, lang="both")
    assert page.attributes(".card .pair > p", "lang") == ["en", "zh-Hans"] * 6
    assert not page.all(".card .reading")
    page = read("/papers/", id=TOO_SHORT, lang="both")
    assert page.attributes(".card .reading", "lang") == ["en"]  # its Chinese is not shown
    page = read("/papers/", id=EXPLAINED, lang="zh")
    assert page.attributes(".card .reading", "lang") == ["zh-Hans"]


def test_the_list_of_all_papers_has_a_title(read):
    assert read("/papers/").all("title") == ["Papers · Duizhao"]
