"""Ask for a list by mail, confirm it, cancel it: through the pages and the letters alone."""

import datetime

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from papers.mail import requests
from papers.models import Author, MailedList, Paper
from tests.mail.conftest import ADA, RAG, link_in

pytestmark = pytest.mark.django_db
BEA = "bea@example.org"


def heading(answer) -> str:
    return answer.content.decode().partition("<h1>")[2].partition("</h1>")[0]


def test_lists_by_mail_are_off_unless_the_operator_turns_them_on(client, two_topics):
    assert b"/mail/" not in client.get("/topics/rag/feed/").content
    for answer in (client.get("/mail/", {"list": RAG}), client.post("/mail/?list=/topics/rag/")):
        assert answer.status_code == 404


@pytest.mark.parametrize(
    ("page", "offered"),
    [
        ("/topics/rag/feed/?zh=ok", "/mail/?list=%2Ftopics%2Frag%2F%3Fzh%3Dok"),
        ("/papers/feed/?q=lamps", "/mail/?list=%2Fpapers%2F%3Fq%3Dlamps"),
        ("/days/2025-01-28/feed/", None),
        ("/days/feed/", None),
    ],
)
def test_the_page_about_a_lists_feed_offers_it_if_it_goes_on(server, client, page, offered):
    assert (offered or "/mail/") in client.get(page).content.decode() or offered is None
    assert offered or b"/mail/" not in client.get(page).content


def test_a_list_is_asked_for_confirmed_and_cancelled(server, client, ask, deliver, arrive):
    assert ask(f"{RAG}?zh=ok").headers["Location"] == "/mail/asked/"
    assert deliver().letters == 1
    (letter,) = server.to(ADA)
    assert letter["Subject"] == "Duizhao: confirm your list by mail"
    assert letter["From"] == "Papers <papers@example.org>"
    assert "List-Unsubscribe" not in letter
    link = link_in(letter, "confirm")
    assert link in letter.get_body(("html",)).get_content()
    assert "Retrieval-Augmented Generation · with Chinese" in client.get(link).content.decode()
    assert heading(client.post(link)) == "This list comes by mail"
    row = MailedList.objects.get()
    assert (row.path, row.query, row.address) == (RAG, "lang=both&zh=ok", ADA)
    arrive(30)
    assert deliver(30).sent == 1
    stop = link_in(server.to(ADA)[-1], "cancel")
    assert heading(client.get(stop)) == "Unsubscribe from this list?"
    assert heading(client.post(stop)) == "This list is no longer sent"
    assert not MailedList.objects.exists()
    assert heading(client.get(stop)) == heading(client.post(stop)) == "This list is no longer sent"


def test_a_program_that_opens_links_confirms_and_cancels_nothing(server, client, ask, deliver):
    ask()
    deliver()
    link = link_in(server.to(ADA)[0], "confirm")
    client.get(link), client.head(link)
    assert not MailedList.objects.confirmed().exists()
    client.post(link)
    server.clock.shift(datetime.timedelta(days=2))
    ask()
    deliver(31)
    stop = link_in(server.to(ADA)[-1], "cancel")
    client.get(stop), client.head(stop)
    assert MailedList.objects.confirmed().exists()


def test_confirming_twice_changes_nothing(server, client, subscribed):
    row = subscribed()
    link = link_in(server.to(ADA)[0], "confirm")
    for answer in (client.get(link), client.post(link)):
        assert (answer.status_code, heading(answer)) == (200, "This list comes by mail")
    assert MailedList.objects.get() == row
    assert MailedList.objects.get().confirmed == row.confirmed


def test_a_link_expires_after_three_days_and_the_request_is_deleted(server, client, ask, deliver):
    ask()
    deliver()
    link = link_in(server.to(ADA)[0], "confirm")
    server.clock.shift(datetime.timedelta(days=3, minutes=1))
    for answer in (client.get(link), client.post(link)):
        assert (answer.status_code, heading(answer)) == (410, "This link has expired")
    assert deliver(31).cleared == 0
    server.clock.shift(datetime.timedelta(days=2))
    assert requests.clear_unconfirmed() == 1
    assert not MailedList.objects.exists()


def test_a_confirmed_list_is_never_cleared(server, subscribed):
    subscribed()
    server.clock.shift(datetime.timedelta(days=400))
    assert requests.clear_unconfirmed() == 0


@pytest.mark.parametrize("purpose", ["confirm", "cancel"])
def test_a_link_that_was_changed_is_refused(server, client, subscribed, purpose):
    row = subscribed()
    server.clock.shift(datetime.timedelta(days=1))
    token = link_in(server.to(ADA)[0], "confirm").split("/")[3]
    number, rest = token.split("-", 1)
    forged = [
        f"{int(number) + 1}-{rest}",
        f"{token[:-1]}{'A' if token[-1] != 'A' else 'B'}",
        token.rpartition(".")[0],
        number,
        *([token] if purpose == "cancel" else []),  # signed for another purpose
    ]
    for one in forged:
        for answer in (
            client.get(f"/mail/{purpose}/{one}/"),
            client.post(f"/mail/{purpose}/{one}/"),
        ):
            assert (answer.status_code, heading(answer)) == (404, "This link is not valid")
    assert MailedList.objects.get() == row


def test_a_link_does_not_reach_another_row_of_the_same_number(server, client, subscribed):
    row = subscribed()
    link = link_in(server.to(ADA)[0], "confirm")
    MailedList.objects.filter(pk=row.pk).update(address=BEA, confirmed=None)
    assert heading(client.post(link)) == "This request no longer exists"
    assert not MailedList.objects.confirmed().exists()


def test_the_answer_is_the_same_whether_an_address_is_known_or_not(server, client, subscribed, ask):
    subscribed()
    server.clock.shift(datetime.timedelta(days=2))
    answers = [ask(), ask(), ask(address=BEA)]
    assert {(one.status_code, one.headers["Location"]) for one in answers} == {
        (302, "/mail/asked/")
    }


def test_a_reader_who_has_the_list_is_told_so_by_mail(server, client, subscribed, ask, deliver):
    subscribed()
    server.clock.shift(datetime.timedelta(days=2))
    ask()
    deliver(31)
    letter = server.to(ADA)[-1]
    assert letter["Subject"] == "Duizhao: you get this list already"
    assert letter["List-Unsubscribe"]
    client.post(link_in(letter, "cancel"))
    assert not MailedList.objects.exists()


def test_all_lists_of_an_address_stop_at_once(server, client, subscribed, arrive, deliver):
    subscribed()
    subscribed("/topics/ro/")
    subscribed(address=BEA)
    arrive(30)
    deliver(30)
    stop = link_in(server.to(ADA)[-1], "cancel")
    assert "Unsubscribe from all lists" in client.get(stop).content.decode()
    client.post(stop, {"all": "yes"})
    assert [row.address for row in MailedList.objects.all()] == [BEA]
    assert (
        "Unsubscribe from all"
        not in client.get(link_in(server.to(BEA)[-1], "cancel")).content.decode()
    )


def test_the_form_needs_its_token_and_the_links_of_letters_do_not(server, ask, deliver):
    careful = Client(enforce_csrf_checks=True)
    said = {"address": ADA, "lang": "both"}
    assert careful.post("/mail/?list=/topics/rag/", said).status_code == 403
    page = careful.get("/mail/?list=/topics/rag/")
    assert page.headers["Cache-Control"].startswith("max-age=0, no-cache, no-store")
    token = page.content.decode().partition('csrfmiddlewaretoken" value="')[2].partition('"')[0]
    assert careful.post("/mail/?list=/topics/rag/", said | {"csrfmiddlewaretoken": token}).url
    deliver()
    link = link_in(server.to(ADA)[0], "confirm")
    assert careful.post(link).status_code == 200
    assert MailedList.objects.confirmed().exists()


def test_a_mail_program_cancels_with_one_click(server, subscribed, arrive, deliver):
    subscribed()
    arrive(30)
    deliver(30)
    letter = server.to(ADA)[-1]
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = letter["List-Unsubscribe"].strip(" <>").removeprefix("https://papers.example.org")
    program = Client(enforce_csrf_checks=True)  # https://www.rfc-editor.org/rfc/rfc8058
    assert program.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not MailedList.objects.exists()


def test_a_list_can_be_stopped_while_lists_by_mail_are_off(server, client, subscribed, settings):
    row = subscribed()
    from papers.mail.signed_links import Purpose, token_of

    settings.MAIL_LISTS = False
    client.post(f"/mail/cancel/{token_of(row, Purpose.CANCEL)}/")
    assert not MailedList.objects.exists()


def test_one_client_asks_ten_times_an_hour(server, ask):
    for number in range(10):
        assert ask(address=f"reader{number}@example.org").status_code == 302
    refused = ask(address=BEA)
    assert refused.status_code == 429
    assert 0 < int(refused.headers["Retry-After"]) <= 3600
    assert ask(address=BEA, REMOTE_ADDR="192.0.2.7").status_code == 302
    server.clock.shift(datetime.timedelta(hours=1))
    assert ask(address=BEA).status_code == 302


def test_the_pages_count_for_the_limit_of_requests(server, client, settings):
    settings.RATE_LIMIT = 2
    answers = [client.get("/mail/", {"list": RAG}).status_code for _ in range(3)]
    assert answers == [200, 200, 429]


def test_an_address_gets_at_most_five_letters_a_day_and_one_about_a_list(server, ask, deliver):
    lists = [RAG, "/topics/ro/", *(f"/papers/?q=lamp{number}" for number in range(5))]
    for wanted in (RAG, RAG, *lists):
        cache.clear()
        ask(wanted, address=" ADA@Example.org")
    deliver()
    assert len(server.to(ADA)) == 5
    server.clock.shift(datetime.timedelta(days=1, minutes=1))
    ask(RAG)
    deliver(30)
    assert len(server.to(ADA)) == 6


def test_an_address_has_at_most_twenty_lists(server, ask):
    for number in range(22):
        cache.clear()
        ask(f"/papers/?q=lamp{number}")
        MailedList.objects.update(asked=timezone.now() - datetime.timedelta(days=2))
    assert MailedList.objects.count() == 20


def test_no_more_letters_are_asked_for_in_a_day_than_readers_would(server, ask, monkeypatch):
    monkeypatch.setattr(requests, "WAITING_A_DAY", 3)
    for number in range(3):
        assert ask(address=f"reader{number}@example.org").status_code == 302
    assert (ask().status_code, heading(ask())) == (429, "Too many requests today")
    assert MailedList.objects.count() == 3


@pytest.mark.parametrize(
    "wanted",
    [
        *("", "/nothing/", "/topics/nothing/", "/authors/nobody-000000/", "/days/2025-01-29/"),
        *("/papers/?topic=nothing", "/papers/?from=soon", "/about/", "https://example.org/"),
        *("/topics/rag%00/", "/papers/?q=%00", f"/papers/?q={'a' * 1100}", "//topics/rag/"),
        "/papers/2501.00000/related/",
    ],
)
def test_what_is_no_list_that_goes_on_is_refused(server, client, ask, wanted):
    for answer in (client.get("/mail/", {"list": wanted}), ask(wanted)):
        assert answer.status_code == 400
    assert not MailedList.objects.exists()


@pytest.mark.parametrize(
    ("wanted", "name"),
    [
        ("/papers/", "All papers"),
        ("/papers/?q=lamps&sort=oldest&utm=1", "lamps"),
        ("/topics/rag/?zh=ok", "Retrieval-Augmented Generation · with Chinese"),
        ("/papers/?topic=ro&topic=rag", "Retrieval-Augmented Generation · Robots"),
    ],
)
def test_a_list_is_named_as_a_reader_knows_it(server, client, wanted, name):
    assert f">{name}</a>" in client.get("/mail/", {"list": wanted}).content.decode()


def test_every_kind_of_list_that_goes_on_can_be_asked_for(server, client, ask):
    author, paper = Author.objects.first(), Paper.objects.first()
    term = "/glossary/retrieval-augmented-generation/"
    for wanted in (author.get_absolute_url(), f"/papers/{paper.arxiv_id}/related/", term):
        assert ask(wanted).status_code == 302, wanted
    assert MailedList.objects.count() == 3


@pytest.mark.parametrize("address", ["", "ada", "ada@", "a b@example.org", "a@b\r\nBcc: x@y.org"])
def test_what_is_no_address_is_said_in_the_form(server, client, ask, address):
    answer = ask(address=address)
    assert answer.status_code == 400
    assert 'role="alert"' in answer.content.decode()
    assert not MailedList.objects.exists()


def test_a_large_form_is_not_read(server, client):
    form = {"address": ADA, "lang": "both", "more": "a" * 70_000}
    assert client.post("/mail/?list=/topics/rag/", form).status_code == 403
