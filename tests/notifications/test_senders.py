"""Apprise sends what there is to tell; its addresses are secrets and are never printed."""

import sys
from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from papers.notifications import senders
from tests.operations.listener import Listener, listening


@pytest.fixture
def listener(settings) -> Iterator[Listener]:
    """Return a server to which NOTIFY_URLS sends; ``messages`` are those that came."""
    with listening() as server:
        settings.NOTIFY_URLS = [server.url]
        yield server


def test_a_test_message_arrives(listener, settings, capsys):
    settings.SITE_NAME = "Lamps"
    call_command("notify", "--test")
    assert capsys.readouterr().out == "Sent.\n"
    (message,) = listener.messages
    assert message["title"] == "Lamps: a test"
    assert "test message" in message["message"]


def test_foreign_text_is_plain_text_and_bounded(listener):
    senders.send("a publisher", "<b>*lamps*</b> & \x07co\n" + "x" * 10_000)
    (message,) = listener.messages
    assert message["message"].startswith("<b>*lamps*</b> & co\n")
    assert len(message["message"]) <= senders.MAX_LENGTH


def test_a_service_that_refuses_is_named_and_the_others_have_it(listener, settings, monkeypatch):
    settings.NOTIFY_URLS.append("json://operator:secret@127.0.0.1:1/token")
    assert senders.send("a", "b") == ["JSON"]
    with pytest.raises(CommandError, match="Not sent by JSON; the others have it"):
        call_command("notify", "--test")
    listener.status = 500
    with pytest.raises(senders.CannotSend) as refused:
        senders.send("a", "b")
    assert "secret" not in str(refused.value)


def test_an_address_that_is_none_is_named_without_its_secret(listener, settings):
    settings.NOTIFY_URLS = ["nonsense://token-that-is-secret"]
    with pytest.raises(CommandError, match=r"Address 1 of NOTIFY_URLS \(nonsense:…\)") as refused:
        call_command("notify", "--test")
    assert "token" not in str(refused.value)


def test_without_apprise_a_sentence_says_how_to_install_it(settings, monkeypatch):
    settings.NOTIFY_URLS = ["json://127.0.0.1"]
    monkeypatch.setitem(sys.modules, "apprise", None)
    with pytest.raises(CommandError, match="make install-notify"):
        call_command("notify", "--test")


def test_without_addresses_it_is_wrong_usage():
    with pytest.raises(CommandError, match="NOTIFY_URLS is not set") as refused:
        call_command("notify", "--test")
    assert refused.value.returncode == 2
