"""The log: one line of JSON for each event, without personal data."""

import io
import json
import logging

import pytest

from digest_site.logs import LineFormatter
from papers.views.days import Calendar

pytestmark = pytest.mark.alike


@pytest.fixture
def log():
    """What is logged while the test runs, read back line by line."""
    handler = line_handler()
    logging.getLogger().addHandler(handler)
    yield Log(handler.stream)
    logging.getLogger().removeHandler(handler)


@pytest.fixture
def aside():
    """The same for a logger of its own: pytest keeps what others say, and takes no surrogate."""
    handler = line_handler()
    logger = logging.Logger("aside")
    logger.addHandler(handler)
    return logger, Log(handler.stream)


def line_handler() -> logging.StreamHandler:
    handler = logging.StreamHandler(io.StringIO())
    handler.setFormatter(LineFormatter())
    return handler


class Log:
    def __init__(self, stream: io.StringIO) -> None:
        self._stream = stream

    @property
    def text(self) -> str:
        return self._stream.getvalue()

    @property
    def events(self) -> list[dict]:
        return [json.loads(line) for line in self.text.splitlines()]


ODD = [
    "a\nERROR b",
    "a\r\nb",
    "a\x1b[2Jb",
    "a\x00b",
    "a\u2028b",
    "a\x85b",
    '"}\n{"level": "x',
    "\ud800",
]


@pytest.mark.parametrize("odd", ODD, ids=ascii)
def test_an_event_is_one_line_whatever_is_in_it(aside, odd):
    logger, log = aside
    logger.error("said %s", odd)
    assert [event["event"] for event in log.events] == [f"said {odd}"]
    assert log.text.isascii()
    assert log.text.isprintable() is False
    assert [one for one in log.text if not one.isprintable()] == ["\n"]


def test_a_long_event_is_cut(log):
    logging.getLogger("papers").error("x" * 100_000)
    assert len(log.text) < 2000


def test_an_error_is_told_by_its_kind_and_place_and_not_by_its_words(log):
    try:
        int("a private word")
    except ValueError:
        logging.getLogger("papers").exception("It failed.")
    (event,) = log.events
    assert (event["error"], event["event"], event["level"]) == ("ValueError", "It failed.", "ERROR")
    assert event["at_lines"][0].startswith("tests/security/test_logs.py:")
    assert "private" not in log.text


@pytest.mark.django_db
def test_a_fault_on_a_page_tells_where_it_was_and_not_what_was_asked(client, log, monkeypatch):
    def broken(self, **kwargs):
        raise RuntimeError(f"cannot read {self.request.GET['year']}")

    monkeypatch.setattr(Calendar, "get_context_data", broken)
    client.raise_request_exception = False
    client.get(
        "/days/?year=privateword%0aERROR",
        headers={"User-Agent": "PrivateBrowser", "Cookie": "lang=privatecookie"},
        REMOTE_ADDR="192.0.2.77",
    )
    (event,) = [one for one in log.events if one["from"] == "django.request"]
    assert (event["method"], event["path"], event["status"]) == ("GET", "/days/", 500)
    assert event["error"] == "RuntimeError"
    assert not [one for one in ("private", "Private", "192.0.2.77") if one in log.text]


@pytest.mark.django_db
@pytest.mark.parametrize("host", ["evil.example", "evil\nERROR forged", "192.0.2.1"])
def test_a_foreign_host_is_refused_and_leaves_no_line(client, log, host):
    """Robots ask for any host all day."""
    answer = client.get("/papers/%0d%0aERROR%20forged/", headers={"Host": host})
    assert answer.status_code == 400
    assert log.events == []


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("Invalid request from ip=192.0.2.77: Invalid Method 'x'", "Invalid request."),
        ("Error handling request GET /papers/?q=private\nword", "Error handling request."),
        ("Worker (pid:7) was sent SIGKILL!", "Worker (pid:7) was sent SIGKILL!"),
    ],
)
def test_the_web_servers_words_lose_the_client(log, said, kept):
    logging.getLogger("gunicorn.error").warning(said)
    assert [event["event"] for event in log.events] == [kept]
