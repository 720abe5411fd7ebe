"""One request and its answer: what is sent, what is believed, and what each failure is called."""

import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from papers.translation import wire
from papers.translation.translator import Translator
from papers.translation.wire import Busy, Endpoint, Failure, Rejected, Reply, Unanswered

KEY = "sk-secret-0123456789"
GOOD = {
    "choices": [{"finish_reason": "stop", "message": {"role": "assistant", "content": "你好"}}],
    "usage": {"prompt_tokens": 11, "completion_tokens": 3},
}


class Server:
    """Answers each request by the next of some functions, the last one again and again."""

    def __init__(self, *answers: Callable[[BaseHTTPRequestHandler], None]) -> None:
        self.answers, self.requests = list(answers), []
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                server.requests.append((self.path, dict(self.headers), body))
                number = min(len(server.requests), len(server.answers)) - 1
                try:
                    server.answers[number](self)
                except OSError:
                    self.close_connection = True

            def log_message(self, *args: object) -> None:
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.http.daemon_threads = True

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.http.server_port}/v1"


def answer(status: int = 200, body: object = GOOD, **headers: str) -> Callable:
    given = body if isinstance(body, bytes) else json.dumps(body).encode()

    def send(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", str(len(given)))
        handler.end_headers()
        handler.wfile.write(given)

    return send


@contextmanager
def serving(*answers: Callable) -> Iterator[Server]:
    server = Server(*answers)
    threading.Thread(target=server.http.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield server
    finally:
        server.http.shutdown()
        server.http.server_close()


def ask(server: Server, endpoint: Endpoint | None = None, **settings) -> Reply:
    given = {"timeout": 2.0, "key": KEY, **settings}
    endpoint = endpoint or Endpoint(Translator(server.url, "lamp-7b", **given))
    return endpoint.ask("Rules.", "Texts: 灯 ⟦1⟧", 500)


def failure(*answers: Callable, **settings) -> Failure:
    with serving(*answers) as server, pytest.raises(Failure) as caught:
        ask(server, **settings)
    assert KEY not in str(caught.value)
    return caught.value


def test_it_sends_one_system_and_one_user_message():
    with serving(answer()) as server:
        reply = ask(server)
    path, headers, body = server.requests[0]
    assert path == "/v1/chat/completions"
    assert headers["Authorization"] == f"Bearer {KEY}"
    assert body == {
        "model": "lamp-7b",
        "messages": [
            {"role": "system", "content": "Rules."},
            {"role": "user", "content": "Texts: 灯 ⟦1⟧"},
        ],
        "response_format": {"type": "json_object"},
        "max_tokens": 500,
    }
    assert reply == Reply("你好", is_cut=False, tokens_in=11, tokens_out=3)


def test_without_a_key_none_is_sent():
    with serving(answer()) as server:
        ask(server, key="")
    assert "Authorization" not in server.requests[0][1]


@pytest.mark.parametrize("usage", [None, {}, {"prompt_tokens": -1}, {"prompt_tokens": True}, []])
def test_numbers_of_tokens_that_make_no_sense_are_not_believed(usage):
    with serving(answer(body={**GOOD, "usage": usage})) as server:
        assert ask(server).tokens_in is None


def test_it_says_when_the_answer_was_cut():
    cut = [{**GOOD["choices"][0], "finish_reason": "length"}]
    with serving(answer(body={"choices": cut})) as server:
        assert ask(server).is_cut


def test_an_answer_without_text_is_an_empty_one():
    refusal = [{"message": {"content": None, "refusal": "I cannot."}}]
    with serving(answer(body={"choices": refusal})) as server:
        assert ask(server).text == ""


# --- Parameters that an endpoint does not know


@pytest.mark.parametrize("name", ["response_format", "max_tokens"])
def test_a_parameter_that_is_named_is_left_out_from_then_on(name):
    unknown = answer(400, {"error": {"message": f"Unsupported parameter: '{name}'"}})
    with serving(answer(), unknown, answer()) as server:
        endpoint = Endpoint(Translator(server.url, "lamp-7b"))
        for _ in range(3):
            ask(server, endpoint)
    assert [name in body for _, _, body in server.requests] == [True, True, False, False]


def test_the_first_400_is_asked_again_without_a_format():
    with serving(answer(400, {"error": "bad"}), answer()) as server:
        assert ask(server).text == "你好"
    assert "response_format" not in server.requests[1][2]


def test_another_400_is_none_to_ask_again():
    with serving(answer(), answer(400, {"error": {"message": "no"}})) as server:
        endpoint = Endpoint(Translator(server.url, "lamp-7b"))
        ask(server, endpoint)
        with pytest.raises(
            Rejected, match=r"does not understand the request \(400\), and says: no"
        ):
            ask(server, endpoint)
    assert len(server.requests) == 2


# --- Failures


@pytest.mark.parametrize(
    ("header", "seconds"), [("7", 7.0), ("0", 0.0), ("", None), ("soon", None), ("-3", None)]
)
def test_429_says_how_long_to_wait(header, seconds):
    busy = failure(answer(429, {}, Retry_After=header))
    assert isinstance(busy, Busy)
    assert busy.seconds == seconds
    assert not busy.is_billed


def test_429_may_name_a_time():
    then = time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime(time.time() + 90))
    busy = failure(answer(429, {}, Retry_After=then))
    assert isinstance(busy, Busy)
    assert 80 < (busy.seconds or 0) <= 90


@pytest.mark.parametrize("status", [500, 502, 503, 529, 408, 204])
def test_a_server_in_trouble_may_answer_later(status):
    found = failure(answer(status, b""))
    assert isinstance(found, Unanswered)
    assert not found.is_billed


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (401, "does not accept the key (401): check TRANSLATOR_KEY."),
        (403, "does not allow this (403)"),
        (404, "does not know the address or the model (404): check TRANSLATOR_URL"),
        (402, "answers 402."),
        (422, "answers 422."),
    ],
)
def test_other_refusals_end_the_run_with_a_sentence(status, said):
    found = failure(answer(status, b"<html>"))
    assert isinstance(found, Rejected)
    assert said in str(found)


@pytest.mark.parametrize("repeated", [KEY, "sk-sec…6789 sk-secret", KEY[4:14]])
def test_a_message_that_repeats_the_key_is_not_repeated(repeated):
    found = failure(answer(401, {"error": {"message": f"Incorrect key: {repeated}"}}))
    assert str(found).endswith("check TRANSLATOR_KEY.")


def test_a_redirect_is_not_followed():
    with serving(answer()) as other:
        found = failure(answer(307, b"", Location=f"{other.url}/chat/completions"))
        assert not other.requests
    assert "redirects (307)" in str(found)


@pytest.mark.parametrize(
    "body",
    [b"", b"<html>", b"\xff\xfe", b"[]", b"{}", b'{"choices": []}', b'{"choices": [{}]}', b"1"]
    + [b'{"choices": [{"message": {"content": ["a"]}}]}', b'{"choices":' + b"[" * 50_000],
)
def test_what_is_none_of_a_chat_is_no_answer(body):
    found = failure(answer(body=body))
    assert isinstance(found, Unanswered)
    assert found.is_billed


def test_an_answer_has_a_size(monkeypatch):
    monkeypatch.setattr(wire, "LARGEST_ANSWER", 10_000)
    found = failure(answer(body=b"x" * 10_001))
    assert "more than 10,000 bytes" in str(found)


def test_an_answer_without_end_is_given_up():
    def endless(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        while True:
            handler.wfile.write(b" " * 65_536)

    assert "bytes" in str(failure(endless))


@pytest.mark.parametrize("piece", [b"", b"HTTP/1.1 200 OK\r\nX: ", b"HTTP/1.1 200 OK\r\n\r\n{"])
def test_an_answer_has_a_time_also_when_it_drips(piece):
    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(piece)
        for _ in range(1_000):
            time.sleep(0.05)
            handler.wfile.write(piece and b" ")

    started = time.monotonic()
    found = failure(drip, timeout=0.4)
    assert time.monotonic() - started < 45  # all of it drips for fifty
    assert str(found) == "no answer within 0.4 s"
    assert found.is_billed


def test_a_connection_that_is_cut_is_no_answer():
    def cut(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "5000")
        handler.end_headers()
        handler.wfile.write(b'{"choices": [{"message"')
        handler.close_connection = True

    assert isinstance(failure(cut), Unanswered)


def test_a_closed_port_cannot_be_reached():
    with serving(answer()) as server:
        pass
    with pytest.raises(Unanswered, match=r"127.0.0.1:\d+ cannot be reached") as caught:
        ask(server)
    assert not caught.value.is_billed


def test_plain_http_is_not_taken_for_tls():
    with serving(answer()) as server:
        url = server.url.replace("http:", "https:")
        with pytest.raises(Failure):
            Endpoint(Translator(url, "lamp-7b", timeout=2.0)).ask("", "", 1)
    assert not server.requests


def test_closing_cuts_what_is_under_way():
    with serving(lambda handler: time.sleep(50)) as server:
        endpoint = Endpoint(Translator(server.url, "lamp-7b", timeout=100.0))
        timer = threading.Timer(0.3, endpoint.close)
        timer.start()
        started = time.monotonic()
        with pytest.raises(Unanswered):
            ask(server, endpoint)
        assert time.monotonic() - started < 45  # the server sleeps for fifty


def test_the_key_is_in_no_representation():
    translator = Translator("http://127.0.0.1:1/v1", "lamp-7b", key=KEY)
    assert not re.search(KEY, repr(translator) + repr(Endpoint(translator)))
