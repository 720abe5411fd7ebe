"""What holds for every page: methods, headers, queries, sample banner, about, health."""

import pytest
from django.core.management import call_command

from papers.importing.run import Options, run_import
from papers.models import Author
from tests.support import record_text, with_limits
from tests.views.conftest import EXPLAINED

pytestmark = pytest.mark.usefixtures("sample")

PAGES = [
    "/",
    "/papers/",
    f"/papers/{EXPLAINED}/",
    "/days/",
    "/days/2025-01-29/",
    "/days/2025-01-29/multimodal/",
    "/topics/",
    "/topics/rag/",
    "/authors/",
    "/desk/",
    "/about/",
    "/status/",
]
LISTS = ["/", "/papers/", "/days/", "/days/2025-01-31/", "/days/2025-01-31/rag/", "/topics/rag/"]
LISTS += ["/authors/", "/papers/feed.atom", "/papers/feed.rss"]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("interface", ["en", "zh-CN"])
def test_every_page_has_one_heading_a_language_and_a_title(read, path, interface):
    page = read(path, headers={"Accept-Language": interface})
    assert page.status == 200
    assert len(page.all("h1")) == 1
    assert page.attributes("html", "lang") == ["zh-Hans" if interface == "zh-CN" else "en"]
    assert page.all("title")[0].endswith(" · Duizhao")


@pytest.mark.parametrize("path", PAGES)
def test_every_page_forbids_foreign_and_inline_code(read, path):
    headers = read(path).response.headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("path", [*PAGES, "/healthz", "/language", f"/abs/{EXPLAINED}"])
@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_public_addresses_only_answer_safe_methods(client, path, method):
    assert getattr(client, method)(path).status_code == 405


@pytest.mark.parametrize("path", LISTS)
def test_a_list_of_many_papers_costs_as_many_queries_as_one_of_few(
    path, client, tmp_path, django_assert_max_num_queries
):
    def queries_with(number: int) -> int:
        folder = tmp_path / "publisher" / "31-Jan-2025" / "topic"
        folder.mkdir(parents=True, exist_ok=True)
        records = (
            record_text(arxiv_id=f"2501.98{n:03}", authors=[f"Author {n}", f"Writer {n}"])
            for n in range(number)
        )
        (folder / "RAG_related_papers.md").write_text("".join(records), "utf-8")
        run_import([str(tmp_path)], Options())
        with django_assert_max_num_queries(with_limits(18)) as captured:
            assert client.get(path).status_code == 200
        return len(captured)

    assert queries_with(2) == queries_with(20)


def test_a_strip_says_that_the_papers_are_a_sample_until_they_are_removed(read):
    strip = "remove_source duizhao-sample"
    assert strip in read("/papers/").text
    call_command("remove_source", "duizhao-sample")
    assert strip not in read("/papers/").text
    assert not Author.objects.exists()


def test_about_names_the_sources_and_the_machine_translation(read, settings):
    settings.CONTACT = "desk@example.org"
    page = read("/about/")
    assert "duizhao-sample" in page.text
    assert "language models" in page.text
    assert "desk@example.org" in page.text


def test_the_process_says_that_it_lives(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")
    assert not answer.has_header("Vary") or "Cookie" not in answer.headers["Vary"]


def test_an_error_of_ours_gets_a_page_without_a_traceback(client, monkeypatch):
    from papers.views.days import Calendar

    def broken(*args, **kwargs):
        raise RuntimeError("a secret detail")

    monkeypatch.setattr(Calendar, "get_context_data", broken)
    client.raise_request_exception = False
    answer = client.get("/days/")
    assert answer.status_code == 500
    assert "Something went wrong" in answer.content.decode()
    assert "secret detail" not in answer.content.decode()
