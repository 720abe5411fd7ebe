"""Run the shipped fronts (reverse proxies) in tests: nginx and Caddy with the files of ``deploy/``.

Only what an operator changes is changed: the upstream's address, the listening address with its
certificate, and the folders. Both use TLS, as a site with an https address needs.
"""

import http.client
import os
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bench import serving as bench
from tests.security.serving import ROOT, free_port
from tests.support import missing

HOST = "papers.example.org"


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes
    cookies: dict[str, str]

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass
class Front:
    """A running front, and ways to ask it as a client from elsewhere would."""

    name: str
    port: int
    client: str = "127.0.0.1"  # any address of the loopback network

    def connect(self, timeout: float = 30, receive: int = 0) -> ssl.SSLSocket:
        """A connection with TLS; ``receive``: bytes that it takes at a time."""
        plain = socket.socket()
        if receive:
            plain.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive)
        plain.settimeout(timeout)
        plain.bind((self.client, 0))
        plain.connect(("127.0.0.1", self.port))
        return _anything().wrap_socket(plain, server_hostname=HOST)

    def get(self, path: str, headers: Sequence[tuple[str, str]] = ()) -> Answer:
        return self.ask("GET", path, headers)

    def ask(
        self, method: str, path: str, headers: Sequence[tuple[str, str]] = (), body: bytes = b""
    ) -> Answer:
        """One request on a connection of its own. A Host among the headers wins over ours."""
        sent = list(headers)
        if not any(name.lower() == "host" for name, _ in sent):
            sent.append(("Host", HOST))
        if body:
            sent.append(("Content-Length", str(len(body))))
        lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in sent)]
        head = "\r\n".join([*lines, "Connection: close", "", ""]).encode()
        with closing(self.connect()) as connection:
            with suppress(OSError):  # refused before all is there: the answer is on its way
                connection.sendall(head + body)
            answer = http.client.HTTPResponse(connection, method=method)
            answer.begin()
            headers = answer.getheaders()
            return Answer(answer.status, dict(headers), answer.read(), _cookies(headers))


def most_let_through(seconds: float, burst: int, a_second: int) -> float:
    """How many requests a limit lets through in this time. A slow machine may ask no more often."""
    return 1 + burst + a_second * seconds


def _cookies(headers: list[tuple[str, str]]) -> dict[str, str]:
    set_ones = [value.partition(";")[0] for name, value in headers if name == "Set-Cookie"]
    return dict(one.split("=", 1) for one in set_ones)


@contextmanager
def nginx(folder: Path, site_port: int) -> Iterator[Front]:
    """nginx with ``deploy/nginx.conf`` and a certificate, as certbot would add it."""
    if not Path(bench.NGINX).exists() or not shutil.which("openssl"):
        missing("no nginx, or no openssl for its certificate")
    folder.chmod(0o755)
    port = free_port()
    listen = f"listen 127.0.0.1:{port}"
    certified = (
        f"{listen} ssl; ssl_certificate {folder}/cert.pem; ssl_certificate_key {folder}/key.pem;"
    )
    block = bench.front([site_port], port, folder).replace(f"{listen};", certified)
    _make_certificate(folder)
    with _running(bench.nginx(folder, block), port, folder):
        yield Front("nginx", port)


@contextmanager
def caddy(folder: Path, site_port: int) -> Iterator[Front]:
    """Caddy with ``deploy/Caddyfile`` and a certificate of its own making."""
    if not shutil.which("caddy"):
        missing("no caddy")
    port = free_port()
    text = (ROOT / "deploy" / "Caddyfile").read_text("utf-8")
    for said, here in (
        ("127.0.0.1:8000", f"127.0.0.1:{site_port}"),
        (f"\n{HOST} {{\n", f"\nhttps://{HOST}:{port} {{\n\tbind 127.0.0.1\n\ttls internal\n"),
        (
            "\n{\n",
            "\n{\n\tadmin off\n\tskip_install_trust\n\tauto_https disable_redirects\n",
        ),
    ):
        assert text.count(said) == 1, f"deploy/Caddyfile no longer says {said!r} once"
        text = text.replace(said, here)
    (folder / "Caddyfile").write_text(text, "utf-8")
    command = ["caddy", "run", "--adapter", "caddyfile", "--config", str(folder / "Caddyfile")]
    at_home = os.environ | {"HOME": str(folder), "XDG_DATA_HOME": str(folder / "data")}
    with _running(command, port, folder, at_home):
        yield Front("Caddy", port)


@contextmanager
def _running(
    command: list[str], port: int, folder: Path, environment: dict[str, str] | None = None
) -> Iterator[None]:
    log = folder / "log"
    with log.open("w") as out:
        process = subprocess.Popen(command, env=environment, stdout=out, stderr=out, cwd=folder)
    try:
        _wait_for(port, process, log)
        yield
    finally:
        process.terminate()
        process.wait(timeout=30)


def _wait_for(port: int, process: subprocess.Popen, log: Path) -> None:
    """Until it speaks TLS: Caddy listens before it has its certificate."""
    for _ in range(300):
        assert process.poll() is None, log.read_text("utf-8")
        try:
            Front("", port).connect(timeout=5).close()
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(log.read_text("utf-8"))


def _make_certificate(folder: Path) -> None:
    command = ["openssl", "req", "-x509", "-nodes", "-days", "2"]
    command += ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"]
    files = ["-keyout", f"{folder}/key.pem", "-out", f"{folder}/cert.pem"]
    subprocess.run([*command, "-subj", f"/CN={HOST}", *files], check=True, capture_output=True)


@cache
def _anything() -> ssl.SSLContext:
    """Any certificate will do: not TLS is tested here."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context
