"""Tools for language models: messages in, what the site shows out."""

import json

import pytest
from django.core.cache import cache

from papers import curation
from papers.models import Paper
from tests.cast import BUOY, EXPLAINED, KITE

pytestmark = [pytest.mark.usefixtures("small_site"), pytest.mark.alike]

ADDRESS = "/api/mcp"


@pytest.fixture(autouse=True)
def turned_on(settings) -> None:
    settings.MCP = True
    cache.clear()


@pytest.fixture
def send(client):
    """Return a function that sends a message and returns the answer."""

    def send(method: str, **params) -> dict:
        message = {"jsonrpc": "2.0", "id": 7, "method": method, "params": params}
        answer = client.post(ADDRESS, json.dumps(message), content_type="application/json")
        assert answer.status_code == 200
        return answer.json()

    return send


@pytest.fixture
def use(send):
    """Return a function that uses a tool and returns its result."""

    def use(tool: str, **arguments) -> dict:
        return send("tools/call", name=tool, arguments=arguments)["result"]

    return use


def test_it_is_off_unless_the_operator_turns_it_on(client, settings):
    settings.MCP = False
    assert client.post(ADDRESS, "{}", content_type="application/json").status_code == 404


def test_a_client_and_the_server_agree_on_a_version(send):
    result = send("initialize", protocolVersion="2025-06-18")["result"]
    assert result["protocolVersion"] == "2025-06-18"
    assert (
        send("initialize", protocolVersion="1999-01-01")["result"]["protocolVersion"]
        != "1999-01-01"
    )


def test_there_are_three_tools_that_only_read(send):
    tools = send("tools/list")["result"]["tools"]
    assert [one["name"] for one in tools] == ["search", "paper", "day"]
    assert all(one["annotations"]["readOnlyHint"] for one in tools)


def test_a_search_finds_papers_in_both_languages(use):
    for query in ("teapots", "茶壶"):
        found = use("search", query=query)["structuredContent"]["papers"]
        assert found[0]["id"] == EXPLAINED
        assert found[0]["title"] == {"en": "Teapots as World Models", "zh": "作为世界模型的茶壶"}


def test_a_search_without_words_gives_the_newest(use):
    newest = Paper.objects.published().newest_first()[0].arxiv_id
    assert use("search", query="", limit=1)["structuredContent"]["papers"][0]["id"] == newest


def test_a_search_is_narrowed_by_topic_and_day(use):
    on_topic = use("search", query="topic:rag", limit=50)["structuredContent"]["papers"]
    assert KITE in [one["id"] for one in on_topic]
    assert all("rag" in one["topics"] for one in on_topic)
    early = use("search", query="kites", to="2025-01-27")["structuredContent"]["papers"]
    assert [one["id"] for one in early] == [KITE]
    assert use("search", query="kites", **{"from": "2025-01-28"})["structuredContent"] == {
        "papers": []
    }


def test_a_paper_is_read_by_its_id_whatever_the_version(use):
    result = use("paper", id=f"{KITE}v3")
    assert result["structuredContent"]["id"] == KITE
    assert json.loads(result["content"][0]["text"]) == result["structuredContent"]


def test_a_day_lists_its_titles_by_topic_and_the_newest_is_the_default(use):
    newest = use("day")["structuredContent"]
    assert newest["date"] == "2025-01-29"
    before = use("day", date="2025-01-28")["structuredContent"]
    listed = [paper["id"] for topic in before["topics"] for paper in topic["papers"]]
    assert BUOY in listed


def test_hidden_papers_are_not_shown(use, admin_user):
    curation.hide(Paper.objects.filter(arxiv_id=BUOY), "a double", by=admin_user)
    assert use("paper", id=BUOY)["isError"]
    days = [
        paper
        for topic in use("day", date="2025-01-28")["structuredContent"]["topics"]
        for paper in topic["papers"]
    ]
    assert BUOY not in [one["id"] for one in days]


@pytest.mark.parametrize(
    ("tool", "arguments", "reason"),
    [
        ("search", {}, "query: missing"),
        ("search", {"query": "lamps", "limit": 9_999}, "limit: must be a number from 1 to 50"),
        ("search", {"query": "lamps", "limit": True}, "limit: must be a number from 1 to 50"),
        ("search", {"query": "lamps", "colour": "red"}, "colour: no such argument of search"),
        ("search", {"query": ["lamps"]}, "query: must be a text"),
        ("search", {"query": "lamps", "topic": "no-such"}, "topic=no-such"),
        ("paper", {"id": "../../etc"}, "id: must be like 2501.17161"),
        ("paper", {"id": "2501.00000"}, "id: no paper 2501.00000 here"),
        ("day", {"date": "2025-13-45"}, "date: there is no day 2025-13-45"),
        ("day", {"date": "2031-01-01"}, "date: no papers on 2031-01-01"),
    ],
)
def test_a_wrong_argument_is_a_result_that_says_what_is_wrong(use, tool, arguments, reason):
    result = use(tool, **arguments)
    assert result["isError"]
    assert reason in result["content"][0]["text"]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("not json", -32700),
        ("[" * 30_000, -32700),
        ("[]", -32600),
        ('{"id": 1}', -32600),
        ('{"id": 1, "method": "resources/list"}', -32601),
        ('{"id": 1, "method": "tools/call", "params": []}', -32602),
        ('{"id": 1, "method": "tools/call", "params": {"name": ["day"]}}', -32602),
        ('{"id": 1, "method": "tools/call", "params": {"name": "day", "arguments": "x"}}', -32602),
    ],
)
def test_what_is_no_request_gets_an_error(client, body, code):
    answer = client.post(ADDRESS, body, content_type="application/json")
    assert answer.json()["error"]["code"] == code


def test_a_notification_has_no_answer(client):
    said = json.dumps({"jsonrpc": "2.0", "method": "notifications/initialized"})
    answer = client.post(ADDRESS, said, content_type="application/json")
    assert (answer.status_code, answer.content) == (202, b"")


def test_there_is_no_stream_and_no_long_message(client):
    assert client.get(ADDRESS).status_code == 405
    long = client.post(ADDRESS, " " * 70_000, content_type="application/json")
    assert long.status_code == 413


def test_an_address_may_use_tools_only_so_often(client, settings):
    settings.RATE_LIMIT = 3
    said = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "ping"})
    statuses = [
        client.post(ADDRESS, said, content_type="application/json").status_code for _ in range(4)
    ]
    assert statuses == [200, 200, 200, 429]
