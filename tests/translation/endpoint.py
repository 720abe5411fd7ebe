"""An OpenAI-compatible endpoint for the tests, which translates well and misbehaves when told to.

    with Endpoint(papers, choose=some(0.5, [*Text, *Wire])) as endpoint:
        ...  # TRANSLATOR_URL=endpoint.url
    assert endpoint.paid_twice() == 0

It keeps every request with what became of it. What it does to a request depends only on its seed,
the papers asked for and how often they were asked for before, not on the order of threads.
"""

import json
import random
import re
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self

from tests.translation.bilingual import Bilingual
from tests.translation.good_answers import Translator
from tests.translation.misbehaviour import Text, Wire, applies, misbehave

Kind = Wire | Text
RETRY_AFTER = 1  # seconds
HUGE = 10_000_000
MODEL = "test-model"
_WIDE = re.compile(r"[\u2e80-\uffef]")
_CHARGED_ALL_THE_SAME = {Wire.HANG, Wire.CUT, Wire.RESET}


@dataclass
class Request:
    """One request, and what became of it."""

    at: float
    path: str
    headers: dict[str, str]
    body: dict
    asked: list[dict] = field(default_factory=list)
    papers: list[str] = field(default_factory=list)
    kind: Kind | None = None
    status: int = 0
    ended: float = 0.0
    tokens_in: int = 0
    tokens_out: int = 0
    well: bool = False
    """Whether a good answer was sent to its end."""
    problem: str = ""
    """Why this endpoint does not understand the request."""


Choose = Callable[[int, list[dict], random.Random], Kind | None]
"""From the number of the request, its papers and dice to a misbehaviour, or None to behave."""


def behave(number: int, asked: list[dict], dice: random.Random) -> None:
    """Always answer well."""


def some(share: float, kinds: Iterable[Kind]) -> Choose:
    """Misbehave in this share of all answers, in each of these ways equally often."""
    ways = list(kinds)

    def choose(number: int, asked: list[dict], dice: random.Random) -> Kind | None:
        if dice.random() >= share:
            return None
        fitting = [kind for kind in ways if isinstance(kind, Wire) or applies(kind, asked)]
        return dice.choice(fitting) if fitting else None

    return choose


def first(*kinds: Kind) -> Choose:
    """Misbehave in these ways, one after the other, and behave from then on."""
    return lambda number, asked, dice: kinds[number] if number < len(kinds) else None


def tokens(text: str) -> int:
    """Return about how many tokens a text has: one a Chinese character, else one for four."""
    wide = len(_WIDE.findall(text))
    return wide + (len(text) - wide + 3) // 4


class Endpoint:
    """Serve ``/v1/chat/completions`` on the loopback interface until the block ends."""

    def __init__(
        self,
        papers: Iterable[Bilingual],
        choose: Choose = behave,
        *,
        seed: int = 0,
        latency: float = 0.0,
        hang: float = 60.0,
        key: str = "",
        refuse: int = 0,
        accepts_response_format: bool = True,
        reports_usage: bool = True,
    ) -> None:
        """``refuse`` is a status that every request gets; without the ``key`` that is 401."""
        papers = list(papers)
        self.translator = Translator(papers)
        self.requests: list[Request] = []
        self.most_at_once = 0
        self.truth: dict[str, tuple[str, str]] = {}
        """The good title and abstract of each paper that was asked for, by arXiv id."""
        self._papers, self._choose, self._seed = papers, choose, seed
        self._latency, self._hang, self._key, self._refuse = latency, hang, key, refuse
        self._accepts_response_format = accepts_response_format
        self._reports_usage = reports_usage
        self._at_once = 0
        self._times_asked: Counter[str] = Counter()
        self._lock = threading.Lock()
        self._over = threading.Event()
        self._server = _Server(("127.0.0.1", 0), _handler_of(self))

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.hurry()
        self._server.shutdown()
        self._server.server_close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}/v1"

    def hurry(self) -> None:
        """Let no request wait any longer."""
        self._over.set()

    # --- What it saw

    @property
    def tokens_in(self) -> int:
        return sum(request.tokens_in for request in self.requests)

    @property
    def tokens_out(self) -> int:
        return sum(request.tokens_out for request in self.requests)

    def bill(self, price_in: float, price_out: float) -> float:
        """Return what an owner would ask for, at these prices for a million tokens."""
        return (self.tokens_in * price_in + self.tokens_out * price_out) / 1_000_000

    def papers_asked(self) -> set[str]:
        return {paper for request in self.requests for paper in request.papers}

    def problems(self) -> list[str]:
        """Return what was not well-formed in requests."""
        return [request.problem for request in self.requests if request.problem]

    def paid_twice(self) -> int:
        """Return how many good answers were for a paper that had had a good answer before."""
        times = Counter(
            (paper, "abstract" in request.asked[0])
            for request in self.requests
            if request.well
            for paper in request.papers
        )
        return sum(number - 1 for number in times.values())

    # --- What it does. A handler calls these, each in a thread of its own.

    def begin(self, path: str, headers: dict[str, str], body: bytes) -> Request:
        request = Request(time.monotonic(), path, headers, json.loads(body))
        with self._lock:
            self._at_once += 1
            self.most_at_once = max(self.most_at_once, self._at_once)
            number = len(self.requests)
            self.requests.append(request)
        request.status = self._refused(request)
        if not request.status:
            self._understand(request, number)
        return request

    def end(self, request: Request) -> None:
        with self._lock:
            self._at_once -= 1
        request.ended = time.monotonic()

    def _refused(self, request: Request) -> int:
        if self._refuse:
            return self._refuse
        if self._key and request.headers.get("authorization") != f"Bearer {self._key}":
            return 401
        if request.path != "/v1/chat/completions":
            return 404
        if "response_format" in request.body and not self._accepts_response_format:
            return 400
        return 0

    def _understand(self, request: Request, number: int) -> None:
        try:
            request.asked = asked_in(request.body)
            request.papers = [self.translator.paper(one).arxiv_id for one in request.asked]
            truths = map(self.translator.truth, request.asked)
            self.truth |= zip(request.papers, truths, strict=True)
        except (AssertionError, LookupError, ValueError) as error:
            request.problem, request.status = repr(error), 422
            return
        asked = " ".join(request.papers)
        with self._lock:
            times = self._times_asked[asked]
            self._times_asked[asked] += 1
        request.kind = self._choose(number, request.asked, self._dice(asked, times))

    def _dice(self, *about: object) -> random.Random:
        return random.Random(f"{self._seed} {about}")

    def wait(self, request: Request) -> None:
        self._over.wait(self._hang if request.kind is Wire.HANG else self._latency)

    def completion(self, request: Request) -> dict:
        """Return the answer for a request that is not left alone, good or bad."""
        good = [self.translator.answer(one) for one in request.asked]
        content = json.dumps({"papers": good}, ensure_ascii=False)
        if isinstance(request.kind, Text):
            dice = self._dice(request.kind, *request.papers)
            content = misbehave(request.kind, good, request.asked, self._another(request), dice)
        content, reason = self._within_limit(request, content)
        request.tokens_in = tokens("".join(one["content"] for one in request.body["messages"]))
        request.tokens_out = tokens(content)
        usage = {
            "prompt_tokens": request.tokens_in,
            "completion_tokens": request.tokens_out,
            "total_tokens": request.tokens_in + request.tokens_out,
        }
        return {
            "id": f"chatcmpl-{len(self.requests)}",
            "object": "chat.completion",
            "model": request.body["model"],
            "choices": [
                {
                    "index": 0,
                    "finish_reason": reason,
                    "message": {"role": "assistant", "content": content},
                }
            ],
        } | ({"usage": usage} if self._reports_usage else {})

    def _within_limit(self, request: Request, content: str) -> tuple[str, str]:
        """Stop at the most tokens that the request allows, as models do."""
        most = request.body.get("max_tokens") or request.body.get("max_completion_tokens")
        if most and tokens(content) > most:
            return content[: len(content) * most // tokens(content)], "length"
        return content, "length" if request.kind is Text.TRUNCATED else "stop"

    def _another(self, request: Request) -> dict:
        """Return the true Chinese of a paper that the request does not ask for."""
        others = [one for one in self._papers if one.arxiv_id not in request.papers]
        one = self._dice("another", *request.papers).choice(others or self._papers)
        chinese = {"title": one.title_zh, "abstract": one.abstract_zh}
        return {"n": 0} | {name: chinese[name] for name in request.asked[0] if name in chinese}

    def charge(self, request: Request) -> None:
        """Count the tokens of an answer that is not sent: its owner was paid for making it."""
        if request.kind in _CHARGED_ALL_THE_SAME:
            self.completion(request)


def asked_in(body: dict) -> list[dict]:
    """Return the entries of a request; an AssertionError names what is not well-formed."""
    assert set(body) >= {"model", "messages"}, sorted(body)
    roles = [message["role"] for message in body["messages"]]
    assert roles == ["system", "user"], roles
    asked = json.loads(body["messages"][1]["content"])
    papers: list[dict] = asked["papers"]
    assert papers, "no papers"
    assert len({one["n"] for one in papers}) == len(papers), "a number twice"
    for one in papers:
        assert set(one) in ({"n", "title"}, {"n", "title", "abstract"}), sorted(one)
    return papers


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing about clients that went away."""


def _handler_of(endpoint: Endpoint) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        timeout = 120

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            request = endpoint.begin(self.path, headers, body)
            try:
                endpoint.wait(request)
                self._answer(request)
            except OSError:
                self.close_connection = True
            finally:
                endpoint.end(request)

        def do_GET(self) -> None:
            self._send(404, b'{"error": {"message": "no such thing"}}')

        def _answer(self, request: Request) -> None:
            if request.status:
                self._error(request.status)
            elif isinstance(request.kind, Wire):
                request.status = 0
                endpoint.charge(request)
                _ON_THE_WIRE[request.kind](self)
            else:
                request.status = 200
                self._json(200, endpoint.completion(request))
                request.well = request.kind is None

        def _json(self, status: int, answer: object, **headers: str) -> None:
            self._send(status, json.dumps(answer, ensure_ascii=False).encode(), **headers)

        def _error(self, status: int, **headers: str) -> None:
            self._json(status, {"error": {"message": f"refused: {status}"}}, **headers)

        def _send(self, status: int, body: bytes, **headers: str) -> None:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            for name, value in headers.items():
                self.send_header(name.replace("_", "-"), value)
            self.end_headers()
            self.wfile.write(body)
            self.wfile.flush()

        def _cut(self) -> None:
            self.send_response(200)
            self.send_header("Content-Length", "5000")
            self.end_headers()
            self.wfile.write(b'{"choices": [{"message": {"content": "')
            self.wfile.flush()
            self.close_connection = True

        def _reset(self) -> None:
            self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    page = b"<!doctype html><title>Bad gateway</title><p>nginx"
    dice = random.Random(0)
    _ON_THE_WIRE: dict[Wire, Callable[[Handler], None]] = {
        Wire.TOO_MANY: lambda handler: handler._error(429),
        Wire.TOO_MANY_FOR_A_WHILE: lambda handler: handler._error(
            429, Retry_After=str(RETRY_AFTER)
        ),
        Wire.SERVER_ERROR: lambda handler: handler._error(500),
        Wire.UNAVAILABLE: lambda handler: handler._error(503),
        Wire.HANG: Handler._reset,
        Wire.CUT: Handler._cut,
        Wire.RESET: Handler._reset,
        Wire.NOT_JSON: lambda handler: handler._send(200, page),
        Wire.GARBAGE_BYTES: lambda handler: handler._send(200, dice.randbytes(2_000)),
        Wire.WITHOUT_CHOICES: lambda handler: handler._json(200, {"choices": []}),
        Wire.HUGE: lambda handler: handler._send(200, b'{"choices": "' + b"x" * HUGE + b'"}'),
        Wire.REDIRECT: lambda handler: handler._send(302, b"", Location=endpoint.url + "/away"),
    }
    return Handler
