"""What is odd in the English is mended when it is read, or waits for curators on the desk."""

import pytest

from papers.curation.queues import doubtful_texts
from papers.models import ZhState
from tests.importing.conftest import LAMP, importing, lamp
from tests.support import record_text

pytestmark = pytest.mark.django_db


def test_odd_names_are_counted_on_the_desk(digest, admin_client):
    importing(digest(record_text(authors=["Ada Example", "Lantern Team"])))
    (queue,) = doubtful_texts()
    assert (queue.field, queue.fault, queue.number) == ("authors", "odd-name", 1)
    assert lamp().zh_state == ZhState.OK
    desk = admin_client.get("/admin/").content.decode()
    assert "author who is no person" in desk
    listed = admin_client.get("/admin/papers/paper/?field=authors&fault=odd-name")
    assert LAMP in listed.content.decode()


def test_it_is_counted_on_the_desk_and_makes_no_chinese_suspect(digest):
    importing(digest(record_text(abstract=r"We propose \method{} for lamps.")))
    (queue,) = doubtful_texts()
    assert (queue.field, queue.fault, queue.number) == ("abstract", "macro-left", 1)
    assert lamp().zh_state == ZhState.OK
    importing(digest(record_text(abstract="We propose lamps.")))
    assert doubtful_texts() == []


def test_mangled_letters_are_mended_when_a_digest_is_read(digest):
    importing(digest(record_text(title="A LampÂ’s â€œGlowâ€", authors=["JosÃ© Muster"])))
    assert lamp().title_en.endswith("“Glow”")
    assert lamp().authors_text == "José Muster"
