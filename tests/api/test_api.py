"""The read-only API as a script uses it."""

import pytest
from django.core.cache import cache

from papers.api.params import MOST
from papers.lists.topics import on_topics
from papers.models import Paper
from tests.cast import BUOY, EXPLAINED, KITE, LAMP, OLD_STYLE, TOO_SHORT, WITHOUT_CHINESE
from tests.support import with_limits
from tests.text.test_alignment import CHINESE, ENGLISH
from tests.text.test_incomplete import LONG

pytestmark = pytest.mark.usefixtures("small_site")


@pytest.fixture
def ask(client):
    """The JSON of an address below ``/api/v1/``: ``ask("papers", q="kite")``."""

    def ask(path: str, status: int = 200, **query) -> dict:
        answer = client.get(f"/api/v1/{path}", query)
        assert answer.status_code == status, answer.content
        kind = "application/json" if status == 200 else "application/problem+json"
        assert answer.headers["Content-Type"] == kind
        return answer.json()

    return ask


def ids(answer: dict) -> list[str]:
    return [paper["id"] for paper in answer["papers"]]


def test_it_has_the_filters_of_the_lists(ask):
    assert ids(ask("papers", zh="missing")) == [WITHOUT_CHINESE]
    assert set(ids(ask("papers", id=[LAMP, KITE]))) == {LAMP, KITE}
    assert ids(ask("papers", q="风筝")) == [KITE]
    on_topic = on_topics(Paper.objects.newest_first(), ["rag", "ro"])
    assert ids(ask("papers", topic=["rag", "ro"])) == [one.arxiv_id for one in on_topic]


def test_both_languages_are_always_in_the_answer(ask, client):
    client.cookies["lang"] = "en"
    paper = ask(f"papers/{EXPLAINED}")
    assert paper["title"] == {"en": "Teapots as World Models", "zh": "作为世界模型的茶壶"}
    without = ask(f"papers/{WITHOUT_CHINESE}")
    assert (without["title"]["zh"], without["abstract"]["zh"], without["zh"]) == (
        *(None, None),
        "missing",
    )


def test_a_paper_says_which_sentences_say_the_same(ask):
    paper = Paper.objects.get(arxiv_id=BUOY)
    paper.abstract_en, paper.abstract_zh = "".join(ENGLISH), "".join(CHINESE)
    paper.card["pairs"] = {}  # made on the fly
    paper.save()
    paper = ask(f"papers/{BUOY}")
    abstract, rows = paper["abstract"], paper["sentences"]
    for language in ("en", "zh"):
        text = abstract[language]
        assert "".join(text[slice(*row[language])] for row in rows) == text
    assert ask(f"papers/{WITHOUT_CHINESE}")["sentences"] is None
    assert ask(f"papers/{TOO_SHORT}")["sentences"] is None
    assert ask("papers", id=BUOY)["papers"][0]["sentences"] == rows


def test_a_sentence_that_a_language_lacks_is_null(ask):
    english, chinese = "".join([*ENGLISH[:3], LONG, *ENGLISH[3:]]), "".join(CHINESE)
    paper = Paper.objects.get(arxiv_id=BUOY)
    paper.abstract_en, paper.abstract_zh = english, chinese
    paper.card["pairs"] = {}  # made on the fly
    paper.save()
    rows = ask(f"papers/{BUOY}")["sentences"]
    assert [row["zh"] is None for row in rows] == [False] * 3 + [True] + [False] * 3
    assert english[slice(*rows[3]["en"])] == LONG


def test_one_paper_says_where_it_appeared(ask):
    places = ask(f"papers/{KITE}")["appearances"]
    assert [(one["date"], one["topic"], one["source"]) for one in places] == [
        ("2025-01-27", "cs-ai", "lantern-daily"),
        ("2025-01-27", "rag", "lantern-daily"),
    ]


def test_ids_of_the_old_style_have_their_slash(ask):
    assert ask(f"papers/{OLD_STYLE}")["id"] == OLD_STYLE


@pytest.mark.parametrize("limit", [1, 2, 100])
def test_the_pages_of_a_search_hold_every_paper_that_its_list_holds(client, ask, limit):
    address, found = f"/api/v1/papers?limit={limit}&q=lamps OR 风筝 OR for", []
    while address:
        answer = client.get(address.removeprefix("http://127.0.0.1:8000")).json()
        found += ids(answer)
        address = answer["next"]
    wanted = Paper.objects.filter(arxiv_id__in=found).newest_first()
    assert found == [one.arxiv_id for one in wanted]
    page = client.get("/papers/?q=lamps OR 风筝 OR for&per=100").text
    assert len(found) == page.count('class="card-title"') > 2


@pytest.mark.parametrize("order", ["newest", "oldest"])
def test_the_pages_hold_every_paper_once_in_order(client, order):
    address, found = f"/api/v1/papers?limit=3&sort={order}", []
    while address:
        answer = client.get(address.removeprefix("http://127.0.0.1:8000")).json()
        found += ids(answer)
        address = answer["next"]
    newest = list(Paper.objects.newest_first().values_list("arxiv_id", flat=True))
    assert found == (newest if order == "newest" else newest[::-1])


def test_a_paper_that_comes_in_between_shifts_no_page(client, ask):
    first = ask("papers", limit=4)
    newest = Paper.objects.newest_first().first()
    newest.pk, newest.arxiv_id = None, "2501.99999"
    newest.save()
    following = client.get(first["next"].removeprefix("http://127.0.0.1:8000")).json()
    assert not set(ids(first)) & set(ids(following))


def test_a_chinese_search_says_what_else_it_was_searched_as(ask):
    assert "retrieval-augmented generation" in ask("papers", q="检索增强生成")["also_searched"]
    assert ask("papers", q="检索增强生成", bridge="off")["also_searched"] == []
    assert ask("papers", q="lamps")["also_searched"] == []


def test_topics_and_days(ask):
    topics = {topic["slug"]: topic for topic in ask("topics")["topics"]}
    assert topics["ro"]["kind"] == "theme"
    assert topics["cs-ro"]["name"] == {"en": "Robotics", "zh": "机器人学"}
    days = ask("days", limit=2)
    assert [day["date"] for day in days["days"]] == ["2025-01-29", "2025-01-28"]
    newest = days["days"][0]
    assert (newest["digests"], newest["empty_digests"], newest["new_papers"]) == (4, 1, 4)
    assert days["next"].endswith("/api/v1/days?cursor=2025-01-28&limit=2")


@pytest.mark.parametrize(
    ("path", "query", "said"),
    [
        ("papers", {"topics": "rag"}, "topics=rag: no such parameter"),
        ("papers", {"topic": "no-such"}, "topic=no-such"),
        ("papers", {"from": "soon"}, "from=soon"),
        ("papers", {"limit": str(MOST + 1)}, "limit="),
        ("papers", {"limit": "２"}, "limit="),
        ("papers", {"limit": ["1", "2"]}, "may be given only once"),
        ("papers", {"cursor": "2025-02-30"}, "cursor="),
        ("papers", {"cursor": "'; DROP TABLE"}, "cursor="),
        ("papers", {"sort": "relevance"}, "sort=relevance: must be newest or oldest"),
        ("papers", {"to": ""}, "to=: has no value"),
        ("papers", {"from": "2025-1-2"}, "from=2025-1-2: must be a date such as"),
        ("topics", {"lang": "zh"}, "lang=zh: no such parameter"),
    ],
)
def test_what_is_not_understood_is_refused_with_a_sentence(ask, path, query, said):
    problem = ask(path, status=400, **query)
    assert said in problem["detail"]
    assert (problem["title"], problem["status"]) == ("Invalid request", 400)


@pytest.mark.parametrize("path", ["papers/2501.00000", "papers/nonsense", "nonsense", "papers/"])
def test_what_is_not_there_is_a_problem_too(ask, path):
    assert ask(path, status=404)["status"] == 404


def test_a_hidden_paper_is_not_there(ask):
    Paper.objects.filter(arxiv_id=KITE).update(hidden=True)
    ask(f"papers/{KITE}", status=404)
    assert KITE not in ids(ask("papers", limit=100))


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch", "options", "trace"])
def test_it_is_read_only(client, method):
    answer = getattr(client, method)("/api/v1/papers")
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD")


def test_who_asks_too_often_is_told_when_to_come_back(client, ask, settings):
    cache.clear()
    settings.RATE_LIMIT = 3
    # A minute may end in between; what is kept would not count.
    asked = [client.get("/api/v1/papers", {"limit": number}) for number in range(1, 9)]
    refused = asked[-1]
    assert [one.status_code for one in asked[:3]] == [200, 200, 200]
    assert refused.status_code == 429
    assert refused.headers["Content-Type"] == "application/problem+json"
    assert 0 < int(refused.headers["Retry-After"]) <= 60


def test_a_page_of_many_costs_as_many_queries_as_one_of_few(client, django_assert_num_queries):
    client.get("/api/v1/papers", {"limit": 2})  # asks for the topics, which are kept
    with django_assert_num_queries(with_limits(2)):  # the data's version, and the papers
        client.get("/api/v1/papers", {"limit": 1})
    with django_assert_num_queries(with_limits(2)):
        client.get("/api/v1/papers", {"limit": 100})
