"""The whole installation under load during faults; the same pages on both engines."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.scale.sites import ROOT, manage, pages

pytestmark = pytest.mark.scale


def test_whatever_happens_no_page_is_stale_and_none_is_a_500():
    rig = [sys.executable, "bench/rig.py", "--seconds", "8", "--port", "9690"]
    done = subprocess.run(rig, cwd=ROOT, capture_output=True, text=True)
    print(done.stdout, done.stderr)
    assert done.returncode == 0


def test_the_slice_gives_the_same_pages_on_both_engines(corpus: Path, new_postgres, tmp_path):
    sqlite = f"sqlite:///{tmp_path}/slice.sqlite3"
    for database in (sqlite, new_postgres):
        manage(database, "migrate", "-v0")
        manage(database, "import_digests", corpus / "corpus")
    addresses = _addresses(sqlite)
    for start in range(0, len(addresses), 200):
        some = addresses[start : start + 200]
        here, there = pages(sqlite, some), pages(new_postgres, some)
        for address in some:
            assert _without_times(here[address]) == _without_times(there[address]), address


def _without_times(page: tuple[int, str]) -> tuple[int, str]:
    import re

    return page[0], re.sub(r"<(updated|lastBuildDate)>[^<]*<", "<", page[1])


def _addresses(database: str) -> list[str]:
    """Every day, digest and topic, every list with its filters, and one paper and author in ten."""
    listed = manage(database, "shell", "-v0", "--no-imports", "-c", LIST).stdout.split()
    topics = [one.split("/")[2] for one in listed if one.startswith("/topics/")]
    filters = [f"/papers/?topic={one}&zh={zh}&page=2" for one in topics for zh in ("ok", "suspect")]
    pages_of_all = [f"/papers/?page={number}&per=100" for number in range(1, 134)]
    feeds = [f"/topics/{one}/feed.atom" for one in topics]
    return ["/", "/days/", "/topics/", "/authors/", *listed, *filters, *pages_of_all, *feeds]


LIST = """
from papers.models import Author, Digest, Paper, Topic
print(*(f"/days/{day}/" for day in Digest.objects.order_by("date").values_list("date", flat=True).distinct()))
print(*(one.get_absolute_url() + "?source=" + one.source.slug for one in Digest.objects.select_related("topic", "source")))
print(*(one.get_absolute_url() for one in Topic.objects.all()))
print(*(one.get_absolute_url() for one in Paper.objects.order_by("arxiv_id")[::10]))
print(*(one.get_absolute_url() for one in Author.objects.order_by("key")[::100]))
"""  # noqa: E501
