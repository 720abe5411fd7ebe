"""Static files after collectstatic: hashed names, also in imports between scripts."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from django.template.loader import render_to_string

FIRST_VISIT = 15_000  # bytes of compressed script that a first visit may cost
_IMPORT = re.compile(r"""(?:import|export)\s[^"']*?from\s*["'](\./[^"']+)["']""")
_STATIC = re.compile(r'(?:src|href)="/static/(js/[^"]+)"')


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


def with_imports(script: Path, seen: set[Path] | None = None) -> set[Path]:
    """This script and all that it imports."""
    seen = set() if seen is None else seen
    if script not in seen:
        seen.add(script)
        for address in _IMPORT.findall(script.read_text("utf-8")):
            with_imports((script.parent / address).resolve(), seen)
    return seen


def named(template: str, folder: Path) -> list[Path]:
    """The scripts that this part of a page names."""
    return [folder / name for name in _STATIC.findall(render_to_string(template))]


def test_scripts_import_each_other_under_their_hashed_names(collected):
    reached = with_imports(Path(collected / staticfiles_storage.stored_name("js/main.js")))
    reached |= with_imports(Path(collected / staticfiles_storage.stored_name("js/saved.js")))
    assert len(reached) > 5
    for script in reached:
        assert script.is_file(), script
        assert re.fullmatch(r"[a-z-]+\.[0-9a-f]{12}\.js", script.name)


def test_every_page_asks_at_once_for_all_scripts_that_it_will_run(collected):
    """A module that is not named in the page would be asked for one trip later."""
    scripts = named("includes/scripts.html", collected)
    assert len(scripts) == len(set(scripts))
    needed = {one for script in scripts for one in with_imports(script.resolve())}
    assert {script.resolve() for script in scripts} == needed


def test_a_first_visit_costs_little_script(collected):
    scripts = named("includes/scripts.html", collected)
    sizes = {script.name: len(gzip.compress(script.read_bytes())) for script in scripts}
    assert sum(sizes.values()) <= FIRST_VISIT, sizes


def test_one_script_opens_the_browsers_storage_and_one_reads_it_before_the_first_paint():
    scripts = (Path(settings.BASE_DIR) / "static/js").rglob("*.js")
    openers = {one.name for one in scripts if "localStorage" in _code_of(one)}
    assert openers == {"store.js", "before-paint.js"}
    assert "setItem" not in _code_of(Path(settings.BASE_DIR) / "static/js/before-paint.js")


def _code_of(script: Path) -> str:
    return re.sub(r"^\s*//.*", "", script.read_text("utf-8"), flags=re.MULTILINE)
