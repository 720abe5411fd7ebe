"""The letter to confirm is sent by a thread of the web server, without the daily run."""

import time

import pytest
from django.core.cache import cache
from django.db import connection

from papers.mail.delivery import send_letters_soon
from papers.models import MailedList
from tests.mail.smtp_server import mail_server

LONGEST = 60  # seconds


def wait_for(what) -> None:
    until = time.monotonic() + LONGEST
    while not what():
        assert time.monotonic() < until
        time.sleep(0.02)


@pytest.fixture
def on(settings, transactional_db):
    cache.clear()
    with mail_server() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.MAIL_LISTS, settings.MAIL_FROM = True, "papers@example.org"
        settings.MAIL_SERVER = server.settings
        yield server


def test_a_letter_goes_out_after_the_answer(on, client):
    said = {"address": "ada@example.org", "lang": "both"}
    assert client.post("/mail/?list=/papers/", said).status_code == 302
    wait_for(lambda: on.messages)
    wait_for(lambda: not MailedList.objects.filter(letter_due=True).exists())


def test_what_comes_while_the_thread_works_is_sent_too(on):
    def ask(number: int) -> None:
        MailedList.objects.create(address=f"{number}@example.org", path="/papers/", language="en")
        send_letters_soon()

    def one_more() -> bool:
        if len(on.messages) == 0:
            ask(2)
        connection.close()
        return True

    on.before_data = one_more
    ask(1)
    wait_for(lambda: len(on.messages) == 2)
    assert {message["To"] for message in on.messages} == {"1@example.org", "2@example.org"}
