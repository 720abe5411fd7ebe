"""epubcheck, newsboat and lynx read books, feeds and pages of a running site."""

import sqlite3
import urllib.request

import pytest

from tests.cast import KITE

EPUBCHECK = "/usr/share/java/epubcheck.jar"  # Debian's package; its program needs binfmt


@pytest.fixture
def site(small_site, live_server) -> str:
    return live_server.url


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "address", ["/days/2025-01-28.epub", "/papers.epub", "/topics/rag/papers.epub"]
)
def test_epubcheck_finds_no_fault_in_a_book(run, tmp_path, site, address):
    with urllib.request.urlopen(f"{site}{address}", timeout=60) as answer:
        (tmp_path / "book.epub").write_bytes(answer.read())
    checked = run("java", "-jar", EPUBCHECK, "book.epub")
    assert "0 fatals / 0 errors / 0 warnings" in checked


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("form", ["atom", "rss"])
def test_newsboat_shows_every_paper_of_a_feed_once(run, tmp_path, site, form):
    (tmp_path / "urls").write_text(f"{site}/papers/feed.{form}\n{site}/topics/rag/feed.{form}\n")
    run("newsboat", "-u", "urls", "-c", "kept.db", "-x", "reload")
    with sqlite3.connect(tmp_path / "kept.db") as kept:
        shown = [guid for (guid,) in kept.execute("SELECT guid FROM rss_item")]
    assert len(shown) == len(set(shown)) == 10


@pytest.mark.django_db(transaction=True)
def test_lynx_reads_a_paper_in_both_languages(run, site):
    read = run("lynx", "-dump", "-display_charset=utf-8", f"{site}/papers/{KITE}/?lang=both")
    assert "Kites over Shallow Networks" in read
    assert "浅网络上空的风筝" in read
