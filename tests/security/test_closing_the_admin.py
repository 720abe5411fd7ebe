"""The configurations of docs/operating.md that close ``/admin/``, in the real servers."""

import http.client
import re
import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.support import missing

ROOT = Path(__file__).resolve().parents[2]
INSIDE, OUTSIDE = "127.0.0.1", "127.0.0.9"
SPELLINGS = (
    *("/admin/", "/admin/login/", "//admin/", "/%61dmin/", "/./admin/", "/x/../admin/login/"),
    *("/admin%2Flogin/", "/admin//login/", "/admin/?next=/papers/"),
)
NGINX = """
daemon off; pid {folder}/pid; error_log stderr error;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/b; proxy_temp_path {folder}/p; fastcgi_temp_path {folder}/f;
    uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
    upstream duizhao {{ server 127.0.0.1:{site}; }}
    server {{
        listen 127.0.0.1:{port} {tls};
        {closed}
        location / {{ proxy_pass http://duizhao; }}
    }}
}}
"""
TLS = "ssl; ssl_certificate {folder}/own.pem; ssl_certificate_key {folder}/own.key"
CADDY = """{{
    admin off
    auto_https off
}}
http://127.0.0.1:{port} {{
    {closed}
    reverse_proxy 127.0.0.1:{site}
}}
"""


def snippet(name: str) -> str:
    """The block that the manual prints under this name, for the networks of this test."""
    page = (ROOT / "docs/operating.md").read_text("utf-8")
    found = re.search(rf"<!-- closing: {name} -->\n```\w+\n(.+?)```", page, re.DOTALL)
    assert found, name
    return found[1].replace("192.0.2.0/24", f"{INSIDE}/32")


class Site(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"the site")

    def log_message(self, *args) -> None:
        pass


@pytest.fixture
def site() -> Iterator[int]:
    """The port of what stands for the site: it answers whatever reaches it."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port
    server.shutdown()
    server.server_close()


@pytest.fixture
def front(tmp_path: Path) -> Iterator[Callable[..., int]]:
    """Starts a front; returns its port."""
    started: list[subprocess.Popen] = []

    def start(program: str, configuration: str, **values) -> int:
        if not (found := shutil.which(program, path="/usr/sbin:/usr/bin:/usr/local/bin")):
            missing(f"no {program}")
        port = free_port()
        file = tmp_path / "front"
        file.write_text(configuration.format(port=port, folder=tmp_path, **values), "utf-8")
        how = {
            "nginx": ["-c", str(file), "-p", str(tmp_path)],
            "caddy": ["run", "--adapter", "caddyfile", "--config", str(file)],
        }
        started.append(
            subprocess.Popen([found, *how[program]], cwd=tmp_path, stderr=subprocess.DEVNULL)
        )
        wait_for(port, started[-1])
        return port

    yield start
    for process in started:
        process.terminate()
        process.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(port: int, process: subprocess.Popen) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.05)
    pytest.fail("the front does not come up")


def status(connection: http.client.HTTPConnection, path: str) -> int:
    connection.request("GET", path)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status


def status_from(address: str, port: int, path: str) -> int:
    return status(
        http.client.HTTPConnection("127.0.0.1", port, timeout=30, source_address=(address, 0)), path
    )


@pytest.mark.parametrize(("program", "configuration"), [("nginx", NGINX), ("caddy", CADDY)])
def test_from_outside_the_network_nobody_reaches_the_admin(front, site, program, configuration):
    closed = snippet(f"{program} by network")
    port = front(program, configuration, closed=closed, site=site, tls="")
    for path in SPELLINGS:
        assert status_from(OUTSIDE, port, path) == 403, path
        assert status_from(INSIDE, port, path) == 200, path
    assert status_from(OUTSIDE, port, "/papers/") == 200


def test_without_a_certificate_nobody_reaches_the_admin(front, site, tmp_path):
    for name in ("own", "curators", "stranger"):
        make_certificate(tmp_path, name)
    closed = snippet("nginx by certificate")
    closed = closed.replace("/etc/nginx/curators.pem", f"{tmp_path}/curators.pem")
    port = front("nginx", NGINX, closed=closed, site=site, tls=TLS.format(folder=tmp_path))
    for path in SPELLINGS:
        assert status_with("", tmp_path, port, path) == 403, path
        assert status_with("curators", tmp_path, port, path) == 200, path
    assert status_with("stranger", tmp_path, port, "/admin/") in {400, 403}
    assert status_with("", tmp_path, port, "/papers/") == 200


def make_certificate(folder: Path, name: str) -> None:
    if not shutil.which("openssl"):
        missing("no openssl")
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"),
            *("-nodes", "-days", "2", "-subj", f"/CN={name}"),
            *("-keyout", str(folder / f"{name}.key"), "-out", str(folder / f"{name}.pem")),
        ],
        check=True,
        capture_output=True,
    )


def status_with(certificate: str, folder: Path, port: int, path: str) -> int:
    context = ssl.create_default_context(cafile=str(folder / "own.pem"))
    context.check_hostname = False
    if certificate:
        context.load_cert_chain(folder / f"{certificate}.pem", folder / f"{certificate}.key")
    return status(http.client.HTTPSConnection("127.0.0.1", port, timeout=30, context=context), path)
