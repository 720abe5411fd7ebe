"""The day's papers by mail: what is in a letter, when it is sent, and what goes wrong meanwhile."""

import pytest
from django.test import Client

from papers.mail.mailer import Mailer
from papers.models import MailedList
from tests.mail.conftest import ADA, RAG, link_in, subject_of

pytestmark = pytest.mark.django_db
BEA, CHI = "bea@example.org", "chi@example.org"


class Killed(BaseException):
    """Stands for the end of the process at this place."""


def text(message) -> str:
    return message.get_body(("plain",)).get_content()


def html(message) -> str:
    return message.get_body(("html",)).get_content()


def subjects(messages) -> list[str]:
    """Return the subjects of the day's letters."""
    return [subject_of(message) for message in messages if message["List-Unsubscribe"]]


def test_a_letter_has_titles_authors_and_links_in_text_and_html(
    server, subscribed, arrive, deliver
):
    subscribed()
    arrive(30, authors=["Ada Example", "Bo Muster", "Chi Ling", "Di Vierte"])
    assert str(deliver(30)) == "1 messages"
    letter = server.to(ADA)[-1]
    assert subject_of(letter) == "Duizhao · 1 new paper · Retrieval-Augmented Generation"
    lines = text(letter).splitlines()
    paper = lines.index("Lamps for Dark Corpora")
    assert lines[paper : paper + 4] == [
        "Lamps for Dark Corpora",
        "照亮暗处语料的灯",
        "Ada Example, Bo Muster, Chi Ling, …",
        "https://papers.example.org/papers/2501.96001/",
    ]
    assert "https://papers.example.org/topics/rag/?lang=both" in lines
    assert '<span lang="zh-Hans">照亮暗处语料的灯</span>' in html(letter)
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["Content-Language"] == "en"
    assert "Chinese titles are machine translation." in lines


@pytest.mark.parametrize(
    ("lang", "titles"),
    [
        ("en", ["Lamps for Dark Corpora"]),
        ("zh", ["照亮暗处语料的灯"]),
        ("both", ["照亮暗处语料的灯", "Lamps for Dark Corpora"]),
    ],
)
def test_a_letter_speaks_the_readers_language(server, subscribed, arrive, deliver, lang, titles):
    subscribed(lang=lang, headers={"Accept-Language": "zh-CN"})
    assert subject_of(server.to(ADA)[0]) == "Duizhao：请确认邮件订阅"
    arrive(30)
    deliver(30)
    letter = server.to(ADA)[-1]
    assert subject_of(letter) == "Duizhao · 1 篇新论文 · 检索增强生成"
    assert letter["Content-Language"] == "zh-Hans"
    said = [line for line in text(letter).splitlines() if "amps" in line or "灯" in line]
    assert said == titles
    assert "退订：" in text(letter)


def test_foreign_text_is_escaped_and_breaks_no_header(server, subscribed, arrive, deliver):
    subscribed("/papers/?q=lamps+%3Cb%3E+Bcc:x@example.org")
    subscribed("/papers/")
    arrive(30, title="Lamps <script>alert(1)</script>", title_zh="灯 & <b>影")
    deliver(30)
    letter = server.to(ADA)[-1]
    assert "<script>" not in html(letter)
    assert "Lamps &lt;script&gt;" in html(letter)
    assert "lamps &lt;b&gt;" in html(server.to(ADA)[0])
    assert all("Bcc" not in message for message in server.messages)


def test_nothing_is_sent_without_new_papers(server, subscribed, arrive, deliver):
    subscribed()
    arrive(30, topic="RO")
    assert (deliver(30).quiet, deliver(31).quiet) == (1, 1)
    assert subjects(server.to(ADA)) == []


def test_each_paper_is_sent_once_and_one_letter_a_day(server, subscribed, arrive, deliver):
    subscribed()
    arrive(30)
    assert [deliver(30).sent, deliver(30).sent] == [1, 0]
    arrive(30, first=2, title="Kites over Lakes")
    assert deliver(30).sent == 0
    arrive(31, first=3, title="Anchors in Fog")
    assert [deliver(31).sent, deliver(31).sent] == [1, 0]
    first, second = map(text, server.to(ADA)[-2:])
    assert ("Lamps" in first, "Kites" in first) == (True, False)
    assert ("Lamps" in second, "Kites" in second, "Anchors" in second) == (False, True, True)


def test_a_search_finds_what_is_new_and_not_what_is_only_like_it(
    server, subscribed, arrive, deliver
):
    subscribed("/papers/?q=kites+lakes&zh=ok")
    arrive(30, title="Kites over Mountains")
    assert deliver(30).quiet == 1
    arrive(31, first=2, title="Kites over Lakes")
    assert deliver(31).sent == 1
    assert "Mountains" not in text(server.to(ADA)[-1])


def test_an_old_day_that_is_imported_late_is_no_news(server, subscribed, arrive, deliver):
    subscribed()
    arrive(10)
    assert deliver(30).quiet == 1


def test_a_long_letter_ends_after_fifty_papers_and_counts_the_rest(
    server, subscribed, arrive, deliver
):
    subscribed()
    arrive(30, number=53)
    deliver(30)
    letter = server.to(ADA)[-1]
    assert "53 new papers" in subject_of(letter)
    assert text(letter).count("/papers/2501.96") == 50
    assert "3 more in the list:" in text(letter)
    assert deliver(31).quiet == 1


def test_a_list_that_is_gone_is_counted_and_stops_no_other(server, subscribed, arrive, deliver):
    row = subscribed()
    subscribed(address=BEA)
    MailedList.objects.filter(pk=row.pk).update(path="/topics/gone/")
    arrive(30)
    assert str(deliver(30)) == "1 messages, 1 lists that no longer exist"


# ---- the mail server


def test_an_address_that_is_refused_stops_no_other(server, subscribed, arrive, deliver):
    for address in (ADA, BEA, CHI):
        subscribed(address=address)
    server.refused[BEA] = 550
    arrive(30)
    assert str(deliver(30)) == "2 messages, 1 refused by the mail server"
    assert deliver(30).refused == 0
    assert [len(subjects(server.to(one))) for one in (ADA, BEA, CHI)] == [1, 0, 1]
    del server.refused[BEA]
    assert deliver(31).sent == 1
    assert "Lamps" in text(server.to(BEA)[-1])


def test_an_address_that_is_refused_for_good_for_two_weeks_is_deleted(
    server, subscribed, arrive, deliver
):
    subscribed()
    server.refused[ADA] = 550
    arrive(30)
    assert deliver(30).ended == 0
    MailedList.objects.update(confirmed="2025-01-10T00:00Z")
    server.refused[ADA] = 451
    assert deliver(31).ended == 0
    MailedList.objects.update(tried="2025-01-30")
    server.refused[ADA] = 550
    assert deliver(31).ended == 1
    assert not MailedList.objects.exists()


def test_a_server_that_hangs_up_between_messages_is_called_again(
    server, subscribed, arrive, deliver
):
    for address in (ADA, BEA, CHI):
        subscribed(address=address)
    server.most, server.connections = 1, 0
    arrive(30)
    assert deliver(30).sent == 3
    assert server.connections == 3


def test_one_connection_sends_all_messages(server, subscribed, arrive, deliver):
    for address in (ADA, BEA, CHI):
        subscribed(address=address)
    server.connections = 0
    arrive(30)
    deliver(30)
    assert server.connections == 1


def test_without_a_mail_server_nothing_is_lost(server, subscribed, arrive, deliver, settings):
    subscribed()
    arrive(30)
    settings.MAIL_SERVER = server.settings | {"port": 9}
    report = deliver(30)
    assert (report.sent, bool(report.stopped)) == (0, True)
    settings.MAIL_SERVER = server.settings
    assert deliver(30).sent == 1


def test_a_sender_that_is_refused_stops_the_run_and_loses_nothing(
    server, subscribed, arrive, deliver
):
    subscribed()
    subscribed(address=BEA)
    arrive(30)
    server.sender_refused = 530
    assert deliver(30).stopped == "It refuses MAIL_FROM (530)."
    server.sender_refused = 0
    assert deliver(30).sent == 2


def test_a_letter_that_waits_for_a_server_is_sent_by_the_next_run(server, ask, deliver, settings):
    ask()
    settings.MAIL_SERVER = server.settings | {"port": 9}
    assert deliver().letters == 0
    settings.MAIL_SERVER = server.settings
    assert (deliver().letters, deliver().letters) == (1, 0)


# ---- crashes


@pytest.mark.parametrize("after", [False, True], ids=["before it is sent", "after it was sent"])
def test_a_run_that_is_killed_sends_nothing_twice_on_a_day_and_loses_nothing(
    server, subscribed, arrive, deliver, monkeypatch, after
):
    for address in (ADA, BEA, CHI):
        subscribed(address=address)
    arrive(30)
    whole = Mailer.send

    def killed(self, message) -> None:
        if message.to != [BEA]:
            whole(self, message)
            return
        if after:
            whole(self, message)
        raise Killed

    with monkeypatch.context() as dying:
        dying.setattr(Mailer, "send", killed)
        with pytest.raises(Killed):
            deliver(30)
    assert deliver(30).sent == 1  # the third reader
    assert [len(subjects(server.to(one))) for one in (ADA, BEA, CHI)] == [1, int(after), 1]
    deliver(31)
    letters = subjects(server.to(BEA))
    assert len(letters) == 1 + after
    assert "Lamps" in text(server.to(BEA)[-1])


def test_a_message_whose_answer_was_lost_is_not_sent_again_on_that_day(
    server, subscribed, arrive, deliver
):
    subscribed()
    arrive(30)
    server.before_data = lambda: False
    assert deliver(30).refused == 1
    server.before_data = lambda: True
    assert deliver(30).sent == 0
    assert deliver(31).sent == 1


def test_two_runs_at_once_send_a_list_once(server, subscribed, arrive, deliver, monkeypatch):
    for address in (ADA, BEA, CHI):
        subscribed(address=address)
    arrive(30)
    whole, other = Mailer.send, []

    def send(self, message) -> None:
        whole(self, message)
        if not other:
            other.append(None)
            other[0] = deliver(30)

    monkeypatch.setattr(Mailer, "send", send)
    assert (deliver(30).sent, other[0].sent) == (1, 2)
    assert [len(subjects(server.to(one))) for one in (ADA, BEA, CHI)] == [1, 1, 1]


def test_who_cancels_while_a_run_goes_on_gets_nothing_more(
    server, subscribed, arrive, deliver, monkeypatch
):
    subscribed()
    row = subscribed(address=BEA)
    arrive(30)
    whole = Mailer.send

    def send(self, message) -> None:
        whole(self, message)
        MailedList.objects.filter(pk=row.pk).delete()

    monkeypatch.setattr(Mailer, "send", send)
    assert deliver(30).sent == 1
    assert subjects(server.to(BEA)) == []


def test_the_same_letter_has_the_same_id(server, subscribed, arrive, deliver):
    subscribed()
    arrive(30)
    deliver(30)
    first = server.to(ADA)[-1]["Message-ID"]
    MailedList.objects.update(tried=None, seen=0)
    deliver(30)
    assert server.to(ADA)[-1]["Message-ID"] == first
    MailedList.objects.update(tried=None, seen=0)
    deliver(31)
    assert server.to(ADA)[-1]["Message-ID"] != first
    assert first.endswith("@papers.example.org>")


def test_a_letter_names_no_one_but_its_reader(server, subscribed, arrive, deliver):
    subscribed()
    subscribed(address=BEA)
    arrive(30)
    deliver(30)
    assert BEA not in server.to(ADA)[-1].as_string()


def test_the_link_of_a_letter_works_in_a_browser_without_cookies(
    server, subscribed, arrive, deliver
):
    subscribed(RAG)
    arrive(30)
    deliver(30)
    page = Client(enforce_csrf_checks=True).get(link_in(server.to(ADA)[-1], "cancel"))
    assert page.status_code == 200
    assert not page.cookies
