"""Each room of ``papers/`` imports only from rooms below it, and file names are unique.

A new room is added to ``FLOORS``. A room imports only from floors below its own; rooms of one floor
do not import one another, so there are no import cycles.
"""

import ast
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest
from django.conf import settings

from tests.support import record_text

ROOT = Path(settings.BASE_DIR)
MAX_LOOSE_FILES = 8
MIN_FIRST_LINE = 20  # characters of a docstring that says something

# From the lowest floor to the highest.
FLOORS = (
    ("text", "parallel"),
    ("digests", "models"),
    ("db",),
    ("glossary",),
    ("search", "http", "related"),
    ("lists",),
    ("importing", "citations"),
    ("translation", "publishers"),
    ("presentation", "curation", "api", "notifications"),
    ("mail",),
    ("operations",),
    ("feeds", "admin", "templatetags", "management"),
    ("books", "mcp"),
    ("views",),
    ("urls", "admin_site", "apps"),
)
FLOOR_OF = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms}

# File names that may occur in several rooms, by reason.
ALIKE = {
    "one noun, in each room that works on it": (
        *("authors", "days", "papers", "remedies", "sources", "terms", "texts", "today"),
        *("topics", "uploads"),
    ),
    "a format, read in one room and written in another": ("formats", "jsonl", "latex"),
    "a command, and the work that it starts": ("backup", "daily", "rebuild_cards"),
    "tags of templates, and what they show": ("cards", "facets", "sentences"),
    "tables, and the room or the tags that show them": ("curation", "history", "related"),
    "the errors of a room": ("errors",),
    "links within a text, and addresses of this site": ("links",),
    "many rows in SQL, and many papers in the admin": ("bulk",),
}


@dataclass(frozen=True)
class Import:
    """``module`` is what is imported, ``by`` the module that imports it."""

    by: str
    module: str
    file: Path
    line: int

    @property
    def arrow(self) -> str:
        return f"{room_of(self.by)} → {room_of(self.module)}"

    def __str__(self) -> str:
        file = self.file.relative_to(ROOT)
        return f"{self.arrow}: {file}:{self.line} imports {self.module}"


def room_of(module: str) -> str:
    """``papers.text.markup.html`` is in the room ``text``; the app itself is none."""
    return module.partition(".")[2].partition(".")[0]


def module_of(file: Path) -> str:
    return ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def is_ours(file: Path) -> bool:
    """Migrations are history, which keeps the form in which it was written."""
    return "migrations" not in file.parts


FILES = {module_of(file): file for file in sorted(ROOT.glob("papers/**/*.py")) if is_ours(file)}


def imports_of(module: str, file: Path) -> Iterator[Import]:
    """All imports from ``papers``, those inside functions included."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        for name in _imported(node):
            if name.startswith("papers."):
                yield Import(module, name, file, node.lineno)


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [one.name for one in node.names]
    if not isinstance(node, ast.ImportFrom):
        return []
    assert not node.level, "name the room: no relative imports"
    names = [f"{node.module}.{one.name}" for one in node.names]
    return [name if name in FILES else str(node.module) for name in names]


@cache
def all_imports() -> list[Import]:
    return [one for module, file in FILES.items() for one in imports_of(module, file)]


def first_line(file: Path) -> str:
    """Return the first line of the module's docstring; empty if there is none."""
    return (ast.get_docstring(ast.parse(file.read_text("utf-8"))) or "").partition("\n")[0]


def said(wrong: list) -> str:
    return "\n".join(map(str, wrong))


def test_every_room_has_a_floor():
    assert {room_of(module) for module in FILES} - FLOOR_OF.keys() == {""}


def test_imports_run_downwards():
    upward = [
        one
        for one in all_imports()
        if room_of(one.by) != room_of(one.module)
        and FLOOR_OF[room_of(one.by)] <= FLOOR_OF[room_of(one.module)]
    ]
    assert not upward, said(upward)


def test_no_files_import_one_another_in_a_circle():
    below = defaultdict(set)
    for one in all_imports():
        below[one.by].add(one.module)
    try:
        TopologicalSorter(below).prepare()
    except CycleError as error:
        pytest.fail(" ← ".join(error.args[1]))


def test_only_template_tags_import_template_tags():
    wrong = [
        one
        for one in all_imports()
        if room_of(one.module) == "templatetags" and room_of(one.by) != "templatetags"
    ]
    assert not wrong, said(wrong)


def test_every_module_says_what_it_is_for():
    silent = [file for file in FILES.values() if len(first_line(file)) < MIN_FIRST_LINE]
    assert not silent, said(silent)


def test_few_files_stand_outside_of_a_room():
    assert len(list(ROOT.glob("papers/*.py"))) <= MAX_LOOSE_FILES


def test_a_file_name_occurs_once():
    rooms = defaultdict(list)
    for file in FILES.values():
        if file.name != "__init__.py":
            rooms[file.stem].append(str(file.relative_to(ROOT / "papers").parent))
    twice = {name: found for name, found in rooms.items() if len(found) > 1}
    alike = {name for names in ALIKE.values() for name in names}
    assert {name: found for name, found in twice.items() if name not in alike} == {}
    assert alike - twice.keys() == set(), "no longer alike; take them from the list"


WITHOUT_DJANGO = """
import importlib, pkgutil, sys

sys.modules["django"] = None  # every import of it fails

for room in ("papers.text", "papers.digests"):
    package = importlib.import_module(room)
    for found in pkgutil.walk_packages(package.__path__, f"{room}."):
        importlib.import_module(found.name)

from papers.digests import discover, formats
from papers.text.triage import triage_title

for file in discover.DigestFiles(sys.argv[1:]):
    for record in formats.parse(formats.read(file)).parsed.records:
        print(record.arxiv_id, triage_title(record.title_zh, record.title).text)
"""


def test_texts_and_digests_are_read_without_django(tmp_path):
    file = tmp_path / "lantern-daily/2025-01-29/topic/Lamps_related_papers.md"
    file.parent.mkdir(parents=True)
    file.write_text(record_text(arxiv_id="2501.98001", title_zh="**标题：** 灯下读书"), "utf-8")
    done = run_python(WITHOUT_DJANGO, str(file))
    assert (done.stdout, done.stderr) == ("2501.98001 灯下读书\n", "")


def run_python(program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a program in a new process, in the project's folder."""
    return subprocess.run(
        [sys.executable, "-c", program, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


THE_ADMIN = """
import os, sys

os.environ["DJANGO_SETTINGS_MODULE"] = "digest_site.settings"
import django

django.setup()
import papers.management.commands.import_digests
from django.contrib import admin

print("papers.admin" in sys.modules)
admin.site.check(None)
print("papers.admin" in sys.modules)
"""


def test_an_import_does_not_load_the_admins_pages_and_a_check_does():
    done = run_python(THE_ADMIN)
    assert (done.stdout, done.stderr) == ("False\nTrue\n", "")
