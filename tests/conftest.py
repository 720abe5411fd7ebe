"""Fixtures for every test, and the digests that several test folders read."""

import gc
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import pytest
from django.conf import settings
from django.test import override_settings
from django.utils import translation

from papers.db import availability, version_cache
from papers.importing.run import Options, run_import
from tests import shared
from tests.cast import write_digests
from tests.kept import Kept
from tests.support import missing

# Fixtures by which a test asks for a database of the kind that DATABASE_URL names.
_DATABASE_FIXTURES = {"db", "transactional_db", "own_database"}

ON_SQLITE = settings.DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3"
# On PostgreSQL these rooms have no test to run, and to read their files takes seconds.
collect_ignore = [] if ON_SQLITE else ["browser", "deploy", "text"]

hypothesis.settings.register_profile("calm", deadline=None)  # a slow machine is not a failure
hypothesis.settings.load_profile("calm")


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        shared.begin()


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        shared.end()


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """Leave what is collected, which stays to the end, out of all searches for garbage.

    They would take a seventh of the processor time of a run.
    """
    gc.disable()
    collected = yield
    gc.freeze()
    gc.enable()
    return collected


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL, leave out the tests that would do exactly what they do on SQLite."""
    if ON_SQLITE:
        return
    same = [item for item in items if not _depends_on_database(item)]
    config.hook.pytest_deselected(items=same)
    items[:] = [item for item in items if item not in set(same)]


def _depends_on_database(item: pytest.Item) -> bool:
    """Whether the kind of database matters: a browser sees the pages that test clients see, too."""
    fixtures = set(getattr(item, "fixturenames", ()))
    is_asked_for = fixtures & _DATABASE_FIXTURES or item.get_closest_marker("django_db")
    is_alike = item.get_closest_marker("browser") or item.get_closest_marker("alike")
    return bool(is_asked_for) and not is_alike


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Use a copy of the migrated database; on SQLite a file, as a site does.

    Threads share the one connection of an in-memory database; two threads that prepare the same
    query at the same time break its statement cache.
    """
    database = settings.DATABASES["default"]
    database["TEST"]["MIGRATE"] = False
    if ON_SQLITE:
        database["TEST"]["NAME"] = str(shared.migrated().copy().file)
    else:
        database["TEST"]["TEMPLATE"] = shared.migrated().name
        database.setdefault("OPTIONS", {})["options"] = "-c synchronous_commit=off"


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """Whether Django finds the database there; PostgreSQL makes it as a copy."""
    return ON_SQLITE


@pytest.fixture(scope="session", autouse=True)
def plain_static_files() -> Iterator[None]:
    """Serve static files under their own names, so that tests need no collectstatic.

    WhiteNoise looks for a file when it is asked for: each test client would list all of them.
    """
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    storages = {**settings.STORAGES, "staticfiles": plain}
    with override_settings(WHITENOISE_AUTOREFRESH=True, STORAGES=storages):
        yield


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> None:
    """Use a fast password hash: a secure one takes half a second for each user of a test."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    """Clear the process's caches after each test, as its data is rolled back."""
    yield
    version_cache.clear()
    availability.forget_last_version()
    availability.forget()


@pytest.fixture(autouse=True)
def english_interface() -> Iterator[None]:
    """Use the English interface unless a test chooses another."""
    with translation.override("en"):
        yield


@pytest.fixture(scope="session")
def cast_place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return where the digests of ``tests/cast.py`` lie in all tests: rows name the place."""
    return tmp_path_factory.mktemp("cast") / "digests"


@pytest.fixture
def cast_folder(cast_place: Path) -> Path:
    """Return a new folder with the nine digests of ``tests/cast.py``."""
    shutil.rmtree(cast_place, ignore_errors=True)
    write_digests(cast_place)
    return cast_place


@pytest.fixture(scope="session")
def keep(django_db_setup: None, django_db_blocker) -> Callable[[Callable[[], object]], Kept]:
    """Return a function that keeps what an act leaves in a database without papers."""

    def keep(act: Callable[[], object]) -> Kept:
        with django_db_blocker.unblock():
            return Kept(act)

    return keep


@pytest.fixture(scope="session")
def cast_kept(keep, cast_place: Path) -> Kept:
    def import_cast() -> None:
        write_digests(cast_place)
        report = run_import([str(cast_place)], Options())
        assert [problem.code for _, problem in report.problems] == ["changes-others"]  # LAMP

    return keep(import_cast)


@pytest.fixture(scope="session")
def sample_kept(keep) -> Kept:
    def import_sample() -> None:
        assert run_import([str(Path(settings.BASE_DIR) / "sample")], Options()).problems == []

    return keep(import_sample)


@pytest.fixture
def small_site(cast_kept: Kept, db, cast_folder: Path) -> Path:
    """Import the digests of ``tests/cast.py``; return their folder.

    Ten papers: LAMP (three digests, two sources), KITE (twice on one day), TOO_SHORT, ANCHOR (the
    category RO and the theme RO), BUOY, WINCH, EXPLAINED, WITHOUT_CHINESE, ANGLE_BRACKETS,
    OLD_STYLE. 27 to 29 January 2025; topics cs-ai, cs-cl, cs-ro, rag, ro, multimodal; on the 29th
    the digest on RAG is empty.
    """
    cast_kept.put_back()
    return cast_folder


@pytest.fixture
def sample(sample_kept: Kept, db) -> None:
    """Import the sample: 32 papers in 6 digests of 3 days, and an empty digest."""
    sample_kept.put_back()


@pytest.fixture(scope="session")
def corpus() -> Path:
    """Return the folder with real digests, ``corpus/`` and ``seed/``, that DIGEST_CORPUS names."""
    folder = Path(os.environ.get("DIGEST_CORPUS") or "/nowhere")
    if not (folder / "corpus").is_dir() or not (folder / "seed").is_dir():
        missing("no corpus: DIGEST_CORPUS should name a folder that holds corpus/ and seed/")
    return folder
