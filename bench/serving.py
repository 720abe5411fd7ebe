"""Start the servers to measure, and measure them with wrk."""

import http.client
import os
import re
import shutil
import socket
import sqlite3
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from bench import memory

ROOT = Path(__file__).resolve().parent.parent
NGINX = shutil.which("nginx") or "/usr/sbin/nginx"  # where only root's PATH leads
QUIET = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}

# Each request has an address of its own, so that no cache has it.
NEVER_ASKED = """
local asked = 0
local start = os.time() .. "-" .. math.random(1000000)
request = function()
  asked = asked + 1
  local path = wrk.path .. (wrk.path:find("?", 1, true) and "&" or "?")
  return wrk.format("GET", path .. "never=" .. start .. "-" .. asked)
end
"""


def is_file(database: str) -> bool:
    """Return whether this is a SQLite file and not the address of a PostgreSQL database."""
    return not database.startswith("postgres")


def rows(database: str, sql: str) -> list[tuple]:
    """Return the rows of a query, without going through the site."""
    if is_file(database):
        with closing(sqlite3.connect(database)) as connection:
            return connection.execute(sql).fetchall()
    import psycopg  # only needed to measure PostgreSQL

    with psycopg.connect(database) as connection:
        return connection.execute(sql).fetchall()


@contextmanager
def site(
    database: str, port: int, workers: int = 1, settings: str = "digest_site.settings"
) -> Iterator[subprocess.Popen]:
    """Run the site on this database with gunicorn's sync workers, as behind a reverse proxy."""
    url = f"sqlite:///{Path(database).resolve()}" if is_file(database) else database
    environment = {
        **os.environ,
        "DATABASE_URL": url,
        "CACHE_URL": "",
        "DJANGO_SETTINGS_MODULE": settings,
        "PYTHONPATH": str(ROOT),
        "WEB_CONCURRENCY": str(workers),
        "WEB_THREADS": "1",
        "GUNICORN_CMD_ARGS": f"--bind 127.0.0.1:{port}",
    }
    with running([sys.executable, "-m", "gunicorn"], port, environment) as process:
        yield process


@contextmanager
def running(
    command: list[str], port: int, environment: dict[str, str] | None = None
) -> Iterator[subprocess.Popen]:
    """Run a server from when it listens until the block ends."""
    process = subprocess.Popen(command, env=environment, cwd=ROOT, **QUIET)
    try:
        for _ in range(600):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        else:
            sys.exit(f"{command[0]} does not listen on {port}.")
        yield process
    finally:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(20)
        process.kill()


def rate(
    port: int, path: str, seconds: int, script: Path | None = None, headers: dict | None = None
) -> float:
    """Return the responses per second for eight busy connections. Errors end the measurement."""
    command = ["wrk", "-t1", "-c8", f"-d{seconds}s", "--timeout", "20s"]
    if script:
        command += ["-s", str(script)]
    for name, value in (headers or {}).items():
        command += ["-H", f"{name}: {value}"]
    said = subprocess.run(
        [*command, f"http://127.0.0.1:{port}{path}"], capture_output=True, text=True, check=True
    ).stdout
    if "Non-2xx" in said and "If-None-Match" not in (headers or {}):
        sys.exit(f"{path} on {port}:\n{said}")
    found = re.search(r"Requests/sec:\s+([\d.]+)", said)
    return float(found[1]) if found else 0.0


def medians(things: dict[str, Callable[[], float]], runs: int) -> dict[str, float]:
    """Return the median of each measurement; the runs are interleaved to share busy moments."""
    measured: dict[str, list[float]] = {name: [] for name in things}
    for number in range(runs):
        print(f"run {number + 1} of {runs} …", file=sys.stderr, flush=True)
        for name, measure in things.items():
            measured[name].append(measure())
    return {name: statistics.median(values) for name, values in measured.items()}


def get(port: int, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request(
        "GET", path, headers={name.replace("_", "-"): v for name, v in headers.items()}
    )
    answer = connection.getresponse()
    found = answer.status, dict(answer.getheaders()), answer.read()
    connection.close()
    return found


def memory_of_workers(process: subprocess.Popen) -> list[float]:
    """Return the megabytes of each worker of a server (PSS)."""
    return [memory.of_process(worker) for worker in memory.children(process.pid)]


def nginx(folder: Path, http_block: str) -> list[str]:
    """Return the command of an nginx with ``http_block`` that writes only below ``folder``.

    ``sendfile`` is on, as in nginx's default configuration.
    """
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    user = "user root;" if os.geteuid() == 0 else ""
    file = folder / "nginx.conf"
    file.write_text(
        f"{user} worker_processes 1; pid {folder}/nginx.pid; daemon off;\n"
        f"error_log {folder}/nginx.log;\nevents {{ worker_connections 512; }}\n"
        f"http {{ access_log off; sendfile on; {temporary}\n{http_block}\n}}\n",
        "utf-8",
    )
    return [NGINX, "-c", str(file), "-p", str(folder)]


def front(nodes: list[int], port: int, folder: Path, file: Path | None = None) -> str:
    """Return ``deploy/nginx.conf``, or another file, adapted to these nodes and this port."""
    text = (file or ROOT / "deploy" / "nginx.conf").read_text("utf-8")
    for said, here in (
        ("server 127.0.0.1:8000;", " ".join(f"server 127.0.0.1:{node};" for node in nodes)),
        ("listen 80;", f"listen 127.0.0.1:{port};"),
        ("server_name papers.example.org;", "server_name _;"),
        ("/var/cache/nginx/duizhao", str(folder / "pages")),
    ):
        if said not in text:
            sys.exit(f"deploy/nginx.conf no longer says {said!r}.")
        text = text.replace(said, here)
    return text


def unlimited(block: str) -> str:
    """Return the configuration without its rate limits: all load comes from one address."""
    return re.sub(r"^ *limit_req[ _].*;.*\n", "", block, flags=re.M)
