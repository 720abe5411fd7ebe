"""``migrate_to_postgres``: the same site on another engine."""

import shutil
import sqlite3
from pathlib import Path

import pytest

from tests import cast
from tests.faults.dump import canonical_dump, connect
from tests.scale.sites import manage, pages

pytestmark = pytest.mark.alike  # each test has a database of either kind

ADDRESSES = [
    "/",
    "/papers/",
    "/papers/?topic=ro&topic=cs-ro&zh=ok",
    "/papers/?sort=oldest&from=2025-01-28",
    f"/papers/{cast.LAMP}/",
    f"/papers/{cast.OLD_STYLE}/",
    "/topics/",
    "/topics/ro/",
    "/authors/",
    "/days/",
    "/days/2025-01-28/",
    "/days/2025-01-28/ro/",
    "/papers/feed.atom",
    "/papers/feed.rss?topic=rag",
    "/about/",
    "/nowhere/",
]


@pytest.fixture(scope="module")
def small_site(tmp_path_factory) -> str:
    """The address of a SQLite site that holds the cast and a curator."""
    folder = tmp_path_factory.mktemp("site")
    cast.write_digests(folder / "cast")
    database = f"sqlite:///{folder}/site.sqlite3"
    manage(database, "migrate", "-v0")
    manage(database, "import_digests", folder / "cast")
    add = "from django.contrib.auth.models import User; User.objects.create_superuser('eva')"
    manage(database, "shell", "-v0", "-c", add)
    return database


def file_of(database: str) -> str:
    return database.removeprefix("sqlite:///")


def _is_analyzed(database: str) -> bool:
    """Whether the planner knows how many papers there are."""
    ask = "SELECT reltuples FROM pg_class WHERE relname = 'papers_paper'"
    with connect(database) as postgres:
        return postgres.execute(ask).fetchone() == (10,)


def _damaged(database: str, folder: Path) -> Path:
    """A copy with a row that PostgreSQL refuses."""
    copy = folder / "damaged.sqlite3"
    shutil.copy(file_of(database), copy)
    with sqlite3.connect(copy) as opened:
        opened.execute("UPDATE papers_translation SET text = 'a' || char(0) || 'b' WHERE id = 1")
    return copy


def test_a_site_moves_as_a_whole_or_not_at_all(small_site, new_postgres, tmp_path):
    manage(new_postgres, "migrate", "-v0")
    damaged = _damaged(small_site, tmp_path)
    refused = manage(new_postgres, "migrate_to_postgres", damaged, check=False)
    assert refused.returncode == 1
    assert "papers_translation" in refused.stderr
    assert canonical_dump(new_postgres)["papers_paper"] == []
    moved = manage(new_postgres, "migrate_to_postgres", file_of(small_site))
    assert "10  papers_paper" in moved.stdout
    assert canonical_dump(new_postgres) == canonical_dump(small_site)
    assert _is_analyzed(new_postgres)
    _assert_same_pages(small_site, new_postgres)
    # It goes on: what comes next gets numbers of its own, and who knows nobody may not come twice.
    later = "from django.contrib.auth.models import User; User.objects.create_superuser('bo')"
    manage(new_postgres, "shell", "-v0", "-c", later)
    again = manage(new_postgres, "migrate_to_postgres", file_of(small_site), check=False)
    assert again.returncode == 1
    assert "not empty" in again.stderr


def _assert_same_pages(one: str, other: str) -> None:
    before, after = pages(one, ADDRESSES), pages(other, ADDRESSES)
    assert [status for status, _ in after.values()] == [200] * (len(ADDRESSES) - 1) + [404]
    for address in ADDRESSES:
        assert after[address] == before[address], address


def test_what_cannot_be_moved_is_refused_in_one_line(small_site, new_postgres, tmp_path):
    for target, file, said in (
        (new_postgres, file_of(small_site), "manage.py migrate"),
        (small_site, file_of(small_site), "DATABASE_URL must be the PostgreSQL"),
        (new_postgres, tmp_path / "none.sqlite3", "does not exist"),
        (new_postgres, __file__, "is not a database of this site"),
    ):
        refused = manage(target, "migrate_to_postgres", file, check=False)
        assert refused.returncode == 1
        assert said in refused.stderr
        assert "Traceback" not in refused.stderr
