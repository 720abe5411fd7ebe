"""One request to an OpenAI-compatible endpoint, and its answer, with everything bounded.

It is one POST of JSON, sent with the standard library: https unless the endpoint is on this
machine, no redirect is followed, and an answer has a size and a time that it may take as a whole.
The key is sent in one header and is in no message.
"""

import email.utils
import http.client
import json
import socket
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from threading import Event, Lock, Timer
from typing import Any
from urllib.parse import urlsplit

from papers.text.sanitize import clean
from papers.translation.translator import Translator

LARGEST_ANSWER = 2**20
"""Bytes. The answer for an abstract has about 4,000; a model that repeats itself may never end."""

SECONDS_TO_CONNECT = 10.0
MOST_TOKENS = 10_000_000
"""Tokens of one answer that are believed. Endpoints may report anything."""

_PIECE = 2**16
_OPTIONAL = {"response_format": ("response_format", "json_object"), "max_tokens": ("max_",)}
_RETRIED = {408, 409, 425}
_SHORTEST_SECRET = 6  # characters of the key that a message must not repeat


@dataclass(frozen=True)
class Reply:
    """The text of an answer. Numbers of tokens are None where the endpoint reports none."""

    text: str
    is_cut: bool = False
    tokens_in: int | None = None
    tokens_out: int | None = None


class Failure(Exception):
    """A request was not answered. ``is_billed``: the endpoint may charge for it all the same."""

    is_billed = False


class Busy(Failure):
    """The endpoint asks to wait: status 429. ``seconds`` are None if it does not say how long."""

    def __init__(self, seconds: float | None) -> None:
        super().__init__("too many requests")
        self.seconds = seconds


class Unanswered(Failure):
    """There was no answer that can be read; another try may have one."""

    def __init__(self, message: str, is_billed: bool = True) -> None:
        super().__init__(message)
        self.is_billed = is_billed


class Redirected(Unanswered):
    """The endpoint names another address, which is not asked."""


class Rejected(Failure):
    """The endpoint will not answer any request of this kind. The message is a sentence."""


class Endpoint:
    """The endpoint of a translator. Threads may share it."""

    def __init__(self, translator: Translator) -> None:
        self._translator = translator
        self._parts = urlsplit(translator.url)
        self._tls = ssl.create_default_context() if self._parts.scheme == "https" else None
        self._unsupported: set[str] = set()
        self._has_answered = Event()
        self._lock = Lock()
        self._open: set[socket.socket] = set()
        self._is_closed = False

    @property
    def has_answered(self) -> bool:
        """Whether any request was answered well."""
        return self._has_answered.is_set()

    def ask(self, system: str, user: str, max_tokens: int) -> Reply:
        """Return the answer to these two messages. Raise Busy, Unanswered or Rejected.

        A parameter that the endpoint does not know is left out, here and from then on.
        """
        while True:
            left_out = frozenset(self._unsupported)
            body = self._body(system, user, max_tokens, left_out)
            status, headers, answer = self._post(body)
            if status != 400 or not self._leave_out(answer, left_out):
                break
        if status == 200:
            reply = _reply(answer)
            self._has_answered.set()
            return reply
        raise self._error(status, headers, answer)

    def close(self) -> None:
        """Cut all requests that are under way; later ones fail at once."""
        with self._lock:
            self._is_closed = True
            for one in self._open:
                _cut(one)

    def _body(self, system: str, user: str, max_tokens: int, left_out: frozenset[str]) -> bytes:
        body = {
            "model": self._translator.model,
            "messages": [
                {"role": "system", "content": system},
                {"role": "user", "content": user},
            ],
            "response_format": {"type": "json_object"},
            "max_tokens": max_tokens,
        }
        sent = {name: value for name, value in body.items() if name not in left_out}
        return json.dumps(sent, ensure_ascii=False).encode()

    def _leave_out(self, answer: bytes, left_out: frozenset[str]) -> bool:
        """Return whether the request is worth another try without some parameters.

        They are those that the message names; without a name, ``response_format`` of the first
        request.
        """
        said = answer[:2_000].decode("utf-8", "replace")
        named = {name for name, signs in _OPTIONAL.items() if any(sign in said for sign in signs)}
        if not named and not self.has_answered:
            named = {"response_format"}
        self._unsupported |= named
        return bool(named - left_out)

    # --- The request

    def _post(self, body: bytes) -> tuple[int, http.client.HTTPMessage, bytes]:
        try:
            connection = self._connect()
        except ssl.SSLCertVerificationError as error:
            reason = error.verify_message or error.reason
            raise Rejected(f"The certificate of {self._host} is not valid: {reason}.") from None
        except (OSError, ValueError) as error:
            said = f"{self._host} cannot be reached: {_reason(error)}"
            raise Unanswered(said, is_billed=False) from None
        try:
            with self._bounded(connection) as late:
                answer = self._exchange(connection, body)
                if late:  # what came before the cut may look like an end
                    raise TimeoutError
                return answer
        except (OSError, http.client.HTTPException, ValueError) as error:
            is_late = late or isinstance(error, TimeoutError)  # the socket may notice first
            said = f"no answer within {self._translator.timeout:g} s" if is_late else _reason(error)
            raise Unanswered(said) from None
        finally:
            connection.close()

    def _connect(self) -> http.client.HTTPConnection:
        host, port = self._parts.hostname or "", self._parts.port
        seconds = min(self._translator.timeout, SECONDS_TO_CONNECT)
        if self._tls:
            connection: http.client.HTTPConnection = http.client.HTTPSConnection(
                host, port, timeout=seconds, context=self._tls
            )
        else:
            connection = http.client.HTTPConnection(host, port, timeout=seconds)
        connection.connect()
        return connection

    @contextmanager
    def _bounded(self, connection: http.client.HTTPConnection) -> Iterator[list[bool]]:
        """Cut the connection when the block takes longer than the timeout, or at ``close()``.

        Yield a list that is not empty after the timeout.
        """
        late: list[bool] = []
        used = connection.sock
        used.settimeout(self._translator.timeout)

        def cut() -> None:
            late.append(True)
            _cut(used)

        timer = Timer(self._translator.timeout, cut)
        timer.daemon = True
        with self._lock:
            if self._is_closed:
                _cut(used)
            self._open.add(used)
        timer.start()
        try:
            yield late
        finally:
            timer.cancel()
            with self._lock:
                self._open.discard(used)

    def _exchange(
        self, connection: http.client.HTTPConnection, body: bytes
    ) -> tuple[int, http.client.HTTPMessage, bytes]:
        headers = {
            "Content-Type": "application/json",
            "Accept": "application/json",
            "Connection": "close",
        }
        if self._translator.key:
            headers["Authorization"] = f"Bearer {self._translator.key}"
        connection.request("POST", f"{self._parts.path}/chat/completions", body, headers)
        with connection.getresponse() as response:
            return response.status, response.headers, _read(response)

    # --- Errors

    @property
    def _host(self) -> str:
        return self._translator.host

    def _error(self, status: int, headers: http.client.HTTPMessage, answer: bytes) -> Exception:
        if status == 429:
            return Busy(_seconds(headers.get("Retry-After", "")))
        if 300 <= status < 400:
            said = f"{self._host} redirects ({status}), which is not followed"
            return Redirected(said, is_billed=False)
        if status >= 500 or status in _RETRIED or status < 300:
            return Unanswered(f"status {status}", is_billed=False)
        said = self._said(answer)
        sentences = {
            400: f"{self._host} does not understand the request (400){said}",
            401: f"{self._host} does not accept the key (401): check TRANSLATOR_KEY{said}",
            403: f"{self._host} does not allow this (403): check TRANSLATOR_KEY and what it may "
            f"do{said}",
            404: f"{self._host} does not know the address or the model (404): check TRANSLATOR_URL "
            f"and TRANSLATOR_MODEL{said}",
        }
        return Rejected(sentences.get(status, f"{self._host} answers {status}{said}") + ".")

    def _said(self, answer: bytes) -> str:
        """Return the endpoint's own words, if it sent a message that does not repeat the key."""
        with suppress(ValueError, TypeError, KeyError, AttributeError, RecursionError):
            error = json.loads(answer)["error"]
            message = error if isinstance(error, str) else error["message"]
            said = " ".join(clean(message).split())[:200].rstrip(".")
            if said and not self._repeats_key(said):
                return f", and says: {said}"
        return ""

    def _repeats_key(self, said: str) -> bool:
        key = self._translator.key
        size = min(len(key), _SHORTEST_SECRET)
        return bool(key) and any(
            key[start : start + size] in said for start in range(len(key) - size + 1)
        )


def _cut(used: socket.socket) -> None:
    with suppress(OSError):
        used.shutdown(socket.SHUT_RDWR)


def _read(response: http.client.HTTPResponse) -> bytes:
    pieces, size = [], 0
    while piece := response.read1(_PIECE):
        size += len(piece)
        if size > LARGEST_ANSWER:
            raise ValueError(f"an answer of more than {LARGEST_ANSWER:,} bytes")
        pieces.append(piece)
    return b"".join(pieces)


def _reason(error: BaseException) -> str:
    said = error.strerror if isinstance(error, OSError) else str(error)
    return clean(" ".join((said or type(error).__name__).split()))[:200]


def _reply(answer: bytes) -> Reply:
    """Return what an answer says. Raise Unanswered if it has not the form of one."""
    try:
        given = json.loads(answer)
        choice = given["choices"][0]
        text = choice["message"].get("content") or ""
        if not isinstance(text, str):
            raise TypeError
        usage = given.get("usage")
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
        raise Unanswered("an answer that is none of a chat") from None
    return Reply(
        text=text,
        is_cut=choice.get("finish_reason") == "length",
        tokens_in=_tokens(usage, "prompt_tokens"),
        tokens_out=_tokens(usage, "completion_tokens"),
    )


def _tokens(usage: Any, name: str) -> int | None:
    number = usage.get(name) if isinstance(usage, dict) else None
    if isinstance(number, int) and not isinstance(number, bool) and 0 <= number <= MOST_TOKENS:
        return number
    return None


def _seconds(retry_after: str) -> float | None:
    """Return the seconds of a ``Retry-After``, which may be a number or a date."""
    given = retry_after.strip()
    if given.isascii() and given.isdigit():
        return float(given[:9])
    with suppress(ValueError, TypeError, OverflowError):
        return max(0.0, email.utils.parsedate_to_datetime(given).timestamp() - time.time())
    return None
