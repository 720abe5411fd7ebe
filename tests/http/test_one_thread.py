"""A worker of one thread, as it runs behind nginx."""

import http.client
import sqlite3
from contextlib import closing

import pytest

from tests.security.serving import serving

PAPERS = 6_000
PATIENCE = 1  # seconds without a word of a worker after which it is replaced


@pytest.fixture
def site(tmp_path):
    arguments = f"--timeout {PATIENCE}"
    with serving(tmp_path, WEB_THREADS="1", GUNICORN_CMD_ARGS=arguments) as site:
        with closing(sqlite3.connect(tmp_path / "duizhao.sqlite3")) as database, database:
            multiply(database)
        yield site


def multiply(database: sqlite3.Connection) -> None:
    """Copies of one paper, under ids of their own."""
    names = [row[1] for row in database.execute("PRAGMA table_info(papers_paper)")]
    copied = ", ".join(name for name in names if name not in ("id", "arxiv_id"))
    database.execute(
        "WITH RECURSIVE number(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < ?) "
        f"INSERT INTO papers_paper (arxiv_id, {copied}) "
        f"SELECT printf('2412.%05d', n), {copied} FROM number, "
        "(SELECT * FROM papers_paper ORDER BY id LIMIT 1)",
        [PAPERS],
    )


def test_a_download_of_all_papers_may_take_longer_than_a_worker_may_be_silent(site):
    with closing(http.client.HTTPConnection("127.0.0.1", site.port, timeout=60)) as connection:
        headers = {"Host": "papers.example.org", "X-Forwarded-Proto": "https"}
        connection.request("GET", "/papers.bib", headers=headers)
        answer = connection.getresponse()
        assert answer.status == 200
        assert answer.read().count(b"\n@") >= PAPERS
    assert "TIMEOUT" not in site.log
