"""The wire against llama.cpp's own server. Its model knows nothing, so all that it says is refused.

``make test-wire`` installs the server and names the Python that has it in ``WIRE``.
"""

import os
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from papers.models import Paper, Translation, TranslationAttempt, TranslationRun
from tests.translation.bilingual import invented_papers

PROGRAMS = Path(__file__).parent / "llama"
KEY = "sk-llama-0123456789"
PATIENCE = 60  # seconds

pytestmark = pytest.mark.wire


class Server:
    """A running server."""

    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}/v1"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("llama")
    python, model = os.environ["WIRE"], folder / "random.gguf"
    subprocess.run([python, PROGRAMS / "tiny_model.py", model], check=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [python, PROGRAMS / "serve.py", model, str(port), KEY]
    with open(folder / "log", "w") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)
    try:
        wait_for(f"http://127.0.0.1:{port}/health", process)
        yield Server(port)
    finally:
        process.kill()
        process.wait()


def wait_for(address: str, process: subprocess.Popen) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    pytest.fail("the server does not answer")


@pytest.mark.parametrize("fields", ["all", "titles"])
def test_requests_are_understood_and_answers_refused_and_counted(
    fields, server, published, translate
):
    published(invented_papers(2))
    prices = (1.0, 2.0)
    ended = translate(server, "--fields", fields, KEY=KEY, TIMEOUT=60, PRICES=prices)
    assert ended.status == 0, ended.err
    assert (ended.report["papers"], ended.report["refused"], ended.report["left"]) == (0, 2, 2)
    assert {problem["code"] for problem in ended.report["problems"]} == {"refused"}
    assert all(one.reasons and one.tries == 2 for one in TranslationAttempt.objects.all())
    assert not Translation.objects.exists()
    assert not Paper.objects.exclude(title_zh="", abstract_zh="").exists()
    run = TranslationRun.objects.get()
    assert run.tokens_in > 2 * 1_000  # this model has a token for each byte
    assert run.tokens_out > 0
    assert run.cost == pytest.approx((run.tokens_in + 2 * run.tokens_out) / 1_000_000)


def test_a_wrong_key_stops_at_once(server, published, translate):
    published(invented_papers(3))
    ended = translate(server, KEY="sk-wrong-0123456789")
    assert ended.status == 1
    assert "401" in ended.err
    assert "TRANSLATOR_KEY" in ended.err


def test_a_wrong_address_stops_at_once(server, published, translate):
    published(invented_papers(3))
    wrong = Server(0)
    wrong.url = server.url.replace("/v1", "/v2")
    ended = translate(wrong, KEY=KEY)
    assert ended.status == 1
    assert "404" in ended.err
