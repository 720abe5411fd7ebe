"""A site that sends lists by mail, the mail server to which it sends, and a reader who asks."""

import datetime
import re
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest
import time_machine
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client

from papers.importing.run import Options, run_import
from papers.mail import delivery
from papers.mail.delivery import MailReport
from papers.models import MailedList
from papers.views import mailing
from tests.kept import Kept
from tests.mail.smtp_server import MailServer, mail_server
from tests.support import record_text

ADA = "ada@example.org"
RAG = "/topics/rag/"
NOON = "2025-01-29T12:00:00+08:00"


@pytest.fixture(scope="session")
def two_topics_kept(keep, tmp_path_factory: pytest.TempPathFactory) -> Kept:
    folder = tmp_path_factory.mktemp("before")
    for topic, arxiv_id in (("RAG", "2501.95001"), ("RO", "2501.95002")):
        file = folder / f"lantern-daily/28-Jan-2025/topic/{topic}_related_papers.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(record_text(arxiv_id=arxiv_id, title="Buoys That Plan Ahead"), "utf-8")
    return keep(lambda: run_import([str(folder)], Options()))


@pytest.fixture
def two_topics(two_topics_kept: Kept, db) -> None:
    """Import a paper of the topic RAG and one of the topic RO; small sites are quick."""
    two_topics_kept.put_back()


@pytest.fixture
def server(settings, monkeypatch, two_topics) -> Iterator[MailServer]:
    """Turn lists by mail on, on the 29 January 2025. ``deliver`` sends, and no thread does."""
    cache.clear()
    monkeypatch.setattr(mailing, "send_letters_soon", lambda: None)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.MAIL_LISTS, settings.MAIL_FROM = True, "Papers <papers@example.org>"
    settings.SITE_URL = "https://papers.example.org"
    with mail_server() as server, time_machine.travel(NOON) as clock:
        settings.MAIL_SERVER = server.settings
        server.clock = clock
        yield server
    cache.clear()


@pytest.fixture
def deliver(server: MailServer) -> Callable[..., MailReport]:
    """Return a function that sends what is due on a day of January 2025."""

    def deliver(day: int = 29, **more) -> MailReport:
        server.clock.move_to(f"2025-01-{day}T12:00:00+08:00")
        return delivery.send_all(datetime.date(2025, 1, day), **more)

    return deliver


@pytest.fixture
def ask(client: Client) -> Callable[..., HttpResponse]:
    """Return a function that asks for a list with the form."""

    def ask(wanted: str = RAG, address: str = ADA, lang: str = "both", **headers) -> HttpResponse:
        return client.post(
            "/mail/", {"address": address, "lang": lang}, query_params={"list": wanted}, **headers
        )

    return ask


@pytest.fixture
def subscribed(ask, deliver, server, client) -> Callable[..., MailedList]:
    """Return a function that asks for a list and confirms it by the link in the letter."""

    def subscribed(wanted: str = RAG, address: str = ADA, **more) -> MailedList:
        ask(wanted, address, **more)
        deliver()
        client.post(link_in(server.to(address)[-1], "confirm"))
        return MailedList.objects.confirmed().filter(address=address).latest("pk")

    return subscribed


@pytest.fixture
def arrive(tmp_path: Path) -> Callable[..., None]:
    """Return a function that imports new papers, numbered from ``first``, on a day of January."""

    def arrive(day: int, number: int = 1, first: int = 1, topic: str = "RAG", **more) -> None:
        folder = tmp_path / f"arrived-{day}-{first}"
        file = folder / f"lantern-daily/{day}-Jan-2025/topic/{topic}_related_papers.md"
        file.parent.mkdir(parents=True)
        ids = [f"2501.96{first + place:03}" for place in range(number)]
        file.write_text("".join(record_text(arxiv_id=one, **more) for one in ids), "utf-8")
        run_import([str(folder)], Options())

    return arrive


def subject_of(message: EmailMessage) -> str:
    """Return the subject; of a long one the mail library begins on the header's second line."""
    return str(message["Subject"]).strip()


def link_in(message: EmailMessage, purpose: str) -> str:
    """Return the path of the link in a letter, as its plain text has it."""
    text = message.get_body(("plain",)).get_content()
    return re.search(rf"https://papers\.example\.org(/mail/{purpose}/\S+)", text)[1]
