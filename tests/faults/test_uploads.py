"""An uploaded digest is imported by a process that outlives the web server."""

import http.cookiejar
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
import uuid
from pathlib import Path

import pytest

from tests.faults.databases import Database
from tests.faults.dump import connect
from tests.faults.importing import PATIENCE, ROOT, run_well
from tests.support import record_text

PASSWORD = "ten minutes a day"
RECORDS = 1_500 if os.environ.get("FAULTS") == "1" else 500


class Site:
    """A web server of its own session, and a curator's browser."""

    def __init__(self, database: Database, uploads: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.environment = os.environ | {
            "DATABASE_URL": database.url,
            "CACHE_URL": "",
            "SECRET_KEY": "for tests",
            "UPLOADS_DIR": str(uploads),
            "DEBUG": "on",  # the test collects no static files
            "PORT": str(self.port),
            "WEB_CONCURRENCY": "1",
        }
        self.server = subprocess.Popen(
            [sys.executable, "-m", "gunicorn"],
            cwd=ROOT,
            env=self.environment,
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.browser = urllib.request.build_opener(cookies)

    def read(self, path: str) -> str:
        return self.browser.open(f"http://127.0.0.1:{self.port}{path}", timeout=60).read().decode()

    def wait_until_it_answers(self) -> None:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            try:
                self.read("/healthz")
                return
            except OSError:
                time.sleep(0.1)
        pytest.fail("the web server does not answer")

    def send(self, path: str, fields: dict[str, str], file: str = "") -> None:
        token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', self.read(path))
        assert token
        parts = [
            f'Content-Disposition: form-data; name="{name}"\r\n\r\n{value}'
            for name, value in {"csrfmiddlewaretoken": token[1], **fields}.items()
        ]
        if file:
            head = 'Content-Disposition: form-data; name="file"; filename="../digest <1>.md"'
            parts.append(f"{head}\r\nContent-Type: text/markdown\r\n\r\n{file}")
        mark = uuid.uuid4().hex
        body = "".join(f"--{mark}\r\n{part}\r\n" for part in parts) + f"--{mark}--\r\n"
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}{path}",
            body.encode(),
            {"Content-Type": f"multipart/form-data; boundary={mark}"},
        )
        self.browser.open(request, timeout=60).read()

    def kill(self) -> None:
        """Kills master and workers at once, as a power cut of the web server would."""
        os.killpg(self.server.pid, signal.SIGKILL)
        self.server.wait()


@pytest.fixture
def with_ada(database: Database) -> Database:
    """Return a database with the account of a curator."""
    run_well(
        database,
        *("createsuperuser", "--noinput", "--username=ada", "--email=ada@example.org"),
        environment={"DJANGO_SUPERUSER_PASSWORD": PASSWORD},
    )
    return database


def rows(database: Database, query: str) -> list:
    with connect(database.url) as connection:
        return list(connection.execute(query).fetchall())


def test_it_is_imported_though_the_web_server_is_killed(with_ada: Database, tmp_path: Path):
    database = with_ada
    site = Site(database, tmp_path / "uploads")
    try:
        site.wait_until_it_answers()
        site.send(
            "/admin/login/?next=/admin/papers/upload/add/",
            {"username": "ada", "password": PASSWORD},
        )
        records = (record_text(f"2501.{number:05}") for number in range(RECORDS))
        said = {"source": "lamps", "date": "2025-01-29", "topic": "RAG"}
        site.send("/admin/papers/upload/add/", {}, "".join(records))
        ((upload,),) = rows(database, "SELECT id FROM papers_upload")
        site.send(f"/admin/papers/upload/{upload}/ask/", said)
    finally:
        site.kill()
    assert rows(database, "SELECT state FROM papers_upload") in ([("waiting",)], [("running",)])
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if rows(database, "SELECT state FROM papers_upload") == [("done",)]:
            break
        time.sleep(0.2)
    assert rows(database, "SELECT state, name FROM papers_upload") == [("done", "digest <1>.md")]
    assert rows(database, "SELECT count(*) FROM papers_paper") == [(RECORDS,)]
    (stored,) = (tmp_path / "uploads").glob("*/*.md")
    assert stored.name == "digest_1.md"


def test_what_a_killed_import_left_is_taken_up_by_the_next(database: Database, tmp_path: Path):
    file = tmp_path / "uploads" / "x" / "digest.md"
    file.parent.mkdir(parents=True)
    file.write_text(record_text(), "utf-8")
    with connect(database.url) as connection:
        connection.execute(
            "INSERT INTO papers_upload (file, name, source, date, topic, state, at) VALUES "
            "('x/digest.md', 'digest.md', 'lamps', '2025-01-29', 'RAG', 'running', "
            "'2025-01-29 00:00:00+00:00')"
        )
        connection.commit()
    environment = {"UPLOADS_DIR": str(tmp_path / "uploads")}
    ended = run_well(database, "import_digests", "--uploads", environment=environment)
    assert ended.out == "digest.md: done\n"
    assert rows(database, "SELECT count(*) FROM papers_paper") == [(1,)]
