"""All pages, the admin's too, respect their content security policy."""

import pytest
from django.test import Client

from papers.models import Paper
from tests.support import cookies_of, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PUBLIC = ["/", "/papers/", "/papers/?q=lamp", "/papers/2501.99021/", "/days/", "/days/2025-01-29/"]
PUBLIC += [
    "/topics/",
    "/topics/rag/",
    "/authors/",
    "/about/",
    "/desk/",
    "/search-help/",
    "/nothing/",
]
ADMIN = ["/admin/", "/admin/papers/paper/", "/admin/papers/author/", "/admin/papers/source/"]


def test_no_page_asks_for_what_its_policy_forbids(browser, site, admin_user):
    client = sign_in(Client(), admin_user)
    context = browser.new_context()
    context.add_cookies(cookies_of(client, site))
    page, refused = context.new_page(), []
    page.on(
        "console",
        lambda said: "Content Security Policy" in said.text and refused.append(said.text),
    )
    paper = Paper.objects.first()
    for path in [*PUBLIC, *ADMIN, f"/admin/papers/paper/{paper.pk}/change/", "/admin/login/"]:
        page.goto(site + path)
        page.wait_for_load_state("load")
    assert refused == []
    with page.expect_console_message(lambda said: "Content Security Policy" in said.text):
        page.evaluate(
            "document.body.insertAdjacentHTML('beforeend', '<b style=\"color: red\">x</b>')"
        )
    assert len(refused) == 1  # the ear hears what is refused
    context.close()


def test_the_next_paper_is_fetched_when_the_reader_points_at_it(new_reader, site):
    page = new_reader()
    page.goto(f"{site}/papers/2501.99021/", wait_until="networkidle")
    following = page.locator(".neighbours [rel=next]")
    with page.expect_request(lambda one: "prefetch" in one.headers.get("sec-purpose", "")) as early:
        following.hover()
    assert early.value.url == site + following.get_attribute("href")
