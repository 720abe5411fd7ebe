"""Static files after collectstatic: hashed names, and one file of each kind for all pages."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command

FIRST_VISIT = 15_000  # bytes of compressed script that a first visit may cost
_IMPORT = re.compile(r"""(?:import|export)\s[^"']*?from\s*["'](\./[^"']+)["']""")


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("static")


@pytest.fixture
def collected(settings, folder) -> Path:
    """The folder that collectstatic filled, as on a real site."""
    settings.STATIC_ROOT = folder
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "digest_site.static_files.HashedStaticFiles"},
    }
    if not any(folder.iterdir()):
        call_command("collectstatic", interactive=False, verbosity=0)
    return folder


def stored(name: str) -> Path:
    return Path(settings.STATIC_ROOT) / staticfiles_storage.stored_name(name)


@pytest.mark.parametrize("name", ["js/main.js", "js/saved.js"])
def test_a_page_has_its_scripts_in_one_file_under_a_hashed_name(collected, name):
    assert re.fullmatch(r"[a-z-]+\.[0-9a-f]{12}\.js", stored(name).name)
    assert not _IMPORT.search(stored(name).read_text("utf-8"))


def test_a_page_has_its_stylesheets_in_one_file(collected):
    assert "@import" not in stored("css/site.css").read_text("utf-8")
    assert "--seal:" in stored("css/site.css").read_text("utf-8")


def test_every_stylesheet_is_part_of_a_page():
    """All but those of the admin, of feeds and of single pages are in the common file."""
    folder = Path(settings.BASE_DIR) / "static/css"
    own = {"admin.css", "dark.css", "feed.css", "pairs.css", "saved.css", "site.css"}
    own.add("workbench.css")
    imported = set(re.findall(r'@import "([^"]+)"', (folder / "site.css").read_text("utf-8")))
    assert imported | own == {one.name for one in folder.iterdir()}


def test_a_first_visit_costs_little_script(collected):
    sizes = {
        name: len(gzip.compress(stored(name).read_bytes()))
        for name in ("js/before-paint.js", "js/main.js")
    }
    assert sum(sizes.values()) <= FIRST_VISIT, sizes


def test_one_script_opens_the_browsers_storage_and_one_reads_it_before_the_first_paint():
    """The admin's drafts are apart: they are a curator's, and no reader's page loads the script."""
    scripts = (Path(settings.BASE_DIR) / "static/js").rglob("*.js")
    openers = {one.name for one in scripts if "localStorage" in _code_of(one)}
    assert openers == {"store.js", "before-paint.js", "drafts.js"}
    assert "setItem" not in _code_of(Path(settings.BASE_DIR) / "static/js/before-paint.js")


def _code_of(script: Path) -> str:
    return re.sub(r"^\s*//.*", "", script.read_text("utf-8"), flags=re.MULTILINE)
