"""Previous and next on a paper's page, within the list that the reader came from."""

import pytest

from papers.models import Paper
from tests.views.conftest import IN_THREE_DIGESTS

pytestmark = pytest.mark.usefixtures("sample")

MULTIMODAL = ["28", "21", "18", "24", "30", "27", "29"]  # the digest of 29 January, in its order


def address(ending: str) -> str:
    return f"/papers/2501.990{ending}/"


def ways(page) -> dict[str, str]:
    """The addresses to the previous and the next paper."""
    ways = page.attributes(".neighbours-step", "rel"), page.attributes(".neighbours-step", "href")
    return dict(zip(*ways, strict=True))


def walk(read, start: str, way: str) -> list[str]:
    """The papers met on the way, the first one included."""
    met, here = [], start
    while here:
        met.append(here.partition("?")[0])
        path, _, query = here.partition("?")
        given = {"list": read.unquote(query.removeprefix("list="))} if query else {}
        here = ways(read(path, **given)).get(way, "")
    return met


@pytest.fixture
def read(read):
    from urllib.parse import unquote_plus

    read.unquote = unquote_plus
    return read


def test_a_digest_is_walked_in_its_order(read):
    start = f"{address('28')}?list=/days/2025-01-29/multimodal/"
    assert walk(read, start, "next") == [address(ending) for ending in MULTIMODAL]
    end = f"{address('29')}?list=/days/2025-01-29/multimodal/"
    assert walk(read, end, "prev") == [address(ending) for ending in reversed(MULTIMODAL)]


@pytest.mark.parametrize(
    "address_of_list",
    ["/papers/", "/papers/?sort=oldest", "/topics/rag/", "/topics/multimodal/?zh=ok&per=50"],
)
def test_a_list_is_walked_in_its_order_from_its_first_to_its_last_paper(read, address_of_list):
    path, _, query = address_of_list.partition("?")
    options = dict(pair.split("=") for pair in query.split("&")) if query else {}
    listed = read(path, **options | {"per": "50"}).attributes(".card-title a", "href")
    assert walk(read, f"{listed[0]}?list={address_of_list}", "next") == listed
    assert walk(read, f"{listed[-1]}?list={address_of_list}", "prev") == listed[::-1]


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        "/nowhere/",
        "https://evil.example/",
        "//evil.example/",
        "/papers/?topic=rag",  # holds other papers
        "/days/2025-01-29/rag/",
        "/papers/?q=museum",  # ranked by relevance
        "/papers/?topic=" + "x" * 2000,
        "/papers/2501.99021/",
        "\x00",
    ],
)
def test_without_a_list_that_holds_the_paper_its_newest_digest_is_walked(read, wrong):
    page = read(f"/papers/{IN_THREE_DIGESTS}/", list=wrong)
    assert page.status == 200
    assert page.all(".neighbours-where a") == ["Artificial Intelligence · 29 Jan 2025"]
    assert page.attributes(".neighbours-where a", "href")[0].startswith("/days/2025-01-29/cs-ai/")


@pytest.mark.parametrize("day", ["/", "/days/2025-01-29/"])
def test_a_day_is_walked_in_the_order_of_its_page(read, day):
    listed = read("/days/2025-01-29/").attributes(".row-title", "href")
    assert walk(read, f"{listed[0]}?list={day}", "next") == listed
    page = read(listed[7], list=day)
    assert page.all(".neighbours-position") == ["8 / 15"]
    assert page.attributes(".neighbours-where a", "href") == [day]


def test_a_paper_says_its_place_in_a_list_and_in_a_digest(read):
    page = read(address("21"), list="/days/2025-01-29/multimodal/")
    assert page.all(".neighbours-position") == ["2 / 7"]
    listed = read("/topics/rag/", per="50").attributes(".card-title a", "href")
    page = read(listed[2], list="/topics/rag/?sort=newest")
    assert page.all(".neighbours-position") == [f"3 / {len(listed)}"]
    page = read(listed[2], list="/topics/rag/?sort=oldest")
    assert page.all(".neighbours-position") == [f"{len(listed) - 2} / {len(listed)}"]


def test_hidden_papers_are_stepped_over(read):
    Paper.objects.filter(arxiv_id="2501.99021").update(hidden=True)
    page = read(address("28"), list="/days/2025-01-29/multimodal/")
    assert ways(page)["next"].startswith(address("18"))


def test_the_papers_own_address_names_no_list(read):
    page = read(address("28"), list="/topics/multimodal/")
    (canonical,) = page.attributes("link[rel=canonical]", "href")
    assert canonical.endswith(address("28"))


def test_a_long_list_costs_no_more_than_a_short_one(client, django_assert_max_num_queries):
    for list_address in ("/papers/", "/topics/rag/"):
        with django_assert_max_num_queries(19):
            client.get(address("05"), {"list": list_address})
